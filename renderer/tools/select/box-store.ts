import { createStore } from 'zustand/vanilla'

/** The box being drawn over the picture, pixels from its left top; null while there is none. */
export interface PictureBox {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
}

export const boxStore = createStore<{ readonly box: PictureBox | null }>(() => ({ box: null }))
