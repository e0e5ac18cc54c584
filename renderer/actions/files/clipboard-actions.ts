import { showToast, type Toast } from '../../state/app/jobs-store.ts'

/** Puts text on the clipboard and says so. */
export async function copyText(text: string, saidKey: string, params: Toast['params'] = {}): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast('success', saidKey, params)
  } catch {
    showToast('error', 'app:toast.copyRefused')
  }
}

/** Puts a picture on the clipboard and says so. @param png Still to come: a browser allows the clipboard only during the click. */
export async function copyPng(png: Promise<Blob>): Promise<void> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
    showToast('success', 'views:pictureCopied')
  } catch {
    showToast('error', 'app:toast.copyRefused')
  }
}

export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'))

/** Text of the clipboard; null where the browser refuses it (said). */
export async function readText(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText()
  } catch {
    showToast('error', 'app:toast.pasteRefused')
    return null
  }
}
