import { planCrossing } from '../geometry/section-crossing.ts'
import { cutPart, type CutShape } from '../geometry/section-shape.ts'
import type { RuleName } from '../clearance/findings/finding.ts'
import type { GroundSampler, GroundSurface } from '../twin/ground.ts'
import type { AssetKind } from '../twin/kinds.ts'
import { groundLine, type GroundPoint } from './ground-line.ts'
import type { CutLine } from './cut-line.ts'
import { halfHeightM, partsNear, solidPart, type CutItem, type CutWorld } from './cut-world.ts'
import { shortfallNear, type PairFindings, type PairShortfall } from './pair-findings.ts'

/** Something that crosses the line: its true section in the profile's plane, u being the chainage. */
export interface ProfileCrossing {
  readonly item: CutItem
  readonly chainageM: number
  /** Level of its axis. */
  readonly levelM: number
  readonly isAbove: boolean
  readonly shape: CutShape
  /** Least vertical gap to the line; the check's own where it has a finding here. */
  readonly gapM: number
  readonly shortfall: PairShortfall | null
  /** Both end here and carry the same sort of thing, at levels of their own: a drop in one manhole, no clearance to speak of. */
  readonly isJoined: boolean
}

export interface ProfileStation {
  readonly chainageM: number
  readonly type: 'end' | 'vertex' | 'crossing'
  readonly groundM: number | null
  readonly crownM: number
  readonly bottomM: number
}

/** A line's long profile. Chainages and levels in the local frame, metres. */
export interface Profile {
  readonly line: CutLine
  readonly ground: readonly (readonly GroundPoint[])[]
  readonly crossings: readonly ProfileCrossing[]
  readonly stations: readonly ProfileStation[]
  readonly minLevelM: number
  readonly maxLevelM: number
}

const VERTICAL_RULES: ReadonlySet<RuleName> = new Set(['hard', 'vertical', 'stacked', 'either', 'distance', 'touching'])
/** A finding's nearest points lie this near to the crossing they speak of. */
const REACH_M = 3
const JOINT_M = 0.01

/** @param isShown What the user hides in the layers is not drawn here either. */
export function profileOf(world: CutWorld, line: CutLine, surface: GroundSurface | null, groundAt: GroundSampler, findings: PairFindings, isShown: (item: CutItem) => boolean): Profile {
  const ground: GroundPoint[][] = []
  const crossings: ProfileCrossing[] = []
  const { axis, chainages, parts } = line
  for (let i = 0; i + 1 < axis.length; i++) {
    const [a, b] = [axis[i]!, axis[i + 1]!]
    const [startM, lengthM] = [chainages[i]!, chainages[i + 1]! - chainages[i]!]
    if (lengthM < 1e-6) continue
    for (const stretch of groundLine(surface, groundAt, [a[0], a[1]], [b[0], b[1]])) {
      const shifted = stretch.map(([s, z]): GroundPoint => [s + startM, z])
      const last = ground.at(-1)
      if (last && Math.abs(last.at(-1)![0] - shifted[0]![0]) < 1e-6) last.push(...shifted.slice(1))
      else ground.push(shifted)
    }
    const own = solidPart(a, b, parts[i]!.section)
    const plane = { x: a[0], y: a[1], dirX: (b[0] - a[0]) / lengthM, dirY: (b[1] - a[1]) / lengthM }
    for (const { item, part, isFirst, isLast } of partsNear(world, [a[0], a[1]], [b[0], b[1]])) {
      if (line.ids.has(item.id) || !isShown(item)) continue
      const met = planCrossing(own, part)
      if (!met || (met.onB === 1 && !isLast) || (met.onA === 1 && i + 2 < axis.length)) continue
      const isAtEnd = (isFirst && met.onB * Math.hypot(part.bx - part.ax, part.by - part.ay) < JOINT_M) || (isLast && (1 - met.onB) * Math.hypot(part.bx - part.ax, part.by - part.ay) < JOINT_M)
      const isAtOwnEnd = startM + met.onA * lengthM < JOINT_M || startM + met.onA * lengthM > line.lengthM - JOINT_M
      if ((isAtEnd || isAtOwnEnd) && Math.abs(met.riseM) <= JOINT_M) continue
      const shape = cutPart(plane, part, true)
      if (!shape) continue
      const [x, y] = [a[0] + met.onA * (b[0] - a[0]), a[1] + met.onA * (b[1] - a[1])]
      const shortfall = shortfallNear(findings, line.ids, item.id, VERTICAL_RULES, x, y, REACH_M)
      crossings.push({
        item, chainageM: startM + met.onA * lengthM, levelM: a[2] + met.onA * (b[2] - a[2]) + met.riseM, isAbove: met.riseM > 0,
        shape: shape.isAlong ? shape : moved(shape, startM), gapM: shortfall && shortfall.rule !== 'hard' && shortfall.rule !== 'distance' ? shortfall.found : met.gapM, shortfall,
        isJoined: isAtEnd && isAtOwnEnd && isSewer(item.kind) && isSewer(line.item.kind),
      })
    }
  }
  crossings.sort((p, q) => p.chainageM - q.chainageM || (p.item.id < q.item.id ? -1 : 1))
  const stations = stationsOf(line, crossings, groundAt)
  const levels = [...stations.flatMap(station => [station.crownM, station.bottomM]), ...ground.flat().map(([, z]) => z), ...crossings.flatMap(({ shape }) => shape.outline.map(([, z]) => z))]
  let [minLevelM, maxLevelM] = [Infinity, -Infinity]
  for (const level of levels) [minLevelM, maxLevelM] = [Math.min(minLevelM, level), Math.max(maxLevelM, level)]
  return { line, ground, crossings, stations, minLevelM, maxLevelM }
}

const isSewer = (kind: AssetKind): boolean => kind.startsWith('sewer_')

const moved = (shape: CutShape, byM: number): CutShape => ({
  ...shape, u: shape.u + byM, minU: shape.minU + byM, maxU: shape.maxU + byM, outline: shape.outline.map(([u, z]) => [u + byM, z] as const),
})

/** Ends, vertices and crossings in the order of their chainages; among the same places an end or a vertex stands. */
function stationsOf(line: CutLine, crossings: readonly ProfileCrossing[], groundAt: GroundSampler): ProfileStation[] {
  const places = [
    ...line.chainages.map((chainageM, i) => ({ chainageM, segment: Math.min(i, line.parts.length - 1), type: i === 0 || i === line.axis.length - 1 ? 'end' as const : 'vertex' as const })),
    ...crossings.map(({ chainageM }) => ({ chainageM, segment: segmentAt(line, chainageM), type: 'crossing' as const })),
  ].sort((p, q) => p.chainageM - q.chainageM)
  return places.map(({ chainageM, segment, type }) => {
    const [a, b] = [line.axis[segment]!, line.axis[segment + 1]!]
    const lengthM = line.chainages[segment + 1]! - line.chainages[segment]!
    const t = lengthM > 0 ? Math.min(1, Math.max(0, (chainageM - line.chainages[segment]!) / lengthM)) : 0
    const at = [0, 1, 2].map(c => a[c]! + t * (b[c]! - a[c]!))
    const half = halfHeightM(line.parts[segment]!.section)
    return { chainageM, type, groundM: groundAt(at[0]!, at[1]!), crownM: at[2]! + half, bottomM: at[2]! - half }
  })
}

function segmentAt(line: CutLine, chainageM: number): number {
  let segment = 0
  while (segment < line.parts.length - 1 && line.chainages[segment + 1]! <= chainageM) segment++
  return segment
}
