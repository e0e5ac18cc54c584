import { placeAt } from '#shared/geometry/section-line.ts'
import type { VerticalPlane } from '#shared/geometry/section-shape.ts'
import type { CutLine } from '#shared/profile/cut-line.ts'
import { halfHeightM, partsNear, type CutItem, type CutPart, type CutWorld } from '#shared/profile/cut-world.ts'
import type { CutLimits } from '#shared/profile/line-limits.ts'
import { nearestStop, SPARE_M, type Stop } from '#shared/profile/stops.ts'
import type { SlotAnswer } from '#shared/routing/free-slots.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { BesideLine } from '../../tools/draw-guides.ts'
import type { SectionGrip } from './section-grips.ts'

/** What a line moved within a section is held against. Local frame. */
export interface SectionSite {
  readonly plane: VerticalPlane
  readonly world: CutWorld
  readonly limits: CutLimits | null
  readonly groundAt: GroundSampler
  /** The line moved, alone. */
  readonly line: CutLine
  readonly grip: SectionGrip
  readonly halfSpanM: number
  /** Covers asked for, ground to crown, metres. */
  readonly coversM: readonly number[]
  readonly slots: SlotAnswer | null
  /** Kerbs near the section, with how far the line is kept from them. */
  readonly kerbs: readonly BesideLine[]
}

/** A line beside, where its axis meets the section. */
interface Neighbour {
  readonly item: CutItem
  readonly u: number
  readonly z: number
  /** Of its angle with the section, and of that with the line moved. */
  readonly sine: number
  readonly isAlongside: boolean
}

/** Lines at a smaller angle than this run beside each other, at a larger one they cross (the packs' usual 30°). */
const CROSSING_COSINE = Math.cos(Math.PI / 6)
/** A neighbour within about six degrees of the section has no place in it. */
const LEAST_SINE = 0.1

/** Where a line moved in a section is led to: aside, in level, neither. */
export interface Led {
  readonly u: Stop | null
  readonly z: Stop | null
}

/** Finds where a line is led to from any place of the section; what stands around is looked up once. */
export function sectionLeader(site: SectionSite): (u: number, z: number, toleranceM: number) => Led {
  const { plane, limits, groundAt, line, grip, coversM, slots } = site
  const item = line.parts[Math.min(Math.max(grip.inserted ? grip.index - 1 : grip.index, 0), line.parts.length - 1)]!
  const [half, halfWidth] = [halfHeightM(item.section), halfWidthM(item.section)]
  const neighbours = neighboursIn(site)
  const aside = neighbours.flatMap(({ item: other, u, sine, isAlongside }): Stop[] => {
    const limit = isAlongside ? limits?.alongside(item, other) : null
    if (!limit || limit.minM <= 0) return []
    const apartM = limit.minM + halfWidth + halfWidthM(other.section) + SPARE_M
    return [-1, 1].map(side => ({ at: u + (side * apartM) / sine, target: 'parallel', label: other.label, amount: apartM }))
  })
  // A line at an angle with a kerb has no place beside it.
  const besideKerbs = site.kerbs.flatMap(({ target, label, a, b, distanceM }): Stop[] => {
    const met = meetingOf(plane, a, b)
    return met && met.sine >= CROSSING_COSINE ? [-1, 1].map(side => ({ at: met.u + (side * distanceM) / met.sine, target, label, amount: distanceM })) : []
  })
  const groundOf = (u: number): number | null => groundAt(plane.x + u * plane.dirX, plane.y + u * plane.dirY)
  const freePlaces = (slots?.slots ?? []).flatMap(({ at: { rightM, coverM } }) => {
    const ground = groundOf(rightM)
    return ground === null ? [] : [{ u: rightM, z: ground - coverM - half }]
  })
  return (u, z, toleranceM) => {
    const free = freePlaces.reduce<{ u: number; z: number } | null>((best, place) => {
      const offM = Math.hypot(place.u - u, place.z - z)
      return offM <= (best ? Math.hypot(best.u - u, best.z - z) : toleranceM) ? place : best
    }, null)
    if (free) return { u: { at: free.u, target: 'slot', label: '', amount: 0 }, z: { at: free.z, target: 'slot', label: '', amount: 0 } }
    const led = nearestStop([...aside, ...besideKerbs], u, toleranceM) ?? own(u - grip.u, z - grip.z, 'own_place', grip.u)
    const there = led?.at ?? u
    return { u: led, z: nearestStop(levelsAt(there), z, toleranceM) ?? own(z - grip.z, u - grip.u, 'own_level', grip.z) }

    /** Back on its own place or level while it is moved the other way. */
    function own(offM: number, movedM: number, target: 'own_place' | 'own_level', at: number): Stop | null {
      return Math.abs(offM) <= toleranceM / 2 && Math.abs(movedM) > toleranceM ? { at, target, label: '', amount: 0 } : null
    }
  }

  /** Over and under what lies at the same place, level with what lies beside, at the covers asked for. */
  function levelsAt(u: number): Stop[] {
    const ground = groundOf(u)
    const covers = ground === null ? [] : coversM.map((coverM): Stop => ({ at: ground - coverM - half, target: 'cover', label: '', amount: coverM }))
    return [...covers, ...neighbours.flatMap(({ item: other, u: there, z, sine, isAlongside }): Stop[] => {
      const isOver = Math.abs(u - there) * sine < halfWidth + halfWidthM(other.section) || !isAlongside
      if (!isOver) return [{ at: z, target: 'level', label: other.label, amount: 0 }]
      return ([1, -1] as const).flatMap((side): Stop[] => {
        const limit = limits?.crossing(item, other, side < 0)
        return limit && limit.minM > 0 ? [{ at: z + side * (limit.minM + half + halfHeightM(other.section) + SPARE_M), target: side > 0 ? 'over' : 'under', label: other.label, amount: limit.minM }] : []
      })
    })]
  }
}

