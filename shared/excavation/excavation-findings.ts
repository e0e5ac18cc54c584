import { isMaximum, type Finding, type NearestPoints, type RuleName, type Shortfall, type Verdict } from '../clearance/findings/finding.ts'
import { compareText, inProject } from '../clearance/network/order-and-frame.ts'
import { planeAt } from '../geometry/plan-polygon.ts'
import { isMandatory, type Basis } from '../rules/rule-pack.ts'
import type { Excavation } from '../scenario/document.ts'
import { assetId, assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import { assetsInBox } from '../twin/assets-in-box.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { GroundSurface } from '../twin/ground.ts'
import { PRESSURE_CLASSES } from '../twin/kinds.ts'
import { nearestOnAxis } from '../twin/plan-chainage.ts'
import { heightOverInfluenceM, type AssetEffect } from './affected-assets.ts'
import { assetPiece, contactWith, insideIntervals, pointOn, type AssetPiece } from './asset-piece.ts'
import type { BoreEffect } from './bore-effects.ts'
import type { CutSolid } from './cut-solid.ts'
import { cutReach, effectsOf, solidOf } from './excavate.ts'
import { requestOf } from './excavation-request.ts'
import { groundPatches, type GroundPatches } from './ground-patches.ts'
import { united, type Interval } from './intervals.ts'
import { endsFrom, isConnectedIn, isMeantToBeThere } from './meant-to-be-there.ts'
import { BORE_ENVELOPE, DEFAULT_INFLUENCE, safeDigRule } from './safe-dig.ts'
import { boredEffects } from './scheme-digs.ts'
import { buildSegmentIndex } from './segment-index.ts'

export interface ExcavationCheck {
  /** What is in the ground, and behind it what the scheme proposes; assets with status `removed` are not. */
  readonly columns: AssetColumns
  /** Assets from here on are proposals of the scheme: of those only what its excavations strike, and are not dug for, is found. */
  readonly proposalsFrom?: number
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Project CRS. One that cannot be built is passed over: the scheme says so where it is edited. */
  readonly excavations: readonly Excavation[]
}

/**
 * What a scheme's excavations do to what is in the ground, one finding for each asset and excavation: struck, undermined,
 * nearer than its safe-digging distance; of bores, struck or inside the envelope. Side a is the asset.
 * @returns sorted by identity.
 */
export function excavationFindings({ columns, ground, excavations, proposalsFrom = columns.count }: ExcavationCheck): Finding[] {
  if (excavations.length === 0) return []
  const proposed = new Set(Array.from({ length: columns.count - proposalsFrom }, (_, k) => assetId(columns, proposalsFrom + k)))
  const ends = endsFrom(columns, proposalsFrom)
  const isAsked: IsAsked = (excavation, near, asset, { rule, found }) => {
    if (proposed.has(assetId(near, asset))) return STRUCK.has(rule) && !isMeantToBeThere(excavation.shape, near, asset)
    return rule !== 'dig_struck' || !isConnectedIn(excavation.shape, near, asset, found, ends)
  }
  const patches = ground && groundPatches(ground)
  const findings = excavations.flatMap(excavation => (excavation.shape.type === 'bore' ? boreFindings(excavation, columns, ground, isAsked) : cutFindings(excavation, columns, patches, isAsked)))
  return findings.sort((m, n) => compareText(m.id, n.id))
}

/** Whether a row about an asset is to be told of. Lines of the scheme itself stand in no soil that could be undermined, and nobody digs near them. */
type IsAsked = (excavation: Excavation, columns: AssetColumns, asset: number, row: Pick<Row, 'rule' | 'found'>) => boolean

const STRUCK: ReadonlySet<RuleName> = new Set(['dig_struck', 'bore_struck'])

function cutFindings(excavation: Excavation, all: AssetColumns, ground: GroundPatches | null, isAsked: IsAsked): Finding[] {
  const request = requestOf(excavation, all.origin)
  const solid = request && solidOf(request, ground)
  if (!request || !solid?.ok) return []
  const influenceDeg = request.soil?.influenceDeg ?? DEFAULT_INFLUENCE.deg
  const columns = assetsInBox(all, cutReach(solid.value, all, influenceDeg), false)
  return effectsOf(solid.value, { columns, index: buildSegmentIndex(columns), ground }, request.soil).flatMap(effect => {
    const rows = cutRows(effect, solid.value, columns, influenceDeg).filter(row => isAsked(excavation, columns, effect.asset, row))
    return rows.length === 0 ? [] : [findingOf(excavation, columns, effect.asset, rows, stretchIn(solid.value, columns, effect.asset))]
  })
}

/** A limit missed, or possibly missed; `at` is filled in with the place. */
interface Row {
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly clause: string
  readonly basis: Basis
  readonly verdict: Verdict
}

/** Heaviest first. What is struck or undermined is near by that alone. */
function cutRows(effect: AssetEffect, solid: CutSolid, columns: AssetColumns, influenceDeg: number): Row[] {
  const { asset, struck, struckLengthM, undermined, clearanceM } = effect
  const uncertaintyM = uncertaintyOf(columns, asset)
  const rows: Row[] = []
  if (struck) rows.push({ rule: 'dig_struck', required: 0, found: struckLengthM, clause: '', basis: 'quoted', verdict: verdictOf(uncertaintyM, depthInside(effect, solid, columns)) })
  if (undermined) {
    const found = heightOverInfluenceM(solid, columns, asset, influenceDeg)
    rows.push({ rule: 'dig_undermined', required: 0, found, clause: DEFAULT_INFLUENCE.clause, basis: DEFAULT_INFLUENCE.basis, verdict: verdictOf(uncertaintyM, found) })
  }
  const near = safeDigRule(assetKind(columns, asset), PRESSURE_CLASSES[columns.pressureClass[asset]! - 1] ?? null)
  if (!struck && near && clearanceM - (uncertaintyM ?? 0) < near.distanceM) {
    rows.push({ rule: 'dig_near', required: near.distanceM, found: clearanceM, clause: near.clause, basis: near.basis, verdict: verdictOf(uncertaintyM, near.distanceM - clearanceM) })
  }
  return rows
}

/** @param shortM By how much the limit is missed; below zero it is kept as drawn. */
const verdictOf = (uncertaintyM: number | null, shortM: number): Verdict => (uncertaintyM !== null && shortM > uncertaintyM - 1e-9 ? 'certain' : 'possible')

function uncertaintyOf({ accuracyPlanM, accuracyLevelM }: AssetColumns, asset: number): number | null {
  const greater = Math.max(accuracyPlanM[asset]!, accuracyLevelM[asset]!)
  return Number.isNaN(greater) ? null : greater
}

/** Places of a struck piece at which it is asked how deep in the cut the axis is. */
const SAMPLES = 16

/** The outer surface reaches at least this far into the cut: by so much the asset can be elsewhere and is struck all the same. */
function depthInside({ asset }: AssetEffect, { columns: bodies }: CutSolid, columns: AssetColumns): number {
  let deepest = 0
  eachPiece(columns, asset, piece => {
    const radiusM = Math.min(piece.halfWidthM, piece.halfHeightM)
    const contact = contactWith(bodies, piece)
    deepest = Math.max(deepest, radiusM - axisDistance(contact.nearest.x, contact.nearest.y, contact.nearest.z, piece))
    for (const [from, to] of united(insideIntervals(bodies, piece))) {
      for (let k = 0; k <= SAMPLES; k++) {
        const [x, y, z] = pointOn(piece, from + (k / SAMPLES) * (to - from))
        for (const { ring, floor } of bodies) deepest = Math.max(deepest, radiusM + Math.min(insideRing(ring, x, y), (z - planeAt(floor, x, y)) / Math.hypot(floor.gx, floor.gy, 1)))
      }
    }
  })
  return deepest
}

/** Distance from a point to the nearest side of a convex ring, counter-clockwise; below zero outside. */
function insideRing(ring: ArrayLike<number>, x: number, y: number): number {
  let least = Infinity
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [dx, dy] = [ring[i]! - ring[j]!, ring[i + 1]! - ring[j + 1]!]
    const length = Math.hypot(dx, dy)
    if (length > 1e-9) least = Math.min(least, (dx * (y - ring[j + 1]!) - dy * (x - ring[j]!)) / length)
  }
  return least
}

