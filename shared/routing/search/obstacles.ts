import type { PreparedClearance } from '../../clearance/prepare.ts'
import type { RuleName } from '../../clearance/findings/finding.ts'
import type { PlanBox } from '../../geometry/plan-box.ts'
import { distanceToSegment } from '../../geometry/point-segment.ts'
import { classesOf } from '../../rules/asset-classes.ts'
import { LimitLookup, type PairLimits } from '../../rules/limit-lookup.ts'
import { assetId } from '../../twin/asset-columns.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { segmentCells } from './segment-cells.ts'
import { joinedAt } from '../lines/joined-at.ts'
import type { LineProperties } from '../fix/trial.ts'

/** Levels of the new line's axis that an existing line closes along one straight piece of plan. Local frame, metres. */
export interface ClosedLevels {
  readonly low: number
  readonly high: number
  readonly asset: string
  readonly rule: RuleName
  readonly required: number
}

/** What existing lines leave open to a new one, piece by piece: on the safe side of the clearance engine, which has the last word. */
export interface Obstacles {
  closedAlong(x0: number, y0: number, x1: number, y1: number): readonly ClosedLevels[]
  /** Existing lines that a straight piece passes over or under. */
  crossings(x0: number, y0: number, x1: number, y1: number): number
}

/** Kept beyond a limit, so that rounding breaks none. */
const SPARE_M = 1e-4

/**
 * @param box What of the plan is asked about, local frame.
 * @param joints Points at which the line is to be joined to what passes there, local frame: within a joint's zone that closes nothing.
 * @param countsPossible Where lines are taken to be anywhere within their survey's uncertainty.
 */
