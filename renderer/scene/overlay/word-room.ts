/** Room for words in a picture: what is asked for first, the heaviest, gets its place; words that would cover those before them get none. Pixels. */
export class WordRoom {
  readonly #taken: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[] = []

  /** @param x Left edge. @param y Top edge. @returns whether the place was free; then it is taken. */
  take(x: number, y: number, width: number, height: number): boolean {
    if (this.#taken.some(box => x < box.x + box.width && box.x < x + width && y < box.y + box.height && box.y < y + height)) return false
    this.#taken.push({ x, y, width, height })
    return true
  }
}

/** About how wide small words are: Chinese letters are square. */
export const wordsWidthPx = (text: string): number => [...text].reduce((width, letter) => width + (letter > '\u2e80' ? 12 : 6.6), 10)
