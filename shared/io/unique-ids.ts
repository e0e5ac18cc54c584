import type { IssueLog } from './issue-log.ts'

/** Longest id a project keeps. */
const MAX_ID = 200

/**
 * Gives every asset an id of its own. A repeated id keeps its object, under a name that tells the two apart, and a
 * `duplicate_id` says so: two pipes with one name are still two pipes in the ground. Repeated within its layer or in the
 * project: `id~2`, `id~3` …; used by another layer of the import, whose numbers simply start anew: `layer:id`.
 */
export class UniqueIds {
  /** Id → the layer that took it; empty for ids of the project. */
  private readonly taken: Map<string, string>
  private readonly log: IssueLog

  /** @param taken ids already in the project; not changed. */
  constructor(log: IssueLog, taken: Iterable<string> = []) {
    this.log = log
    this.taken = new Map([...taken].map(id => [id, '']))
  }

  /**
   * @param wanted the source's id; null where it has none (`id_missing`: named after its place in the source).
   * @param place the feature's `ref` (`ws_arcs#12`). @param ref what issues call it.
   */
  claim(wanted: string | null, place: string, ref: string): string {
    const layer = place.slice(0, place.lastIndexOf('#'))
    const isNamed = wanted !== null && wanted.trim() !== '' && wanted.length <= MAX_ID - 8
    if (!isNamed) this.log.add('id_missing', 'info', ref, wanted ? { length: wanted.length } : {})
    const base = isNamed ? wanted.trim() : place.slice(-(MAX_ID - 8))
    const takenBy = this.taken.get(base)
    const isOtherLayers = takenBy !== undefined && takenBy !== '' && takenBy !== layer && layer.length + base.length < MAX_ID - 8
    const stem = isOtherLayers ? `${layer}:${base}` : base
    let id = stem
    for (let n = 2; this.taken.has(id); n++) id = `${stem}~${n}`
    if (id !== base && isNamed) this.log.add('duplicate_id', isOtherLayers ? 'info' : 'warning', ref, { id: base, renamed: id })
    this.taken.set(id, layer)
    return id
  }

  /** Name of part n of a line whose parts do not meet (1: the first keeps the id). */
  claimPart(id: string, part: number): string {
    let name = `${id}#${part}`
    while (this.taken.has(name)) name += '~'
    this.taken.set(name, '')
    return name
  }
}
