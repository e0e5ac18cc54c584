/** Room for words in a picture: what is asked for first, the heaviest, gets its place; words that would cover those before them get none. Pixels. */
export class WordRoom {
  /** Left, top, right, bottom of what is taken. */
  private readonly taken: Float64Array
  private count = 0

  /** @param most Places there may be. */
  constructor(most: number) {
    this.taken = new Float64Array(4 * most)
  }

  /** Every place is free again. */
  clear(): void {
    this.count = 0
  }

  /** @param x Left edge. @param y Top edge. @returns whether the place was free; then it is taken. */
  take(x: number, y: number, width: number, height: number): boolean {
    const { taken, count } = this
    if (4 * count === taken.length) return false
    for (let b = 0; b < 4 * count; b += 4) if (x < taken[b + 2]! && taken[b]! < x + width && y < taken[b + 3]! && taken[b + 1]! < y + height) return false
    taken[4 * count] = x
    taken[4 * count + 1] = y
    taken[4 * count + 2] = x + width
    taken[4 * count + 3] = y + height
    this.count++
    return true
  }
}

/** About how wide small words are: Chinese letters are square. */
export const wordsWidthPx = (text: string): number => [...text].reduce((width, letter) => width + (letter > '\u2e80' ? 12 : 6.6), 10)
