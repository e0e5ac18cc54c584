import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallName } from '#shared/contract/contract.ts'
import type { Perform } from '#shared/contract/dispatch.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { appVersion } from '../services/host/app-version.ts'
import { createClientHub, type ClientHub } from '../services/host/client-hub.ts'
import type { FilePicker } from '../services/files/file-picker.ts'
import type { HostLog } from '../services/host/host-log.ts'
import { Preferences } from '../services/host/preferences.ts'
import { SwmmProgram } from '../services/analysis/swmm-program.ts'
import { Tickets } from '../services/files/tickets.ts'
import { printWithBrowser, type PrintPdf } from '../services/report/browser-pdf.ts'
import { Uploads } from '../services/files/uploads.ts'
import type { Handler, HostPaths, Session } from './handler.ts'
import { handlers } from './index.ts'
import { openAhead } from './project.ts'

export interface HostOptions {
  readonly host: Session['host']
  readonly paths: HostPaths
  readonly log: HostLog
  /** Also parse what handlers answer: on in tests. */
  readonly checkOutput?: boolean
  picker(tickets: Tickets): FilePicker
  /** How this host prints; through an installed browser where it has no way of its own. */
  readonly printPdf?: PrintPdf
}

/** One user's session behind any number of connections: what Electron, the web host and the tests all start. */
export interface Host extends Pick<ClientHub, 'connect' | 'command'> {
  readonly session: Session
  /** Begins to open the file that the first window is to show. @returns false where something is open or about to be. */
  openAhead(path: string): boolean
  /** Closes the project and removes what the session kept for itself. */
  close(): Promise<void>
}

export function startHost(options: HostOptions): Host {
  const tickets = new Tickets()
  const session: Session = {
    project: null,
    host: options.host,
    version: appVersion(),
    paths: options.paths,
    tickets,
    preferences: new Preferences(options.paths.dataFolder),
    swmm: new SwmmProgram(options.paths.dataFolder),
    picker: options.picker(tickets),
    uploads: new Uploads(options.paths.dataFolder, tickets),
    printPdf: options.printPdf ?? printWithBrowser,
    emit: (name, payload) => hub.emit(name, payload),
  }
  const perform = performerOf(session)
  const hub = createClientHub({ perform, log: options.log, checkOutput: options.checkOutput ?? false })
  return {
    session,
    connect: hub.connect,
    command: hub.command,
    openAhead: path => openAhead(session, path),
    async close() {
      hub.close()
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
