import { useEffect, useMemo } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color, ShaderMaterial } from 'three'
import type { Vec3 } from '#shared/twin/asset.ts'
import { RENDER_ORDER } from '../layers.ts'

/** Shapes of marks; told apart without colour. */
export const MARK_SHAPES = ['disc', 'ring', 'diamond', 'square', 'updown'] as const
export type MarkShape = (typeof MARK_SHAPES)[number]

/** A sign of fixed size in the picture: a vertex, a handle, a snap. View frame. */
export interface Mark {
  readonly at: Vec3
  readonly shape: MarkShape
  readonly colour: string
  readonly sizePx: number
  /** Shift in the picture, pixels upward. */
  readonly liftPx?: number
}

const VERTEX = /* glsl */ `
attribute vec3 aColour;
attribute vec3 aStyle;
uniform vec2 uPicture;
uniform float uRatio;
varying vec3 vColour;
varying float vShape;
void main() {
  vColour = aColour;
  vShape = aStyle.x;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
  gl_Position.y += aStyle.z / uPicture.y * 2.0 * gl_Position.w;
  gl_PointSize = aStyle.y * uRatio;
}
`

const FRAGMENT = /* glsl */ `
varying vec3 vColour;
varying float vShape;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float d;
  float hole = -1.0;
  if (vShape < 0.5) d = length(p);
  else if (vShape < 1.5) { d = length(p); hole = 0.5; }
  else if (vShape < 2.5) { d = abs(p.x) + abs(p.y); hole = 0.45; }
  else if (vShape < 3.5) { d = max(abs(p.x), abs(p.y)) * 1.1; hole = 0.72; }
  else { float y = abs(p.y); d = y > 0.25 ? max(abs(p.x) / max(1.0 - y, 0.001) * 0.8, y) : max(abs(p.x) * 6.0, y); }
  if (d > 1.0) discard;
  // A dark rim keeps light marks readable on light ground, and the other way round.
  bool rim = d > 0.8 || (hole > 0.0 && d < hole + 0.14);
  if (hole > 0.0 && d < hole) discard;
  gl_FragColor = vec4(rim ? vec3(0.02) : vColour, 1.0);
  #include <colorspace_fragment>
}
`

/** All marks in one draw call, in front of everything. */
export function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  const size = useThree(state => state.size)
  const ratio = useThree(state => state.viewport.dpr)
  const invalidate = useThree(state => state.invalidate)
  const material = useMemo(() => new ShaderMaterial({
    name: 'marks', vertexShader: VERTEX, fragmentShader: FRAGMENT, transparent: true, depthTest: false, depthWrite: false,
    uniforms: { uPicture: { value: [1, 1] }, uRatio: { value: 1 } },
  }), [])
  useEffect(() => () => material.dispose(), [material])
  const geometry = useMemo(() => marksGeometry(marks), [marks])
  useEffect(() => () => geometry.dispose(), [geometry])
  useEffect(() => {
    material.uniforms['uPicture']!.value = [size.width, size.height]
    material.uniforms['uRatio']!.value = ratio
    invalidate()
  }, [material, size, ratio, geometry, invalidate])
  if (marks.length === 0) return null
  return <points geometry={geometry} material={material} renderOrder={RENDER_ORDER.marks} frustumCulled={false} dispose={null} />
}

function marksGeometry(marks: readonly Mark[]): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(marks.flatMap(mark => mark.at)), 3))
  geometry.setAttribute('aColour', new BufferAttribute(Float32Array.from(marks.flatMap(mark => new Color(mark.colour).toArray())), 3))
  geometry.setAttribute('aStyle', new BufferAttribute(Float32Array.from(marks.flatMap(mark => [MARK_SHAPES.indexOf(mark.shape), mark.sizePx, mark.liftPx ?? 0])), 3))
  return geometry
}
