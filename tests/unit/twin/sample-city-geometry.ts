import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'

/** Small, slow geometry of its own for checking the sample city: nothing here is shared with what it checks. */

const halfHeightM = ({ section }: AssetRecord): number => (section.shape === 'circle' ? section.diameterM : section.heightM) / 2
const halfWidthM = ({ section }: AssetRecord): number => (section.shape === 'circle' ? section.diameterM : section.widthM) / 2

/** Points along an axis, at most `stepM` apart. */
function* along(asset: AssetRecord, stepM: number): Generator<Vec3> {
  yield asset.axis[0]!
  for (let i = 1; i < asset.axis.length; i++) {
    const [a, b] = [asset.axis[i - 1]!, asset.axis[i]!]
    const count = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]) / stepM))
    for (let k = 1; k <= count; k++) yield [a[0] + ((b[0] - a[0]) * k) / count, a[1] + ((b[1] - a[1]) * k) / count, a[2] + ((b[2] - a[2]) * k) / count]
  }
}

/** Least cover over the asset, every metre; NaN where a point is off the terrain. */
export function crownBelowGroundM(asset: AssetRecord, ground: GroundSampler): number {
  let least = Infinity
  for (const [x, y, z] of along(asset, 1)) least = Math.min(least, (ground(x, y) ?? NaN) - z - halfHeightM(asset))
  return least
}

/** Least plan gap of the outer surfaces, taken every half metre of a: exact where they run beside each other. */
export function leastPlanGapM(a: AssetRecord, b: AssetRecord): number {
  let least = Infinity
  for (const p of along(a, 0.5)) {
    for (let i = 1; i < b.axis.length; i++) least = Math.min(least, planDistanceM(p, b.axis[i - 1]!, b.axis[i]!))
  }
  return least - halfWidthM(a) - halfWidthM(b)
}

function planDistanceM(p: Vec3, a: Vec3, b: Vec3): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const squared = dx * dx + dy * dy
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared))
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
}

/** Levels [of a, of b] where the two axes cross in plan; null where they do not. */
export function levelsAtCrossing(a: AssetRecord, b: AssetRecord): [number, number] | null {
  for (let i = 1; i < a.axis.length; i++) {
    for (let j = 1; j < b.axis.length; j++) {
      const [p, q, r, s] = [a.axis[i - 1]!, a.axis[i]!, b.axis[j - 1]!, b.axis[j]!]
      const [ux, uy, vx, vy] = [q[0] - p[0], q[1] - p[1], s[0] - r[0], s[1] - r[1]]
      const area = ux * vy - uy * vx
      if (area === 0) continue
      const t = ((r[0] - p[0]) * vy - (r[1] - p[1]) * vx) / area
      const w = ((r[0] - p[0]) * uy - (r[1] - p[1]) * ux) / area
      if (t >= 0 && t <= 1 && w >= 0 && w <= 1) return [p[2] + t * (q[2] - p[2]), r[2] + w * (s[2] - r[2])]
    }
  }
  return null
}

/** Even–odd rule. */
export function isInside([x, y]: readonly [number, number, ...unknown[]], ring: readonly (readonly [number, number])[]): boolean {
  let inside = false
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length]!
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
  })
  return inside
}

const CELL_M = 20
const cell = (x: number, y: number): string => `${Math.floor(x / CELL_M)} ${Math.floor(y / CELL_M)}`

/** Segments by kind and cell, so that ten thousand questions take no minute. */
export class SegmentFinder {
  readonly #cells = new Map<string, [Vec3, Vec3][]>()

  constructor(assets: readonly AssetRecord[]) {
    for (const asset of assets) for (let i = 1; i < asset.axis.length; i++) {
      const [a, b] = [asset.axis[i - 1]!, asset.axis[i]!]
      const count = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / (CELL_M / 2)) + 1
      const keys = new Set(Array.from({ length: count + 1 }, (_, k) => cell(a[0] + ((b[0] - a[0]) * k) / count, a[1] + ((b[1] - a[1]) * k) / count)))
      for (const key of keys) this.#cells.set(`${asset.kind} ${key}`, [...(this.#cells.get(`${asset.kind} ${key}`) ?? []), [a, b]])
    }
  }

  near(kind: AssetKind, [x, y]: Vec3): [Vec3, Vec3][] {
    return [-1, 0, 1].flatMap(i => [-1, 0, 1].flatMap(j => this.#cells.get(`${kind} ${cell(x + i * CELL_M, y + j * CELL_M)}`) ?? []))
  }
}

/** Distance in space from a point to the nearest segment of a kind. */
export function nearestAxisM(finder: SegmentFinder, kind: AssetKind, p: Vec3): number {
  return finder.near(kind, p).reduce((least, [a, b]) => {
    const d = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const
    const squared = d[0] ** 2 + d[1] ** 2 + d[2] ** 2
    const t = Math.min(1, Math.max(0, ((p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1] + (p[2] - a[2]) * d[2]) / squared))
    return Math.min(least, Math.hypot(p[0] - a[0] - t * d[0], p[1] - a[1] - t * d[1], p[2] - a[2] - t * d[2]))
  }, Infinity)
}

/** Ends of assets by place. */
export class EndFinder {
  readonly #ends: readonly { readonly kind: AssetKind; readonly at: Vec3 }[]

  constructor(assets: readonly AssetRecord[]) {
    this.#ends = assets.flatMap(({ kind, axis }) => [{ kind, at: axis[0]! }, { kind, at: axis.at(-1)! }])
  }

  /** Pairs of ends of one kind that are within the tolerance but not the same point. */
  nearlyEqualEnds(toleranceM: number): string[] {
    const sorted = [...this.#ends].sort((a, b) => a.at[0] - b.at[0])
    const found: string[] = []
    sorted.forEach((a, i) => {
      for (let j = i + 1; j < sorted.length && sorted[j]!.at[0] - a.at[0] <= toleranceM; j++) {
        const b = sorted[j]!
        const gapM = Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1], a.at[2] - b.at[2])
        if (a.kind === b.kind && gapM > 0 && gapM <= toleranceM) found.push(`${a.kind} ${a.at.join()}`)
      }
    })
    return found
  }
}
