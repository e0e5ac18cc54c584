import type { CallOutput } from '#shared/contract/contract.ts'
import { ask, host, refusalOf, showRefusal } from '../host.ts'

export type Listing = CallOutput<'files.browse'>

export const browseFolder = (folder: string | null, purpose: 'open_project' | 'save_project'): Promise<Listing | null> =>
  ask('files.browse', { folder, purpose })

/** A ticket for a file of that name in a folder; `bad_name` where the name cannot be one, null where the host refuses otherwise. */
export async function nameIn(folder: string, name: string): Promise<CallOutput<'files.nameIn'> | 'bad_name' | null> {
  try {
    return await host().call('files.nameIn', { folder, name })
  } catch (cause) {
    if (refusalOf(cause).code === 'bad_name') return 'bad_name'
    showRefusal(cause)
    return null
  }
}
