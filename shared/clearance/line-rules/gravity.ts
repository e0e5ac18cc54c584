import type { Limit } from '../../rules/limit-lookup.ts'
import type { LineLimits } from '../../rules/line-limits.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { RuleName } from '../findings/finding.ts'
import { lengthOf, levelAt, planPointAt, segmentAt, VERTICAL_M, type ClearanceNetwork } from '../network/network.ts'
import { BROKEN_M } from '../pairs/pair-terms.ts'
import type { Hit } from '../pairs/hit.ts'
import type { Member } from '../joints/places.ts'
import type { RunLayout } from '../findings/run-layout.ts'

/** Whether an asset flows the way it is drawn (1) or against it (−1). */
export type FlowOf = (asset: number) => 1 | -1

/**
 * Direction of flow of a run: from its higher end to its lower; the way the run is counted where both are level.
 * Ours: a drawing says nothing else, and a single pipe laid against the fall shows as adverse in its run.
 */
export function runFlow(network: ClearanceNetwork, layout: RunLayout): ReadonlyMap<number, 1 | -1> {
  const { links } = layout
  const [first, last] = [links[0]!, links.at(-1)!]
  const start = endLevel(network, first.asset, first.isReversed)
  const end = endLevel(network, last.asset, !last.isReversed)
  const along = end - start > BROKEN_M ? -1 : 1
  return new Map(links.map(({ asset, isReversed }) => [asset, (isReversed ? -along : along) as 1 | -1]))
}

function endLevel({ xyz, vertexStart }: ClearanceNetwork, asset: number, isLast: boolean): number {
  return xyz[3 * (isLast ? vertexStart[asset + 1]! - 1 : vertexStart[asset]!) + 2]!
}

/** Velocity of a full pipe, metres per second. @source Manning: v = R^(2/3) · √S / n, R the section over its perimeter. */
export function fullPipeVelocity(halfWidthM: number, halfHeightM: number, isBox: boolean, innerShare: number, roughness: number, slope: number): number {
  const [width, height] = [2 * halfWidthM * innerShare, 2 * halfHeightM * innerShare]
  const hydraulicRadiusM = isBox ? (width * height) / (2 * (width + height)) : width / 4
  return (hydraulicRadiusM ** (2 / 3) * Math.sqrt(Math.max(0, slope))) / roughness
}

/** Fall and velocity of one asset, segment by segment. @param subject Number that hits carry as `b`. */
export function testFall(network: ClearanceNetwork, asset: number, flow: 1 | -1, limits: LineLimits, subject: number): Hit[] {
  const { slope, velocity } = limits
  if (!slope.min && !slope.max && !velocity) return []
  const { xyz, chainageM, vertexStart, halfWidthM, halfHeightM, isBox, accuracyLevelM } = network
  const hits: Hit[] = []
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const lengthM = chainageM[v + 1]! - chainageM[v]!
    // A drop is no slope.
    if (lengthM <= VERTICAL_M) continue
    // Level is 0, never −0.
    const fallM = flow * (xyz[3 * v + 2]! - xyz[3 * v + 5]!) || 0
    const found = fallM / lengthM
    const accuracy = accuracyLevelM[asset]!
    const uncertainty = Number.isNaN(accuracy) ? null : (Math.SQRT2 * accuracy) / lengthM
    const add = (rule: RuleName, limit: Limit, value: number, u: number | null): void => {
      hits.push(wholeSegment(network, rule, asset, v, subject, limit, value, u))
    }
    if (slope.min && slope.min.minM * lengthM - fallM > BROKEN_M) add(fallM < -BROKEN_M ? 'adverse_slope' : 'slope', slope.min, found, uncertainty)
    if (slope.max && fallM - slope.max.minM * lengthM > BROKEN_M) add('slope_max', slope.max, found, uncertainty)
    if (!velocity || !(halfWidthM[asset]! > 0)) continue
    const speed = (ratio: number): number => fullPipeVelocity(halfWidthM[asset]!, halfHeightM[asset]!, isBox[asset] === 1, velocity.innerShare, velocity.roughness, ratio)
    const spread = uncertainty === null ? null : Math.max(speed(found + uncertainty) - speed(found), speed(found) - speed(found - uncertainty))
    if (velocity.min && velocity.min.minM - speed(found) > BROKEN_M) add('velocity', velocity.min, speed(found), spread)
    if (velocity.max && speed(found) - velocity.max.minM > BROKEN_M) add('velocity_max', velocity.max, speed(found), spread)
  }
  return hits
}

