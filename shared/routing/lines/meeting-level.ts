import { distanceToSegment } from '../../geometry/point-segment.ts'
import { isServedBy, JOINING } from '../../clearance/network/manholes.ts'
import type { AssetColumns } from '../../twin/asset-columns.ts'
import { segmentsInBox } from '../../twin/segments-near.ts'
import { nodeCount, nodeKind, nodeType, type PackedNodes } from '../../twin/twin-context.ts'
import { ASSET_KINDS, ASSET_STATUSES, GRAVITY_KINDS, type AssetKind } from '../../twin/kinds.ts'

/** Ends and axes nearer than this in plan are met, metres. */
const MEET_M = 0.05
const OUT = new Set(['abandoned', 'removed'])

/**
 * The level at which a line of a kind meets what is in the ground at a place: in a manhole with a floor a gravity line lies with
 * its bottom on that of the lowest line there, or on the floor where none ends in it; elsewhere axis meets axis.
 * @param at Plan, local frame. @param nodes Project CRS. @param halfHeightM Of the line to be laid.
 * @returns level of the line's axis, local frame; null where nothing of its kind is there.
 */
export function meetingLevel(columns: AssetColumns, nodes: PackedNodes, kind: AssetKind, halfHeightM: number, [x, y]: readonly [number, number]): number | null {
  const { origin } = columns
  const radiusOf = (node: number): number => Math.max(MEET_M, (nodes.diameterM[node]! || 0) / 2)
  const isManhole = (node: number): boolean =>
    Math.hypot(nodes.at[3 * node]! - origin[0] - x, nodes.at[3 * node + 1]! - origin[1] - y) <= radiusOf(node) && !Number.isNaN(nodes.bottomZ[node]) && JOINING.has(nodeType(nodes, node)) && isServedBy(nodeKind(nodes, node), kind)
  let manhole: number | null = null
  for (let node = 0; node < nodeCount(nodes) && manhole === null && GRAVITY_KINDS.has(kind); node++) if (isManhole(node)) manhole = node
  const reachM = manhole === null ? MEET_M : radiusOf(manhole)
  let lowest: { readonly bottom: number; readonly axis: number } | null = null
  for (const { asset, vertex } of segmentsInBox(columns, x - reachM, y - reachM, x + reachM, y + reachM)) {
    const own = ASSET_KINDS[columns.kind[asset]!]!
    if (OUT.has(ASSET_STATUSES[columns.status[asset]!]!) || !(manhole !== null ? isServedBy(own, kind) : own === kind)) continue
    const [ax, ay, az, bx, by, bz] = columns.xyz.subarray(3 * vertex, 3 * vertex + 6) as unknown as readonly [number, number, number, number, number, number]
    if (distanceToSegment(x, y, ax, ay, bx, by) > reachM) continue
    // In a manhole a line has the level it ends with, not that of where it comes through the wall.
    const ends = manhole === null ? [] : [[ax, ay, az], [bx, by, bz]].flatMap(([px, py, pz]) => (Math.hypot(px! - x, py! - y) <= reachM ? [pz!] : []))
    const square = (bx - ax) ** 2 + (by - ay) ** 2
    const share = square > 0 ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square)) : 0
    const axis = ends.length > 0 ? Math.min(...ends) : az + share * (bz - az)
    const bottom = axis - columns.halfHeightM[asset]!
    if (lowest === null || bottom < lowest.bottom) lowest = { bottom, axis }
  }
  if (manhole !== null) return (lowest?.bottom ?? nodes.bottomZ[manhole]! - origin[2]) + halfHeightM
  return lowest?.axis ?? null
}
