import { z } from 'zod'
import { ASSET_KINDS } from '../twin/kinds.ts'

const line = z.string().max(200)

/** Who owns lines (权属单位): how to reach them, and what they answer for. Kept under an id of its own, because names change. */
export const ownerSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Other ways in which sources write the name. */
  aliases: z.array(z.string().min(1).max(200)).max(100),
  contact: line,
  phone: line,
  /** Manned at all hours: whom to call when something is hit. */
  emergencyPhone: line,
  address: z.string().max(500),
  /** What the body answers for, in its own words. */
  duty: z.string().max(2000),
  /** Kinds it manages; empty where nobody said. */
  kinds: z.array(z.enum(ASSET_KINDS)).max(ASSET_KINDS.length),
  notes: z.string().max(5000),
})
export type Owner = z.infer<typeof ownerSchema>

export const BLANK_OWNER: Owner = { name: '', aliases: [], contact: '', phone: '', emergencyPhone: '', address: '', duty: '', kinds: [], notes: '' }

/** Names are compared without case, blanks and the width of their characters: 某某 燃气（集团） is 某某燃气(集团). */
export const ownerKey = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Finds who is meant by a name as a source writes it. */
export interface OwnerDirectory {
  /** Null where nobody of that name is registered. */
  find(name: string): Owner | null
  /** The registered name of who is meant, else the name as it is written. */
  nameOf(name: string): string
}

/** Of several bodies that claim a name, the first whose own name it is counts, then the first with it among its others. */
export function ownerDirectory(owners: readonly Owner[]): OwnerDirectory {
  const byName = new Map<string, Owner>()
  const put = (name: string, owner: Owner) => {
    const key = ownerKey(name)
    if (key !== '' && !byName.has(key)) byName.set(key, owner)
  }
  for (const owner of owners) put(owner.name, owner)
  for (const owner of owners) for (const alias of owner.aliases) put(alias, owner)
  const find = (name: string) => byName.get(ownerKey(name)) ?? null
  return { find, nameOf: name => find(name)?.name ?? name.trim() }
}

/** Puts together what belongs to one body under several names; the order of first mention, those without a known owner last. */
export function mergedByOwner<T>(parts: readonly { readonly owner: string; readonly assets: readonly T[] }[], directory: OwnerDirectory): { readonly owner: string; readonly assets: readonly T[] }[] {
  const merged = new Map<string, T[]>()
  for (const { owner, assets } of parts) {
    const name = directory.nameOf(owner)
    merged.set(name, [...(merged.get(name) ?? []), ...assets])
  }
  return [...merged].map(([owner, assets]) => ({ owner, assets })).sort((p, q) => Number(p.owner === '') - Number(q.owner === ''))
}
