import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallName, EventName, EventPayload } from '#shared/contract/contract.ts'
import { createDispatcher, type Dispatcher, type Perform } from '#shared/contract/dispatch.ts'
import { decodeFrame, encodeFrame, TO_HOST_LIMITS, WireError, type Frame } from '#shared/contract/wire.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { appVersion } from '../services/app-version.ts'
import type { FilePicker } from '../services/file-picker.ts'
import type { HostLog } from '../services/host-log.ts'
import { Preferences } from '../services/preferences.ts'
import { Tickets } from '../services/tickets.ts'
import { Uploads } from '../services/uploads.ts'
import type { Handler, HostPaths, Session } from './handler.ts'
import { handlers } from './index.ts'

export interface HostOptions {
  readonly host: Session['host']
  readonly paths: HostPaths
  readonly log: HostLog
  /** Also parse what handlers answer (the client does in any case): on in tests. */
  readonly checkOutput?: boolean
  picker(tickets: Tickets): FilePicker
}

/** One client's connection, in frames. */
export interface Connection {
  /** Takes whatever the transport delivered. Never throws. */
  receive(frame: unknown): void
  close(): void
}

/** One user's session behind any number of connections: what Electron, the web host and the tests all start. */
export interface Host {
  readonly session: Session
  connect(sendFrame: (frame: Frame) => void): Connection
  /** Runs an action in the newest window, as soon as there is one that listens. */
  command(action: string, ticket: string | null): void
  /** Closes the project and removes what the session kept for itself. */
  close(): Promise<void>
}

export function startHost(options: HostOptions): Host {
  const clients = new Set<Dispatcher>()
  const waiting: EventPayload<'app.command'>[] = []
  const tickets = new Tickets()
  const session: Session = {
    project: null,
    host: options.host,
    version: appVersion(),
    paths: options.paths,
    tickets,
    preferences: new Preferences(options.paths.dataFolder),
    picker: options.picker(tickets),
    uploads: new Uploads(options.paths.dataFolder, tickets),
    emit: <N extends EventName>(name: N, payload: EventPayload<N>) => clients.forEach(client => client.emit(name, payload)),
  }
  const perform = performerOf(session)

  const deliverCommands = () => {
    const newest = [...clients].at(-1)
    while (waiting[0] && newest?.emit('app.command', waiting[0])) waiting.shift()
  }

  return {
    session,
    connect(sendFrame) {
      const dispatcher = createDispatcher({
        perform,
        send: message => sendFrame(encodeFrame(message)),
        log: boundedLog(options.log),
        onSubscribed: deliverCommands,
        checkOutput: options.checkOutput ?? false,
      })
      clients.add(dispatcher)
      const log = boundedLog(options.log)
      return {
        receive(frame) {
          try {
            dispatcher.receive(decodeFrame(frame, TO_HOST_LIMITS))
          } catch (cause) {
            log('frame refused', cause instanceof WireError ? cause.message : cause)
          }
        },
        close() {
          clients.delete(dispatcher)
          dispatcher.close()
        },
      }
    },
    command(action, ticket) {
      waiting.push({ action, ticket })
      deliverCommands()
    },
    async close() {
      for (const client of clients) client.close()
      clients.clear()
      if (session.project) await perform('project.close', {}, { job: unattendedJob, signal: new AbortController().signal })
      session.uploads.clear()
    },
  }
}

function performerOf(session: Session): Perform {
  return async (name, input, { job, signal }) => {
    const handler = handlers[name] as Handler<typeof name>
    try {
      return await handler(input, { session, job, signal })
    } catch (cause) {
      // Any handler may meet a full disk; no other system error says by itself what the user should do.
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC') throw new CallFailure<CallName>('disk_full')
      throw cause
    }
  }
}

/** A client that misbehaves must not fill the disk with its misdeeds. */
function boundedLog(log: HostLog, most = 50): HostLog {
  let written = 0
  return (text, cause) => {
    if (written++ < most) log(text, cause)
  }
}
