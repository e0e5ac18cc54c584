import { leastClearDistance } from '../../geometry/clear-distance.ts'
import { levelRange } from '../../geometry/level-range.ts'
import { planDistanceWithin } from '../../geometry/plan-distance.ts'
import { newSegmentPair, newWitness, type SegmentPair } from '../../geometry/segment-pair.ts'
import type { Limit } from '../../rules/limit-lookup.ts'
import type { PairTerms } from './pair-terms.ts'

/** How the slice at one place of a is asked how far it is from being short. */
type Asked = 'contact' | 'alongside' | 'levels'

/** Ends of stretches are found to this share of the piece: a millionth of a millimetre of a kilometre. */
const EDGE_SHARE = 2 ** -40
/** More are never needed but where a piece is so short that its parts are no longer told apart. */
const EDGE_STEPS = 42

/** Finds from where to where a piece of a is short of a piece of b. Holds scratch space. */
export class StretchEnds {
  readonly #terms: PairTerms
  /** A single point of a against the piece of b. */
  readonly #slice = newSegmentPair()
  readonly #low = newWitness()
  readonly #high = newWitness()
  /** What `#takeMargin` found. */
  readonly #margin = new Float64Array(1)
  #piece: SegmentPair = this.#slice
  #asked: Asked = 'contact'
  #brokenM = 0.5
  #firstAbove: Limit | null = null
  #secondAbove: Limit | null = null

  /** @param terms Of the two assets at hand. */
  constructor(terms: PairTerms) {
    this.#terms = terms
  }

  /** @param firstAbove, secondAbove Of levels, the limits by who is above. */
  ask(asked: Asked, firstAbove: Limit | null = null, secondAbove: Limit | null = null): void {
    this.#asked = asked
    this.#firstAbove = firstAbove
    this.#secondAbove = secondAbove
  }

  /**
   * How far from s towards `end` the piece stays broken: what is broken is convex, so that it has one end.
   * @param brokenM Below this the slice is short: contact and plan gap a figure, levels what is added to the limits.
   */
  edge(piece: SegmentPair, s: number, end: 0 | 1, brokenM: number): number {
    this.#piece = piece
    this.#brokenM = brokenM
    this.#slice.set(piece)
    const margin = this.#margin
    this.#takeMargin(end)
    if (margin[0]! < 0) return end
    let outside: number = end
    let outsideM = margin[0]!
    this.#takeMargin(s)
    let inside = s
    let insideM = margin[0]!
    const wholeWidth = Math.abs(end - s)
    // ITP: between the secant and the middle, never narrowing slower than bisection by more than one step.
    let most = wholeWidth
    for (let step = 0; step < EDGE_STEPS; step++, most /= 2) {
      const width = Math.abs(outside - inside)
      if (!(width > EDGE_SHARE * wholeWidth)) break
      const middle = (inside + outside) / 2
      let x = middle
      // Where nothing is near enough to have a figure, the middle is all there is.
      if (outsideM < Infinity && insideM < 0) {
        const secant = (outsideM * inside - insideM * outside) / (outsideM - insideM)
        const way = secant < middle ? 1 : -1
        const nudge = (0.2 * width * width) / wholeWidth
        const aside = Math.max(0, Math.abs(middle - secant) - nudge)
        x = middle - way * Math.min(aside, most - width / 2)
      }
      this.#takeMargin(x)
      if (margin[0]! < 0) {
        inside = x
        insideM = margin[0]!
      } else {
        outside = x
        outsideM = margin[0]!
      }
    }
    return inside
  }

  /** Writes how far the slice at x is from being short (below 0: it is); Infinity where nothing of the other is near. */
  #takeMargin(x: number): void {
    const slice = this.#slice
    const piece = this.#piece
    const margin = this.#margin
    for (let k = 0; k < 3; k++) slice[k] = slice[k + 3] = piece[k]! + x * (piece[k + 3]! - piece[k]!)
    const terms = this.#terms
    if (this.#asked === 'contact') margin[0] = leastClearDistance(slice, terms, this.#low) - this.#brokenM
    else if (this.#asked === 'alongside') margin[0] = planDistanceWithin(slice, terms.horizontalLevelM, this.#low) ? this.#low[0]! - terms.w - this.#brokenM : Infinity
    else if (!levelRange(slice, terms.overlapPlanM, this.#low, this.#high)) margin[0] = Infinity
    else {
      margin[0] = Infinity
      if (this.#high[0]! >= 0) this.#takeLevelMargin(this.#firstAbove, Math.max(this.#low[0]!, 0))
      if (this.#low[0]! <= 0) this.#takeLevelMargin(this.#secondAbove, Math.max(-this.#high[0]!, 0))
    }
  }

  #takeLevelMargin(limit: Limit | null, gapM: number): void {
    if (limit) this.#margin[0] = Math.min(this.#margin[0]!, gapM - this.#terms.h - limit.minM - this.#brokenM)
  }
}
