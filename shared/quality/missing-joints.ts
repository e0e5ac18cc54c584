import { isServedBy, JOINING } from '../clearance/network/manholes.ts'
import { carrierOfKind } from '../network/carriers.ts'
import { assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord } from '../twin/asset.ts'
import { GRAVITY_KINDS } from '../twin/kinds.ts'
import type { FlawList } from './flaw-list.ts'

/** Ends this near are one point: in plan they were drawn to meet, in space a check takes them as joined. As the packs have it, metres. */
const SNAP_M = 0.01
/** Nodes are looked for in cells of this size, metres: no manhole that joins lines is wider. */
const NODE_CELL_M = 10

interface End {
  readonly asset: number
  readonly x: number
  readonly y: number
  readonly z: number
  readonly halfM: number
}

/**
 * Lines of one network that were drawn to end in one point, but come in at different levels with nothing known there that joins
 * them: drains whose manhole is not in the data, mains of two sizes without their reducer. Whoever checks clearances is told
 * of a clash that is a joint. Drains may differ by any amount; others as long as their sections still meet, since mains that
 * pass above each other are no joint. The highest line is named, with the lowest.
 * @returns `placeOf` each end of such a place: a jump of level there is told already.
 */
export function findMissingJoints(columns: AssetColumns, nodes: readonly NodeRecord[], isRepeated: Uint8Array, flaws: FlawList): ReadonlySet<string> {
  const told = new Set<string>()
  const joints = jointsByCell(columns, nodes)
  for (const here of meetings(columns, isRepeated)) {
    here.sort((a, b) => a.z - b.z || a.asset - b.asset)
    const [low, high] = [here[0]!, here.at(-1)!]
    if (high.z - low.z <= SNAP_M || !isOneJoint(columns, here)) continue
    if (joints.get(cellOf(low.x, low.y, NODE_CELL_M))?.some(node => holdsAll(columns, node, here))) continue
    flaws.add('joint_missing', high.asset, [high.x, high.y, high.z], high.z - low.z, low.asset)
    for (const { x, y } of here) told.add(placeOf(x, y))
  }
  return told
}

/** Name of a place in plan, local frame. */
export const placeOf = (x: number, y: number): string => `${x} ${y}`

/** Ends drawn to one point in plan, of more than one line of a network. */
function meetings(columns: AssetColumns, isRepeated: Uint8Array): End[][] {
  const groups = new Map<string, End[]>()
  const met: End[][] = []
  for (let asset = 0; asset < columns.count; asset++) {
    if (isRepeated[asset]) continue
    const carrier = carrierOfKind(assetKind(columns, asset))
    const [first, last] = [columns.vertexStart[asset]!, columns.vertexStart[asset + 1]! - 1]
    for (const v of [first, last]) {
      const end: End = { asset, x: columns.xyz[3 * v]!, y: columns.xyz[3 * v + 1]!, z: columns.xyz[3 * v + 2]!, halfM: columns.halfHeightM[asset]! }
      const group = nearGroup(groups, carrier, end)
      if (group) group.push(end)
      else {
        const fresh = [end]
        groups.set(`${carrier}:${cellOf(end.x, end.y, SNAP_M)}`, fresh)
        met.push(fresh)
      }
    }
  }
  return met.filter(group => group.some(({ asset }) => asset !== group[0]!.asset))
}

/** The group whose first end lies within the snap of this one; cells are as wide as that, so it lies in a neighbouring one. */
function nearGroup(groups: ReadonlyMap<string, End[]>, carrier: string, { x, y }: End): End[] | null {
  for (const dx of [0, -SNAP_M, SNAP_M]) {
    for (const dy of [0, -SNAP_M, SNAP_M]) {
      const group = groups.get(`${carrier}:${cellOf(x + dx, y + dy, SNAP_M)}`)
      if (group && Math.hypot(group[0]!.x - x, group[0]!.y - y) <= SNAP_M) return group
    }
  }
  return null
}

/** Drains fall into each other from any height; others meet where each still touches the next above. @param here From low to high. */
function isOneJoint(columns: AssetColumns, here: readonly End[]): boolean {
  const kind = assetKind(columns, here[0]!.asset)
  if (kind === 'unknown') return false
  return GRAVITY_KINDS.has(kind) || here.every((end, i) => i === 0 || end.z - here[i - 1]!.z < end.halfM + here[i - 1]!.halfM)
}

/** As the check has it (clearance/manholes): in plan within the wall, between floor and ground with the pipe. */
const holdsAll = (columns: AssetColumns, { kind, at, bottomZ, diameterM }: NodeRecord, here: readonly End[]): boolean =>
  here.every(({ asset, x, y, z, halfM }) =>
    isServedBy(kind, assetKind(columns, asset)) && Math.hypot(at[0] - columns.origin[0] - x, at[1] - columns.origin[1] - y) <= Math.max(SNAP_M, (diameterM ?? 0) / 2) &&
    z >= bottomZ! - columns.origin[2] - halfM - SNAP_M && z <= at[2] - columns.origin[2] + SNAP_M)

function jointsByCell({ origin }: AssetColumns, nodes: readonly NodeRecord[]): Map<string, NodeRecord[]> {
  const cells = new Map<string, NodeRecord[]>()
  for (const node of nodes) {
    if (!JOINING.has(node.nodeType) || node.bottomZ === undefined || node.at[2] <= node.bottomZ) continue
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        const key = cellOf(node.at[0] - origin[0] + dx * NODE_CELL_M, node.at[1] - origin[1] + dy * NODE_CELL_M, NODE_CELL_M)
        cells.set(key, [...(cells.get(key) ?? []), node])
      }
    }
  }
  return cells
}

const cellOf = (x: number, y: number, sizeM: number): string => `${Math.floor(x / sizeM)}:${Math.floor(y / sizeM)}`
