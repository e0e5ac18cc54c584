import type { ScenarioDocument } from '#shared/scenario/document.ts'

/** Why a line of the baseline is out of the ground in a scheme. */
export interface Removal {
  /** Of the scheme's own record; empty where a diversion takes its place. */
  readonly reason: string
  /** The proposal that takes its place, where one does. */
  readonly replacedBy: string | null
}

const NONE: ReadonlyMap<string, Removal> = new Map()
const known = new WeakMap<ScenarioDocument, ReadonlyMap<string, Removal>>()

/** What a scheme takes out of the ground, by asset id: removed, or replaced by a diversion. */
export function removalsOf(document: ScenarioDocument | null): ReadonlyMap<string, Removal> {
  if (!document) return NONE
  let removals = known.get(document)
  if (!removals) {
    removals = new Map<string, Removal>([
      ...Object.entries(document.removals).map(([id, { reason }]) => [id, { reason, replacedBy: null }] as [string, Removal]),
      ...Object.values(document.proposals).flatMap(({ id, replaces = [] }) => replaces.map(asset => [asset, { reason: '', replacedBy: id }] as [string, Removal])),
    ])
    known.set(document, removals)
  }
  return removals
}