export function obstaclesFor(prepared: PreparedClearance, line: LineProperties, box: PlanBox, joints: readonly Vec3[], countsPossible: (x: number, y: number) => boolean): Obstacles {
  const { network, pack, signatures, columns } = prepared
  const [widthM, heightM] = line.section.shape === 'circle' ? [line.section.diameterM, line.section.diameterM] : [line.section.widthM, line.section.heightM]
  const limits = new LimitLookup(pack, signatures.classes)
  const own = limits.signatureOf(classesOf({ ...line, diameterM: Math.max(widthM, heightM) }, pack))
  const { xyz } = network
  const reachOf = (asset: number): number => {
    const { horizontal, distance } = limits.pair(own, network.signature[asset]!)
    return Math.max(pack.semantics === 'distance' ? 0 : (horizontal?.minM ?? 0), pack.semantics === 'distance' ? (distance?.minM ?? 0) : 0, pack.touchBandM) + widthM / 2 + network.halfWidthM[asset]!
  }
  const { near, passed } = segmentCells(prepared, box, asset => reachOf(asset) + (network.accuracyPlanM[asset]! || 0) + 0.01)
  const joinedAssets = joints.map(at => ({ at, assets: joinedAt(prepared, line.kind, heightM / 2, at) }))
  const facts: (AssetFacts | undefined)[] = Array.from({ length: network.assetCount })
  const factsOf = (asset: number): AssetFacts => (facts[asset] ??= {
    id: assetId(columns, asset), pair: limits.pair(own, network.signature[asset]!), reachM: reachOf(asset),
    planM: network.accuracyPlanM[asset]! || 0, levelM: network.accuracyLevelM[asset]! || 0, joint: joinedAssets.find(({ assets }) => assets.has(asset)),
  })
  const leastSine = Math.sin((pack.crossingMinAngleDeg * Math.PI) / 180)

  return {
    closedAlong(x0, y0, x1, y1) {
      const closed: ClosedLevels[] = []
      const length = Math.hypot(x1 - x0, y1 - y0)
      const isWide = countsPossible((x0 + x1) / 2, (y0 + y1) / 2)
      const [minX, minY, maxX, maxY] = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]
      for (const v of near(minX, minY, maxX, maxY)) {
        const asset = network.vertexAsset[v]!
        const fact = factsOf(asset)
        const planM = isWide ? fact.planM : 0
        const reach = fact.reachM + planM + SPARE_M
        const k = 3 * v
        // Most of what is near has a box too far away: asked before anything is made of it.
        if (xyz[k]! < minX - reach - SPARE_M && xyz[k + 3]! < minX - reach - SPARE_M) continue
        if (xyz[k]! > maxX + reach + SPARE_M && xyz[k + 3]! > maxX + reach + SPARE_M) continue
        if (xyz[k + 1]! < minY - reach - SPARE_M && xyz[k + 4]! < minY - reach - SPARE_M) continue
        if (xyz[k + 1]! > maxY + reach + SPARE_M && xyz[k + 4]! > maxY + reach + SPARE_M) continue
        const [ax, ay, az, bx, by, bz] = [xyz[k]!, xyz[k + 1]!, xyz[k + 2]!, xyz[k + 3]!, xyz[k + 4]!, xyz[k + 5]!]
        const { pair, joint } = fact
        const w = widthM / 2 + network.halfWidthM[asset]! + planM
        const h = heightM / 2 + network.halfHeightM[asset]! + (isWide ? fact.levelM : 0)
        if (planDistance(x0, y0, x1, y1, ax, ay, bx, by) >= reach) continue
        const otherLength = Math.hypot(bx - ax, by - ay)
        const sine = otherLength > 1e-6 && length > 0 ? Math.abs((x1 - x0) * (by - ay) - (y1 - y0) * (bx - ax)) / (length * otherLength) : 0
        const zoneM = joint ? ((pair.horizontal?.minM ?? 0) + widthM / 2 + network.halfWidthM[asset]! + pack.touchBandM + 2 * SPARE_M) / Math.max(sine, JOINT_LEAST_SINE) : 0
        const outside = joint ? beyond(x0, y0, x1, y1, joint.at, zoneM) : WHOLE
        if (!outside) continue
        const [ox0, oy0, ox1, oy1] = outside === WHOLE ? [x0, y0, x1, y1] : outside
        const gap = planDistance(ox0, oy0, ox1, oy1, ax, ay, bx, by)
        if (gap >= reach) continue
        const [from, to] = clip(ax, ay, bx, by, Math.min(x0, x1) - reach, Math.min(y0, y1) - reach, Math.max(x0, x1) + reach, Math.max(y0, y1) + reach)
        const [z0, z1] = [az + from * (bz - az), az + to * (bz - az)]
        // By who is above there: under the other its own order's limit holds, over it the reverse.
        const close = (rule: RuleName, required: number, under: number, over = under): void => {
          closed.push({ low: Math.min(z0, z1) - under, high: Math.max(z0, z1) + over, asset: fact.id, rule, required })
        }
        const vertical = pair.larger?.minM ?? 0
        const contactApart = h + pack.touchBandM + SPARE_M
        const underApart = Math.max(contactApart, h + (pair.secondAbove?.minM ?? 0) + SPARE_M)
        const overApart = Math.max(contactApart, h + (pair.firstAbove?.minM ?? 0) + SPARE_M)
        if (pack.semantics === 'distance') {
          close(pair.distance ? 'distance' : 'hard', pair.distance?.minM ?? 0, h + Math.max(pair.distance?.minM ?? 0, pack.touchBandM) + SPARE_M)
          continue
        }
        if (pack.semantics === 'either') {
          if (pair.horizontal && pair.larger && gap < w + pair.horizontal.minM + SPARE_M) close('either', vertical, pair.secondAbove || gap < w + pack.touchBandM ? underApart : 0, pair.firstAbove || gap < w + pack.touchBandM ? overApart : 0)
          else if (gap < w + pack.touchBandM) close('hard', 0, contactApart)
          continue
        }
        if (pair.horizontal && sine < leastSine + 1e-3) {
          close('horizontal', pair.horizontal.minM, pack.alongsideMaxVerticalGapM === null ? Infinity : Math.max(h + pack.alongsideMaxVerticalGapM + SPARE_M, h + vertical + SPARE_M))
        } else if (gap < w + pack.touchBandM + SPARE_M) close(pair.larger ? 'vertical' : 'hard', vertical, underApart, overApart)
      }
      return closed
    },
    crossings(x0, y0, x1, y1) {
      let count = 0
      for (const v of passed(x0, y0, x1, y1)) if (meets(x0, y0, x1, y1, xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!)) count++
      return count
    },
  }
}

