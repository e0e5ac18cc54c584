/** Canonical features to oracle assets, and questions about places along one asset. */
import type { Asset, AssetProperties, FeatureCollection, OneOrMany, OracleClassMatch, OraclePack, Vec3 } from './types.ts'
import { SAME_M } from './types.ts'

/** Reads every asset that takes part (status `removed` does not); coordinates are shifted by −origin. */
export function readAssets(network: FeatureCollection, pack: OraclePack, origin: Vec3): Asset[] {
  const assets: Asset[] = []
  for (const feature of network.features) {
    const properties = feature.properties
    if (properties.status === 'removed') continue
    const points: Vec3[] = []
    for (const [x = 0, y = 0, z = 0] of feature.geometry.coordinates) {
      const point: Vec3 = [x - origin[0], y - origin[1], z - origin[2]]
      const last = points.at(-1)
      if (last === undefined || distance3(last, point) > 0) points.push(point)
    }
    if (points.length < 2) continue
    const chainage = [0]
    for (let i = 1; i < points.length; i += 1) {
      const step = planDistance(at(points, i - 1), at(points, i))
      chainage.push(at(chainage, i - 1) + (step <= SAME_M ? 0 : step))
    }
    const isRectangle = properties.diameterM === undefined
      && properties.widthM !== undefined && properties.heightM !== undefined
    const diameterM = properties.diameterM ?? 0
    assets.push({
      index: assets.length,
      id: properties.id,
      group: JSON.stringify([properties.kind ?? 'unknown', properties.owner ?? null]),
      points, chainage, lengthM: at(chainage, chainage.length - 1), isRectangle,
      halfWidthM: isRectangle ? (properties.widthM ?? 0) / 2 : diameterM / 2,
      halfHeightM: isRectangle ? (properties.heightM ?? 0) / 2 : diameterM / 2,
      classes: new Set(pack.classes.filter((c) => matches(properties, c.match)).map((c) => c.id)),
    })
  }
  return assets
}

/** Does every condition of the class hold? "a property the asset lacks does not match". */
export function matches(p: AssetProperties, match: OracleClassMatch): boolean {
  const size = p.diameterM
    ?? (p.widthM !== undefined && p.heightM !== undefined ? Math.max(p.widthM, p.heightM) : undefined)
  return oneOf(p.kind ?? 'unknown', match.kind) && oneOf(p.pressureClass, match.pressureClass)
    && oneOf(p.laying, match.laying)
    && inRange(size, match.minDiameterM, match.maxDiameterM)
    && inRange(p.voltageKv, match.minVoltageKv, match.maxVoltageKv)
}

function oneOf(value: string | undefined, wanted: OneOrMany | undefined): boolean {
  if (wanted === undefined) return true
  if (value === undefined) return false
  return typeof wanted === 'string' ? wanted === value : wanted.includes(value)
}

function inRange(value: number | undefined, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true
  if (value === undefined) return false
  return (min === undefined || value > min) && (max === undefined || value <= max)
}

/** Element that must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index]
  if (value === undefined) throw new RangeError(`no element ${index} of ${list.length}`)
  return value
}

export function planDistance(p: Vec3, q: Vec3): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1])
}

export function distance3(p: Vec3, q: Vec3): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

export function between(p: Vec3, q: Vec3, t: number): Vec3 {
  return [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t]
}

/** Is segment i (points i and i+1) a vertical part, i.e. without length in plan? */
export function isVertical(asset: Asset, i: number): boolean {
  return at(asset.chainage, i) === at(asset.chainage, i + 1)
}

export function isLoneRiser(asset: Asset): boolean {
  return asset.lengthM === 0
}

/**
 * The plan directions (unit, pointing away) of the parts that adjoin the asset at a chainage; a
 * vertical part gives the non-vertical parts next to it. Empty for a lone riser.
 */
export function partsAt(asset: Asset, chainage: number, tolerance = SAME_M): [number, number][] {
  const parts: [number, number][] = []
  let before = -1
  let after = -1
  for (let i = 0; i + 1 < asset.points.length; i += 1) {
    if (isVertical(asset, i)) continue
    if (at(asset.chainage, i) < chainage - tolerance) before = i
    if (after < 0 && at(asset.chainage, i + 1) > chainage + tolerance) after = i
  }
  if (before >= 0) parts.push(direction(at(asset.points, before + 1), at(asset.points, before)))
  if (after >= 0) parts.push(direction(at(asset.points, after), at(asset.points, after + 1)))
  return parts
}

/** Levels of the axis at a chainage: one value, or the two ends of the vertical part there. */
export function levelsAt(asset: Asset, chainage: number): { low: number; high: number; isVertical: boolean } {
  let low = Infinity
  let high = -Infinity
  let vertical = false
  for (let i = 0; i + 1 < asset.points.length; i += 1) {
    const c0 = at(asset.chainage, i)
    const c1 = at(asset.chainage, i + 1)
    if (chainage < c0 - SAME_M || chainage > c1 + SAME_M) continue
    const z0 = at(asset.points, i)[2]
    const z1 = at(asset.points, i + 1)[2]
    if (c0 === c1) {
      vertical = true
      low = Math.min(low, z0, z1)
      high = Math.max(high, z0, z1)
    } else {
      const z = z0 + (z1 - z0) * Math.min(1, Math.max(0, (chainage - c0) / (c1 - c0)))
      low = Math.min(low, z)
      high = Math.max(high, z)
    }
  }
  return { low, high, isVertical: vertical }
}

function direction(from: Vec3, to: Vec3): [number, number] {
  const length = planDistance(from, to)
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
}

/** Angle between two lines in plan, 0…90°. */
export function lineAngleDeg(u: readonly [number, number], v: readonly [number, number]): number {
  const cross = Math.abs(u[0] * v[1] - u[1] * v[0])
  const dot = Math.abs(u[0] * v[0] + u[1] * v[1])
  return (Math.atan2(cross, dot) * 180) / Math.PI
}
