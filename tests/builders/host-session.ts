import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHost, type Host } from '#main/handlers/host.ts'
import type { PrintPdf } from '#main/services/report/browser-pdf.ts'
import { createWorkspacePicker } from '#main/services/files/workspace-picker.ts'
import { memoryTransport } from '#renderer/host/memory.ts'
import { createClient, type Client } from '#shared/contract/client.ts'

export interface HostSession {
  readonly host: Host
  /** Typed calls to the real handlers; what handlers answer is parsed too. */
  readonly client: Client
  readonly dataFolder: string
  /** The one workspace folder: tickets for files put here come from `ticketFor` or from `files.browse`. */
  readonly workspace: string
  /** What the host logged: unforeseen errors end up here as `internal` on the client. */
  readonly log: readonly string[]
  /** Messages that broke the contract on their way to the client. */
  readonly faults: readonly string[]
  ticketFor(path: string, purpose: Parameters<Host['session']['tickets']['issue']>[1]): string
  /** A second window on the same session. */
  connect(): Client
  /** Closes the project and removes the temporary folders. */
  close(): Promise<void>
}

/**
 * The real handlers behind the memory transport, with folders of their own.
 * @param options.dataFolder keep one to start a second session on what the first left (it is then not removed).
 */
export function startHostSession(options: { readonly dataFolder?: string; readonly workspace?: string; readonly printPdf?: PrintPdf } = {}): HostSession {
  const temporary: string[] = []
  const temporaryFolder = (name: string) => {
    const folder = mkdtempSync(join(tmpdir(), `underplan-${name}-`))
    temporary.push(folder)
    return folder
  }
  const dataFolder = options.dataFolder ?? temporaryFolder('data')
  const workspace = options.workspace ?? temporaryFolder('work')
  const log: string[] = []
  const faults: string[] = []
  const host = startHost({
    host: 'memory',
    paths: { dataFolder, projectsFolder: workspace },
    log: (text, cause) => log.push(`${text}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? '')}`),
    checkOutput: true,
    ...(options.printPdf && { printPdf: options.printPdf }),
    picker: tickets => createWorkspacePicker([workspace], tickets),
  })
  const connect = () => createClient(memoryTransport(send => host.connect(send)), what => faults.push(what))
  const client = connect()
  return {
    host, client, dataFolder, workspace, log, faults, connect,
    ticketFor: (path, purpose) => host.session.tickets.issue(path, purpose),
    async close() {
      client.close()
      await host.close()
      for (const folder of temporary) rmSync(folder, { recursive: true, force: true })
    },
  }
}
