import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

/** Height of a row, and of the head that stays at the top of what scrolls: pixels, as the style sheets have it. */
export const ROW_HEIGHT = 26

/**
 * The rows in sight of a table with a head that stays at its top. A row that is scrolled to is seen whole: not under the head,
 * nor one head's height below the edge.
 * @returns what rows are in the page, each with its top below the head; the height of all; a way to a row.
 */
export function useRows(scrollRef: RefObject<HTMLElement | null>, count: number) {
  // The rule is for the React compiler, which this app does not use.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({ count, getScrollElement: () => scrollRef.current, estimateSize: () => ROW_HEIGHT, overscan: 12, scrollMargin: ROW_HEIGHT, scrollPaddingStart: ROW_HEIGHT })
  return {
    inSight: rows.getVirtualItems().map(({ index, start }) => ({ index, top: start - ROW_HEIGHT })),
    heightPx: rows.getTotalSize(),
    /** The same function at every rendering. */
    scrollTo: rows.scrollToIndex,
  }
}
