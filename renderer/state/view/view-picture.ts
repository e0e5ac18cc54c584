import { createStore } from 'zustand/vanilla'

/** How to get the 3D view's picture: drawn anew, to be read before the next frame. Null while there is no view. */
export const viewPictureStore = createStore<{ readonly take: (() => HTMLCanvasElement) | null }>(() => ({ take: null }))