/** What of an asset the search asks again and again. */
interface AssetFacts {
  readonly id: string
  readonly pair: PairLimits
  readonly reachM: number
  readonly planM: number
  readonly levelM: number
  readonly joint: { readonly at: Vec3; readonly assets: ReadonlySet<number> } | undefined
}

/** A joint's zone is measured with at least this angle (design §5). */
const JOINT_LEAST_SINE = 0.5
const WHOLE = [0, 0, 0, 0] as const

/** The part of a straight piece farther than so much from a point; null where all of it is nearer. Of two such parts the piece between them is kept too. */
function beyond(x0: number, y0: number, x1: number, y1: number, [cx, cy]: Vec3, radiusM: number): readonly [number, number, number, number] | null {
  const isIn = (x: number, y: number): boolean => Math.hypot(x - cx, y - cy) <= radiusM
  const [startsIn, endsIn] = [isIn(x0, y0), isIn(x1, y1)]
  if (startsIn && endsIn) return null
  if (!startsIn && !endsIn) return WHOLE
  // Where it leaves the circle, by halving: exact enough for what the engine asks again.
  let [low, high] = [0, 1]
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (isIn(x0 + middle * (x1 - x0), y0 + middle * (y1 - y0)) === startsIn) low = middle
    else high = middle
  }
  const [x, y] = [x0 + high * (x1 - x0), y0 + high * (y1 - y0)]
  return startsIn ? [x, y, x1, y1] : [x0, y0, x, y]
}

const side = (px: number, py: number, qx: number, qy: number, x: number, y: number): number => (qx - px) * (y - py) - (qy - py) * (x - px)

/** Half open along the first piece, so that a line through a shared vertex of two pieces is crossed once. */
function meets(x0: number, y0: number, x1: number, y1: number, ax: number, ay: number, bx: number, by: number): boolean {
  const [s0, s1] = [side(ax, ay, bx, by, x0, y0), side(ax, ay, bx, by, x1, y1)]
  return s0 > 0 !== s1 > 0 && side(x0, y0, x1, y1, ax, ay) > 0 !== side(x0, y0, x1, y1, bx, by) > 0
}

function planDistance(x0: number, y0: number, x1: number, y1: number, ax: number, ay: number, bx: number, by: number): number {
  if (meets(x0, y0, x1, y1, ax, ay, bx, by)) return 0
  return Math.min(distanceToSegment(x0, y0, ax, ay, bx, by), distanceToSegment(x1, y1, ax, ay, bx, by), distanceToSegment(ax, ay, x0, y0, x1, y1), distanceToSegment(bx, by, x0, y0, x1, y1))
}

/** Shares of a segment inside a box; the whole where it misses by rounding. A riser counts whole. */
function clip(ax: number, ay: number, bx: number, by: number, minX: number, minY: number, maxX: number, maxY: number): readonly [number, number] {
  let [from, to] = [0, 1]
  for (const [a, b, low, high] of [[ax, bx, minX, maxX], [ay, by, minY, maxY]] as const) {
    if (Math.abs(b - a) < 1e-9) continue
    const [t0, t1] = [(low - a) / (b - a), (high - a) / (b - a)]
    from = Math.max(from, Math.min(t0, t1))
    to = Math.min(to, Math.max(t0, t1))
  }
  return from <= to ? [from, to] : [0, 1]
}
