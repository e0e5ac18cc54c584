import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallInput, CallName, CallOutput, EventName, EventPayload } from '#shared/contract/contract.ts'
import type { JobControl } from '#shared/core/job.ts'
import type { ProjectFile } from '../services/project-file.ts'
import type { Preferences } from '../services/host/preferences.ts'
import type { SwmmProgram } from '../services/analysis/swmm-program.ts'
import type { Tickets } from '../services/files/tickets.ts'
import type { FilePicker } from '../services/files/file-picker.ts'
import type { PrintPdf } from '../services/report/browser-pdf.ts'
import type { Uploads } from '../services/files/uploads.ts'

export { CallFailure }

/** Folders a host supplies; everything Underplan writes without being told a place goes below `dataFolder`. */
export interface HostPaths {
  /** Per-user data of the app: preferences, recent files, the sample city's working copy. */
  readonly dataFolder: string
  /** Where projects are offered to be kept. */
  readonly projectsFolder: string
}

/** The one user's session on this host: what is open and how to reach the user's files. Handlers share it. */
export interface Session {
  project: ProjectFile | null
  readonly host: 'electron' | 'web' | 'memory'
  readonly version: string
  readonly paths: HostPaths
  readonly tickets: Tickets
  readonly preferences: Preferences
  readonly swmm: SwmmProgram
  readonly picker: FilePicker
  readonly uploads: Uploads
  readonly printPdf: PrintPdf
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
}

export interface CallContext {
  readonly session: Session
  /** Progress goes to the caller; cancel comes from it. */
  readonly job: JobControl
  /** Aborted on cancel and when the client goes away; pass it on to workers. */
  readonly signal: AbortSignal
}

export type Handler<N extends CallName> = (input: CallInput<N>, context: CallContext) => Promise<CallOutput<N>> | CallOutput<N>
export type Handlers = { readonly [N in CallName]: Handler<N> }

/** The open project, or the refusal `no_project`. */
export function openProject(context: CallContext): ProjectFile {
  if (!context.session.project) throw new CallFailure('no_project')
  return context.session.project
}
