import { DoubleSide, ShaderMaterial, type IUniform, type Texture, type Vector4 } from 'three'
import type { Color } from 'three'
import { CLIP_FRAGMENT, CLIP_VERTEX } from './clip.ts'
import { FINISH, LIGHTING } from './glsl.ts'
import { CUT_MASK_GLSL, type CutMaskUniforms } from '../excavation/cut-mask.ts'
import { NETWORK_STENCIL } from './network-stencil.ts'
import type { SceneUniforms } from './scene-uniforms.ts'

export interface GroundUniforms extends CutMaskUniforms {
  readonly uPaint: IUniform<Texture | null>
  /** Plan rectangle of the paint in the view frame: min x, min y, 1/width, 1/height. */
  readonly uPaintArea: IUniform<Vector4>
  readonly uOpacity: IUniform<number>
  readonly uContour: IUniform<Color>
  /** View z plus this is the level contours are counted from. */
  readonly uDatum: IUniform<number>
  /** Plan rectangle left out, view frame: min x, min y, max x, max y. */
  readonly uHole: IUniform<Vector4>
  /** 1: dissolves at the rim of its paint. */
  readonly uRimFade: IUniform<number>
}

const VERTEX = /* glsl */ `
varying vec3 vPlace;
varying vec3 vNormal;
${CLIP_VERTEX}
void main() {
  clipAt(position);
  vPlace = position;
  vNormal = normal;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
`

/** Where a finer patch of the ground takes over. */
const HOLE_GLSL = /* glsl */ `
uniform vec4 uHole;
bool isInHole(vec2 place) {
  return all(greaterThan(place, uHole.xy)) && all(lessThan(place, uHole.zw));
}
`

const FRAGMENT = /* glsl */ `
uniform sampler2D uPaint;
uniform vec4 uPaintArea;
uniform float uOpacity;
uniform vec3 uContour;
uniform float uDatum;
uniform float uRimFade;
varying vec3 vPlace;
varying vec3 vNormal;
${HOLE_GLSL}
${LIGHTING}
${CUT_MASK_GLSL}
${CLIP_FRAGMENT}

/** The tone mapping darkens dark colours to near black, which suits lines but hides a ground that wears its own: undone beforehand. */
vec3 beforeToe(vec3 colour) {
  float least = min(colour.r, min(colour.g, colour.b));
  float taken = least < 0.04 ? 0.4 * sqrt(max(least, 0.0)) - least : 0.04;
  return colour + taken * (1.0 - smoothstep(0.1, 0.4, least));
}

/** Coverage of the contour at multiples of step; gone where lines would run together. */
float contour(float level, float step) {
  float turns = level / step;
  float width = fwidth(turns);
  float near = abs(fract(turns - 0.5) - 0.5);
  float crowded = smoothstep(0.12, 0.3, width);
  float slope = smoothstep(2e-5, 2e-4, width); // water and slabs: a level surface has no contour
  return (1.0 - smoothstep(0.4 * width, 1.3 * width, near)) * (1.0 - crowded) * slope;
}

void main() {
  clipHere();
  if (isCutAway(vPlace.xy) || isInHole(vPlace.xy)) discard;
  vec3 n = normalize(vNormal);
  vec3 toEye = cameraPosition - vPlace;
  float distance = length(toEye);
  vec3 paint = texture2D(uPaint, (vPlace.xy - uPaintArea.xy) * uPaintArea.zw).rgb;
  float facing = abs(dot(n, toEye / distance));
  float level = vPlace.z + uDatum;
  // Metre lines close by, five-metre lines further on, none where they would be a texture.
  float lines = 0.07 * contour(level, 1.0) * (1.0 - smoothstep(60.0, 220.0, distance)) + 0.13 * contour(level, 5.0) * (1.0 - smoothstep(200.0, 900.0, distance));
  vec3 colour = mix(lit(paint, n), uContour, lines);
  // Looked at along the surface there is more of it in the way: hills close up, the ground underfoot opens.
  float grazing = pow(1.0 - facing, 3.0);
  float open = pow(uOpacity, 1.6);
  float alpha = open + (1.0 - open) * 0.7 * grazing * min(1.0, uOpacity * 2.0);
  if (!gl_FrontFacing) {
    colour *= 0.6;
    alpha *= 0.55;
  }
  // The sheet dissolves at its rim instead of ending like a table.
  vec2 inward = (0.5 - abs((vPlace.xy - uPaintArea.xy) * uPaintArea.zw - 0.5));
  alpha *= mix(1.0, smoothstep(0.0, 0.05, min(inward.x, inward.y)), uRimFade);
  #ifdef OVER_NETWORK
  alpha *= mix(0.3, 1.0, smoothstep(0.75, 1.0, uOpacity));
  #endif
  float fog = fogAt(distance);
  gl_FragColor = vec4(beforeToe(mix(colour, uFogColour, fog)), alpha);
  ${FINISH}
}
`

const OFFSET = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 2 } as const

/** See-through ground, thinner over the network than beside it. Drawn after `groundDepthMaterial`, so that only its nearest layer is blended, or writing depth itself. */
export const groundMaterial = (shared: SceneUniforms, ground: GroundUniforms, part: 'over' | 'beside', writesDepth: boolean): ShaderMaterial => new ShaderMaterial({
  name: `ground-${part}-network`, vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { ...shared, ...ground }, defines: part === 'over' ? { OVER_NETWORK: '' } : {},
  transparent: true, depthWrite: writesDepth, side: DoubleSide, ...OFFSET, ...(part === 'over' ? NETWORK_STENCIL.overNetwork : NETWORK_STENCIL.besideNetwork),
})

/** Depth of the ground alone; the offset keeps covers and kerbs on it from flickering. */
export const groundDepthMaterial = (shared: SceneUniforms, ground: CutMaskUniforms & Pick<GroundUniforms, 'uHole'>): ShaderMaterial => new ShaderMaterial({
  name: 'ground-depth', vertexShader: VERTEX, uniforms: { ...shared, uCutMask: ground.uCutMask, uCutArea: ground.uCutArea, uCutSplit: ground.uCutSplit, uHole: ground.uHole },
  fragmentShader: `varying vec3 vPlace;\n${HOLE_GLSL}\n${CLIP_FRAGMENT}\n${CUT_MASK_GLSL}\nvoid main() { clipHere(); if (isCutAway(vPlace.xy) || isInHole(vPlace.xy)) discard; gl_FragColor = vec4(0.0); }`,
  colorWrite: false, side: DoubleSide, transparent: true, ...OFFSET,
})
