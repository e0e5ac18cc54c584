/** One pointer position over the picture. */
export interface PointerSample {
  /** −1 … 1, right and up. */
  readonly x: number
  readonly y: number
  /** Pixels from the left top of the picture. */
  readonly pxX: number
  readonly pxY: number
  readonly shift: boolean
  readonly alt: boolean
  /** Ctrl, or Command on a Mac. */
  readonly mod: boolean
}

/** What answers to the pointer before the camera does: one tool at a time. */
export interface PointerTool {
  /** A left press: true takes the whole gesture (drag of a handle), false leaves it to the camera. */
  press(sample: PointerSample): boolean
  /** The gesture taken by `press` goes on. */
  drag(sample: PointerSample): void
  release(sample: PointerSample): void
  /** The gesture was broken off (lost pointer). */
  abandon(): void
  /** No button held. */
  hover(sample: PointerSample): void
  /** Pressed and released in place. `count` 2 for the second of a double click. */
  click(sample: PointerSample, count: number): void
  leave(): void
}
