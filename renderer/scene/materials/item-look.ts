import type { DataTexture, IUniform, Vector2 } from 'three'
import { APPEARANCE_ROW, ITEM_FLAGS, ITEM_TRAITS } from '../appearance/item-flags.ts'

export interface ItemUniforms {
  readonly uState: IUniform<DataTexture | null>
  readonly uRadius: IUniform<DataTexture | null>
  /** Colour per class of the scheme in use. */
  readonly uPalette: IUniform<DataTexture | null>
  /** Items selected and pointed at, −1 for none: a hover writes two numbers, not a million texels. */
  readonly uPicked: IUniform<Vector2>
}

/** Solids draw what is in focus, ghosts what has receded; two materials so that ghosts can be seen through. */
export type ItemPass = 'plain' | 'ghost'

/** Vertex shader part: where an item's texel is, whether this pass leaves it out, and the colour it has now. */
export const ITEM_LOOK = /* glsl */ `
uniform highp sampler2D uState;
uniform highp sampler2D uRadius;
uniform highp sampler2D uPalette;
uniform vec3 uConcrete;
uniform vec3 uAccent;
uniform highp vec2 uPicked;

ivec2 itemCell(int item) {
  return ivec2(item % ${APPEARANCE_ROW}, item / ${APPEARANCE_ROW});
}
bool isLeftOut(vec4 state) {
  int flags = int(state.g * 255.0 + 0.5);
  #ifdef GHOST
  bool other = (flags & ${ITEM_FLAGS.ghost}) == 0;
  #else
  bool other = (flags & ${ITEM_FLAGS.ghost}) != 0;
  #endif
  return other || (flags & ${ITEM_FLAGS.hidden}) != 0;
}
vec3 itemColour(vec4 state, int item) {
  int traits = int(state.b * 255.0 + 0.5);
  vec3 colour = texelFetch(uPalette, ivec2(int(state.r * 255.0 + 0.5), 0), 0).rgb;
  if ((traits & ${ITEM_TRAITS.node}) != 0) colour = mix(colour, uConcrete, 0.55);
  if ((traits & ${ITEM_TRAITS.outOfUse}) != 0) colour = mix(colour, vec3(dot(colour, vec3(0.3, 0.6, 0.1))), 0.75);
  if ((traits & ${ITEM_TRAITS.planned}) != 0) colour = mix(colour, vec3(1.0), 0.25);
  if (item == int(uPicked.x)) colour = mix(colour, uAccent, 0.35) * 1.25;
  else if (item == int(uPicked.y)) colour = mix(colour, vec3(1.0), 0.45);
  return colour;
}
// Pixels of the hatch's gaps where nobody surveyed how deep the item lies, 0 elsewhere. Thin lines are dotted lightly, or they would fall to pieces.
float levelGuess(vec4 state, float widthPx) {
  return (int(state.b * 255.0 + 0.5) & ${ITEM_TRAITS.levelAssumed}) != 0 ? mix(2.5, 5.0, smoothstep(3.0, 8.0, widthPx)) : 0.0;
}
const vec4 NOWHERE = vec4(0.0, 0.0, 2.0, 1.0); // outside the clip volume: the whole triangle goes
`

/** Fragment shader part: what a lit surface of the network ends as. */
export const ITEM_FINISH = /* glsl */ `
uniform vec2 uGhost;
varying float vGuess;
/** Hatched in the picture, as a drawing dashes what nobody has seen. Gaps of two directions at once: no line runs along both. */
void leaveGaps() {
  if (vGuess > 0.5 && mod(gl_FragCoord.x + gl_FragCoord.y, 10.0) < vGuess && mod(gl_FragCoord.x - gl_FragCoord.y, 10.0) < vGuess) discard;
}
vec4 finished(vec3 base, vec3 n, float distance) {
  // Mostly light of its own: the network is the subject, and lies in the shade of the ground it is seen through.
  vec3 colour = mix(lit(base, n) * 0.62 + base * 0.5, uFogColour, 0.92 * fogAt(distance));
  #ifdef GHOST
  return vec4(mix(colour, uFogColour, uGhost.x), uGhost.y);
  #else
  return vec4(colour, 1.0);
  #endif
}
`
