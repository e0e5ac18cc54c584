/** How long the browser may take to read what it was handed, milliseconds. */
const READ_WITHIN_MS = 60_000

/** Hands a file over to be saved where the user's browser or desktop says. */
export function download(content: string | Uint8Array, name: string, type: string): void {
  // What the host sends may lie in shared memory, which no blob takes.
  const part = typeof content === 'string' ? content : new Uint8Array(content)
  const address = URL.createObjectURL(new Blob([part], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS)
}
