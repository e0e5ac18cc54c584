import { copyPng, pngOf } from '#renderer/actions/files/clipboard-actions.ts'
import { withOverlay } from '#renderer/ui/paint-overlay.ts'

const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'text-anchor', 'dominant-baseline', 'paint-order', 'stroke-linejoin', 'visibility']
const SCALE = 2

/** Puts a chart on the clipboard as a PNG, at twice the pixels; where the browser refuses, says so. */
export const copyPicture = (svg: SVGSVGElement): Promise<void> => copyPng(pngOfChart(svg))

/** The same for a view that is a canvas, with what lies over it. */
export const copyCanvas = (canvas: HTMLCanvasElement): Promise<void> => copyPng(pngOf(withOverlay(canvas)))

async function pngOfChart(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect()
  const copy = svg.cloneNode(true) as SVGSVGElement
  const drawn = svg.querySelectorAll<SVGElement>('*')
  // Outside the page no style sheet holds: each element takes its own along.
  copy.querySelectorAll<SVGElement>('*').forEach((element, i) => {
    const style = getComputedStyle(drawn[i]!)
    for (const name of STYLES) element.style.setProperty(name, style.getPropertyValue(name))
  })
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * SCALE)
  canvas.height = Math.round(height * SCALE)
  const context = canvas.getContext('2d')!
  context.fillStyle = getComputedStyle(svg).backgroundColor
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return pngOf(canvas)
}
