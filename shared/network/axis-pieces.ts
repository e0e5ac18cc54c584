import type { Topology } from './topology.ts'

/** A part of one axis segment on one edge. */
export interface AxisPiece {
  readonly edge: number
  /** Along the axis in space, metres. */
  readonly fromM: number
  readonly toM: number
  readonly fromZ: number
  readonly toZ: number
  readonly planM: number
}

/** Walks an asset's axis from its start, broken at vertices and where edges meet. */
export function forEachPiece(topology: Topology, asset: number, visit: (piece: AxisPiece) => void): void {
  const { columns: { xyz, vertexStart }, assetEdges, edgeEndM } = topology
  let edge = assetEdges[2 * asset]!
  const lastEdge = assetEdges[2 * asset + 1]! - 1
  if (edge > lastEdge) return
  let atM = 0
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const [dx, dy, dz] = [xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!]
    const stepM = Math.hypot(dx, dy, dz)
    const startM = atM
    const endM = startM + stepM
    while (atM < endM) {
      // The last edge takes the rest: a declared link may state another length than is drawn.
      const toM = edge < lastEdge ? Math.min(endM, edgeEndM[edge]!) : endM
      const level = (m: number): number => xyz[3 * v + 2]! + (dz * (m - startM)) / stepM
      if (toM > atM) visit({ edge, fromM: atM, toM, fromZ: level(atM), toZ: level(toM), planM: (Math.hypot(dx, dy) * (toM - atM)) / stepM })
      atM = Math.max(atM, toM)
      if (edge < lastEdge && atM >= edgeEndM[edge]!) edge++
    }
  }
}
