import { CanvasTexture, ClampToEdgeWrapping, LinearFilter, NoColorSpace, Vector4, type IUniform, type Texture } from 'three'
import type { PlanRing } from '#shared/geometry/plan-polygon.ts'

/** What the ground's shader is told of the openings in it: a picture from above, and the plan rectangle it covers. */
export interface CutMaskUniforms {
  readonly uCutMask: IUniform<Texture | null>
  /** View frame: min x, min y, 1/width, 1/height; zero width where nothing is cut. */
  readonly uCutArea: IUniform<Vector4>
  /** Picture's pixels from the left beyond which nothing is cut, where two schemes are swiped; 0: none are. */
  readonly uCutSplit: IUniform<number>
}

/** Texels along the longest side, and how fine they need not be. */
const LONGEST_PX = 1024
const FINEST_PX_PER_M = 24
const MARGIN_M = 1

/** One picture for all excavations of a scene: repainted when one changes, read by the ground. */
export class CutMask {
  readonly uniforms: CutMaskUniforms = { uCutMask: { value: null }, uCutArea: { value: new Vector4(0, 0, 0, 0) }, uCutSplit: { value: 0 } }
  private readonly canvas = document.createElement('canvas')
  private readonly texture = new CanvasTexture(this.canvas)

  constructor() {
    this.texture.colorSpace = NoColorSpace
    this.texture.minFilter = this.texture.magFilter = LinearFilter
    this.texture.wrapS = this.texture.wrapT = ClampToEdgeWrapping
    this.texture.generateMipmaps = false
    this.uniforms.uCutMask.value = this.texture
  }

  /** @param openings Plan rings in the view frame. */
  paint(openings: readonly PlanRing[]): void {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const ring of openings) {
      for (let i = 0; i < ring.length; i += 2) {
        minX = Math.min(minX, ring[i]!)
        maxX = Math.max(maxX, ring[i]!)
        minY = Math.min(minY, ring[i + 1]!)
        maxY = Math.max(maxY, ring[i + 1]!)
      }
    }
    if (!(minX < maxX)) {
      this.uniforms.uCutArea.value.set(0, 0, 0, 0)
      return
    }
    const [width, height] = [maxX - minX + 2 * MARGIN_M, maxY - minY + 2 * MARGIN_M]
    const pxPerM = Math.min(FINEST_PX_PER_M, LONGEST_PX / Math.max(width, height))
    const [columns, rows] = [Math.max(2, Math.ceil(width * pxPerM)), Math.max(2, Math.ceil(height * pxPerM))]
    if (this.canvas.width !== columns || this.canvas.height !== rows) {
      this.canvas.width = columns
      this.canvas.height = rows
      // A texture keeps the size it was first uploaded with.
      this.texture.dispose()
    }
    const context = this.canvas.getContext('2d')
    if (!context) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = '#000000'
    context.fillRect(0, 0, columns, rows)
    context.setTransform(columns / width, 0, 0, -rows / height, (-(minX - MARGIN_M) * columns) / width, ((maxY + MARGIN_M) * rows) / height)
    context.fillStyle = context.strokeStyle = '#ffffff'
    // The rings abut: a hairline closes the seams that smoothing leaves between them.
    context.lineWidth = 0.75 / pxPerM
    for (const ring of openings) {
      context.beginPath()
      for (let i = 0; i < ring.length; i += 2) context[i === 0 ? 'moveTo' : 'lineTo'](ring[i]!, ring[i + 1]!)
      context.closePath()
      context.fill()
      context.stroke()
    }
    this.texture.needsUpdate = true
    this.uniforms.uCutArea.value.set(minX - MARGIN_M, minY - MARGIN_M, 1 / width, 1 / height)
  }

  dispose(): void {
    this.texture.dispose()
  }
}

/** Declarations and test for a fragment shader: `isCutAway(place)`. */
export const CUT_MASK_GLSL = /* glsl */ `
uniform sampler2D uCutMask;
uniform vec4 uCutArea;
uniform float uCutSplit;
bool isCutAway(vec2 place) {
  if (uCutSplit > 0.0 && gl_FragCoord.x > uCutSplit) return false;
  vec2 at = (place - uCutArea.xy) * uCutArea.zw;
  if (uCutArea.z == 0.0 || any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(1.0)))) return false;
  return texture2D(uCutMask, at).r > 0.5;
}
`
