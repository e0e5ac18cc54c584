import { FrontSide, ShaderMaterial } from 'three'
import { CLIP_FRAGMENT, CLIP_VERTEX } from './clip.ts'
import { FINISH, LIGHTING } from './glsl.ts'
import { ITEM_FINISH, ITEM_LOOK, type ItemPass, type ItemUniforms } from './item-look.ts'
import { NETWORK_STENCIL } from './network-stencil.ts'
import type { SceneUniforms } from './scene-uniforms.ts'

const VERTEX = /* glsl */ `
attribute vec4 aDirection;
attribute float aItem;
uniform float uPixel;
varying vec3 vColour;
varying vec3 vNormal;
varying float vDistance;
varying float vGuess;
${ITEM_LOOK}
${CLIP_VERTEX}

void main() {
  int item = int(aItem + 0.5);
  ivec2 cell = itemCell(item);
  vec4 state = texelFetch(uState, cell, 0);
  if (isLeftOut(state)) {
    gl_Position = NOWHERE;
    return;
  }
  float radius = texelFetch(uRadius, cell, 0).r;
  vec3 place = (modelMatrix * vec4(position, 1.0)).xyz;
  vDistance = length(cameraPosition - place);
  // Never thinner than about a pixel and a half, so that a cable does not flicker away in the distance.
  vNormal = aDirection.xyz;
  place += vNormal * max(0.0, 0.75 * uPixel * vDistance - radius);
  vColour = itemColour(state, item);
  vGuess = levelGuess(state, 2.0 * radius / (uPixel * vDistance));
  clipAt(place);
  gl_Position = projectionMatrix * viewMatrix * vec4(place, 1.0);
}
`

const FRAGMENT = /* glsl */ `
varying vec3 vColour;
varying vec3 vNormal;
varying float vDistance;
${LIGHTING}
${ITEM_FINISH}
${CLIP_FRAGMENT}

void main() {
  clipHere();
  leaveGaps();
  gl_FragColor = finished(vColour, normalize(vNormal), vDistance);
  ${FINISH}
}
`

/** Tubes, boxes and node bodies near the eye. */
export function itemMaterial(pass: ItemPass, shared: SceneUniforms, items: ItemUniforms): ShaderMaterial {
  const ghost = pass === 'ghost'
  return new ShaderMaterial({
    name: `items-${pass}`, vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { ...shared, ...items },
    defines: { ...(ghost && { GHOST: '' }) }, side: FrontSide, transparent: ghost, depthWrite: !ghost, ...(!ghost && NETWORK_STENCIL.write),
  })
}
