import { DoubleSide, FrontSide, ShaderMaterial, type DataTexture, type IUniform } from 'three'
import { APPEARANCE_ROW, ITEM_FLAGS, ITEM_TRAITS } from '../appearance/item-flags.ts'
import type { TileForm } from '../tiles/tile-mesh.ts'
import { FINISH, LIGHTING } from './glsl.ts'
import type { SceneUniforms } from './scene-uniforms.ts'

export interface ItemUniforms {
  readonly uState: IUniform<DataTexture | null>
  readonly uRadius: IUniform<DataTexture | null>
}

/** Solids draw what is in focus, ghosts what has receded; two materials so that ghosts can be seen through. */
export type ItemPass = 'plain' | 'ghost'

const VERTEX = /* glsl */ `
attribute vec4 aDirection;
attribute float aItem;
uniform highp sampler2D uState;
uniform highp sampler2D uRadius;
uniform sampler2D uPalette;
uniform float uPixel;
uniform vec3 uConcrete;
uniform vec3 uAccent;
varying vec3 vColour;
varying vec3 vNormal;
varying float vDistance;
#ifdef RIBBON
varying vec3 vAcross;
varying float vSide;
#endif

void main() {
  int item = int(aItem + 0.5);
  ivec2 cell = ivec2(item % ${APPEARANCE_ROW}, item / ${APPEARANCE_ROW});
  vec4 state = texelFetch(uState, cell, 0);
  int flags = int(state.g * 255.0 + 0.5);
  int traits = int(state.b * 255.0 + 0.5);
  #ifdef GHOST
  bool skip = (flags & ${ITEM_FLAGS.ghost}) == 0;
  #else
  bool skip = (flags & ${ITEM_FLAGS.ghost}) != 0;
  #endif
  if (skip || (flags & ${ITEM_FLAGS.hidden}) != 0) {
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0); // outside the clip volume: the whole triangle goes
    return;
  }
  float radius = texelFetch(uRadius, cell, 0).r;
  vec3 place = (modelMatrix * vec4(position, 1.0)).xyz;
  vec3 toEye = cameraPosition - place;
  vDistance = length(toEye);
  // Never thinner than about a pixel and a half, so that a cable does not flicker away in the distance.
  float least = 0.75 * uPixel * vDistance;
  #ifdef RIBBON
  vec3 across = cross(aDirection.xyz, toEye);
  float size = length(across);
  across = size > 1e-5 ? across / size : vec3(1.0, 0.0, 0.0);
  vAcross = across;
  vSide = aDirection.w;
  vNormal = normalize(cross(across, aDirection.xyz));
  if (dot(vNormal, toEye) < 0.0) vNormal = -vNormal;
  place += across * aDirection.w * max(radius, least);
  #else
  vNormal = aDirection.xyz;
  place += vNormal * max(0.0, least - radius);
  #endif

  vec3 colour = texelFetch(uPalette, ivec2(int(state.r * 255.0 + 0.5), 0), 0).rgb;
  if ((traits & ${ITEM_TRAITS.node}) != 0) colour = mix(colour, uConcrete, 0.62);
  if ((traits & ${ITEM_TRAITS.outOfUse}) != 0) colour = mix(colour, vec3(dot(colour, vec3(0.3, 0.6, 0.1))), 0.75);
  if ((traits & ${ITEM_TRAITS.planned}) != 0) colour = mix(colour, vec3(1.0), 0.25);
  if ((flags & ${ITEM_FLAGS.selected}) != 0) colour = mix(colour, uAccent, 0.35) * 1.25;
  else if ((flags & ${ITEM_FLAGS.hovered}) != 0) colour = mix(colour, vec3(1.0), 0.3);
  vColour = colour;
  gl_Position = projectionMatrix * viewMatrix * vec4(place, 1.0);
}
`

const FRAGMENT = /* glsl */ `
varying vec3 vColour;
varying vec3 vNormal;
varying float vDistance;
#ifdef RIBBON
varying vec3 vAcross;
varying float vSide;
#endif
${LIGHTING}

void main() {
  #ifdef RIBBON
  vec3 n = normalize(vAcross * vSide + vNormal * sqrt(max(0.0, 1.0 - vSide * vSide)));
  #else
  vec3 n = normalize(vNormal);
  #endif
  // Partly light of its own: the network is the subject, and lies in the shade of the ground it is seen through.
  vec3 colour = mix(lit(vColour, n) * 0.8 + vColour * 0.35, uFogColour, fogAt(vDistance));
  #ifdef GHOST
  gl_FragColor = vec4(mix(colour, uFogColour, 0.55), 0.16);
  #else
  gl_FragColor = vec4(colour, 1.0);
  #endif
  ${FINISH}
}
`

/** Material of assets and nodes for one form of tile and one pass. */
export function itemMaterial(form: TileForm, pass: ItemPass, shared: SceneUniforms, items: ItemUniforms): ShaderMaterial {
  const ghost = pass === 'ghost'
  return new ShaderMaterial({
    name: `items-${form}-${pass}`,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { ...shared, ...items },
    defines: { ...(form === 'ribbon' && { RIBBON: '' }), ...(ghost && { GHOST: '' }) },
    side: form === 'ribbon' ? DoubleSide : FrontSide,
    transparent: ghost,
    depthWrite: !ghost,
  })
}
