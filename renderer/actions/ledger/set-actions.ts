import type { AssetQuery } from '#shared/ledger/asset-query.ts'
import type { CheckJob, IgnoreRule, SavedQuery } from '#shared/ledger/selection-set.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { changeRecords } from './register-actions.ts'

const newId = (): string => crypto.randomUUID()

/** Keeps a query under a name; one of that name is replaced, so that what refers to it goes on to do so. */
export async function saveQuery(name: string, query: AssetQuery): Promise<boolean> {
  const known = Object.values(registerStore.getState().queries).find(({ body }) => body.name === name)
  const body: SavedQuery = { name, query }
  return (await changeRecords([{ collection: 'queries', id: known?.id ?? newId(), body }])) !== null
}

/** What would be left without a set if a query were removed. */
export function usesOfQuery(id: string): readonly string[] {
  const { checkJobs, ignoreRules } = registerStore.getState()
  const isUsed = ({ a, b }: Pick<CheckJob, 'a' | 'b'>) => [a, b].some(set => set.type === 'query' && set.id === id)
  return [...Object.values(checkJobs).flatMap(({ body }) => (isUsed(body) ? [body.name] : [])), ...Object.values(ignoreRules).flatMap(({ body }) => (isUsed(body) ? [body.reason] : []))]
}

export const removeQuery = async (id: string): Promise<void> => void (await changeRecords([{ collection: 'queries', id, body: null }]))

export const saveJob = async (id: string | null, body: CheckJob): Promise<boolean> => (await changeRecords([{ collection: 'checkJobs', id: id ?? newId(), body }])) !== null
export const removeJob = async (id: string): Promise<void> => void (await changeRecords([{ collection: 'checkJobs', id, body: null }]))

export const saveIgnoreRule = async (id: string | null, body: IgnoreRule): Promise<boolean> => (await changeRecords([{ collection: 'ignoreRules', id: id ?? newId(), body }])) !== null
export const removeIgnoreRule = async (id: string): Promise<void> => void (await changeRecords([{ collection: 'ignoreRules', id, body: null }]))
