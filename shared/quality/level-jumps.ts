import { carrierOfKind } from '../network/carriers.ts'
import { NEAR_MISS_M } from '../network/topology.ts'
import { assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import { ASSUMED, type NodeRecord } from '../twin/asset.ts'
import { GRAVITY_KINDS, type NodeType } from '../twin/kinds.ts'
import type { FlawList } from './flaw-list.ts'
import { placeOf } from './missing-joints.ts'

/** Ends this near in plan belong to one point, metres. */
const SAME_PLACE_M = 0.05
/** In these, lines of any level may meet: sewers drop, cables and mains climb their walls. */
const STRUCTURES: ReadonlySet<NodeType> = new Set(['manhole', 'chamber', 'tank', 'pump', 'source', 'outfall'])

/** An end with what of its line stands upright there. */
interface End {
  readonly asset: number
  readonly at: readonly [number, number, number]
  readonly low: number
  readonly high: number
}

/**
 * Lines of one network that end in one point in plan, but further apart in level than a careless drawing explains, with
 * nothing between them: a slip in a depth, mostly. Nearer ones are near misses and found there; what meets in a structure
 * is not asked. The higher line is named, with the one below. @param unjoined Places told as lacking their joint.
 */
export function findLevelJumps(columns: AssetColumns, nodes: readonly NodeRecord[], isRepeated: Uint8Array, unjoined: ReadonlySet<string>, flaws: FlawList): void {
  const ends = new Map<string, End[]>()
  for (let i = 0; i < columns.count; i++) {
    // A level that was assumed says nothing about its neighbours'.
    if (isRepeated[i] || columns.assumed[i]! & (ASSUMED.level | ASSUMED.ground)) continue
    const carrier = carrierOfKind(assetKind(columns, i))
    const [first, last] = [columns.vertexStart[i]!, columns.vertexStart[i + 1]! - 1]
    for (const [v, step] of [[first, 1], [last, -1]] as const) {
      const end = endAt(columns, i, v, step, step > 0 ? last : first)
      const key = `${carrier}:${cellOf(end.at[0])}:${cellOf(end.at[1])}`
      const known = ends.get(key)
      if (known) known.push(end)
      else ends.set(key, [end])
    }
  }
  const structures = structureCells(columns, nodes)
  for (const [key, here] of ends) {
    if (here.length < 2 || here.some(({ at }) => unjoined.has(placeOf(at[0], at[1]))) || structures.has(key.slice(key.indexOf(':') + 1))) continue
    here.sort((a, b) => a.low - b.low || a.high - b.high || a.asset - b.asset)
    let below = here[0]!
    for (const end of here.slice(1)) {
      const gapM = end.low - below.high
      // Sewers fall into a manhole nobody entered as a point; what climbs to it by metres is told as well.
      if (gapM > Math.max(NEAR_MISS_M, columns.halfHeightM[end.asset]! + columns.halfHeightM[below.asset]!)) flaws.add('level_jump', end.asset, end.at, gapM, below.asset)
      if (end.high > below.high) below = end
    }
  }
}

/** An end, and how far its line runs upright from there. */
function endAt({ xyz }: AssetColumns, asset: number, v: number, step: 1 | -1, last: number): End {
  const [x, y, z] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
  let [low, high] = [z, z]
  for (let k = v + step; k !== last + step && Math.hypot(xyz[3 * k]! - x, xyz[3 * k + 1]! - y) <= SAME_PLACE_M; k += step) {
    low = Math.min(low, xyz[3 * k + 2]!)
    high = Math.max(high, xyz[3 * k + 2]!)
  }
  return { asset, at: [x, y, z], low, high }
}

const cellOf = (value: number): number => Math.round(value / SAME_PLACE_M)

/** Cells with a structure at or beside them, of any network. */
function structureCells({ origin }: AssetColumns, nodes: readonly NodeRecord[]): Set<string> {
  const cells = new Set<string>()
  for (const { nodeType, kind, at } of nodes) {
    if (!STRUCTURES.has(nodeType) && !GRAVITY_KINDS.has(kind)) continue
    const [x, y] = [cellOf(at[0] - origin[0]), cellOf(at[1] - origin[1])]
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) cells.add(`${x + dx}:${y + dy}`)
  }
  return cells
}
