import { useEffect } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Mesh, Scene, Vector2, Vector4, Color, type ShaderMaterial } from 'three'
import { graphicsSupport } from './graphics-support.ts'
import { coarseForm } from './network-parts.ts'
import { groundDepthMaterial, groundMaterial, type GroundUniforms } from './materials/ground-material.ts'
import { itemMaterial } from './materials/item-material.ts'
import type { SceneUniforms } from './materials/scene-uniforms.ts'
import { segmentMaterial } from './materials/segment-material.ts'
import { pathMaterial, type PathUniforms } from './paths/path-material.ts'

/**
 * Has the graphics build the programs of the first picture while the twin is on its way; drawing finds them by their text.
 * Kept as long as the canvas, or they would be thrown away before they are used.
 */
export function WarmUp({ uniforms }: { readonly uniforms: SceneUniforms }) {
  const gl = useThree(state => state.gl)
  const camera = useThree(state => state.camera)
  useEffect(() => {
    const meshes = firstMeshes(uniforms)
    gl.compile(new Scene().add(...meshes), camera)
    return () => {
      for (const { material } of meshes) material.dispose()
    }
  }, [gl, camera, uniforms])
  return null
}

/** A program's text depends on what its geometry has: these have what the first picture's have. */
function firstMeshes(uniforms: SceneUniforms): Mesh<BufferGeometry, ShaderMaterial>[] {
  const look = { uState: { value: null }, uRadius: { value: null }, uPalette: { value: null }, uPicked: { value: new Vector2() } }
  const pulled = { ...look, uSegments: { value: null }, uBoxes: { value: null }, uItemBits: { value: 1 } }
  const layered = !graphicsSupport().isSoftware
  const ground: GroundUniforms = {
    uPaint: { value: null }, uPaintArea: { value: new Vector4() }, uOpacity: { value: 0 }, uContour: { value: new Color() }, uHole: { value: new Vector4() }, uRimFade: { value: 0 }, uDatum: { value: 0 },
    uCutMask: { value: null }, uCutArea: { value: new Vector4() }, uCutSplit: { value: 0 },
  }
  const path: PathUniforms = { uTints: { value: null }, uOutline: { value: new Color() }, uOutlinePx: { value: 0 }, uDashPx: { value: 0 }, uHidden: { value: 0 } }
  const nothing = geometryWith()
  const packed = geometryWith('position')
  const sheet = geometryWith('position', 'normal')
  return [
    ...[segmentMaterial(coarseForm(), 'plain', uniforms, pulled), segmentMaterial('ribbon', 'plain', uniforms, pulled)].map(material => new Mesh(nothing, material)),
    ...[itemMaterial('plain', uniforms, look), ...(['body', 'outline', 'hidden'] as const).map(pass => pathMaterial(pass, uniforms, path))].map(material => new Mesh(packed, material)),
    ...[groundMaterial(uniforms, ground, 'beside', !layered), groundMaterial(uniforms, ground, 'over', !layered), ...(layered ? [groundDepthMaterial(uniforms, ground)] : [])].map(material => new Mesh(sheet, material)),
  ]
}

function geometryWith(...attributes: readonly string[]): BufferGeometry {
  const geometry = new BufferGeometry()
  for (const name of attributes) geometry.setAttribute(name, new BufferAttribute(new Float32Array(9), 3))
  return geometry
}
