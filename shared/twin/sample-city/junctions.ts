import { directionAt } from './street-edge.ts'
import type { StreetEdge, StreetNode, Vec2 } from './street-graph.ts'
import { MAINS, SEWERS, WIDTHS, type StreetClass } from './street-section.ts'

/** What meets at a node: the through street, and the side street whose travel direction is `dir`. */
export interface Meeting {
  readonly throughClass: StreetClass
  readonly side: { readonly class: StreetClass; readonly dir: Vec2 } | null
}

export function meetingAt(node: StreetNode): Meeting {
  let throughClass: StreetClass = 'street'
  let side: Meeting['side'] = null
  for (const edge of node.edges) {
    const dir = directionAtNode(edge, node)
    if (isThrough(edge, node)) throughClass = edge.street.class
    else side = { class: edge.street.class, dir }
  }
  return { throughClass, side }
}

/** The edge's own direction of travel where it touches the node. */
export const directionAtNode = (edge: StreetEdge, node: StreetNode): Vec2 => directionAt(edge, edge.from === node ? 0 : edge.stations.length - 2)

export function isThrough(edge: StreetEdge, node: StreetNode): boolean {
  const dir = directionAtNode(edge, node)
  return Math.abs(dir[0] * node.tangent[0] + dir[1] * node.tangent[1]) > 0.9
}

const offsetOf = (streetClass: StreetClass, role: string): number | undefined =>
  MAINS[streetClass].find(main => main.role === role)?.offsetM ?? SEWERS[streetClass].find(sewer => sewer.kind === role)?.offsetM

/**
 * The one point of a node where all mains of a role meet: on the through street's main, straight in front of the side
 * street's. Special mains, which no side street has, pass straight on.
 */
export function junctionPoint(node: StreetNode, meeting: Meeting, role: string, throughOffsetM = offsetOf(meeting.throughClass, role) ?? 0): Vec2 {
  const sideOffsetM = meeting.side ? (offsetOf(meeting.side.class, role) ?? 0) : 0
  const [tx, ty] = node.tangent
  const [dx, dy] = meeting.side?.dir ?? [0, 0]
  return [node.at[0] + throughOffsetM * ty + sideOffsetM * dy, node.at[1] - throughOffsetM * tx - sideOffsetM * dx]
}

/** Which sides of a through edge a side street opens onto at a node: −1 left, 1 right. */
export function openings(edge: StreetEdge, node: StreetNode): { side: -1 | 1; class: StreetClass }[] {
  const dir = directionAtNode(edge, node)
  return node.edges.filter(other => !isThrough(other, node)).map(other => {
    const away = directionAtNode(other, node)
    const sign = other.from === node ? 1 : -1
    const right = (away[0] * dir[1] - away[1] * dir[0]) * sign
    return { side: right > 0 ? 1 : -1, class: other.street.class } as const
  })
}

/** Where beside a side street's start the through street still is: half its width. */
export const throughHalfM = (edge: StreetEdge, node: StreetNode, part: 'halfM' | 'kerbM'): number =>
  isThrough(edge, node) ? 0 : WIDTHS[meetingAt(node).throughClass][part]
