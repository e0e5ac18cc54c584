import { useEffect, useMemo } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color, LinearMipmapLinearFilter, SRGBColorSpace, Texture, Vector4 } from 'three'
import { useStore } from 'zustand'
import { viewStore } from '#renderer/state/view-store.ts'
import { useFocus } from '../focus.ts'
import { graphicsSupport } from '../graphics-support.ts'
import { RENDER_ORDER } from '../layers.ts'
import { groundDepthMaterial, groundMaterial, type GroundUniforms } from '../materials/ground-material.ts'
import { useScene } from '../scene-context.ts'
import { crsToView, viewToCrs } from '../scene-frame.ts'
import { terrainMesh } from './terrain-mesh.ts'

/** While a finding is open the ground steps back, so that the spot below it is plain. */
const FOCUS_OPACITY = 0.35
/** Longest side of the painted picture (a texel in a third of a metre across a small city), and grid points drawn per side. */
const DETAIL = { hardware: { paintPx: 4096, points: 360 }, software: { paintPx: 2048, points: 220 } } as const

/** The see-through ground with its streets painted on it. */
export function GroundLayer() {
  const { model, surroundings, uniforms, colours, cutMask } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const isShown = useStore(viewStore, view => view.showGround)
  const opacity = useStore(viewStore, view => view.groundOpacity)
  const focus = useFocus(model)
  const showBlocks = useStore(viewStore, view => view.showBlocks)
  const isXray = useStore(viewStore, view => view.isXray)
  const { ground, blocks } = model.context
  // Two passes show only the nearest layer of a hill; without graphics hardware the second costs more than it shows.
  const layered = !graphicsSupport().isSoftware
  const detail = layered ? DETAIL.hardware : DETAIL.software

  const geometry = useMemo(() => {
    if (!ground) return null
    const mesh = terrainMesh(ground, model.frame.origin, detail.points)
    const made = new BufferGeometry()
    made.setAttribute('position', new BufferAttribute(mesh.positions, 3))
    made.setAttribute('normal', new BufferAttribute(mesh.normals, 3))
    made.setIndex(new BufferAttribute(mesh.indices, 1))
    made.computeBoundingBox()
    made.computeBoundingSphere()
    return made
  }, [ground, model, detail])
  useEffect(() => () => geometry?.dispose(), [geometry])

  const ownUniforms = useMemo<GroundUniforms>(() => ({
    uPaint: { value: null }, uPaintArea: { value: new Vector4(0, 0, 1, 1) }, uOpacity: { value: 0 }, uContour: { value: new Color() },
    uDatum: { value: model.frame.origin[2] + model.frame.crsOrigin[2] }, ...cutMask.uniforms,
  }), [model, cutMask])
  const materials = useMemo(() => ({
    beside: groundMaterial(uniforms, ownUniforms, 'beside', !layered), over: groundMaterial(uniforms, ownUniforms, 'over', !layered), depth: groundDepthMaterial(uniforms, ownUniforms),
  }), [uniforms, ownUniforms, layered])
  useEffect(() => () => {
    materials.beside.dispose()
    materials.over.dispose()
    materials.depth.dispose()
  }, [materials])

  useEffect(() => {
    const box = geometry?.boundingBox
    if (!box || !surroundings) return undefined
    const [low, high] = [viewToCrs(model.frame, [box.min.x, box.min.y, 0]), viewToCrs(model.frame, [box.max.x, box.max.y, 0])]
    const area = { minX: low[0], minY: low[1], maxX: high[0], maxY: high[1] }
    let paint: Texture | null = null
    const forget = surroundings.picture({ area, blocks: showBlocks ? blocks : [], colours, largestPx: detail.paintPx }, bitmap => {
      paint = paintTexture(bitmap)
      const corner = crsToView(model.frame, low)
      ownUniforms.uPaint.value = paint
      ownUniforms.uPaintArea.value.set(corner[0], corner[1], 1 / (area.maxX - area.minX), 1 / (area.maxY - area.minY))
      invalidate()
    })
    ownUniforms.uContour.value.set(colours.contour)
    return () => {
      forget()
      paint?.dispose()
    }
  }, [geometry, model, surroundings, blocks, showBlocks, colours, detail, ownUniforms, invalidate])

  useEffect(() => {
    ownUniforms.uOpacity.value = focus || isXray ? Math.min(opacity, FOCUS_OPACITY * opacity + 0.05) : opacity
    invalidate()
  }, [opacity, focus, isXray, ownUniforms, invalidate])

  if (!geometry || !isShown || opacity === 0) return null
  return (
    <>
      {layered && !focus && !isXray && <mesh geometry={geometry} material={materials.depth} renderOrder={RENDER_ORDER.groundDepth} dispose={null} />}
      <mesh geometry={geometry} material={materials.beside} renderOrder={RENDER_ORDER.ground} dispose={null} />
      <mesh geometry={geometry} material={materials.over} renderOrder={RENDER_ORDER.ground} dispose={null} />
    </>
  )
}

function paintTexture(picture: ImageBitmap): Texture {
  const texture = new Texture(picture)
  texture.flipY = false // a bitmap lies as it was painted
  texture.needsUpdate = true
  texture.colorSpace = SRGBColorSpace
  texture.minFilter = LinearMipmapLinearFilter
  texture.generateMipmaps = true
  texture.anisotropy = graphicsSupport().isSoftware ? 1 : 8
  return texture
}
