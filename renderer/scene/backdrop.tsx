import { useEffect, useMemo } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color, ShaderMaterial } from 'three'
import { RENDER_ORDER } from './layers.ts'
import type { SceneColours } from './scene-colours.ts'

const VERTEX = /* glsl */ `
varying vec3 vRay;
void main() {
  vec4 far = inverse(projectionMatrix) * vec4(position.xy, 1.0, 1.0);
  vRay = (inverse(viewMatrix) * vec4(far.xyz / far.w, 0.0)).xyz;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
`

const FRAGMENT = /* glsl */ `
uniform vec3 uZenith;
uniform vec3 uHorizon;
uniform vec3 uNadir;
varying vec3 vRay;
void main() {
  float height = normalize(vRay).z;
  vec3 colour = height > 0.0 ? mix(uHorizon, uZenith, smoothstep(0.0, 0.55, height)) : mix(uHorizon, uNadir, smoothstep(0.0, 0.7, -height));
  gl_FragColor = vec4(colour, 1.0);
  #include <colorspace_fragment>
}
`

/** A sky that darkens upwards and an earth that darkens downwards, meeting in the colour of the haze. */
export function Backdrop({ colours }: { readonly colours: SceneColours }) {
  const invalidate = useThree(state => state.invalidate)
  const made = useMemo(() => {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3))
    const uniforms = { uZenith: { value: new Color() }, uHorizon: { value: new Color() }, uNadir: { value: new Color() } }
    return { geometry, uniforms, material: new ShaderMaterial({ name: 'backdrop', vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms, depthTest: false, depthWrite: false }) }
  }, [])
  useEffect(() => () => {
    made.geometry.dispose()
    made.material.dispose()
  }, [made])
  useEffect(() => {
    made.uniforms.uZenith.value.set(colours.zenith)
    made.uniforms.uHorizon.value.set(colours.horizon)
    made.uniforms.uNadir.value.set(colours.nadir)
    // The frame that the new theme asked for may have been drawn with the old sky.
    invalidate()
  }, [made, colours, invalidate])
  return <mesh geometry={made.geometry} material={made.material} renderOrder={RENDER_ORDER.backdrop} frustumCulled={false} dispose={null} />
}
