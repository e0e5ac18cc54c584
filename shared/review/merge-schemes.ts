import type { SimpleCommand } from '../scenario/command-schema.ts'
import type { Excavation, Proposal, ScenarioDocument } from '../scenario/document.ts'

/** What becomes of an id that both schemes have for different things. */
export const MERGE_CHOICES = ['keep', 'take', 'both'] as const
export type MergeChoice = (typeof MERGE_CHOICES)[number]

/** An id that both schemes have, for things that differ. */
export interface MergeConflict {
  readonly id: string
  readonly own: Proposal | Excavation
  readonly other: Proposal | Excavation
  /** Ids are given out in order by each scheme for itself: things that share no place are two, and one that was changed is one. */
  readonly usual: MergeChoice
}

/** What one scheme could take over of another. */
export interface MergePlan {
  /** Things that are not there yet. */
  readonly missing: readonly (Proposal | Excavation)[]
  readonly removals: readonly string[]
  readonly conflicts: readonly MergeConflict[]
}

const things = ({ proposals, excavations }: ScenarioDocument): Readonly<Record<string, Proposal | Excavation>> => ({ ...excavations, ...proposals })

export function mergePlan(base: ScenarioDocument, from: ScenarioDocument): MergePlan {
  const [held, offered] = [things(base), Object.values(things(from))]
  return {
    missing: offered.filter(({ id }) => held[id] === undefined),
    removals: Object.keys(from.removals).filter(id => !Object.hasOwn(base.removals, id)),
    conflicts: offered.flatMap((other): MergeConflict[] => {
      const own = held[other.id]
      return own === undefined || JSON.stringify(own) === JSON.stringify(other) ? [] : [{ id: other.id, own, other, usual: sharesPlace(own, other) ? 'keep' : 'both' }]
    }),
  }
}

/** The edits that bring in what is missing and what was chosen, in order. @param choices By id; the usual one where none is given. */
export function mergeCommands(base: ScenarioDocument, from: ScenarioDocument, choices: Readonly<Record<string, MergeChoice>>): SimpleCommand[] {
  const { missing, removals, conflicts } = mergePlan(base, from)
  const ids = new Set([...Object.keys(things(base)), ...Object.keys(things(from))])
  const names = new Set(Object.values(things(base)).map(({ id, name }) => name || id))
  return [
    ...missing.map(adding),
    ...conflicts.flatMap(({ id, own, other, usual }): SimpleCommand[] => {
      const choice = choices[id] ?? usual
      if (choice === 'keep') return []
      if (choice === 'take') return [{ op: isLine(own) ? 'proposal.remove' : 'excavation.remove', id }, adding(other)]
      const [free, name] = [freeId(id, ids), freeLineName(other.name || id, names)]
      ids.add(free)
      names.add(name)
      return [adding({ ...other, id: free, name })]
    }),
    ...removals.map((id): SimpleCommand => ({ op: 'removal.add', id, reason: from.removals[id]!.reason })),
  ]
}

const isLine = (thing: Proposal | Excavation): thing is Proposal => 'axis' in thing

const adding = (thing: Proposal | Excavation): SimpleCommand =>
  isLine(thing) ? { op: 'proposal.add', proposal: { ...thing, axis: [...thing.axis] } } : { op: 'excavation.add', excavation: thing as Extract<SimpleCommand, { op: 'excavation.add' }>['excavation'] }

const placesOf = (thing: Proposal | Excavation): readonly (readonly number[])[] => {
  if (isLine(thing)) return thing.axis
  const { shape } = thing
  return shape.type === 'pit' ? shape.outline : shape.type === 'trench' ? shape.line : shape.axis
}

/** Whether two have a corner in common in plan. */
function sharesPlace(a: Proposal | Excavation, b: Proposal | Excavation): boolean {
  const places = new Set(placesOf(a).map(([x, y]) => `${x} ${y}`))
  return isLine(a) === isLine(b) && placesOf(b).some(([x, y]) => places.has(`${x} ${y}`))
}

/** `proposal-3` for an id of the form `proposal-1`, others with a number behind. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/-?\d+$/, '')
  for (let serial = 1; ; serial++) if (!taken.has(`${stem}-${serial}`)) return `${stem}-${serial}`
}

/** The first of "Main", "Main (2)", "Main (3)" … that is not taken. */
export function freeLineName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  const stem = name.replace(/ \(\d+\)$/, '')
  let serial = 2
  while (taken.has(`${stem} (${serial})`)) serial++
  return `${stem} (${serial})`
}
