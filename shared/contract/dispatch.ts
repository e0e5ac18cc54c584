import { CancelledError, type JobControl } from '../core/job.ts'
import { CallFailure } from './call-failure.ts'
import { contract, type CallInput, type CallName, type CallOutput, type EventName, type EventPayload } from './contract.ts'
import { COMMON_ERRORS, type RequestSpec } from './define.ts'
import { clientMessageSchema, type ClientMessage, type HostMessage } from './envelope.ts'

/** Runs one call whose name and input have been checked. */
export type Perform = <N extends CallName>(name: N, input: CallInput<N>, control: { readonly job: JobControl; readonly signal: AbortSignal }) => Promise<CallOutput<N>>

export interface DispatchOptions {
  readonly perform: Perform
  send(message: HostMessage): void
  /** Where the detail of an unforeseen error stays: the client learns only `internal`. */
  log(text: string, cause?: unknown): void
  /** The client has said which events it wants; what waited for it can be told now. */
  onSubscribed?(): void
  /** Parses what handlers answer: on in tests and development; the client parses it in any case. */
  readonly checkOutput: boolean
}

/** The host's end of one connection. The only way into the handlers, on every transport. */
export interface Dispatcher {
  /** Takes one decoded message, whatever it is. Never throws. */
  receive(message: unknown): void
  /** Tells the client of an event, if it asked for it. @returns whether it did. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): boolean
  /** The client is gone: what still runs for it is cancelled and answers nobody. */
  close(): void
}

/** More than any interface has in flight: beyond it a call is refused (`busy`) rather than queued. */
const MAX_CALLS_IN_FLIGHT = 64
const PROGRESS_INTERVAL_MS = 50

export function createDispatcher(options: DispatchOptions): Dispatcher {
  const running = new Map<number, AbortController>()
  let wanted: ReadonlySet<string> = new Set()
  let isClosed = false
  const send = (message: HostMessage) => {
    if (!isClosed) options.send(message)
  }

  async function answer(call: Extract<ClientMessage, { type: 'call' }>): Promise<void> {
    // An id in flight belongs to its call: a second answer to it could be taken for the first.
    if (running.has(call.id)) return options.log(`duplicate id ${call.id}`)
    if (running.size >= MAX_CALLS_IN_FLIGHT) return send({ v: 1, type: 'failure', id: call.id, code: 'busy', details: {} })
    const controller = new AbortController()
    running.set(call.id, controller)
    const control = { job: jobOf(call.id, controller.signal, send), signal: controller.signal }
    let reply: HostMessage
    try {
      reply = { v: 1, type: 'value', id: call.id, value: await perform(call, control, options) }
    } catch (cause) {
      reply = { v: 1, type: 'failure', id: call.id, ...failureOf(call.name, cause, controller.signal, options) }
    }
    running.delete(call.id)
    try {
      send(reply)
    } catch (cause) {
      options.log(`the answer of ${call.name} could not be sent`, cause)
      send({ v: 1, type: 'failure', id: call.id, code: 'internal', details: {} })
    }
  }

  return {
    receive(raw) {
      const parsed = clientMessageSchema.safeParse(raw)
      if (!parsed.success) return options.log('message of no known form')
      const message = parsed.data
      if (message.type === 'cancel') running.get(message.id)?.abort()
      else if (message.type === 'subscribe') {
        wanted = new Set(message.events)
        options.onSubscribed?.()
      } else void answer(message)
    },
    emit(name, payload) {
      if (!wanted.has(name)) return false
      try {
        send({ v: 1, type: 'event', name, payload })
      } catch (cause) {
        // Whoever emitted has done its work; that nobody could be told is not its failure.
        options.log(`the event ${name} could not be sent`, cause)
      }
      return true
    },
    close() {
      isClosed = true
      for (const controller of running.values()) controller.abort()
    },
  }
}

async function perform(call: { name: string; input?: unknown }, control: Parameters<Perform>[2], options: DispatchOptions): Promise<unknown> {
  // Own properties only: `toString` and `__proto__` are no calls.
  if (!Object.hasOwn(contract, call.name)) throw new CallFailure('unknown_call', { name: call.name })
  const name = call.name as CallName
  const spec: RequestSpec = contract[name]
  const input = spec.input.safeParse(call.input)
  if (!input.success) throw new CallFailure('invalid', { where: describePath(input.error.issues[0]?.path ?? []) })
  const value = await options.perform(name, input.data as CallInput<typeof name>, control)
  if (options.checkOutput) spec.output.parse(value)
  return value
}

function jobOf(id: number, signal: AbortSignal, send: (message: HostMessage) => void): JobControl {
  let lastAt = -Infinity
  let lastStage = ''
  return {
    progress(fraction, stage) {
      const now = performance.now()
      if (signal.aborted || (stage === lastStage && now - lastAt < PROGRESS_INTERVAL_MS)) return
      lastAt = now
      lastStage = stage
      // A fraction of 1.0000001 is a rounding, not a reason to fail the job.
      send({ v: 1, type: 'progress', id, fraction: fraction === null || Number.isNaN(fraction) ? null : Math.min(1, Math.max(0, fraction)), stage })
    },
    throwIfCancelled() {
      if (signal.aborted) throw new CancelledError()
    },
  }
}

function failureOf(name: string, cause: unknown, signal: AbortSignal, options: DispatchOptions): { code: string; details: Record<string, string | number> } {
  if (cause instanceof CallFailure && isForeseen(name, cause.code)) return { code: cause.code, details: { ...cause.details } }
  if (cause instanceof CancelledError) return { code: 'cancelled', details: {} }
  options.log(`${name} failed`, cause)
  // A worker torn down by cancel ends in whatever error it was in.
  return { code: signal.aborted ? 'cancelled' : 'internal', details: {} }
}

function isForeseen(name: string, code: string): boolean {
  const own: readonly string[] = Object.hasOwn(contract, name) ? contract[name as CallName].errors : []
  return own.includes(code) || (COMMON_ERRORS as readonly string[]).includes(code)
}

const describePath = (path: readonly PropertyKey[]) => path.map(String).join('.').slice(0, 200)