function eachPiece(columns: AssetColumns, asset: number, visit: (piece: AssetPiece, v: number) => void): void {
  for (let v = columns.vertexStart[asset]!; v + 1 < columns.vertexStart[asset + 1]!; v++) visit(assetPiece(columns, asset, v), v)
}

/** Where on an asset an excavation matters. Local frame; chainages in plan from the asset's start. */
interface Place {
  readonly at: NearestPoints
  readonly from: Vec3
  readonly to: Vec3
  readonly fromChainageM: number
  readonly toChainageM: number
}

/** The struck stretch, or else the nearest place. */
function stretchIn({ columns: bodies }: CutSolid, columns: AssetColumns, asset: number): Place {
  let chainageM = 0
  let nearest: Place & { readonly clearanceM: number } | null = null
  let struck: { from: Vec3; to: Vec3; fromChainageM: number; toChainageM: number } | null = null
  eachPiece(columns, asset, piece => {
    const planM = Math.hypot(piece.b[0] - piece.a[0], piece.b[1] - piece.a[1])
    const { clearanceM, nearest: { x, y, z }, meets } = contactWith(bodies, piece)
    for (const [from, to] of united(meets as Interval[])) {
      struck ??= { from: pointOn(piece, from), to: pointOn(piece, to), fromChainageM: chainageM + from * planM, toChainageM: 0 }
      struck.to = pointOn(piece, to)
      struck.toChainageM = chainageM + to * planM
    }
    if (clearanceM < (nearest?.clearanceM ?? Infinity)) {
      const t = axisShare(x, y, z, piece)
      const on = pointOn(piece, t)
      nearest = { clearanceM, at: { a: on, b: clearanceM === 0 ? on : [x, y, z] }, from: on, to: on, fromChainageM: chainageM + t * planM, toChainageM: chainageM + t * planM }
    }
    chainageM += planM
  })
  return { ...nearest!, ...(struck as Place | null) }
}

