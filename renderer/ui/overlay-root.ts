import { createContext } from 'react'

/** Where tips, menus and popovers are put: inside the open dialog, which covers everything else of the page; else its body. */
export const OverlayRoot = createContext<HTMLElement | null>(null)
