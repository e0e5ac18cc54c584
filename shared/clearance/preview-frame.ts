import { doubled } from '../core/shared-arrays.ts'
import { isWorse } from './findings/hit-order.ts'
import type { Hit } from './pairs/hit.ts'
import type { LaidWorld } from './worlds/laid-world.ts'
import type { Span } from './zones/zone-source.ts'

/** What is asked about a drawn route as it is laid, and what was found. Filled again and again. */
export class PreviewFrame {
  #route = 0
  #first = 0
  #segments = 0
  isWhole = true
  /** By segment of the route, where not all are asked about. */
  #asked = new Uint8Array(64)
  /** By segment of the route; beyond those of this route, empty lists of longer ones before it. */
  readonly #hits: Hit[][] = []
  readonly #worst: Hit[] = []

  /** @param segments Segments of the route; all where absent. */
  begin({ network: { vertexStart }, routeAsset }: LaidWorld, segments: readonly number[] | undefined): void {
    this.#route = routeAsset
    this.#first = vertexStart[routeAsset]!
    this.#segments = vertexStart[routeAsset + 1]! - 1 - this.#first
    this.isWhole = segments === undefined
    for (const list of this.#hits) list.length = 0
    while (this.#hits.length < this.#segments) this.#hits.push([])
    if (!segments) return
    while (this.#asked.length < this.#segments) this.#asked = doubled(this.#asked)
    this.#asked.fill(0, 0, this.#segments)
    for (const segment of segments) if (segment < this.#segments) this.#asked[segment] = 1
  }

  /** Whether a segment (first vertex) is asked about. */
  readonly isAsked = (v: number): boolean => this.isWhole || this.#asked[v - this.#first] === 1

  /** The part of the route that is asked about. */
  span({ network: { chainageM } }: LaidWorld): Span {
    let from = Infinity
    let to = -Infinity
    for (let v = this.#first; v < this.#first + this.#segments; v++) {
      if (!this.isAsked(v)) continue
      from = Math.min(from, chainageM[v]!)
      to = Math.max(to, chainageM[v + 1]!)
    }
    return { asset: this.#route, from, to }
  }

  note(hit: Hit): void {
    const v = hit.a === this.#route ? hit.segmentA : hit.segmentB
    this.#hits[v - this.#first]!.push(hit)
  }

  /** What is said of each segment with hits, ascending. @param tell Of each other asset and rule the greatest shortfall, in no order; good for the call. */
  told<T>(tell: (segment: number, worst: readonly Hit[]) => T): T[] {
    const told: T[] = []
    for (let segment = 0; segment < this.#segments; segment++) {
      if (this.#hits[segment]!.length === 0) continue
      this.#takeWorst(this.#hits[segment]!)
      told.push(tell(segment, this.#worst))
    }
    return told
  }

  /** Per other asset and rule the greatest shortfall; no touching where the two are hard. */
  #takeWorst(hits: readonly Hit[]): void {
    const worst = this.#worst
    worst.length = 0
    for (const hit of hits) {
      const k = this.#indexOf(hit)
      if (k < 0) worst.push(hit)
      else if (isWorse(hit, worst[k]!)) worst[k] = hit
    }
    let kept = 0
    for (const hit of worst) if (hit.rule !== 'touching' || !this.#isHard(hit)) worst[kept++] = hit
    worst.length = kept
  }

  #indexOf(hit: Hit): number {
    for (let k = 0; k < this.#worst.length; k++) {
      const known = this.#worst[k]!
      if (known.rule === hit.rule && this.#otherOf(known) === this.#otherOf(hit)) return k
    }
    return -1
  }

  #isHard(touching: Hit): boolean {
    for (const known of this.#worst) if (known.rule === 'hard' && known.isShort && this.#otherOf(known) === this.#otherOf(touching)) return true
    return false
  }

  #otherOf(hit: Hit): number {
    return hit.a === this.#route ? hit.b : hit.a
  }
}
