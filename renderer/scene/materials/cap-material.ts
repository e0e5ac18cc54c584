import { DoubleSide, ShaderMaterial, type Color, type IUniform } from 'three'
import { CLIP_FRAGMENT, CLIP_VERTEX } from './clip.ts'
import { FINISH } from './glsl.ts'
import type { SceneUniforms } from './scene-uniforms.ts'

const VERTEX = /* glsl */ `
#ifndef RIM
attribute vec3 aColour;
varying vec3 vColour;
#endif
${CLIP_VERTEX}
void main() {
  #ifndef RIM
  vColour = aColour;
  #endif
  clipAt(position);
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
`

const FRAGMENT = /* glsl */ `
uniform vec3 uRim;
#ifndef RIM
varying vec3 vColour;
#endif
${CLIP_FRAGMENT}
void main() {
  clipHere();
  #ifdef RIM
  gl_FragColor = vec4(uRim, 1.0);
  #else
  // Hatched as a cut is on a drawing: strokes of a fixed width on the screen, at forty-five degrees.
  float stroke = mod(gl_FragCoord.x + gl_FragCoord.y, 7.0) < 2.0 ? 1.0 : 0.0;
  gl_FragColor = vec4(mix(vColour, uRim, 0.4 * stroke), 1.0);
  #endif
  ${FINISH}
}
`

/** Cut surfaces of a section, or their rims. */
export const capMaterial = (part: 'surface' | 'rim', shared: SceneUniforms, rim: IUniform<Color>): ShaderMaterial => new ShaderMaterial({
  name: `cap-${part}`, vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { ...shared, uRim: rim }, defines: part === 'rim' ? { RIM: '' } : {}, side: DoubleSide,
})
