import type { IssueLog } from './issue-log.ts'

/** Longest id a project keeps. */
const MAX_ID = 200

/**
 * Gives every asset an id of its own. A repeated id keeps its object: the second is called `id~2`, the third `id~3`, and
 * a `duplicate_id` says so, since two pipes with one name are still two pipes in the ground.
 */
export class UniqueIds {
  private readonly taken: Set<string>
  private readonly log: IssueLog

  /** @param taken ids already in the project; not changed. */
  constructor(log: IssueLog, taken: Iterable<string> = []) {
    this.log = log
    this.taken = new Set(taken)
  }

  /** @param wanted the source's id; null where it has none (`id_missing`: named after its place in the source).
   * @param place the feature's `ref`. @param ref what issues call it. */
  claim(wanted: string | null, place: string, ref: string): string {
    const named = wanted !== null && wanted.trim() !== '' && wanted.length <= MAX_ID - 8
    if (!named) this.log.add('id_missing', 'info', ref, wanted ? { length: wanted.length } : {})
    const base = named ? wanted.trim() : place.slice(-(MAX_ID - 8))
    let id = base
    for (let n = 2; this.taken.has(id); n++) id = `${base}~${n}`
    if (id !== base && named) this.log.add('duplicate_id', 'warning', ref, { id: base, renamed: id })
    this.taken.add(id)
    return id
  }

  /** Name of part n of a line whose parts do not meet (1: the first keeps the id). */
  claimPart(id: string, part: number): string {
    let name = `${id}#${part}`
    while (this.taken.has(name)) name += '~'
    this.taken.add(name)
    return name
  }
}
