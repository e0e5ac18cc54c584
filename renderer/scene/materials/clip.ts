/**
 * The section plane or box: up to six planes (unit normal into what is kept, and offset), view frame. Every material of
 * the network, the ground and what stands on it is cut by them; how many are in use is `uClipCount`.
 */
export const MOST_CLIP_PLANES = 6

export const CLIP_VERTEX = /* glsl */ `
varying vec3 vClipPlace;
void clipAt(vec3 place) {
  vClipPlace = place;
}
`

export const CLIP_FRAGMENT = /* glsl */ `
uniform vec4 uClip[${MOST_CLIP_PLANES}];
uniform int uClipCount;
varying vec3 vClipPlace;
void clipHere() {
  for (int i = 0; i < ${MOST_CLIP_PLANES}; i++) {
    if (i < uClipCount && dot(uClip[i].xyz, vClipPlace) + uClip[i].w < 0.0) discard;
  }
}
`
