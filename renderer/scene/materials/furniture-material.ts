import { ShaderMaterial, type Color, type IUniform } from 'three'
import { CLIP_FRAGMENT, CLIP_VERTEX } from './clip.ts'
import { FINISH, LIGHTING } from './glsl.ts'
import type { SceneUniforms } from './scene-uniforms.ts'

export interface FurnitureUniforms {
  readonly uTree: IUniform<Color>
  readonly uPole: IUniform<Color>
  readonly uOpacity: IUniform<number>
}

const VERTEX = /* glsl */ `
attribute vec4 aDirection;
varying vec3 vPlace;
varying vec3 vNormal;
varying float vPart;
${CLIP_VERTEX}
void main() {
  clipAt(position);
  vPlace = position;
  vNormal = aDirection.xyz;
  vPart = aDirection.w;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
`

const FRAGMENT = /* glsl */ `
uniform vec3 uTree;
uniform vec3 uPole;
uniform float uOpacity;
varying vec3 vPlace;
varying vec3 vNormal;
varying float vPart;
${LIGHTING}
${CLIP_FRAGMENT}

void main() {
  clipHere();
  float distance = length(cameraPosition - vPlace);
  vec3 colour = mix(lit(mix(uTree, uPole, vPart), normalize(vNormal)), uFogColour, fogAt(distance));
  gl_FragColor = vec4(colour, uOpacity * smoothstep(2.0, 12.0, distance));
  ${FINISH}
}
`

/** Drawn after the ground, so that what stands behind a hill is hidden by it. */
export const furnitureMaterial = (shared: SceneUniforms, furniture: FurnitureUniforms): ShaderMaterial => new ShaderMaterial({
  name: 'furniture', vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { ...shared, ...furniture }, transparent: true, depthWrite: false,
})
