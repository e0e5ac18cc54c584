import type { XmlNode } from '../../xml/read-xml.ts'
import { descendants, numbersIn } from '../../xml/read-xml.ts'

/** An object known by its surfaces alone, as the straight line and the box around it. */
export interface SolidAxis {
  /** Axis ends [x, y, z] in the source's coordinates. */
  readonly ends: readonly [readonly number[], readonly number[]]
  readonly widthM: number
  readonly heightM: number
}

/** Slice at either end whose surfaces give the level there. */
const END_SLICE = 0.2

/**
 * The axis along the longest plan extent of surfaces: ends at the middle of the section. A bend is not seen this way; an
 * object modelled by surfaces only is drawn in pieces between its nodes.
 * @param metresX metres per unit of x and y (degrees have their own).
 * @returns null where there are fewer than three places.
 */
export function axisOfSurfaces(points: readonly (readonly number[])[], metresX: number, metresY: number): SolidAxis | null {
  if (points.length < 3) return null
  const plan = points.map(([x, y, z]) => [x! * metresX, y! * metresY, z ?? 0] as const)
  const [mx, my] = [mean(plan.map(p => p[0])), mean(plan.map(p => p[1]))]
  let [xx, xy, yy] = [0, 0, 0]
  for (const [x, y] of plan) {
    xx += (x - mx) ** 2
    xy += (x - mx) * (y - my)
    yy += (y - my) ** 2
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const along = plan.map(([x, y]) => (x - mx) * ux + (y - my) * uy)
  const across = plan.map(([x, y]) => (y - my) * ux - (x - mx) * uy)
  const [from, to, left, right] = [least(along), most(along), least(across), most(across)]
  const length = to - from
  if (!(length > 1e-6)) return null
  const slice = (end: number) => plan.filter((_p, i) => Math.abs(along[i]! - end) <= END_SLICE * length).map(p => p[2])
  const middle = (left + right) / 2
  const end = (t: number): readonly number[] => {
    const levels = slice(t)
    return [(mx + t * ux - middle * uy) / metresX, (my + t * uy + middle * ux) / metresY, (least(levels) + most(levels)) / 2]
  }
  const heights = [from, to].map(t => most(slice(t)) - least(slice(t)))
  return { ends: [end(from), end(to)], widthM: right - left, heightM: Math.max(...heights) }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const least = (values: readonly number[]) => values.reduce((low, value) => Math.min(low, value), Infinity)
const most = (values: readonly number[]) => values.reduce((high, value) => Math.max(high, value), -Infinity)

/** True where every edge of a solid's surfaces has its fellow: nothing can run out of it. */
export function isClosed(solid: XmlNode): boolean {
  const edges = new Map<string, number>()
  for (const ring of descendants(solid, 'LinearRing')) {
    const positions = positionsIn(ring)
    for (let i = 1; i < positions.length; i++) {
      const [a, b] = [positions[i - 1]!.join(' '), positions[i]!.join(' ')]
      const key = a < b ? `${a}|${b}` : `${b}|${a}`
      edges.set(key, (edges.get(key) ?? 0) + 1)
    }
  }
  return [...edges.values()].every(count => count % 2 === 0)
}

/**
 * Positions [x, y, z?] of every `posList` and `pos` below an element, as they stand in the file.
 * @param usualDimension numbers a position has where its list does not say.
 */
export function positionsIn(node: XmlNode, usualDimension = 3): number[][] {
  const lists = [...(node.name === 'posList' || node.name === 'pos' ? [node] : []), ...descendants(node, 'posList'), ...descendants(node, 'pos')]
  return lists.flatMap(list => {
    const numbers = numbersIn(list.text)
    const dimension = Number(list.attributes['srsDimension'] ?? usualDimension)
    if (!numbers || (dimension !== 2 && dimension !== 3) || numbers.length % dimension !== 0) return []
    return Array.from({ length: numbers.length / dimension }, (_, i) => numbers.slice(i * dimension, (i + 1) * dimension))
  })
}
