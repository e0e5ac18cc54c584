import { CustomBlending, DstColorFactor, NoBlending, ShaderMaterial, Vector2, ZeroFactor, type DepthTexture, type IUniform, type Matrix4, type Texture } from 'three'

export interface ShadeUniforms {
  readonly uDepth: IUniform<DepthTexture | null>
  readonly uShade: IUniform<Texture | null>
  /** One over the size of the shade. */
  readonly uTexel: IUniform<Vector2>
  readonly uUnproject: IUniform<Matrix4>
  /** Metres that one pixel of the shade covers a metre before the eye. */
  readonly uPixel: IUniform<number>
  /** 0 none … 1. */
  readonly uStrength: IUniform<number>
}

const VERTEX = /* glsl */ `
varying vec2 vUv;
void main() {
  vUv = 0.5 * position.xy + 0.5;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}
`

const PLACE = /* glsl */ `
uniform highp sampler2D uDepth;
uniform vec2 uTexel;
uniform mat4 uUnproject;
varying vec2 vUv;
vec3 placeAt(vec2 uv) {
  vec4 place = uUnproject * vec4(vec3(uv, texture2D(uDepth, uv).r) * 2.0 - 1.0, 1.0);
  return place.xyz / place.w;
}
`

/**
 * How much of what surrounds a point stands before its surface, from the depths alone: points on a spiral around the pixel,
 * each counted by how far it rises over the tangent plane and how near it is (McGuire et al., The Alchemy screen-space ambient
 * obscurance algorithm, 2011).
 */
const LOOK = /* glsl */ `
uniform float uPixel;
${PLACE}
const float REACH_M = 0.9;
const float LEAST_PX = 3.0;
const float MOST_PX = 56.0;
void main() {
  if (texture2D(uDepth, vUv).r >= 1.0) {
    gl_FragColor = vec4(1.0);
    return;
  }
  vec3 p = placeAt(vUv);
  vec3 left = p - placeAt(vUv - vec2(uTexel.x, 0.0));
  vec3 right = placeAt(vUv + vec2(uTexel.x, 0.0)) - p;
  vec3 below = p - placeAt(vUv - vec2(0.0, uTexel.y));
  vec3 above = placeAt(vUv + vec2(0.0, uTexel.y)) - p;
  // Across an edge one of the two differences leads off the surface.
  vec3 n = normalize(cross(abs(left.z) < abs(right.z) ? left : right, abs(below.z) < abs(above.z) ? below : above));
  float distance = -p.z;
  float reachPx = clamp(REACH_M / (distance * uPixel), LEAST_PX, MOST_PX);
  float reachM = reachPx * distance * uPixel;
  float turn = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) * 6.2831853;
  float sum = 0.0;
  for (int i = 0; i < LOOKS; i++) {
    float share = (float(i) + 0.5) / float(LOOKS);
    float angle = turn + 2.3999632 * float(i);
    vec3 v = placeAt(vUv + uTexel * reachPx * sqrt(share) * vec2(cos(angle), sin(angle))) - p;
    sum += max(0.0, dot(v, n) - 0.0015 * distance - 0.01 * reachM) / (dot(v, v) + 0.02 * reachM * reachM);
  }
  gl_FragColor = vec4(vec3(max(0.0, 1.0 - 1.8 * reachM * sum / float(LOOKS))), 1.0);
}
`

/** The shade laid over the picture: its grain is averaged over four by four, across no edge. */
const LAY = /* glsl */ `
uniform sampler2D uShade;
uniform float uStrength;
${PLACE}
void main() {
  if (texture2D(uDepth, vUv).r >= 1.0) discard;
  float z = placeAt(vUv).z;
  float sum = 0.0;
  float weights = 0.0;
  for (int i = 0; i < 16; i++) {
    vec2 uv = vUv + uTexel * (vec2(i % 4, i / 4) - 1.5);
    float weight = 1e-4 + max(0.0, 1.0 - abs(placeAt(uv).z - z) / (0.01 * abs(z) + 0.15));
    sum += weight * texture2D(uShade, uv).r;
    weights += weight;
  }
  gl_FragColor = vec4(vec3(mix(1.0, sum / weights, uStrength)), 1.0);
}
`

export const lookMaterial = (uniforms: ShadeUniforms, looks: number): ShaderMaterial =>
  new ShaderMaterial({ name: 'shade-look', vertexShader: VERTEX, fragmentShader: LOOK, uniforms: { ...uniforms }, defines: { LOOKS: looks }, blending: NoBlending, depthTest: false, depthWrite: false })

export const layMaterial = (uniforms: ShadeUniforms): ShaderMaterial => new ShaderMaterial({
  name: 'shade-lay', vertexShader: VERTEX, fragmentShader: LAY, uniforms: { ...uniforms }, depthTest: false, depthWrite: false, transparent: true,
  blending: CustomBlending, blendSrc: DstColorFactor, blendDst: ZeroFactor,
})
