import { pictureSize } from '#shared/core/picture-size.ts'
import { MAX_PICTURE_BYTES, PICTURE_PX, type Picture } from '#shared/register/picture.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { viewPictureStore } from '../../state/view/view-picture.ts'
import { copyPng, pngOf } from './clipboard-actions.ts'
import { ask } from '../host.ts'
import { takeRecords } from '../ledger/register-actions.ts'

/** Pictures are never unpacked beyond this: 8,000 × 8,000. */
const MOST_PIXELS = 64_000_000
const MOST_FILE_BYTES = 40_000_000
/** Smaller until it fits. */
const QUALITIES = [0.86, 0.7, 0.5, 0.3]

/** A line drawn on the view: shares of its width and height, [0, 1]. */
export type Stroke = readonly (readonly [u: number, v: number])[]

/** What the 3D view shows now, with what is drawn on it; null where there is no view. */
export async function pictureOfView(strokes: readonly Stroke[] = []): Promise<Picture | null> {
  const view = viewPictureStore.getState().take?.()
  if (!view) return null
  const canvas = shrunk(view, view.width, view.height)
  drawInk(canvas, strokes)
  return encoded(canvas)
}

/** Puts what the 3D view shows on the clipboard. */
export async function copyView(): Promise<void> {
  const view = viewPictureStore.getState().take?.()
  if (view) await copyPng(pngOf(view))
}

/** A picture somebody brings along, made small enough to keep; null where it is none or gigantic, and that is said. */
export async function pictureOfFile(file: Blob): Promise<Picture | null> {
  const picture = file.size > MOST_FILE_BYTES ? 'too_large' : await pictureOfBytes(new Uint8Array(await file.arrayBuffer()))
  if (typeof picture !== 'string') return picture
  showToast('error', `review:kept.${picture}`)
  return null
}

/** The same for bytes from anywhere; nothing is decoded whose head does not say a size that can be. */
export async function pictureOfBytes(bytes: Uint8Array): Promise<Picture | 'too_large' | 'unreadable'> {
  const size = pictureSize(bytes)
  if (!size) return 'unreadable'
  if (size.width * size.height > MOST_PIXELS || bytes.length > MOST_FILE_BYTES) return 'too_large'
  try {
    const image = await createImageBitmap(new Blob([bytes as BlobPart], { type: size.type }))
    const canvas = shrunk(image, image.width, image.height)
    image.close()
    return await encoded(canvas)
  } catch {
    return 'unreadable'
  }
}

/** Reads a kept picture into the store, where whoever shows it finds it. */
export async function loadPicture(id: string): Promise<void> {
  if (registerStore.getState().pictures[id]) return
  const answer = await ask('register.list', { collections: ['pictures'], ids: [id] })
  if (answer) takeRecords({ records: answer.records, removed: [] })
}

function shrunk(source: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const scale = Math.min(1, PICTURE_PX / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** As the slide shows it: a bright line in a dark casing, seen on any ground. */
function drawInk(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const context = canvas.getContext('2d')!
  context.lineCap = context.lineJoin = 'round'
  for (const [widthPx, colour] of [[7, '#10151c'], [4, '#ffd23f']] as const) {
    context.lineWidth = widthPx * (canvas.width / 1440)
    context.strokeStyle = colour
    for (const stroke of strokes) {
      context.beginPath()
      for (const [u, v] of stroke) context.lineTo(u * canvas.width, v * canvas.height)
      context.stroke()
    }
  }
}

async function encoded(canvas: HTMLCanvasElement): Promise<Picture> {
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && blob.size <= MAX_PICTURE_BYTES) return { type: 'image/jpeg', base64: await base64Of(blob), widthPx: canvas.width, heightPx: canvas.height }
  }
  throw new Error('a picture of this size always fits')
}

const base64Of = (blob: Blob): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader()
  reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
  reader.onerror = () => reject(new Error('cannot read the picture'))
  reader.readAsDataURL(blob)
})