function axisShare(x: number, y: number, z: number, { a, b, lengthM }: AssetPiece): number {
  if (lengthM === 0) return 0
  return Math.min(1, Math.max(0, ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1]) + (z - a[2]) * (b[2] - a[2])) / lengthM ** 2))
}

function axisDistance(x: number, y: number, z: number, piece: AssetPiece): number {
  const on = pointOn(piece, axisShare(x, y, z, piece))
  return Math.hypot(on[0] - x, on[1] - y, on[2] - z)
}

function boreFindings(excavation: Excavation, all: AssetColumns, ground: GroundSurface | null, isAsked: IsAsked): Finding[] {
  if (excavation.shape.type !== 'bore') return []
  const { effects, near: columns } = boredEffects(excavation.shape, all, ground)
  return effects.flatMap(effect => {
    const rows = boreRows(effect, columns).filter(row => isAsked(excavation, columns, effect.asset, row))
    return rows.length === 0 ? [] : [findingOf(excavation, columns, effect.asset, rows, pointPlace(columns, effect))]
  })
}

function boreRows({ asset, struck, clearanceM }: BoreEffect, columns: AssetColumns): Row[] {
  const uncertaintyM = uncertaintyOf(columns, asset)
  if (struck) return [{ rule: 'bore_struck', required: 0, found: clearanceM, clause: '', basis: 'quoted', verdict: verdictOf(uncertaintyM, -clearanceM) }]
  const { distanceM, clause, basis } = BORE_ENVELOPE
  return clearanceM - (uncertaintyM ?? 0) < distanceM ? [{ rule: 'bore_near', required: distanceM, found: clearanceM, clause, basis, verdict: verdictOf(uncertaintyM, distanceM - clearanceM) }] : []
}

function pointPlace(columns: AssetColumns, { asset, at }: BoreEffect): Place {
  const { chainageM } = nearestOnAxis(columns, asset, at.asset[0], at.asset[1])
  return { at: { a: at.asset, b: at.bore }, from: at.asset, to: at.asset, fromChainageM: chainageM, toChainageM: chainageM }
}

function findingOf({ id, name: called, shape }: Excavation, columns: AssetColumns, asset: number, rows: readonly Row[], place: Place): Finding {
  const { origin } = columns
  const at = { a: inProject(place.at.a, origin), b: inProject(place.at.b, origin) }
  const shortfall = ({ rule, required, found, clause, basis }: Row): Shortfall => ({ rule, required, found, shortfall: isMaximum(rule) ? found - required : required - found, clause, basis, at })
  const [leader, ...others] = rows as [Row, ...Row[]]
  const name = assetId(columns, asset)
  return {
    ...shortfall(leader), id: `${name}|${id}|${leader.rule}|1`, a: [name], b: [id], against: { sort: 'excavation', type: shape.type, ...(called !== '' && { name: called }) },
    verdict: leader.verdict, mandatory: isMandatory(leader.basis), uncertaintyM: uncertaintyOf(columns, asset),
    stretch: { from: inProject(place.from, origin), to: inProject(place.to, origin), fromChainageM: place.fromChainageM, toChainageM: place.toChainageM },
    yields: null, others: others.map(shortfall),
  }
}
