import earcut from 'earcut'
import { isReflex, ringArea, type PlanRing } from '../geometry/plan-polygon.ts'

/**
 * Convex rings that fill a simple ring without overlap: triangles, joined while the union stays convex
 * (Hertel–Mehlhorn: at most four times the least number of parts).
 */
export function convexParts(ring: PlanRing): PlanRing[] {
  const count = ring.length / 2
  if (!Array.from({ length: count }, (_, i) => isReflex(ring, i)).some(Boolean)) return [ring]
  // Relative to the first corner: the triangulation is decided by cross products.
  const local = ring.map((value, i) => value - ring[i % 2]!)
  const indices = earcut(local)
  const parts: number[][] = []
  for (let i = 0; i < indices.length; i += 3) {
    const part = [indices[i]!, indices[i + 1]!, indices[i + 2]!]
    const area = ringArea(cornersOf(ring, part))
    if (area !== 0) parts.push(area > 0 ? part : part.reverse())
  }
  return joinConvex(ring, parts).map(part => cornersOf(ring, part))
}

const cornersOf = (ring: PlanRing, part: readonly number[]): PlanRing => part.flatMap(i => [ring[2 * i]!, ring[2 * i + 1]!])

function joinConvex(ring: PlanRing, parts: number[][]): number[][] {
  /** Which part has the edge from one corner to another. */
  const owner = new Map<string, number[]>()
  const claim = (part: number[]) => part.forEach((corner, i) => owner.set(`${corner},${part[(i + 1) % part.length]!}`, part))
  parts.forEach(claim)
  const alive = new Set(parts)
  for (const part of parts) {
    let current = part
    if (!alive.has(current)) continue
    for (let i = 0; i < current.length; i++) {
      const [from, to] = [current[i]!, current[(i + 1) % current.length]!]
      const other = owner.get(`${to},${from}`)
      if (!other || other === current || !alive.has(other)) continue
      const joined = joinAcross(current, other, from, to)
      const corners = cornersOf(ring, joined)
      if (joined.some((_, k) => isReflex(corners, k))) continue
      alive.delete(current)
      alive.delete(other)
      alive.add(joined)
      claim(joined)
      current = joined
      i = -1
    }
  }
  return [...alive]
}

/** One ring from two that share the edge from → to (to → from in the other). */
function joinAcross(a: readonly number[], b: readonly number[], from: number, to: number): number[] {
  const startA = a.indexOf(to)
  const startB = b.indexOf(from)
  return [
    ...Array.from({ length: a.length }, (_, k) => a[(startA + k) % a.length]!),
    ...Array.from({ length: b.length }, (_, k) => b[(startB + k) % b.length]!).slice(1, -1),
  ]
}
