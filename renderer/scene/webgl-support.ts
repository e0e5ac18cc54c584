/** Whether this browser can draw the scene at all; asked once. */
let isSupported: boolean | null = null

export function hasWebGl2(): boolean {
  if (isSupported !== null) return isSupported
  const context = document.createElement('canvas').getContext('webgl2')
  isSupported = context !== null
  // Browsers keep only a few contexts: give this one back.
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return isSupported
}
