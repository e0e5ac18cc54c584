import type { Color} from 'three';
import { ShaderMaterial, type IUniform } from 'three'
import { CLIP_FRAGMENT, CLIP_VERTEX } from './clip.ts'
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
${CLIP_VERTEX}
void main() {
  clipAt(position);
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
${CLIP_FRAGMENT}

void main() {
  clipHere();
  vec3 n = normalize(vNormal);
  vec3 colour = lit(n.z > 0.5 ? uRoof : uWall, n);
  // Masses of glass: clear at the foot, where lines run past, and denser towards the eaves, which say how high they stand.
  float body = n.z > 0.5 ? 0.8 : mix(0.12, 1.0, vShare * vShare);
  float distance = length(cameraPosition - vPlace);
  float fog = fogAt(distance);
  // What stands before the eye makes way for what is looked at behind and below it.
  float near = mix(0.25, 1.0, smoothstep(0.55 * uReach, 1.25 * uReach, distance)) * smoothstep(3.0, 20.0, distance);
  gl_FragColor = vec4(mix(colour, uFogColour, fog), uOpacity * near * body);
  ${FINISH}
}
`

export const buildingMaterial = (shared: SceneUniforms, building: BuildingUniforms): ShaderMaterial => new ShaderMaterial({
  name: 'buildings', vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { ...shared, ...building }, transparent: true, depthWrite: false,
})

/** Depth first, so that a building shows its near faces alone through which the streets behind stay readable. */
export const buildingDepthMaterial = (shared: SceneUniforms): ShaderMaterial => new ShaderMaterial({
  name: 'buildings-depth', vertexShader: VERTEX, fragmentShader: `${CLIP_FRAGMENT} void main() { clipHere(); gl_FragColor = vec4(0.0); }`, uniforms: { ...shared }, colorWrite: false, transparent: true,
  // Pushed back a hair, so that the edges on it are drawn whole.
  polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 4,
})

export interface EdgeUniforms {
  readonly uEdge: IUniform<Color>
  readonly uEdgeOpacity: IUniform<number>
}

/** Eaves and corners as hairlines that fade into the haze. */
export const edgeMaterial = (shared: SceneUniforms, edge: EdgeUniforms): ShaderMaterial => new ShaderMaterial({
  name: 'building-edges', uniforms: { ...shared, ...edge }, transparent: true, depthWrite: false,
  vertexShader: /* glsl */ `
    varying float vDistance;
    ${CLIP_VERTEX}
    void main() {
      clipAt(position);
      vDistance = length(cameraPosition - position);
      gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
    }
  `,
  fragmentShader: /* glsl */ `
    uniform vec3 uEdge;
    uniform float uEdgeOpacity;
    uniform float uReach;
    varying float vDistance;
    ${LIGHTING}
    ${CLIP_FRAGMENT}
    void main() {
      clipHere();
      float near = mix(0.35, 1.0, smoothstep(0.55 * uReach, 1.25 * uReach, vDistance)) * smoothstep(3.0, 20.0, vDistance);
      gl_FragColor = vec4(uEdge, uEdgeOpacity * near * (1.0 - fogAt(0.8 * vDistance)));
      ${FINISH}
    }
  `,
})
