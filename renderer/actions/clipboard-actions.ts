import { showToast, type Toast } from '../state/jobs-store.ts'

/** Puts text on the clipboard and says so. */
export async function copyText(text: string, saidKey: string, params: Toast['params'] = {}): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast('success', saidKey, params)
  } catch {
    showToast('error', 'app:toast.copyRefused')
  }
}

/** Text of the clipboard; null where the browser refuses it (said). */
export async function readText(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText()
  } catch {
    showToast('error', 'app:toast.pasteRefused')
    return null
  }
}
