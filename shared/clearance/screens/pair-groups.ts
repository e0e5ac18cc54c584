import { doubled } from '../../core/shared-arrays.ts'

/** More asset pairs than this at once are told before more are taken in. */
const MOST_GROUPS = 1 << 13
const SLOTS = 4 * MOST_GROUPS
const MASK = SLOTS - 1

/** Segment pairs by the two assets they belong to. Scratch of one thread: filled, told and emptied again and again. */
export class PairGroups {
  count = 0
  readonly a = new Uint32Array(MOST_GROUPS)
  readonly b = new Uint32Array(MOST_GROUPS)
  /** The last segment pair of each, then the one before it …; −1 ends. */
  readonly head = new Int32Array(MOST_GROUPS)
  next = new Int32Array(1 << 12)
  own = new Uint32Array(1 << 12)
  other = new Uint32Array(1 << 12)
  #pairs = 0
  /** Group of each slot; valid where its stamp is that of this filling. */
  readonly #slots = new Uint32Array(SLOTS)
  readonly #stamps = new Uint32Array(SLOTS)
  #stamp = 1

  clear(): void {
    this.count = this.#pairs = 0
    if (++this.#stamp < 0xffffffff) return
    this.#stamps.fill(0)
    this.#stamp = 1
  }

  get isFull(): boolean {
    return this.count === MOST_GROUPS
  }

  /** Only while not full. @param i Segment of a. @param j Segment of b. */
  add(a: number, b: number, i: number, j: number): void {
    if (this.#pairs === this.next.length) this.#grow()
    const group = this.#groupOf(a, b)
    const at = this.#pairs++
    this.own[at] = i
    this.other[at] = j
    this.next[at] = this.head[group]!
    this.head[group] = at
  }

  #groupOf(a: number, b: number): number {
    const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
    for (let slot = (mixed ^ (mixed >>> 15)) & MASK; ; slot = (slot + 1) & MASK) {
      if (this.#stamps[slot] !== this.#stamp) {
        this.#stamps[slot] = this.#stamp
        const group = (this.#slots[slot] = this.count++)
        this.a[group] = a
        this.b[group] = b
        this.head[group] = -1
        return group
      }
      const group = this.#slots[slot]!
      if (this.a[group] === a && this.b[group] === b) return group
    }
  }

  #grow(): void {
    this.next = doubled(this.next)
    this.own = doubled(this.own)
    this.other = doubled(this.other)
  }
}
