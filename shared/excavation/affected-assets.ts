import { doubled } from '../core/shared-arrays.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import { assetKind } from '../twin/asset-columns.ts'
import { PRESSURE_CLASSES } from '../twin/kinds.ts'
import { assetPiece, clearanceBound, contactWith, insideIntervals, pieceBox, PieceSlot, pointOn, WHOLE, type AssetPiece, type Contact } from './asset-piece.ts'
import { CappedColumns } from './capped-columns.ts'
import type { CutSolid } from './cut-solid.ts'
import { groundAt, groundRange } from './ground-patches.ts'
import { intervalsAboveGround } from './ground-along.ts'
import { heightOverInfluence, influenceOf, mayReachInfluence, reachesInfluence } from './influence.ts'
import { planIntervalIn, totalOf, united, without, type Interval } from './intervals.ts'
import { type PlanBox, overlapOf, widened } from '../geometry/plan-box.ts'
import { forEachSegmentIn, type SegmentIndex } from './segment-index.ts'
import { handDigM, MAX_SAFE_DIG_M, safeDigM, unknownAccuracyM } from './safe-dig.ts'

/** What a cut does to one asset. Lengths in metres along the axis. */
export interface AssetEffect {
  /** Index in the columns. */
  readonly asset: number
  /** The outer surface meets the cut, over this length of axis. */
  readonly struck: boolean
  readonly struckLengthM: number
  /** The axis is inside the cut, over this length. */
  readonly exposed: boolean
  readonly exposedSpanM: number
  /** Least distance of the outer surface from the cut; 0 where struck. */
  readonly clearanceM: number
  /** Nearer than the kind's safe-digging distance. */
  readonly withinSafeDig: boolean
  readonly undermined: boolean
  /** Nearer than the hand-dig distance widened by the asset's own uncertainty. */
  readonly handDig: boolean
}

interface Tally {
  struckLengthM: number
  struck: boolean
  exposedSpanM: number
  clearanceM: number
  undermined: boolean
  /** The last of its pieces in `Pending`; −1 for none. */
  pending: number
}

/** Pieces whose clearance is only known to be at least so much: looked at again if their asset is listed. */
class Pending {
  #count = 0
  #v = new Uint32Array(64)
  #atLeastM = new Float64Array(64)
  #before = new Int32Array(64)
  readonly #ofAsset: number[] = []

  /** @param before The one before of the same asset; −1 for none. @returns its number. */
  add(v: number, atLeastM: number, before: number): number {
    const k = this.#count++
    if (k === this.#v.length) {
      this.#v = doubled(this.#v)
      this.#atLeastM = doubled(this.#atLeastM)
      this.#before = doubled(this.#before)
    }
    this.#v[k] = v
    this.#atLeastM[k] = atLeastM
    this.#before[k] = before
    return k
  }

