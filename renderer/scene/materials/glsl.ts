/** Light and fog every material shares. Normals and positions in the view frame (meshes are only shifted, never turned). */
export const LIGHTING = /* glsl */ `
uniform vec3 uSkyLight;
uniform vec3 uGroundLight;
uniform vec3 uSunLight;
uniform vec3 uSunDirection;
uniform vec3 uFogColour;
uniform float uFogDensity;

vec3 lit(vec3 base, vec3 n) {
  vec3 ambient = mix(uGroundLight, uSkyLight, 0.5 + 0.5 * n.z);
  return base * (ambient + uSunLight * max(dot(n, uSunDirection), 0.0));
}
float fogAt(float distance) {
  float d = distance * uFogDensity;
  return 1.0 - exp(-d * d);
}
`

/** Output steps of three's own materials, so that tone and colour space agree with them. */
export const FINISH = /* glsl */ `
#include <tonemapping_fragment>
#include <colorspace_fragment>
`
