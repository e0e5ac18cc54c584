import { queryBoxGrid, buildBoxGrid, type BoxGrid } from '../geometry/box-grid.ts'
import { chainagesOf, nearestChainage, placeAt } from '../geometry/section-line.ts'
import { assetId, type AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import { assetIndexOf } from '../twin/asset-index.ts'
import { assetItem, type CutItem, type CutWorld } from './cut-world.ts'

/** A line to look along: one proposal, or the run an asset belongs to (assets of one kind and owner end to end). Local frame. */
export interface CutLine {
  /** The line asked for. */
  readonly item: CutItem
  readonly axis: readonly Vec3[]
  /** Plan length up to each vertex, metres. */
  readonly chainages: readonly number[]
  readonly lengthM: number
  /** What lies between vertex i and i + 1. */
  readonly parts: readonly CutItem[]
  readonly ids: ReadonlySet<string>
}

/** Null where neither the scheme nor the twin has the line, or it has no length in plan. */
export function cutLine(world: CutWorld, id: string): CutLine | null {
  const proposal = world.proposals.find(({ item }) => item.id === id)
  if (proposal) return finish(proposal.item, proposal.axis, proposal.axis.slice(1).map(() => proposal.item))
  const asset = assetIndexOf(world.columns, id)
  if (asset === null) return null
  const axis: Vec3[] = []
  const parts: CutItem[] = []
  for (const { asset: member, reversed } of runOf(world.columns, asset)) {
    const item = assetItem(world, member)
    const points = axisOfAsset(world.columns, member)
    if (reversed) points.reverse()
    axis.push(...(axis.length === 0 ? points : points.slice(1)))
    parts.push(...points.slice(1).map(() => item))
  }
  return finish(assetItem(world, asset), axis, parts)
}

/**
 * Of several lines, as a side of a finding is made of, the one nearest in plan to a place, and the chainage there; of lines
 * equally near the first. Null where none of them is a line here. @param x, y Local frame.
 */
export function cutLineAt(world: CutWorld, ids: readonly string[], x: number, y: number): { readonly line: CutLine; readonly chainageM: number } | null {
  let best: { line: CutLine; chainageM: number; distanceM: number } | null = null
  const seen = new Set<string>()
  for (const id of ids) {
    const line = seen.has(id) ? null : cutLine(world, id)
    if (!line) continue
    // Every member of a run gives the same line.
    for (const member of line.ids) seen.add(member)
    const chainageM = nearestChainage(line.axis, line.chainages, x, y)
    const { at } = placeAt(line.axis, line.chainages, chainageM)
    const distanceM = Math.hypot(at[0] - x, at[1] - y)
    if (!best || distanceM < best.distanceM) best = { line, chainageM, distanceM }
  }
  return best
}

/** An asset by itself, whatever it is joined to. */
export function lineAlone(world: CutWorld, asset: number): CutLine | null {
  const [item, axis] = [assetItem(world, asset), axisOfAsset(world.columns, asset)]
  return finish(item, axis, axis.slice(1).map(() => item))
}

function finish(item: CutItem, axis: readonly Vec3[], parts: readonly CutItem[]): CutLine | null {
  const chainages = chainagesOf(axis)
  const lengthM = chainages.at(-1) ?? 0
  return lengthM > 0 ? { item, axis, chainages, lengthM, parts, ids: new Set(parts.map(part => part.id)) } : null
}

function axisOfAsset({ vertexStart, xyz }: AssetColumns, asset: number): Vec3[] {
  const axis: Vec3[] = []
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]!; v++) axis.push([xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!])
  return axis
}

/** As the packs' usual snap tolerance: ends this near are one. */
const JOINT_M = 0.01
/** A profile over more is no longer read; a ring ends where it began. */
const MOST_MEMBERS = 2000

interface Member {
  readonly asset: number
  readonly reversed: boolean
}

/** Design §2: assets of one kind and owner through nodes where exactly two such ends meet, in order; drawn as its member with the lowest id is, so that every member gives the same chainages. */
function runOf(columns: AssetColumns, asset: number): readonly Member[] {
  const seen = new Set([asset])
  const walk = (from: Member): Member[] => {
    const members: Member[] = []
    for (let at = from; members.length < MOST_MEMBERS;) {
      const next = nextAfter(columns, at)
      if (!next || seen.has(next.asset)) break
      seen.add(next.asset)
      members.push(next)
      at = next
    }
    return members
  }
  const forward = walk({ asset, reversed: false })
  const back = walk({ asset, reversed: true })
  const turned = (members: readonly Member[]): Member[] => members.map(({ asset: member, reversed }) => ({ asset: member, reversed: !reversed })).reverse()
  const run = [...turned(back), { asset, reversed: false }, ...forward]
  const leader = run.reduce((best, member) => (assetId(columns, member.asset) < assetId(columns, best.asset) ? member : best))
  return leader.reversed ? turned(run) : run
}

function nextAfter(columns: AssetColumns, { asset, reversed }: Member): Member | null {
  const v = reversed ? columns.vertexStart[asset]! : columns.vertexStart[asset + 1]! - 1
  const [x, y, z] = [columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 2]!]
  let next: Member | null = null
  for (const end of queryBoxGrid(endIndex(columns), x - JOINT_M, y - JOINT_M, x + JOINT_M, y + JOINT_M)) {
    const other = end >> 1
    const w = end % 2 === 0 ? columns.vertexStart[other]! : columns.vertexStart[other + 1]! - 1
    if (w === v || columns.kind[other] !== columns.kind[asset] || columns.owner[other] !== columns.owner[asset]) continue
    if (Math.hypot(columns.xyz[3 * w]! - x, columns.xyz[3 * w + 1]! - y, columns.xyz[3 * w + 2]! - z) > JOINT_M) continue
    if (next) return null
    next = { asset: other, reversed: end % 2 === 1 }
  }
  return next
}

const indexes = new WeakMap<AssetColumns, BoxGrid>()

/** Ends of all assets: 2 · asset for the first vertex, 2 · asset + 1 for the last. */
function endIndex(columns: AssetColumns): BoxGrid {
  let index = indexes.get(columns)
  if (!index) {
    const boxes = new Float64Array(8 * columns.count)
    for (let i = 0; i < columns.count; i++) {
      const [first, last] = [3 * columns.vertexStart[i]!, 3 * (columns.vertexStart[i + 1]! - 1)]
      const { xyz } = columns
      boxes.set([xyz[first]!, xyz[first + 1]!, xyz[first]!, xyz[first + 1]!, xyz[last]!, xyz[last + 1]!, xyz[last]!, xyz[last + 1]!], 8 * i)
    }
    index = buildBoxGrid(boxes)
    indexes.set(columns, index)
  }
  return index
}
