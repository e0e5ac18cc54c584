import type { EventName, EventPayload } from '#shared/contract/contract.ts'
import { decodeFrame } from '#shared/contract/decode-frame.ts'
import { createDispatcher, type Dispatcher, type Perform } from '#shared/contract/dispatch.ts'
import { framePieces, TO_HOST_LIMITS, WireError, type FramePieces } from '#shared/contract/wire.ts'
import type { HostLog } from './host-log.ts'

/** One client's connection, in frames: what a transport of any host speaks. */
export interface Connection {
  /** Takes whatever the transport delivered. Never throws. */
  receive(frame: unknown): void
  close(): void
}

export interface ClientHub {
  /** @param sendFrame The pieces may be arrays of the host's own: to be read, whenever, and never written. */
  connect(sendFrame: (frame: FramePieces) => void): Connection
  /** Tells every client that asked for this event. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
  /** Runs an action in the newest window, as soon as there is one that listens. */
  command(action: string, ticket: string | null): void
  /** Cancels what runs and answers nobody any more. */
  close(): void
}

export interface ClientHubOptions {
  readonly perform: Perform
  readonly log: HostLog
  /** Also parse what handlers answer (the client does in any case). */
  readonly checkOutput: boolean
}

/** All connections of one session, on whatever transport. */
export function createClientHub({ perform, log, checkOutput }: ClientHubOptions): ClientHub {
  const clients = new Set<Dispatcher>()
  const waiting: EventPayload<'app.command'>[] = []
  const deliverCommands = () => {
    const newest = [...clients].at(-1)
    while (waiting[0] && newest?.emit('app.command', waiting[0])) waiting.shift()
  }
  return {
    connect(sendFrame) {
      const note = boundedLog(log)
      const dispatcher = createDispatcher({ perform, send: message => sendFrame(framePieces(message)), log: note, onSubscribed: deliverCommands, checkOutput })
      clients.add(dispatcher)
      return {
        receive(frame) {
          try {
            dispatcher.receive(decodeFrame(frame, TO_HOST_LIMITS))
          } catch (cause) {
            note('frame refused', cause instanceof WireError ? cause.message : cause)
          }
        },
        close() {
          clients.delete(dispatcher)
          dispatcher.close()
        },
      }
    },
    emit: (name, payload) => clients.forEach(client => client.emit(name, payload)),
    command(action, ticket) {
      waiting.push({ action, ticket })
      deliverCommands()
    },
    close() {
      for (const client of clients) client.close()
      clients.clear()
    },
  }
}

/** A client that misbehaves must not fill the disk with its misdeeds. */
function boundedLog(log: HostLog, most = 50): HostLog {
  let written = 0
  return (text, cause) => {
    if (written++ < most) log(text, cause)
  }
}
