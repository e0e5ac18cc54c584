import { showToast } from '../../state/jobs-store.ts'

const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'text-anchor', 'dominant-baseline', 'paint-order', 'stroke-linejoin', 'visibility']
const SCALE = 2

/** Puts a chart on the clipboard as a PNG, at twice the pixels; where the browser refuses, says so. */
export async function copyPicture(svg: SVGSVGElement): Promise<void> {
  try {
    const picture = pngOf(svg)
    // The promise goes in, not its value: a browser allows the clipboard only during the click.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
    showToast('success', 'views:pictureCopied')
  } catch {
    showToast('error', 'app:toast.copyRefused')
  }
}

/** The same for a view that is a canvas. */
export async function copyCanvas(canvas: HTMLCanvasElement): Promise<void> {
  try {
    const picture = new Promise<Blob>((resolve, reject) => canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'))
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
    showToast('success', 'views:pictureCopied')
  } catch {
    showToast('error', 'app:toast.copyRefused')
  }
}

async function pngOf(svg: SVGSVGElement): Promise<Blob> {
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
  return new Promise((resolve, reject) => canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'))
}
