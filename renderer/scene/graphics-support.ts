/** What this browser can draw with; asked once. */
export interface GraphicsSupport {
  readonly hasWebGl2: boolean
  /** Drawn by the processor (virtual desktops, machines without a driver): every pixel counts. */
  readonly isSoftware: boolean
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

export const isSoftwareRenderer = (name: string): boolean => SOFTWARE.test(name)

let support: GraphicsSupport | null = null

export function graphicsSupport(): GraphicsSupport {
  if (support) return support
  const context = document.createElement('canvas').getContext('webgl2')
  const names = context?.getExtension('WEBGL_debug_renderer_info')
  const renderer: unknown = context?.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER)
  support = { hasWebGl2: context !== null, isSoftware: typeof renderer === 'string' && isSoftwareRenderer(renderer) }
  // Browsers keep only a few contexts: give this one back.
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return support
}
