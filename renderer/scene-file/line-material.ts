import { BackSide, Color, FrontSide, MeshBasicMaterial, MeshLambertMaterial, type Material } from 'three'

/** Size of a pixel at a distance of one metre; follows the picture's height. */
export const pixelM = { value: 0.001 }
/** Lines are never thinner than about this, however far away. */
const LEAST_HALF_PX = 0.8

/** Body of lines: lit, and wide enough to be seen from anywhere. */
export const bodyMaterial = (colour: string): MeshLambertMaterial => widened(new MeshLambertMaterial({ color: colour, side: FrontSide }), LEAST_HALF_PX)

/** What is seen where a line is cut open, or from its end: its inside in one flat tone, so that a section shows full sections. */
export const insideMaterial = (colour: string): MeshBasicMaterial => widened(new MeshBasicMaterial({ color: new Color(colour).lerp(new Color('#10161d'), 0.35), side: BackSide }), LEAST_HALF_PX)

/** A rim around what is planned, seen through everything. */
export const rimMaterial = (): MeshBasicMaterial => widened(new MeshBasicMaterial({ color: '#10161d', side: BackSide, depthWrite: false }), LEAST_HALF_PX + 1.6)

function widened<M extends Material>(material: M, leastPx: number): M {
  material.onBeforeCompile = shader => {
    shader.uniforms['uPixelM'] = pixelM
    shader.vertexShader = `uniform float uPixelM;\nattribute vec3 spread;\n${shader.vertexShader}`.replace(
      '#include <begin_vertex>',
      `#include <begin_vertex>\n  transformed += spread * uPixelM * ${leastPx.toFixed(2)} * distance(cameraPosition, (modelMatrix * vec4(position, 1.0)).xyz);`,
    )
  }
  // Programs are shared by what they are compiled from: the replaced text must count.
  material.customProgramCacheKey = () => `widened ${leastPx}`
  return material
}
