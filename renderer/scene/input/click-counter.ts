/** A press that moves less than this is a click, pixels. */
export const CLICK_SLACK_PX = 4
const DOUBLE_CLICK_MS = 400

/** Tells the second of two clicks from a first; a third begins anew. */
export class ClickCounter {
  #last = { at: -Infinity, pxX: 0, pxY: 0 }

  /** @param at Of the event, milliseconds. */
  count(at: number, pxX: number, pxY: number): 1 | 2 {
    const isSecond = at - this.#last.at < DOUBLE_CLICK_MS && Math.hypot(pxX - this.#last.pxX, pxY - this.#last.pxY) < 2 * CLICK_SLACK_PX
    this.#last = { at: isSecond ? -Infinity : at, pxX, pxY }
    return isSecond ? 2 : 1
  }
}
