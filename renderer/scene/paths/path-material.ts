import { BackSide, FrontSide, GreaterDepth, LessEqualDepth, ShaderMaterial, type Color, type DataTexture, type IUniform } from 'three'
import { CLIP_FRAGMENT, CLIP_VERTEX } from '../materials/clip.ts'
import { FINISH, LIGHTING } from '../materials/glsl.ts'
import type { SceneUniforms } from '../materials/scene-uniforms.ts'
import { TINT_ROW } from './tint-texture.ts'

export interface PathUniforms {
  readonly uTints: IUniform<DataTexture | null>
  readonly uOutline: IUniform<Color>
  /** Width of the outline, pixels; 0 for none. */
  readonly uOutlinePx: IUniform<number>
  /** Side of the squares that dash the outline, pixels; 0 for a whole one. */
  readonly uDashPx: IUniform<number>
  /** Strength where the path is hidden behind something. */
  readonly uHidden: IUniform<number>
}

/** Body, then its outline, then what shows of it through whatever lies before it. */
export type PathPass = 'body' | 'outline' | 'hidden'

const VERTEX = /* glsl */ `
attribute vec4 aDirection;
attribute float aItem;
uniform sampler2D uTints;
uniform float uPixel;
uniform float uOutlinePx;
varying vec4 vTint;
varying vec3 vNormal;
varying float vDistance;
${CLIP_VERTEX}
void main() {
  int item = int(aItem + 0.5);
  vTint = texelFetch(uTints, ivec2(item % ${TINT_ROW}, item / ${TINT_ROW}), 0);
  vNormal = aDirection.xyz;
  vDistance = length(cameraPosition - position);
  clipAt(position);
  // At least two pixels wide anywhere: what is being planned must not vanish.
  vec3 place = position + vNormal * 0.8 * uPixel * vDistance;
  #ifdef OUTLINE
  place += vNormal * uOutlinePx * uPixel * vDistance;
  #endif
  gl_Position = projectionMatrix * viewMatrix * vec4(place, 1.0);
}
`

const FRAGMENT = /* glsl */ `
uniform vec3 uOutline;
uniform float uDashPx;
uniform float uHidden;
varying vec4 vTint;
varying vec3 vNormal;
varying float vDistance;
${LIGHTING}
${CLIP_FRAGMENT}
void main() {
  clipHere();
  vec3 n = normalize(vNormal);
  #ifdef OUTLINE
  // A chequer of small squares dashes the rim whatever way the line runs.
  if (uDashPx > 0.0 && mod(floor(gl_FragCoord.x / uDashPx) + floor(gl_FragCoord.y / uDashPx), 2.0) > 0.5) discard;
  gl_FragColor = vec4(uOutline, vTint.a * 0.9);
  #else
  vec3 colour = vTint.rgb * 0.35 + lit(vTint.rgb, n) * 0.75;
  #ifdef HIDDEN
  gl_FragColor = vec4(colour, uHidden * vTint.a);
  #else
  gl_FragColor = vec4(mix(colour, uFogColour, 0.3 * fogAt(vDistance)), vTint.a);
  #endif
  #endif
  ${FINISH}
}
`

/** @param isCut Whether the section plane or box takes off what lies beyond it, as of the network; its own rim, marks and drafts stay whole. */
export function pathMaterial(pass: PathPass, shared: SceneUniforms, path: PathUniforms, isCut = false): ShaderMaterial {
  return new ShaderMaterial({
    name: `path-${pass}`,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { ...shared, ...path, ...(!isCut && { uClipCount: { value: 0 } }) },
    defines: { ...(pass === 'outline' && { OUTLINE: '' }), ...(pass === 'hidden' && { HIDDEN: '' }) },
    transparent: true,
    side: pass === 'outline' ? BackSide : FrontSide,
    depthWrite: pass === 'body',
    depthFunc: pass === 'hidden' ? GreaterDepth : LessEqualDepth,
  })
}