function neighboursIn({ plane, world, line, grip, halfSpanM }: SectionSite): Neighbour[] {
  const point = (u: number): [number, number] => [plane.x + u * plane.dirX, plane.y + u * plane.dirY]
  const own = placeAt(line.axis, line.chainages, grip.chainageM)
  return partsNear(world, point(-halfSpanM), point(halfSpanM)).flatMap((near): Neighbour[] => {
    const { item, part } = near
    if (item.id === grip.proposalId || item.isRemoved) return []
    const [dx, dy] = [part.bx - part.ax, part.by - part.ay]
    const lengthM = Math.hypot(dx, dy)
    const sine = Math.abs(dy * plane.dirX - dx * plane.dirY) / lengthM
    if (!(sine >= LEAST_SINE)) return []
    const share = shareAt(plane, near)
    if (share === null) return []
    const [x, y] = [part.ax + share * dx, part.ay + share * dy]
    return [{
      item, sine, u: (x - plane.x) * plane.dirX + (y - plane.y) * plane.dirY, z: part.az + share * (part.bz - part.az),
      isAlongside: Math.abs(dx * own.dirX + dy * own.dirY) / lengthM >= CROSSING_COSINE,
    }]
  })
}

/** Where a straight piece of plan meets the plane, and the sine of its angle with it; null where it does not. */
function meetingOf({ x, y, dirX, dirY }: VerticalPlane, a: readonly [number, number], b: readonly [number, number]): { readonly u: number; readonly sine: number } | null {
  const across = ([px, py]: readonly [number, number]): number => (py - y) * dirX - (px - x) * dirY
  const share = across(a) / (across(a) - across(b))
  if (!(share >= 0 && share < 1)) return null
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  return { u: (a[0] + share * dx - x) * dirX + (a[1] + share * dy - y) * dirY, sine: Math.abs(dy * dirX - dx * dirY) / Math.hypot(dx, dy) }
}

/** Where a part's axis meets the plane, as a share of the part; its end only where it is the last of its line. */
function shareAt({ x, y, dirX, dirY }: VerticalPlane, { part, isLast }: CutPart): number | null {
  const across = (px: number, py: number): number => (py - y) * dirX - (px - x) * dirY
  const [a, b] = [across(part.ax, part.ay), across(part.bx, part.by)]
  const share = a / (a - b)
  return share >= 0 && (share < 1 || (isLast && share <= 1)) ? share : null
}

const halfWidthM = (section: CutItem['section']): number => (section.shape === 'circle' ? section.diameterM : section.widthM) / 2
