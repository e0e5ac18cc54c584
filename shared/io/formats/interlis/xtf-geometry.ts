import { childOf, childText, descendants, numberOr, type XmlNode } from '../../xml/read-xml.ts'

/** How far a chord may lie from its arc, metres. */
const CHORD_TOLERANCE_M = 0.005
const MAX_CHORDS = 200

type Position = number[]

/** Position of a `COORD`; null where it is not numbers. */
export function coordOf(node: XmlNode | undefined): Position | null {
  if (!node) return null
  const [x, y, z] = ['C1', 'C2', 'C3'].map(name => numberOr(childText(node, name)))
  if (x === null || y === null || x === undefined || y === undefined || Math.max(Math.abs(x), Math.abs(y)) > 1e9) return null
  return z === null || z === undefined ? [x, y] : [x, y, z]
}

/** Positions of a `POLYLINE`, arcs as chords; null where one of them is no place. */
export function polylineOf(node: XmlNode): Position[] | null {
  const positions: Position[] = []
  for (const part of descendants(node, 'POLYLINE')[0]?.children ?? []) {
    const end = coordOf(part)
    if (!end) return null
    const last = positions.at(-1)
    if (part.name === 'ARC' && last) {
      const [mx, my] = [numberOr(childText(part, 'A1')), numberOr(childText(part, 'A2'))]
      if (mx === null || my === null) return null
      for (const point of chords(last, [mx, my], end)) positions.push(point)
    } else positions.push(end)
  }
  return positions.length >= 2 ? positions : null
}

/** Points of the arc from `a` through `m` to `b`, without `a`. */
function chords(a: Position, m: Position, b: Position): Position[] {
  const [ax, ay, bx, by] = [a[0]! - m[0]!, a[1]! - m[1]!, b[0]! - m[0]!, b[1]! - m[1]!]
  const twist = 2 * (ax * by - ay * bx)
  if (Math.abs(twist) < 1e-9) return [b]
  const [a2, b2] = [ax * ax + ay * ay, bx * bx + by * by]
  const [cx, cy] = [m[0]! + (by * a2 - ay * b2) / twist, m[1]! + (ax * b2 - bx * a2) / twist]
  const radius = Math.hypot(a[0]! - cx, a[1]! - cy)
  const angle = (p: Position) => Math.atan2(p[1]! - cy, p[0]! - cx)
  const turn = (from: number, to: number) => (((to - from) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)
  const [start, through, whole] = [angle(a), turn(angle(a), angle(m)), turn(angle(a), angle(b))]
  const sweep = through <= whole ? whole : whole - 2 * Math.PI
  const step = 2 * Math.acos(Math.max(0, 1 - Math.min(1, CHORD_TOLERANCE_M / radius)))
  const count = Math.max(1, Math.min(MAX_CHORDS, Math.ceil(Math.abs(sweep) / Math.max(step, 1e-6))))
  return Array.from({ length: count }, (_, i) => {
    if (i === count - 1) return b
    const at = start + (sweep * (i + 1)) / count
    return [cx + radius * Math.cos(at), cy + radius * Math.sin(at)]
  })
}

export const refOf = (node: XmlNode, name: string): string => childOf(node, name)?.attributes['REF'] ?? ''
