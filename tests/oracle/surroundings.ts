/**
 * Rule 8, distance to surface features, from the definition by dense sampling: no code of the product, no closed form.
 * One line that is joined to nothing, kerbs (open lines), trees (points) and buildings (areas).
 */
export type Plan = readonly [number, number]

export interface OracleFeature {
  readonly id: string
  readonly type: 'kerb' | 'tree' | 'building'
  readonly points: readonly Plan[]
}

export interface OracleLimits {
  readonly kerb: number
  readonly tree: number
  readonly building: number
}

/** Least plan gap of a line of radius `radiusM` to each feature, over the places that are not exempt from it; Infinity where none is. */
export function leastGaps(axis: readonly Plan[], radiusM: number, features: readonly OracleFeature[], limits: OracleLimits, stepM: number): Map<string, number> {
  const samples = sampled(axis, stepM)
  const zones = [...kerbZones(axis, radiusM, features, limits), ...houseZones(axis, radiusM, features, limits)]
  return new Map(features.map(feature => {
    let least = Infinity
    for (const { at, chainage } of samples) {
      const isExempt = zones.some(zone => (zone.feature === feature || (zone.feature.type === 'kerb' && feature.type === 'kerb')) && chainage >= zone.from && chainage <= zone.to)
      if (!isExempt) least = Math.min(least, distanceTo(feature, at) - radiusM)
    }
    return [feature.id, least]
  }))
}

interface Zone {
  readonly feature: OracleFeature
  readonly from: number
  readonly to: number
}

function sampled(axis: readonly Plan[], stepM: number): { at: Plan; chainage: number }[] {
  const samples: { at: Plan; chainage: number }[] = []
  let before = 0
  axis.slice(1).forEach((q, i) => {
    const p = axis[i]!
    const length = Math.hypot(q[0] - p[0], q[1] - p[1])
    const steps = Math.max(1, Math.ceil(length / stepM))
    for (let k = 0; k <= steps; k++) samples.push({ at: [p[0] + ((q[0] - p[0]) * k) / steps, p[1] + ((q[1] - p[1]) * k) / steps], chainage: before + (length * k) / steps })
    before += length
  })
  return samples
}

const edgesOf = ({ type, points }: OracleFeature): (readonly [Plan, Plan])[] =>
  points.length === 1 ? [[points[0]!, points[0]!]] : points.flatMap((p, i): (readonly [Plan, Plan])[] => (i + 1 < points.length ? [[p, points[i + 1]!]] : type === 'building' ? [[p, points[0]!]] : []))

function distanceTo(feature: OracleFeature, at: Plan): number {
  if (feature.type === 'building' && isIn(feature.points, at)) return 0
  return Math.min(...edgesOf(feature).map(([p, q]) => toSegment(at, p, q)))
}

function toSegment([x, y]: Plan, p: Plan, q: Plan): number {
  const length2 = (q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - p[0]) * (q[0] - p[0]) + (y - p[1]) * (q[1] - p[1])) / length2))
  return Math.hypot(x - p[0] - t * (q[0] - p[0]), y - p[1] - t * (q[1] - p[1]))
}

/** By the winding of the angle, not by counting edges. */
function isIn(ring: readonly Plan[], [x, y]: Plan): boolean {
  const turn = ring.reduce((sum, p, i) => {
    const q = ring[(i + 1) % ring.length]!
    const step = Math.atan2(q[1] - y, q[0] - x) - Math.atan2(p[1] - y, p[0] - x)
    return sum + (step > Math.PI ? step - 2 * Math.PI : step < -Math.PI ? step + 2 * Math.PI : step)
  }, 0)
  return Math.abs(turn) > Math.PI
}

/** Round each place where the line crosses a kerb at 30° or more: (limit + radius) / sin θ along the line, from every kerb. */
function kerbZones(axis: readonly Plan[], radiusM: number, features: readonly OracleFeature[], limits: OracleLimits): Zone[] {
  const zones: Zone[] = []
  for (const feature of features) {
    if (feature.type !== 'kerb') continue
    let before = 0
    axis.slice(1).forEach((q, i) => {
      const p = axis[i]!
      const length = Math.hypot(q[0] - p[0], q[1] - p[1])
      for (const [k, m] of edgesOf(feature)) {
        const [ux, uy, wx, wy] = [q[0] - p[0], q[1] - p[1], m[0] - k[0], m[1] - k[1]]
        const det = ux * wy - uy * wx
        const s = ((k[0] - p[0]) * wy - (k[1] - p[1]) * wx) / det
        const t = ((k[0] - p[0]) * uy - (k[1] - p[1]) * ux) / det
        if (!(s >= 0 && s <= 1 && t >= 0 && t <= 1)) continue
        const sine = Math.abs(det) / (length * Math.hypot(wx, wy))
        if (sine < 0.5) continue
        const reach = (limits.kerb + radiusM) / sine
        zones.push({ feature, from: before + s * length - reach, to: before + s * length + reach })
      }
      before += length
    })
  }
  return zones
}

/** Round an open end inside a building or within 1 m of its wall: (limit + radius) / sin θ from the wall, θ at least 30°. */
function houseZones(axis: readonly Plan[], radiusM: number, features: readonly OracleFeature[], limits: OracleLimits): Zone[] {
  const total = sampled(axis, Infinity).at(-1)!.chainage
  return features.filter(feature => feature.type === 'building').flatMap(feature => ([0, 1] as const).flatMap((end): Zone[] => {
    const [tip, next] = end === 0 ? [axis[0]!, axis[1]!] : [axis.at(-1)!, axis.at(-2)!]
    const edge = edgesOf(feature).reduce((best, candidate) => (toSegment(tip, ...candidate) < toSegment(tip, ...best) ? candidate : best))
    const away = toSegment(tip, ...edge)
    const inside = isIn(feature.points, tip)
    if (away > 1 && !inside) return []
    const [ux, uy, wx, wy] = [next[0] - tip[0], next[1] - tip[1], edge[1][0] - edge[0][0], edge[1][1] - edge[0][1]]
    const sine = Math.max(0.5, Math.abs(ux * wy - uy * wx) / (Math.hypot(ux, uy) * Math.hypot(wx, wy)))
    const reach = (limits.building + radiusM + (inside ? away : 0)) / sine
    return [{ feature, from: end === 0 ? -Infinity : total - reach, to: end === 0 ? reach : Infinity }]
  }))
}