  /** Pieces of one asset, the nearest perhaps first. @param visit Is told the piece and what its clearance is at least; says whether to go on. */
  forEach(last: number, visit: (v: number, atLeastM: number) => boolean): void {
    const list = this.#ofAsset
    let count = 0
    for (let k = last; k >= 0; k = this.#before[k]!) {
      let at = count++
      for (; at > 0 && this.#atLeastM[list[at - 1]!]! > this.#atLeastM[k]!; at--) list[at] = list[at - 1]!
      list[at] = k
    }
    for (let i = 0; i < count; i++) if (!visit(this.#v[list[i]!]!, this.#atLeastM[list[i]!]!)) return
  }
}

/**
 * Every asset on which the cut has a consequence, in the order of the columns. Distances and lengths are exact for
 * plane-sided cuts and a TIN; a grid's bilinear ground is followed within a millimetre where it comes into play.
 * @param influenceDeg Angle of the influence line over the horizontal.
 */
export function affectedAssets(solid: CutSolid, columns: AssetColumns, index: SegmentIndex, influenceDeg: number): AssetEffect[] {
  const survey = new Survey(solid, columns, influenceDeg)
  const interestM = Math.max(MAX_SAFE_DIG_M, handDigM + Math.max(unknownAccuracyM, index.maxAccuracyM))
  const near = widened(solid.box, interestM + index.maxHalfM)
  const undermined = widened(survey.influenceBox, index.maxHalfM * Math.SQRT2)
  const box: PlanBox = {
    minX: Math.min(near.minX, undermined.minX), minY: Math.min(near.minY, undermined.minY),
    maxX: Math.max(near.maxX, undermined.maxX), maxY: Math.max(near.maxY, undermined.maxY),
  }
  forEachSegmentIn(index, columns, box, v => survey.take(index.vertexAsset[v]!, v))
  return survey.effects()
}

/** How far an asset beside a cut stands above the influence line that rises from its toe, metres; 0 where it does not. */
export const heightOverInfluenceM = (solid: CutSolid, columns: AssetColumns, asset: number, influenceDeg: number): number => new Survey(solid, columns, influenceDeg).heightOverInfluence(asset)

/** Where a cut meets an asset: intervals along its axis in metres from its start, disjoint and in order. */
export interface AssetSpans {
  /** The outer surface meets the cut. */
  readonly struck: readonly Interval[]
  /** The axis is inside the cut and in the ground. */
  readonly exposed: readonly Interval[]
}

/** Where the struck and exposed lengths of an asset lie, so that those of several cuts can be put together without counting any of it twice. */
export const assetSpans = (solid: CutSolid, columns: AssetColumns, asset: number, influenceDeg: number): AssetSpans => new Survey(solid, columns, influenceDeg).spans(asset)

const NO_PARTS: readonly Interval[] = []

class Survey {
  readonly #solid: CutSolid
  readonly #columns: AssetColumns
  readonly #influence
  readonly #capped: CappedColumns
  readonly #tallies = new Map<number, Tally>()
  readonly #pending = new Pending()
  /** Scratch. */
  readonly #influenceRing: number[] = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
  /** The piece that is looked at. */
  readonly #piece = new PieceSlot()

  constructor(solid: CutSolid, columns: AssetColumns, influenceDeg: number) {
    this.#solid = solid
    this.#columns = columns
    this.#influence = influenceOf(solid, influenceDeg)
    this.#capped = new CappedColumns(solid)
  }

  get influenceBox(): PlanBox {
    return this.#influence.box
  }

  take(asset: number, v: number): void {
    const columns = this.#columns
    const nearM = this.#nearM(asset)
    const half = columns.halfHeightM[asset]!
    // Too deep for any consequence.
    if (Math.max(columns.xyz[3 * v + 2]!, columns.xyz[3 * v + 5]!) + half + nearM <= this.#solid.levelM) return
    const piece = this.#piece
    piece.take(columns, asset, v)
    const tally = this.#tallyOf(asset)
    tally.undermined ||= this.#isUndermined(piece)
    const atLeastM = clearanceBound(this.#solid.columns, piece)
    if (atLeastM > nearM) {
      tally.pending = this.#pending.add(v, atLeastM, tally.pending)
      return
    }
    const open = contactWith(this.#solid.columns, piece)
    if (open.clearanceM > 0 && this.#isUnderGround(open)) tally.clearanceM = Math.min(tally.clearanceM, open.clearanceM)
    else if (open.clearanceM > nearM) tally.pending = this.#pending.add(v, open.clearanceM, tally.pending)
    else this.#takeContact(tally, piece, this.#realContact(piece, open))
  }

  /** Where the cut meets an asset, along its axis. */
  spans(asset: number): AssetSpans {
    const { vertexStart } = this.#columns
    const nearM = this.#nearM(asset)
    const [struck, exposed]: [Interval[], Interval[]] = [[], []]
    let fromM = 0
    for (let v = vertexStart[asset]!; v + 1 < vertexStart[asset + 1]!; v++) {
      const piece = assetPiece(this.#columns, asset, v)
      const onAxis = ([from, to]: Interval): Interval => [fromM + from * piece.lengthM, fromM + to * piece.lengthM]
      if (clearanceBound(this.#solid.columns, piece) <= nearM) {
        const contact = this.#realContact(piece, contactWith(this.#solid.columns, piece))
        if (contact.meets.length > 0) {
          struck.push(...united(contact.meets).map(onAxis))
          exposed.push(...this.#exposedIn(piece).map(onAxis))
        }
      }
      fromM += piece.lengthM
    }
    return { struck: united(struck), exposed: united(exposed) }
  }

  effects(): AssetEffect[] {
    const out: AssetEffect[] = []
    for (const [asset, tally] of this.#tallies) {
      const safeM = this.#safeDigM(asset)
      const handM = this.#handDigM(asset)
      if (!tally.struck && !tally.undermined && tally.clearanceM >= Math.max(safeM, handM)) continue
      this.#pending.forEach(tally.pending, (v, atLeastM) => {
        if (atLeastM >= tally.clearanceM) return false
        const piece = this.#piece
        piece.take(this.#columns, asset, v)
        const open = contactWith(this.#solid.columns, piece)
        if (open.clearanceM < tally.clearanceM) tally.clearanceM = Math.min(tally.clearanceM, (this.#isUnderGround(open) ? open : this.#underGround(piece, open)).clearanceM)
        return true
      })
      const { struck, struckLengthM, exposedSpanM, clearanceM, undermined } = tally
      out.push({
        asset, struck, struckLengthM, exposed: exposedSpanM > 0, exposedSpanM, clearanceM, undermined,
        withinSafeDig: struck || clearanceM < safeM, handDig: struck || clearanceM < handM,
      })
    }
    return out.sort((p, q) => p.asset - q.asset)
  }

  #tallyOf(asset: number): Tally {
    let tally = this.#tallies.get(asset)
    if (!tally) this.#tallies.set(asset, (tally = { struck: false, struckLengthM: 0, exposedSpanM: 0, clearanceM: Infinity, undermined: false, pending: -1 }))
    return tally
  }

  #takeContact(tally: Tally, piece: AssetPiece, contact: Contact): void {
    tally.clearanceM = Math.min(tally.clearanceM, contact.clearanceM)
    if (contact.meets.length === 0) return
    tally.struck = true
    tally.struckLengthM += totalOf(united(contact.meets)) * piece.lengthM
    tally.exposedSpanM += totalOf(this.#exposedIn(piece)) * piece.lengthM
  }

  #exposedIn(piece: AssetPiece): Interval[] {
    const inside = united(insideIntervals(this.#solid.columns, piece))
    return without(inside, this.#aboveGround(piece, inside, 0))
  }

  /** The contact with the cut as it is under the ground. */
  #realContact(piece: AssetPiece, open: Contact): Contact {
    return open.clearanceM > 0 || this.#comesNearTheSurface(piece, open) ? this.#underGround(piece, open) : open
  }

  /** How far the highest part of an asset beside the cut stands above the influence line; 0 where nothing of it does. */
  heightOverInfluence(asset: number): number {
    const { vertexStart } = this.#columns
    let greatest = 0
    for (let v = vertexStart[asset]!; v + 1 < vertexStart[asset + 1]!; v++) {
      const piece = assetPiece(this.#columns, asset, v)
      greatest = Math.max(greatest, heightOverInfluence(this.#solid, this.#influence, piece, this.#besideTheCut(piece)))
    }
    return greatest
  }

  /** Outside the cut, in the ground, and above the influence line. */
  #isUndermined(piece: AssetPiece): boolean {
    return mayReachInfluence(this.#solid, this.#influence, piece) && reachesInfluence(this.#solid, this.#influence, piece, this.#besideTheCut(piece))
  }

  /** Parts of the axis near the cut, outside of it and in the ground. What lies over or under the bottom is not beside the cut. */
  #besideTheCut(piece: AssetPiece): readonly Interval[] {
    const near = this.#nearInfluence(piece)
    if (!near) return NO_PARTS
    const inside = insideIntervals(this.#solid.columns, piece)
    for (const ring of this.#solid.toeParts) {
      const over = planIntervalIn(ring, piece.a, piece.b)
      if (over) inside.push(over)
    }
    const outside = without([near], united(inside))
    return without(outside, this.#aboveGround(piece, outside, piece.halfHeightM))
  }

  /** The part of the axis that may have a section above the influence line. */
  #nearInfluence(piece: AssetPiece): Interval | null {
    const { box } = this.#influence
    const byM = 1.5 * Math.max(piece.halfWidthM, piece.halfHeightM)
    const ring = this.#influenceRing
    ring[0] = ring[6] = box.minX - byM
    ring[1] = ring[3] = box.minY - byM
    ring[2] = ring[4] = box.maxX + byM
    ring[5] = ring[7] = box.maxY + byM
    return planIntervalIn(ring, piece.a, piece.b)
  }

  #aboveGround(piece: AssetPiece, parts: readonly Interval[], halfHeightM: number): readonly Interval[] {
    const { ground } = this.#solid
    const first = parts[0]
    const last = parts[parts.length - 1]
    if (!ground || !first || !last) return NO_PARTS
    const from = first[0]
    const to = last[1]
    const lowest = groundRange(ground, pieceBox(piece, [from, to], 0))
    const fall = piece.b[2] - piece.a[2]
    if (!lowest || piece.a[2] + Math.max(from * fall, to * fall) - halfHeightM <= lowest.minZ) return NO_PARTS
    return united(intervalsAboveGround(ground, pointOn(piece, from), pointOn(piece, to), halfHeightM).map(([low, high]): Interval => [from + low * (to - from), from + high * (to - from)]))
  }

  /** Whether the nearest point of the open cut is one of the real cut: not above ground that is known there. */
  #isUnderGround({ nearest }: Contact): boolean {
    const level = this.#solid.ground && groundAt(this.#solid.ground, nearest.x, nearest.y)
    return level === null || nearest.z <= level + 1e-9
  }

  /** Whether where the section meets the open cut, the ground is low enough to take some of it away. */
  #comesNearTheSurface(piece: AssetPiece, { meets }: Contact): boolean {
    const { ground } = this.#solid
    return ground !== null && meets.some(part => {
      const lowest = groundRange(ground, pieceBox(piece, part, piece.halfWidthM))
      return lowest !== null && Math.max(pointOn(piece, part[0])[2], pointOn(piece, part[1])[2]) + piece.halfHeightM > lowest.minZ
    })
  }

  /** Contact with the cut under the real ground; that of the open cut where no ground is known. */
  #underGround(piece: AssetPiece, open: Contact): Contact {
    const whole = this.#solid.box
    for (let reachM = Math.max(1, 2 * open.clearanceM); ; reachM *= 4) {
      const box = pieceBox(piece, WHOLE, reachM + piece.halfWidthM)
      const contact = contactWith(this.#capped.near(overlapOf(box, whole)), piece)
      if (contact.clearanceM <= reachM) return contact
      if (box.minX <= whole.minX && box.minY <= whole.minY && box.maxX >= whole.maxX && box.maxY >= whole.maxY) return contact.clearanceM < Infinity ? contact : open
    }
  }

  #safeDigM(asset: number): number {
    return safeDigM(assetKind(this.#columns, asset), PRESSURE_CLASSES[this.#columns.pressureClass[asset]! - 1] ?? null)
  }

  #handDigM(asset: number): number {
    const known = (accuracyM: number) => (Number.isNaN(accuracyM) ? unknownAccuracyM : accuracyM)
    return handDigM + Math.max(known(this.#columns.accuracyPlanM[asset]!), known(this.#columns.accuracyLevelM[asset]!))
  }

  #nearM(asset: number): number {
    return Math.max(this.#safeDigM(asset), this.#handDigM(asset))
  }
}
