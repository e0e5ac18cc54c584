import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '../../geometry/box-grid.ts'
import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import { ASSET_KINDS, GRAVITY_KINDS, type AssetKind, type NodeType } from '../../twin/kinds.ts'
import { kindOfGroup, type ClearanceNetwork } from './network.ts'

/**
 * Manholes, chambers and the like in which lines are joined at whatever level they come in: those whose floor is known. A node
 * without a floor is a point, and joins by the snap tolerance alone. Packed; local frame, metres.
 */
export interface Manholes {
  /** [x, y, radius, bottom, top] of each. */
  readonly bodies: Float64Array
  /** Index into ASSET_KINDS. */
  readonly kind: Uint8Array
  /** Ends in manhole k: ends[endStart[k]] … ends[endStart[k + 1] − 1], each 2 · asset + (0 first end, 1 last). */
  readonly endStart: Uint32Array
  readonly ends: Uint32Array
  readonly grid: BoxGrid
}

/** Nodes in which lines meet. */
export const JOINING: ReadonlySet<NodeType> = new Set(['manhole', 'chamber', 'gully', 'tank', 'pump', 'outfall', 'junction', 'other'])

/** Whether lines of a kind can end in a node of a kind: sewers of every sort share their manholes. */
export const isServedBy = (node: AssetKind, line: AssetKind): boolean => node === line || (GRAVITY_KINDS.has(node) && GRAVITY_KINDS.has(line))

/** @param snapM The least radius within which an end is in a manhole. @param origin Project CRS of the local frame. */
export function findManholes(nodes: readonly NodeRecord[], network: ClearanceNetwork, origin: Vec3, snapM: number): Manholes {
  const joining = nodes.filter(({ nodeType, bottomZ, at }) => JOINING.has(nodeType) && bottomZ !== undefined && at[2] > bottomZ)
  const bodies = new Float64Array(5 * joining.length)
  const boxes = new Float64Array(4 * joining.length)
  joining.forEach(({ at, bottomZ, diameterM }, k) => {
    const [x, y, radius] = [at[0] - origin[0], at[1] - origin[1], Math.max(snapM, (diameterM ?? 0) / 2)]
    bodies.set([x, y, radius, bottomZ! - origin[2], at[2] - origin[2]], 5 * k)
    boxes.set([x - radius, y - radius, x + radius, y + radius], 4 * k)
  })
  const found = { bodies, kind: Uint8Array.from(joining, ({ kind }) => ASSET_KINDS.indexOf(kind)), grid: buildBoxGrid(boxes) }
  const lists = joining.map((): number[] => [])
  if (joining.length > 0) {
    for (let asset = 0; asset < network.assetCount; asset++) {
      if (network.isActive[asset] === 0) continue
      for (const role of [0, 1] as const) for (const k of manholesOfEnd(found, network, asset, role, snapM)) lists[k]!.push(2 * asset + role)
    }
  }
  const endStart = new Uint32Array(joining.length + 1)
  lists.forEach((list, k) => (endStart[k + 1] = endStart[k]! + list.length))
  return { ...found, endStart, ends: Uint32Array.from(lists.flat()) }
}

/** Manholes that an end of an asset lies in: in plan within the wall, and between floor and ground with its pipe. */
export function manholesOfEnd({ bodies, kind, grid }: Pick<Manholes, 'bodies' | 'kind' | 'grid'>, network: ClearanceNetwork, asset: number, role: 0 | 1, snapM: number): number[] {
  const vertex = role === 0 ? network.vertexStart[asset]! : network.vertexStart[asset + 1]! - 1
  const [x, y, z] = [network.xyz[3 * vertex]!, network.xyz[3 * vertex + 1]!, network.xyz[3 * vertex + 2]!]
  return queryBoxGrid(grid, x, y, x, y).filter(k =>
    isServedBy(ASSET_KINDS[kind[k]!]!, kindOfGroup(network.group[asset]!)) && Math.hypot(x - bodies[5 * k]!, y - bodies[5 * k + 1]!) <= bodies[5 * k + 2]! &&
    z >= bodies[5 * k + 3]! - network.halfHeightM[asset]! - snapM && z <= bodies[5 * k + 4]! + snapM)
}
