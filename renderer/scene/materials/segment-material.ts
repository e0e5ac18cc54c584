import { DoubleSide, ShaderMaterial, type DataTexture, type IUniform } from 'three'
import { SEGMENT_ROW } from '../tiles/segment-words.ts'
import { CLIP_FRAGMENT, CLIP_VERTEX } from './clip.ts'
import { FINISH, LIGHTING } from './glsl.ts'
import { ITEM_FINISH, ITEM_LOOK, type ItemPass, type ItemUniforms } from './item-look.ts'
import { NETWORK_STENCIL } from './network-stencil.ts'
import type { SceneUniforms } from './scene-uniforms.ts'

export interface SegmentUniforms extends ItemUniforms {
  /** The packed segments (segment-words.ts). */
  readonly uSegments: IUniform<DataTexture | null>
  /** Per tile: low corner and metres a step. */
  readonly uBoxes: IUniform<DataTexture | null>
  readonly uItemBits: IUniform<number>
}

/** Ribbons of two triangles facing the eye, shaded as cylinders; or, where every pixel is drawn by the processor, plain lines. */
export type SegmentForm = 'ribbon' | 'line'
/** Vertices pulled a segment. */
export const VERTICES_A_SEGMENT: Readonly<Record<SegmentForm, number>> = { ribbon: 6, line: 2 }

const VERTEX = /* glsl */ `
uniform highp usampler2D uSegments;
uniform highp sampler2D uBoxes;
uniform int uItemBits;
uniform float uPixel;
varying vec3 vColour;
varying vec3 vNormal;
varying float vDistance;
varying float vGuess;
#ifndef LINE
varying vec3 vAcross;
varying float vSide;
#endif
${ITEM_LOOK}
${CLIP_VERTEX}

void main() {
  int segment = gl_VertexID / VERTICES;
  uvec4 w = texelFetch(uSegments, ivec2(segment % ${SEGMENT_ROW}, segment / ${SEGMENT_ROW}), 0);
  // Not brought to the graphics yet: runs of tiles are drawn along with what lies between them.
  if (w == uvec4(0u)) {
    gl_Position = NOWHERE;
    return;
  }
  int item = int(w.w & ((1u << uint(uItemBits)) - 1u));
  ivec2 cell = itemCell(item);
  vec4 state = texelFetch(uState, cell, 0);
  if (isLeftOut(state)) {
    gl_Position = NOWHERE;
    return;
  }
  vec4 box = texelFetch(uBoxes, ivec2(int(w.w >> uint(uItemBits)), 0), 0);
  vec3 a = box.xyz + box.w * vec3(float(w.x & 65535u), float(w.x >> 16), float(w.y & 65535u));
  vec3 b = box.xyz + box.w * vec3(float(w.y >> 16), float(w.z & 65535u), float(w.z >> 16));
  float radius = texelFetch(uRadius, cell, 0).r;
  #ifdef LINE
  vec3 place = (gl_VertexID & 1) == 0 ? a : b;
  vDistance = length(cameraPosition - place);
  vNormal = vec3(0.0, 0.0, 1.0);
  #else
  int corner = gl_VertexID % 6;
  corner = corner == 3 ? 2 : corner == 4 ? 1 : corner == 5 ? 3 : corner;
  vec3 along = b - a;
  float reach = length(along);
  along = reach > 1e-6 ? along / reach : vec3(1.0, 0.0, 0.0);
  vec3 place = corner < 2 ? a : b;
  vec3 toEye = cameraPosition - place;
  vDistance = length(toEye);
  // Never thinner than about a pixel and a half, so that a cable does not flicker away in the distance.
  float halfM = max(radius, 0.75 * uPixel * vDistance);
  // Ends reach into each other, so that bends show no gap.
  place += along * (corner < 2 ? -0.4 : 0.4) * halfM;
  vec3 across = cross(along, toEye);
  float size = length(across);
  across = size > 1e-5 ? across / size : vec3(1.0, 0.0, 0.0);
  vAcross = across;
  vSide = (corner & 1) == 0 ? -1.0 : 1.0;
  vNormal = normalize(cross(across, along));
  if (dot(vNormal, toEye) < 0.0) vNormal = -vNormal;
  place += across * vSide * halfM;
  #endif
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
#ifndef LINE
varying vec3 vAcross;
varying float vSide;
#endif
${LIGHTING}
${ITEM_FINISH}
${CLIP_FRAGMENT}

void main() {
  clipHere();
  leaveGaps();
  #ifdef LINE
  vec3 n = vNormal;
  #else
  vec3 n = normalize(vAcross * vSide + vNormal * sqrt(max(0.0, 1.0 - vSide * vSide)));
  #endif
  gl_FragColor = finished(vColour, n, vDistance);
  ${FINISH}
}
`

/** Whatever is drawn of the network beyond the near tubes. */
export function segmentMaterial(form: SegmentForm, pass: ItemPass, shared: SceneUniforms, segments: SegmentUniforms): ShaderMaterial {
  const ghost = pass === 'ghost'
  return new ShaderMaterial({
    name: `segments-${form}-${pass}`,
    vertexShader: VERTEX.replace('VERTICES', String(VERTICES_A_SEGMENT[form])),
    fragmentShader: FRAGMENT,
    uniforms: { ...shared, ...segments },
    defines: { ...(form === 'line' && { LINE: '' }), ...(ghost && { GHOST: '' }) },
    side: DoubleSide,
    transparent: ghost,
    depthWrite: !ghost,
    ...(!ghost && NETWORK_STENCIL.write),
  })
}
