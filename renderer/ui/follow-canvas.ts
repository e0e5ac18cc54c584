/**
 * Draws a canvas now, and again whenever its size or the theme's colours change: a dialog may be resized and a theme
 * switched while it is open. @returns the means to stop.
 */
export function followCanvas(canvas: HTMLCanvasElement, redraw: () => void): () => void {
  redraw()
  const resized = new ResizeObserver(redraw)
  resized.observe(canvas)
  const recoloured = new MutationObserver(redraw)
  recoloured.observe(document.documentElement, { attributes: true })
  return () => {
    resized.disconnect()
    recoloured.disconnect()
  }
}
