import { SEGMENT_ROW, type SegmentWords } from './segment-words.ts'

/** The two lists of packed segments: every one, and the thinned axes. */
export type SegmentList = 'fine' | 'coarse'

/** Rows that go to the graphics at once: a quarter of a megabyte, a millisecond or two. */
const BAND_ROWS = 8

/**
 * Which of the packed segments the graphics have. A million of them are 28 MB, during whose way to the graphics nothing
 * else would happen: what a frame shows is brought first, the rest band by band while there is nothing else to do.
 */
export class SegmentSupply {
  private readonly start: Readonly<Record<SegmentList, Uint32Array>>
  private readonly rows: number
  private readonly send: (firstRow: number, rows: number) => void
  /** Per band: whether it was brought. */
  private readonly isThere: Uint8Array
  private missing: number
  /** Where the search for what is missing goes on: at the thinned axes, which show something everywhere. */
  private next: number

  /** @param send Copies rows to the graphics. */
  constructor({ fineStart, coarseStart, rows }: Pick<SegmentWords, 'fineStart' | 'coarseStart' | 'rows'>, send: (firstRow: number, rows: number) => void) {
    this.start = { fine: fineStart, coarse: coarseStart }
    this.rows = rows
    this.send = send
    this.isThere = new Uint8Array(Math.ceil(rows / BAND_ROWS))
    this.missing = this.isThere.length
    this.next = this.firstBand('coarse', 0)
  }

  get isWhole(): boolean {
    return this.missing === 0
  }

  /** Nothing was brought yet. */
  get isUntouched(): boolean {
    return this.missing === this.isThere.length
  }

  has(list: SegmentList, tile: number): boolean {
    if (this.isWhole) return true
    const end = this.endBand(list, tile)
    for (let band = this.firstBand(list, tile); band < end; band++) if (!this.isThere[band]) return false
    return true
  }

  /** Brings what is missing of a tile. @returns the bands it took. */
  bring(list: SegmentList, tile: number): number {
    const end = this.endBand(list, tile)
    let brought = 0
    for (let band = this.firstBand(list, tile); band < end; band++) {
      if (this.isThere[band]) continue
      this.bringBand(band)
      brought++
    }
    return brought
  }

  /** Brings one more band of whatever is missing. */
  bringNext(): void {
    if (this.isWhole) return
    while (this.isThere[this.next]) this.next = (this.next + 1) % this.isThere.length
    this.bringBand(this.next)
  }

  /** The graphics were lost, with all they had. */
  forget(): void {
    this.isThere.fill(0)
    this.missing = this.isThere.length
    this.next = this.firstBand('coarse', 0)
  }

  private firstBand(list: SegmentList, tile: number): number {
    return Math.min(this.isThere.length - 1, Math.floor(this.start[list][tile]! / (SEGMENT_ROW * BAND_ROWS)))
  }

  /** The band after the last of a tile; the first where the tile has nothing. */
  private endBand(list: SegmentList, tile: number): number {
    const [from, to] = [this.start[list][tile]!, this.start[list][tile + 1]!]
    return from === to ? this.firstBand(list, tile) : Math.ceil(to / (SEGMENT_ROW * BAND_ROWS))
  }

  private bringBand(band: number): void {
    const first = band * BAND_ROWS
    this.send(first, Math.min(BAND_ROWS, this.rows - first))
    this.isThere[band] = 1
    this.missing--
  }
}
