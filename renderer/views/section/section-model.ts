import { placeAt } from '#shared/geometry/section-line.ts'
import { cutPart, type CutShape, type VerticalPlane } from '#shared/geometry/section-shape.ts'
import type { RuleName } from '#shared/clearance/findings/finding.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler, GroundSurface } from '#shared/twin/ground.ts'
import type { CutLine } from '#shared/profile/cut-line.ts'
import { halfHeightM, partsNear, type CutItem, type CutWorld } from '#shared/profile/cut-world.ts'
import { groundLine, type GroundPoint } from '#shared/profile/ground-line.ts'
import { shortfallNear, type PairFindings, type PairShortfall } from '#shared/profile/pair-findings.ts'

export interface SectionCut {
  readonly item: CutItem
  readonly shape: CutShape
  readonly crownM: number
  /** Ground to crown; null where no ground is known. */
  readonly coverM: number | null
  /** True for the line the section stands on. */
  readonly isOwn: boolean
}

/** What lies between two neighbours in the section. */
export interface Spacing {
  readonly left: SectionCut
  readonly right: SectionCut
  /** Level distance between their outlines, metres; below zero one lies over the other. */
  readonly gapM: number
  readonly shortfall: PairShortfall | null
}

/** A cross-section, seen along the chainage: u to the right of the line. Local frame, metres. */
export interface Section {
  readonly plane: VerticalPlane
  readonly at: Vec3
  readonly ground: readonly (readonly GroundPoint[])[]
  readonly cuts: readonly SectionCut[]
  readonly spacings: readonly Spacing[]
}

const HORIZONTAL_RULES: ReadonlySet<RuleName> = new Set(['horizontal'])
/** A finding speaks of a stretch; its nearest points may lie this far along it from here. */
const REACH_M = 30
/** At the nearest points themselves it is shown even where a slanting cut makes the gap wider. */
const AT_M = 0.5

/** The plane across the line at a chainage. */
export function sectionPlane(line: CutLine, chainageM: number): { readonly plane: VerticalPlane; readonly at: Vec3 } {
  const { at, dirX, dirY } = placeAt(line.axis, line.chainages, chainageM)
  return { at, plane: { x: at[0], y: at[1], dirX: dirY, dirY: -dirX } }
}

/** @param halfSpanM How far to either side. @param isShown What the user hides in the layers is not drawn here either. */
export function sectionOf(
  world: CutWorld, line: CutLine, chainageM: number, halfSpanM: number, surface: GroundSurface | null, groundAt: GroundSampler, findings: PairFindings, isShown: (item: CutItem) => boolean,
): Section {
  const { plane, at } = sectionPlane(line, chainageM)
  const point = (u: number): [number, number] => [plane.x + u * plane.dirX, plane.y + u * plane.dirY]
  const cuts: SectionCut[] = []
  for (const { item, part, isLast } of partsNear(world, point(-halfSpanM), point(halfSpanM))) {
    const isOwn = line.ids.has(item.id)
    if (!isOwn && !isShown(item)) continue
    const shape = cutPart(plane, part, isLast)
    if (!shape || shape.maxU < -halfSpanM || shape.minU > halfSpanM) continue
    // A run's members share their ends: one cut stands for both.
    if (isOwn && cuts.some(cut => cut.isOwn && Math.abs(cut.shape.u - shape.u) < 0.01 && Math.abs(cut.shape.z - shape.z) < 0.01)) continue
    const crownM = shape.z + halfHeightM(item.section)
    const groundM = groundAt(...point(shape.u))
    cuts.push({ item, shape, crownM, coverM: groundM === null ? null : groundM - crownM, isOwn })
  }
  cuts.sort((p, q) => p.shape.u - q.shape.u || p.shape.z - q.shape.z)
  const ground = groundLine(surface, groundAt, point(-halfSpanM), point(halfSpanM)).map(stretch => stretch.map(([s, z]): GroundPoint => [s - halfSpanM, z]))
  return { plane, at, ground, cuts, spacings: spacingsOf(cuts, plane, findings) }
}

const isAt = ({ x, y, dirX, dirY }: VerticalPlane, { at: { a, b } }: PairShortfall): boolean =>
  Math.abs(((a[0] + b[0]) / 2 - x) * dirY - ((a[1] + b[1]) / 2 - y) * dirX) <= AT_M

/** Between each and the next to its right; what runs along the section has none. */
function spacingsOf(cuts: readonly SectionCut[], plane: VerticalPlane, findings: PairFindings): Spacing[] {
  const across = cuts.filter(cut => !cut.shape.isAlong && !cut.item.isRemoved)
  return across.slice(1).map((right, i): Spacing => {
    const left = across[i]!
    const u = (left.shape.u + right.shape.u) / 2
    const [x, y] = [plane.x + u * plane.dirX, plane.y + u * plane.dirY]
    const gapM = right.shape.minU - left.shape.maxU
    const near = shortfallNear(findings, [left.item.id], right.item.id, HORIZONTAL_RULES, x, y, REACH_M)
    return { left, right, gapM, shortfall: near && (gapM < near.required || isAt(plane, near)) ? near : null }
  })
}