function wholeSegment({ xyz }: ClearanceNetwork, rule: RuleName, asset: number, v: number, subject: number, limit: Limit, found: number, uncertaintyM: number | null): Hit {
  const middle: Vec3 = [(xyz[3 * v]! + xyz[3 * v + 3]!) / 2, (xyz[3 * v + 1]! + xyz[3 * v + 4]!) / 2, (xyz[3 * v + 2]! + xyz[3 * v + 5]!) / 2]
  return { rule, a: asset, b: subject, segmentA: v, segmentB: v, from: 0, to: 1, required: limit.minM, found, limit, isShort: true, uncertaintyM, p: middle, q: middle }
}

/** A line at a place: where it is, its bottom, and whether water comes by it or leaves by it. */
interface Arm {
  readonly member: Member
  readonly bottomZ: number
  readonly comes: boolean
  readonly leaves: boolean
}

/** Steps and turns of gravity lines at a place where they meet: every line that comes with every line that leaves. */
export function testMeeting(network: ClearanceNetwork, members: readonly Member[], flowOf: FlowOf, limitsOf: (asset: number) => LineLimits): Hit[] {
  const arms = members.map((member): Arm => {
    const isDown = flowOf(member.asset) === 1 ? member.end === 1 : member.end === 0
    return {
      member, bottomZ: levelAtMember(network, member) - network.halfHeightM[member.asset]!,
      comes: member.end === null || isDown, leaves: member.end === null || !isDown,
    }
  })
  const hits: Hit[] = []
  for (const from of arms) {
    for (const to of arms) {
      if (!from.comes || !to.leaves || from.member.asset === to.member.asset) continue
      const [a, b] = [limitsOf(from.member.asset), limitsOf(to.member.asset)]
      const riseM = to.bottomZ - from.bottomZ
      const [rise, drop] = [tighter(a.rise, b.rise), tighter(a.drop, b.drop)]
      if (rise && riseM - rise.minM > BROKEN_M) hits.push(step(network, 'level_jump', from, to, rise, riseM))
      if (drop && -riseM - drop.minM > BROKEN_M) hits.push(step(network, 'level_drop', from, to, drop, -riseM))
    }
  }
  return hits
}

const tighter = (a: Limit | null, b: Limit | null): Limit | null => (!a ? b : !b ? a : b.minM < a.minM ? b : a)

/** Of a riser, the level of the end that is meant. */
function levelAtMember(network: ClearanceNetwork, { asset, chainageM, end }: Member): number {
  return end === null ? levelAt(network, asset, chainageM) : endLevel(network, asset, end === 1)
}

function step(network: ClearanceNetwork, rule: RuleName, from: Arm, to: Arm, limit: Limit, found: number): Hit {
  const at = ({ member, bottomZ }: Arm): Vec3 => [...planPointAt(network, member.asset, member.chainageM), bottomZ + network.halfHeightM[member.asset]!]
  const [u, w] = [network.accuracyLevelM[from.member.asset]!, network.accuracyLevelM[to.member.asset]!]
  const { segment, share } = placeOn(network, from.member)
  return {
    rule, a: from.member.asset, b: to.member.asset, segmentA: segment, segmentB: placeOn(network, to.member).segment, from: share, to: share,
    required: limit.minM, found, limit, isShort: true, uncertaintyM: Number.isNaN(u) || Number.isNaN(w) ? null : Math.hypot(u, w), p: at(from), q: at(to),
  }
}

function placeOn(network: ClearanceNetwork, { asset, chainageM, end }: Member): { segment: number; share: number } {
  if (end !== null) return end === 0 ? { segment: network.vertexStart[asset]!, share: 0 } : { segment: network.vertexStart[asset + 1]! - 2, share: 1 }
  const segment = segmentAt(network, asset, Math.min(chainageM, lengthOf(network, asset)))
  const lengthM = network.chainageM[segment + 1]! - network.chainageM[segment]!
  return { segment, share: lengthM > 0 ? Math.min(1, (chainageM - network.chainageM[segment]!) / lengthM) : 0 }
}
