import type { CallOutput } from '#shared/contract/contract.ts'
import { hostStore } from '../state/app/host-store.ts'
import { ask } from './host.ts'

/** Asks the host what it is and what the user prefers; null where it does not say. */
export async function learnHost(): Promise<CallOutput<'preferences.get'> | null> {
  const [info, packs, preferences] = await Promise.all([ask('app.info', {}), ask('rules.list', {}), ask('preferences.get', {}), learnRecent()])
  hostStore.setState({ info, packs: packs?.packs ?? [] })
  return preferences
}

/** Files opened before, newest first. */
export async function learnRecent(): Promise<void> {
  const recent = await ask('project.recent', {})
  if (recent) hostStore.setState({ recent: recent.files })
}
