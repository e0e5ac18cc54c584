import type { OuterSection } from '#shared/twin/asset.ts'
import type { LiveShortfall } from '../../state/app/session-store.ts'

type Point = readonly [number, number]

/** Places in a picture, pixels, y down. */
export interface GapSketch {
  /** Pixels per metre. */
  readonly scale: number
  readonly own: Point
  readonly other: Point | null
  /** Level of the ground, for cover. */
  readonly ground: number | null
  /** Face of what stands around, from the side; null where it is something else. */
  readonly wall: number | null
  /** Ends of the measure between the outsides; null where they overlap. */
  readonly gap: readonly [Point, Point] | null
}

const halves = (section: OuterSection): Point => (section.shape === 'circle' ? [section.diameterM / 2, section.diameterM / 2] : [section.widthM / 2, section.heightM / 2])
const HORIZONTAL: ReadonlySet<string> = new Set(['horizontal', 'surroundings'])
const MARGIN_PX = 12

/** Lays out a section through two nearest points: u to the side, z up; measured the way its rule measures. */
export function gapSketch(row: LiveShortfall, own: OuterSection, other: OuterSection | null, widthPx: number, heightPx: number): GapSketch {
  const { a, b } = row.at
  const isAround = row.rule === 'surroundings'
  // What stands around is measured in plan alone, whatever its foot's level.
  const [du, dz] = [Math.hypot(b[0] - a[0], b[1] - a[1]), isAround ? 0 : b[2] - a[2]]
  const [ownW, ownH] = halves(own)
  const [otherW, otherH] = other ? halves(other) : [0, 0]
  const [minU, maxU] = [Math.min(-ownW, du - otherW), Math.max(ownW, du + otherW)]
  const [minZ, maxZ] = [Math.min(-ownH, dz - otherH), Math.max(ownH, dz + otherH)]
  const scale = Math.min((widthPx - 2 * MARGIN_PX) / Math.max(0.2, maxU - minU), (heightPx - 2 * MARGIN_PX) / Math.max(0.2, maxZ - minZ))
  const [midU, midZ] = [(minU + maxU) / 2, (minZ + maxZ) / 2]
  const place = (u: number, z: number): Point => [widthPx / 2 + (u - midU) * scale, heightPx / 2 - (z - midZ) * scale]
  const up = Math.sign(dz) || 1
  const ends: readonly [Point, Point] = HORIZONTAL.has(row.rule)
    ? [place(ownW, (dz * ownH) / (ownH + otherH || 1)), place(du - otherW, (dz * ownH) / (ownH + otherH || 1))]
    : [place(du / 2, up * ownH), place(du / 2, dz - up * otherH)]
  return { scale, own: place(0, 0), other: other ? place(du, dz) : null, ground: other || isAround ? null : place(0, dz)[1], wall: isAround ? place(du, 0)[0] : null, gap: row.found > 0 ? ends : null }
}
