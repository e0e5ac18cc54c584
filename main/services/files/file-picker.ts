import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import { LEAD_ENDINGS, SIDE_ENDINGS } from '#shared/io/file-sets.ts'
import type { FileTicket } from './tickets.ts'

export type PickPurpose = CallInput<'files.pick'>['purpose']

/** Programs are chosen in native dialogs alone. */
export type BrowsePurpose = CallInput<'files.browse'>['purpose']

/**
 * How this host lets the user choose files: native dialogs (Electron) or pages of the workspace folders (web).
 * What a host cannot do throws CallFailure `unavailable`; `app.info` says beforehand which it is.
 */
export interface FilePicker {
  readonly kind: 'native' | 'browse'
  /** Native dialog; an empty list where the user dismissed it. */
  pick(purpose: PickPurpose, suggestedName: string | undefined): Promise<readonly FileTicket[]>
  /** One page of a folder inside the workspace; null for its top. */
  browse(folder: string | null, purpose: BrowsePurpose): Promise<CallOutput<'files.browse'>>
  /** A file to be written in a folder of the workspace. */
  nameIn(folder: string, name: string): CallOutput<'files.nameIn'>
}

/** File name extensions each purpose offers, without the dot. */
export const EXTENSIONS: Readonly<Record<PickPurpose, readonly string[]>> = {
  open_project: ['gpkg'],
  save_project: ['gpkg'],
  import: [...LEAD_ENDINGS, ...SIDE_ENDINGS],
  rules: ['json'],
  // Native dialogs alone choose programs: a workspace, which anything may be put into, offers none.
  program: ['exe'],
}
