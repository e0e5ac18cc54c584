import { FrontSide, ShaderMaterial, type Color, type IUniform } from 'three'
import { CLIP_FRAGMENT, CLIP_VERTEX } from '../materials/clip.ts'
import { FINISH, LIGHTING } from '../materials/glsl.ts'
import type { SceneUniforms } from '../materials/scene-uniforms.ts'

export interface SoilUniforms {
  readonly uSoil: IUniform<Color>
  readonly uSoilDeep: IUniform<Color>
  /** View z of the ground about there, so that layers lie with the slope's own level. */
  readonly uDraft: IUniform<number>
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

/** Soil as one cuts it: layers with soft wavy borders, grains, stones; levels are in the layers, so depth can be read off the wall. */
const FRAGMENT = /* glsl */ `
uniform vec3 uSoil;
uniform vec3 uSoilDeep;
uniform float uDraft;
uniform vec3 uAccent;
varying vec3 vPlace;
varying vec3 vNormal;
${LIGHTING}
${CLIP_FRAGMENT}
float hash(vec3 p) { return fract(sin(dot(floor(p), vec3(12.9898, 78.233, 37.719))) * 43758.5453); }
float noise(vec3 p) {
  vec3 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  vec3 i = floor(p);
  float a = mix(mix(hash(i), hash(i + vec3(1, 0, 0)), f.x), mix(hash(i + vec3(0, 1, 0)), hash(i + vec3(1, 1, 0)), f.x), f.y);
  float b = mix(mix(hash(i + vec3(0, 0, 1)), hash(i + vec3(1, 0, 1)), f.x), mix(hash(i + vec3(0, 1, 1)), hash(i + vec3(1, 1, 1)), f.x), f.y);
  return mix(a, b, f.z);
}
void main() {
  clipHere();
  vec3 n = normalize(vNormal);
  float distance = length(cameraPosition - vPlace);
  float fine = 1.0 - smoothstep(20.0, 140.0, distance);
  float wavy = vPlace.z + 0.35 * noise(vPlace * 0.23) + 0.12 * noise(vPlace * 0.9);
  float layer = hash(vec3(floor(wavy / 0.8), 3.0, 7.0));
  float bands = 0.5 + 0.5 * smoothstep(0.35, 0.65, noise(vec3(vPlace.xy * 0.05, wavy * 1.7)));
  vec3 colour = mix(uSoilDeep, uSoil, 0.25 + 0.45 * layer + 0.3 * bands);
  float grain = noise(vPlace * 9.0) * 0.6 + noise(vPlace * 27.0) * 0.4;
  colour *= 1.0 + fine * 0.28 * (grain - 0.5);
  float stone = smoothstep(0.83, 0.88, noise(vPlace * 3.1));
  colour = mix(colour, uSoil * 1.25, fine * 0.5 * stone);
  // A thin dark line at every metre of level on the sides.
  float turns = vPlace.z;
  float side = 1.0 - smoothstep(0.6, 0.95, abs(n.z));
  float line = 1.0 - smoothstep(0.0, 1.5 * fwidth(turns), abs(fract(turns - 0.5) - 0.5));
  colour *= 1.0 - 0.25 * side * line * fine;
  colour = mix(colour, uAccent, 0.14 * uDraft);
  vec3 shown = lit(colour, n);
  gl_FragColor = vec4(mix(shown, uFogColour, fogAt(distance)), 1.0);
  ${FINISH}
}
`

/** Floor and sides of a cut, seen from inside it only: from without one looks into the pit through its walls. */
export const soilMaterial = (shared: SceneUniforms, own: SoilUniforms): ShaderMaterial =>
  new ShaderMaterial({ name: 'soil', vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { ...shared, ...own }, side: FrontSide })
