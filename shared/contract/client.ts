import { CallFailure } from './call-failure.ts'
import { contract, events, type CallError, type CallInput, type CallName, type CallOutput, type EventName, type EventPayload } from './contract.ts'
import type { RequestSpec } from './define.ts'
import { hostMessageSchema, type ClientMessage, type HostMessage } from './envelope.ts'
import { WireError } from './wire.ts'

/** A connection to the host. It carries whole messages; how they are framed is its own affair. */
export interface Transport {
  /** Only called while open. @throws WireError for what cannot be carried. */
  send(message: ClientMessage): void
  onMessage(listener: (message: unknown) => void): () => void
  /** Told the present state at once, then each change. */
  onState(listener: (state: ConnectionState) => void): () => void
  close(): void
}
export type ConnectionState = 'open' | 'closed'

export interface CallOptions {
  /** Asks the host to stop. The call then settles with what the host says: `cancelled`, or done before it could. */
  readonly signal?: AbortSignal
  readonly onProgress?: (fraction: number | null, stage: string) => void
}

export interface Client {
  /** @throws CallFailure with a code of the call's contract entry. */
  call<N extends CallName>(name: N, input: CallInput<N>, options?: CallOptions): Promise<CallOutput<N>>
  /** @returns the means to stop listening. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void
  onState(listener: (state: ConnectionState) => void): () => void
  close(): void
}

interface Pending {
  readonly name: CallName
  readonly onProgress: CallOptions['onProgress']
  resolve(value: unknown): void
  reject(failure: CallFailure): void
}

/**
 * Typed calls and events over a transport. Input and answers are parsed; calls in flight fail with `host_gone` when the
 * connection breaks and are never sent again (they may have been done); subscriptions are.
 * @param onFault Told of messages that break the contract: a defect of the host, shown to developers.
 */
export function createClient(transport: Transport, onFault: (what: string) => void): Client {
  const pending = new Map<number, Pending>()
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  let lastId = 0
  let isOpen = false

  const subscribe = () => {
    if (isOpen) transport.send({ v: 1, type: 'subscribe', events: [...listeners.keys()] })
  }

  transport.onMessage(raw => {
    const parsed = hostMessageSchema.safeParse(raw)
    if (!parsed.success) onFault('message of no known form')
    else if (parsed.data.type === 'event') announce(parsed.data, listeners, onFault)
    else settle(parsed.data, pending, onFault)
  })
  transport.onState(state => {
    isOpen = state === 'open'
    if (isOpen) {
      if (listeners.size > 0) subscribe()
      return
    }
    for (const call of pending.values()) call.reject(new CallFailure('host_gone'))
    pending.clear()
  })

  return {
    async call(name, input, options = {}) {
      const spec: RequestSpec = contract[name]
      const checked = spec.input.safeParse(input)
      if (!checked.success) throw new CallFailure('invalid', { where: checked.error.issues[0]?.path.join('.') ?? '' })
      if (options.signal?.aborted) throw new CallFailure('cancelled')
      if (!isOpen) throw new CallFailure('host_gone')
      const id = ++lastId
      const cancel = () => {
        if (isOpen && pending.has(id)) transport.send({ v: 1, type: 'cancel', id })
      }
      try {
        return (await new Promise<unknown>((resolve, reject) => {
          pending.set(id, { name, onProgress: options.onProgress, resolve, reject })
          options.signal?.addEventListener('abort', cancel, { once: true })
          transport.send({ v: 1, type: 'call', id, name, input: checked.data })
        })) as CallOutput<typeof name>
      } catch (cause) {
        throw cause instanceof WireError ? new CallFailure('invalid', { where: cause.message }) : cause
      } finally {
        pending.delete(id)
        options.signal?.removeEventListener('abort', cancel)
      }
    },
    on(name, listener) {
      const known = listeners.get(name)
      if (known) known.add(listener)
      else {
        listeners.set(name, new Set([listener]))
        subscribe()
      }
      return () => {
        const rest = listeners.get(name)
        rest?.delete(listener)
        if (rest?.size === 0 && listeners.delete(name)) subscribe()
      }
    },
    onState: listener => transport.onState(listener),
    close: () => transport.close(),
  }
}

function announce(message: Extract<HostMessage, { type: 'event' }>, listeners: ReadonlyMap<EventName, ReadonlySet<(payload: never) => void>>, onFault: (what: string) => void): void {
  const name = message.name as EventName
  const schema = Object.hasOwn(events, name) ? events[name] : undefined
  const payload = schema?.safeParse(message.payload)
  if (!payload?.success) return onFault(`event ${message.name} breaks the contract`)
  for (const listener of listeners.get(name) ?? []) listener(payload.data as never)
}

function settle(message: Exclude<HostMessage, { type: 'event' }>, pending: Map<number, Pending>, onFault: (what: string) => void): void {
  const call = pending.get(message.id)
  // The answer to a call the connection's end has already failed.
  if (!call) return
  if (message.type === 'progress') return call.onProgress?.(message.fraction, message.stage)
  pending.delete(message.id)
  if (message.type === 'failure') return call.reject(new CallFailure(message.code as CallError<CallName>, message.details))
  const spec: RequestSpec = contract[call.name]
  const value = spec.output.safeParse(message.value)
  if (value.success) return call.resolve(value.data)
  onFault(`the answer of ${call.name} breaks the contract at ${value.error.issues[0]?.path.join('.')}`)
  call.reject(new CallFailure('bad_reply', { name: call.name }))
}
