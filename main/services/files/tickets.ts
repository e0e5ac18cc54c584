import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'

/** What the user chose a file for. A ticket opens its file for that and nothing else: an import never gets written to. */
export type TicketPurpose = 'open_project' | 'save_project' | 'import' | 'rules' | 'program' | 'folder'

export interface FileTicket {
  readonly ticket: string
  readonly name: string
  readonly sizeBytes: number
}

/**
 * The only way from the interface to the file system: a picker turns what the user chose into an opaque ticket,
 * a handler turns the ticket back into the path. Tickets live as long as the session; none can be guessed.
 */
export class Tickets {
  readonly #byTicket = new Map<string, { readonly path: string; readonly purpose: TicketPurpose }>()
  readonly #byTarget = new Map<string, string>()

  /** Ticket for an absolute path; the same path and purpose give the same ticket. */
  issue(path: string, purpose: TicketPurpose): string {
    const target = `${purpose}\n${path}`
    const known = this.#byTarget.get(target)
    if (known !== undefined) return known
    const ticket = randomBytes(24).toString('base64url')
    this.#byTarget.set(target, ticket)
    this.#byTicket.set(ticket, { path, purpose })
    return ticket
  }

  /** Ticket with the name and size the interface shows; size 0 for a file that is yet to be written. */
  issueFile(path: string, purpose: Exclude<TicketPurpose, 'folder'>): FileTicket {
    const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    return { ticket: this.issue(path, purpose), name: basename(path), sizeBytes }
  }

  /**
   * The path a ticket stands for.
   * @throws CallFailure `file_gone` where the ticket is unknown or was given for another purpose.
   */
  resolve(ticket: string, ...purposes: readonly [TicketPurpose, ...TicketPurpose[]]): string {
    const target = this.#byTicket.get(ticket)
    if (!target || !purposes.includes(target.purpose)) throw new CallFailure('file_gone')
    return target.path
  }
}
