import type { ScenarioCommand } from '../../scenario/command-schema.ts'
import type { Proposal } from '../../scenario/document.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { verticesFollowing, type LevelAt } from './follow-ground.ts'

/** Which vertices of a line laid by cover the ground alone has made: `isBend[i]`; null of a line whose levels are given. */
export function bendsOf({ axis, groundBends }: Pick<Proposal, 'axis' | 'groundBends'>): readonly boolean[] | null {
  if (!groundBends) return null
  const made = new Set(groundBends.map(String))
  return axis.map((vertex, i) => i > 0 && i < axis.length - 1 && made.has(String(vertex)))
}

/** An edit of a line laid by cover: vertices `first` … `last` − 1 become `points`, of which `at` is the line's own and the rest the ground's; −1: none is. */
export interface Relaid {
  readonly first: number
  readonly last: number
  readonly points: readonly Vec3[]
  readonly at: number
}

export type VertexPlace = { readonly index: number; readonly inserted: boolean }

/** A vertex moved, or put in before another: from the line's own vertex before it to the one after the ground is followed anew. Any metric frame. */
export function relaidThrough(axis: readonly Vec3[], isBend: readonly boolean[], { index, inserted }: VertexPlace, to: Vec3, groundAt: LevelAt): Relaid {
  const before = ownBefore(isBend, index)
  const after = ownAfter(isBend, inserted ? index : index + 1)
  const ahead = legAnew(axis, isBend, before, inserted ? after : index, null, to, groundAt)
  const behind = legAnew(axis, isBend, inserted ? before : index, after, to, null, groundAt)
  return { first: before === null ? 0 : before + 1, last: after ?? axis.length, points: [...ahead, to, ...behind], at: ahead.length }
}

/** One of the line's own vertices taken out: its two legs become one, or at an end the leg goes with it. */
export function relaidWithout(axis: readonly Vec3[], isBend: readonly boolean[], index: number, groundAt: LevelAt): Relaid {
  const [before, after] = [ownBefore(isBend, index), ownAfter(isBend, index + 1)]
  const points = before === null || after === null ? [] : verticesFollowing(axis[before]!, axis[after]!, groundAt)
  return { first: before === null ? 0 : before + 1, last: after ?? axis.length, points, at: -1 }
}

/** The vertices of a leg with one end elsewhere. A leg that had none where the ground asks for some ran straight between two given levels, and does so still. */
function legAnew(axis: readonly Vec3[], isBend: readonly boolean[], before: number | null, after: number | null, from: Vec3 | null, to: Vec3 | null, groundAt: LevelAt): readonly Vec3[] {
  if ((from === null && before === null) || (to === null && after === null)) return []
  const [start, end] = [from ?? axis[before!]!, to ?? axis[after!]!]
  const hasBends = before !== null && after !== null && isBend.slice(before + 1, after).some(Boolean)
  const isStraight = before !== null && after !== null && !hasBends && verticesFollowing(axis[before]!, axis[after]!, groundAt).length > 0
  return isStraight ? [] : verticesFollowing(start, end, groundAt)
}

function ownBefore(isBend: readonly boolean[], index: number): number | null {
  for (let i = index - 1; i >= 0; i--) if (!isBend[i]) return i
  return null
}

function ownAfter(isBend: readonly boolean[], index: number): number | null {
  for (let i = index; i < isBend.length; i++) if (!isBend[i]) return i
  return null
}

/** The line as relaid, and its bends of the ground. @param relaid In the axis's frame. */
function axisRelaid(axis: readonly Vec3[], isBend: readonly boolean[], { first, last, points, at }: Relaid): { readonly axis: Vec3[]; readonly groundBends: Vec3[] } {
  const groundBends = axis.filter((_, i) => isBend[i] && (i < first || i >= last))
  return { axis: axis.toSpliced(first, last - first, ...points), groundBends: [...groundBends, ...points.filter((_, k) => k !== at)] }
}

/** Where a vertex goes that is moved in plan on a line laid by cover: as deep as it was. Where the ground is not known, on its level. */
export function atItsDepth(from: Vec3, [x, y]: readonly [number, number], groundAt: LevelAt): Vec3 {
  const [before, here] = [groundAt(from[0], from[1]), groundAt(x, y)]
  return [x, y, before === null || here === null ? from[2] : here - (before - from[2])]
}

/** One step of undo. @param relaid Project CRS. */
export const relaidCommand = (proposal: Proposal, relaid: Relaid): ScenarioCommand =>
  ({ op: 'group', label: 'follow', commands: [{ op: 'proposal.setAxis', id: proposal.id, ...axisRelaid(proposal.axis, bendsOf(proposal) ?? [], relaid) }] })
