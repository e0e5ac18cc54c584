import type { CallError, CallName } from './contract.ts'

/**
 * A refusal the contract foresees. Handlers throw it, the dispatcher turns it into data, the client throws it again:
 * both ends speak of the same code. Anything else thrown on the host becomes `internal`.
 */
export class CallFailure<N extends CallName = CallName> extends Error {
  override readonly name = 'CallFailure'
  readonly code: CallError<N>
  /** Figures and names for the placeholders of the text `errors:<code>`. */
  readonly details: Readonly<Record<string, string | number>>
  constructor(code: CallError<N>, details: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}
