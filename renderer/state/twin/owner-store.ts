import { createStore } from 'zustand/vanilla'
import type { RecordChange } from '#shared/register/collections.ts'
import { ownerDirectory, type Owner, type OwnerDirectory } from '#shared/register/owner.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { axisFacts } from './asset-facts.ts'
import type { RegisterState } from './register-store.ts'

/** Changes of the register of owners that can be taken back, and made again, in this session: each as the records' changes that do it. */
export interface OwnerHistory {
  readonly undo: readonly (readonly RecordChange[])[]
  readonly redo: readonly (readonly RecordChange[])[]
}

export const NO_HISTORY: OwnerHistory = { undo: [], redo: [] }
export const ownerStore = createStore<OwnerHistory>(() => NO_HISTORY)

const directories = new WeakMap<RegisterState['owners'], OwnerDirectory>()

/** Who is registered, as names are looked up in it. */
export function directoryOf(records: RegisterState['owners']): OwnerDirectory {
  let directory = directories.get(records)
  if (!directory) directories.set(records, (directory = ownerDirectory(Object.values(records).map(({ body }) => body))))
  return directory
}

/** A body as the list of owners shows it: registered, or a name in the ledger that nobody registered (`id` null). */
export interface ListedOwner {
  readonly id: string | null
  readonly owner: Owner | null
  readonly name: string
  readonly count: number
  readonly lengthM: number
}

/** Registered owners, then names in the ledger without one, each with the lines that are theirs; the longest network first. */
export function listedOwners(records: RegisterState['owners'], columns: AssetColumns | null): ListedOwner[] {
  const directory = directoryOf(records)
  const use = new Map<string, { count: number; lengthM: number }>()
  if (columns) {
    const names = columns.owners.map(name => directory.nameOf(name))
    const { lengthM } = axisFacts(columns)
    for (let i = 0; i < columns.count; i++) {
      const name = names[columns.owner[i]!]!
      const sum = use.get(name) ?? { count: 0, lengthM: 0 }
      use.set(name, { count: sum.count + 1, lengthM: sum.lengthM + lengthM[i]! })
    }
  }
  const none = { count: 0, lengthM: 0 }
  const registered = Object.values(records).map(({ id, body }): ListedOwner => ({ id, owner: body, name: body.name, ...(use.get(body.name) ?? none) }))
  const unknown = [...use].filter(([name]) => name !== '' && directory.find(name) === null).map(([name, sum]): ListedOwner => ({ id: null, owner: null, name, ...sum }))
  const byLength = (p: ListedOwner, q: ListedOwner) => q.lengthM - p.lengthM || p.name.localeCompare(q.name)
  return [...registered.sort(byLength), ...unknown.sort(byLength)]
}
