import { Color, LineBasicMaterial, ShaderMaterial, type IUniform } from 'three'
import { FINISH, LIGHTING } from './glsl.ts'
import type { SceneUniforms } from './scene-uniforms.ts'

export interface BuildingUniforms {
  readonly uWall: IUniform<Color>
  readonly uRoof: IUniform<Color>
  readonly uOpacity: IUniform<number>
}

const VERTEX = /* glsl */ `
attribute vec4 aDirection;
varying vec3 vPlace;
varying vec3 vNormal;
varying float vShare;
void main() {
  vPlace = position;
  vNormal = aDirection.xyz;
  vShare = aDirection.w;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
`

const FRAGMENT = /* glsl */ `
uniform vec3 uWall;
uniform vec3 uRoof;
uniform float uOpacity;
uniform float uReach;
varying vec3 vPlace;
varying vec3 vNormal;
varying float vShare;
${LIGHTING}

void main() {
  vec3 n = normalize(vNormal);
  // Darker towards the foot, as sky light is shut out between buildings.
  float open = mix(0.62, 1.0, smoothstep(0.0, 0.85, vShare));
  vec3 colour = lit(n.z > 0.5 ? uRoof : uWall, n) * open;
  float distance = length(cameraPosition - vPlace);
  float fog = fogAt(distance);
  // What stands before the eye makes way for what is looked at behind and below it.
  float near = mix(0.25, 1.0, smoothstep(0.55 * uReach, 1.25 * uReach, distance)) * smoothstep(3.0, 20.0, distance);
  gl_FragColor = vec4(mix(colour, uFogColour, fog), uOpacity * near);
  ${FINISH}
}
`

export const buildingMaterial = (shared: SceneUniforms, building: BuildingUniforms): ShaderMaterial => new ShaderMaterial({
  name: 'buildings', vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { ...shared, ...building }, transparent: true, depthWrite: false,
})

/** Depth first, so that a building shows its near faces alone through which the streets behind stay readable. */
export const buildingDepthMaterial = (): ShaderMaterial => new ShaderMaterial({
  name: 'buildings-depth', vertexShader: VERTEX, fragmentShader: 'void main() { gl_FragColor = vec4(0.0); }', colorWrite: false, transparent: true,
})

export const edgeMaterial = (): LineBasicMaterial => new LineBasicMaterial({ color: new Color(), transparent: true, opacity: 0.25, depthWrite: false, fog: false })
