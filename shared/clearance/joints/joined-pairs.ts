import type { Places } from './places.ts'

/** Bits per member of a place: few pairs that are not joined fall on a bit that is set. */
const BITS_PER_MEMBER = 16
/** More members of one place than this say yes to everything: pairs grow with their square. */
const MOST_MEMBERS = 64

/** Says of most pairs of assets at once that no place joins them: whoever is not cleared here looks their places up. */
export class JoinedPairs {
  readonly #bits: Uint32Array
  readonly #mask: number
  #isSilent = false

  constructor({ count, memberStart, memberAsset }: Places) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1024, BITS_PER_MEMBER * memberAsset.length)))
    this.#bits = new Uint32Array(size / 32)
    this.#mask = size - 1
    for (let place = 0; place < count; place++) {
      const [first, last] = [memberStart[place]!, memberStart[place + 1]!]
      if (last - first > MOST_MEMBERS) this.#isSilent = true
      else for (let m = first; m < last; m++) for (let n = m + 1; n < last; n++) this.#note(memberAsset[m]!, memberAsset[n]!)
    }
  }

  /** False is certain. */
  mayBeJoined(a: number, b: number): boolean {
    const bit = this.#bitOf(a, b)
    return this.#isSilent || (this.#bits[bit >>> 5]! & (1 << (bit & 31))) !== 0
  }

  #note(a: number, b: number): void {
    const bit = this.#bitOf(a, b)
    this.#bits[bit >>> 5]! |= 1 << (bit & 31)
  }

  /** The same for either order. */
  #bitOf(a: number, b: number): number {
    const mixed = Math.imul(Math.min(a, b), 0x9e3779b1) ^ Math.imul(Math.max(a, b), 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & this.#mask
  }
}
