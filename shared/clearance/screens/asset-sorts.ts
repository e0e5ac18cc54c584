import { doubled } from '../../core/shared-arrays.ts'
import type { ClearanceNetwork } from '../network/network.ts'

/** Where the figures of a sort are, after its half-width. */
export const HEIGHT = 1
export const PLAN = 2
export const LEVEL = 3
export const SIGNATURE = 4
export const BOX = 5
export const OWN_REACH = 6
/** Numbers of a sort. */
export const STRIDE = 8

/**
 * What the screens know of assets, once for each sort: a network has few sizes, classes and accuracies, and a table of them
 * stays close to the processor where one of all assets does not.
 */
export class AssetSorts {
  /** Sort of each asset. */
  readonly ofAsset: Uint32Array
  /** Half-width, half-height, plan and level accuracy, signature, whether it is a box, and the reach of its own, of each sort. */
  figures = new Float64Array(64 * STRIDE)
  #count = 0
  /** One more than the sort, by a hash of its figures; 0 for none. */
  #slots = new Uint32Array(256)
  /** The asset at hand. */
  readonly #asked = new Float64Array(STRIDE)

  constructor(assets: number) {
    this.ofAsset = new Uint32Array(assets)
  }

  /** Reads an asset of the network. */
  take({ halfWidthM, halfHeightM, accuracyPlanM, accuracyLevelM, signature, isBox }: ClearanceNetwork, a: number): void {
    const asked = this.#asked
    asked[0] = halfWidthM[a]!
    asked[HEIGHT] = halfHeightM[a]!
    asked[PLAN] = accuracyPlanM[a]!
    asked[LEVEL] = accuracyLevelM[a]!
    asked[SIGNATURE] = signature[a]!
    asked[BOX] = isBox[a]!
    // Most assets are of the sort of the one before them.
    const before = a > 0 ? this.ofAsset[a - 1]! : 0
    this.ofAsset[a] = before < this.#count && this.#isSort(before) ? before : this.#find()
  }

  #isSort(sort: number): boolean {
    const { figures } = this
    const asked = this.#asked
    const k = STRIDE * sort
    return figures[k] === asked[0] && figures[k + HEIGHT] === asked[HEIGHT] && figures[k + SIGNATURE] === asked[SIGNATURE] && figures[k + BOX] === asked[BOX] &&
      isSame(figures[k + PLAN]!, asked[PLAN]!) && isSame(figures[k + LEVEL]!, asked[LEVEL]!)
  }

  #find(): number {
    const slot = this.#slotOf()
    const known = this.#slots[slot]!
    return known > 0 ? known - 1 : this.#add(slot)
  }

  #add(slot: number): number {
    const sort = this.#count++
    const asked = this.#asked
    if (STRIDE * this.#count > this.figures.length) this.figures = doubled(this.figures)
    asked[OWN_REACH] = asked[0]! + Math.max(asked[PLAN]! || 0, asked[LEVEL]! || 0)
    this.figures.set(asked, STRIDE * sort)
    this.#slots[slot] = sort + 1
    if (2 * this.#count > this.#slots.length) this.#grow()
    return sort
  }

  /** The slot of the figures at hand, or the free one where they would be. */
  #slotOf(): number {
    const asked = this.#asked
    const mask = this.#slots.length - 1
    let mixed = Math.imul(asked[SIGNATURE]! + 1, 0x9e3779b1) ^ Math.imul(asked[0]! * MICRONS, 0x85ebca6b) ^ Math.imul(asked[HEIGHT]! * MICRONS, 0xc2b2ae35)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f) ^ Math.imul(asked[PLAN]! * MICRONS, 0x165667b1) ^ Math.imul(asked[LEVEL]! * MICRONS, 0x9e3779b1)
    for (let slot = (mixed ^ (mixed >>> 13)) & mask; ; slot = (slot + 1) & mask) if (this.#slots[slot] === 0 || this.#isSort(this.#slots[slot]! - 1)) return slot
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length)
    for (let sort = 0; sort < this.#count; sort++) {
      this.#asked.set(this.figures.subarray(STRIDE * sort, STRIDE * (sort + 1)))
      this.#slots[this.#slotOf()] = sort + 1
    }
  }
}

const MICRONS = 1e6

/** NaN is one figure: not known. */
const isSame = (m: number, n: number): boolean => m === n || (Number.isNaN(m) && Number.isNaN(n))
