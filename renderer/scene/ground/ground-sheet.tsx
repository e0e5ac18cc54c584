import { useEffect, useMemo, useRef, useState } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color, DataTexture, LinearMipmapLinearFilter, SRGBColorSpace, Texture, Vector4 } from 'three'
import { useStore } from 'zustand'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { useFocus } from '../focus.ts'
import { graphicsSupport } from '../graphics-support.ts'
import { RENDER_ORDER } from '../layers.ts'
import { groundDepthMaterial, groundMaterial, type GroundUniforms } from '../materials/ground-material.ts'
import { useScene } from '../scene-context.ts'
import { viewToCrs } from '../scene-frame.ts'
import type { TerrainMesh } from './terrain-mesh.ts'

/** While a finding is open the ground steps back, so that the spot below it is plain. */
const FOCUS_OPACITY = 0.35

interface GroundSheetProps {
  readonly mesh: TerrainMesh
  /** Longest side of its picture. */
  readonly paintPx: number
  /** Plan rectangle drawn by somebody else, view frame. */
  readonly hole: Vector4
  /** Ends where the ground ends: dissolves at its rim, and is drawn before it is painted. */
  readonly isWhole?: boolean
  /** Told the plan rectangle of what is shown, once it is painted. */
  readonly onPainted?: (area: Vector4) => void
}

/** One mesh of ground and the picture on it. Until another mesh is painted the one before stays. */
export function GroundSheet({ mesh, paintPx, hole, isWhole = false, onPainted }: GroundSheetProps) {
  const { model, surroundings, uniforms, colours, cutMask } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const opacity = useStore(viewStore, view => view.groundOpacity)
  const focus = useFocus(model)
  const showBlocks = useStore(viewStore, view => view.showBlocks)
  const isXray = useStore(viewStore, view => view.isXray)
  const { blocks } = model.context
  // Two passes show only the nearest layer of a hill; without graphics hardware the second costs more than it shows.
  const layered = !graphicsSupport().isSoftware

  const bare = useMemo(() => solidTexture(colours.soil), [colours])
  useEffect(() => () => bare.dispose(), [bare])

  const ownUniforms = useMemo<GroundUniforms>(() => ({
    uPaint: { value: null }, uPaintArea: { value: new Vector4(0, 0, 1, 1) }, uOpacity: { value: 0 }, uContour: { value: new Color() }, uHole: { value: new Vector4() }, uRimFade: { value: isWhole ? 1 : 0 },
    uDatum: { value: model.frame.origin[2] + model.frame.crsOrigin[2] }, ...cutMask.uniforms,
  }), [model, cutMask, isWhole])
  const materials = useMemo(() => ({
    beside: groundMaterial(uniforms, ownUniforms, 'beside', !layered), over: groundMaterial(uniforms, ownUniforms, 'over', !layered), depth: groundDepthMaterial(uniforms, ownUniforms),
  }), [uniforms, ownUniforms, layered])
  useEffect(() => () => {
    materials.beside.dispose()
    materials.over.dispose()
    materials.depth.dispose()
  }, [materials])

  const [shown, setShown] = useState<BufferGeometry | null>(null)
  const tell = useRef(onPainted)
  useEffect(() => {
    tell.current = onPainted
  })
  const geometry = useMemo(() => geometryOf(mesh), [mesh])
  useEffect(() => () => shown?.dispose(), [shown])
  useEffect(() => {
    const box = geometry.boundingBox!
    const show = (paint: Texture) => {
      ownUniforms.uPaint.value = paint
      ownUniforms.uPaintArea.value.set(box.min.x, box.min.y, 1 / (box.max.x - box.min.x), 1 / (box.max.y - box.min.y))
      setShown(geometry)
      tell.current?.(new Vector4(box.min.x, box.min.y, box.max.x, box.max.y))
      invalidate()
    }
    ownUniforms.uContour.value.set(colours.contour)
    if (isWhole && !ownUniforms.uPaint.value) show(bare)
    if (!surroundings) return undefined
    const [low, high] = [viewToCrs(model.frame, [box.min.x, box.min.y, 0]), viewToCrs(model.frame, [box.max.x, box.max.y, 0])]
    const area = { minX: low[0], minY: low[1], maxX: high[0], maxY: high[1] }
    return surroundings.picture({ area, blocks: showBlocks ? blocks : [], colours, largestPx: paintPx }, bitmap => {
      const before = ownUniforms.uPaint.value
      show(paintTexture(bitmap))
      if (before !== bare) before?.dispose()
    })
  }, [geometry, model, surroundings, blocks, showBlocks, colours, paintPx, ownUniforms, isWhole, bare, invalidate])
  useEffect(() => () => ownUniforms.uPaint.value?.dispose(), [ownUniforms])

  useEffect(() => {
    ownUniforms.uHole.value.copy(hole)
    invalidate()
  }, [hole, ownUniforms, invalidate])
  useEffect(() => {
    ownUniforms.uOpacity.value = focus || isXray ? Math.min(opacity, FOCUS_OPACITY * opacity + 0.05) : opacity
    invalidate()
  }, [opacity, focus, isXray, ownUniforms, invalidate])

  if (!shown) return null
  return (
    <>
      {layered && !focus && !isXray && <mesh geometry={shown} material={materials.depth} renderOrder={RENDER_ORDER.groundDepth} dispose={null} />}
      <mesh geometry={shown} material={materials.beside} renderOrder={RENDER_ORDER.ground} dispose={null} />
      <mesh geometry={shown} material={materials.over} renderOrder={RENDER_ORDER.ground} dispose={null} />
    </>
  )
}

function geometryOf(mesh: TerrainMesh): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
  geometry.setAttribute('normal', new BufferAttribute(mesh.normals, 3))
  geometry.setIndex(new BufferAttribute(mesh.indices, 1))
  geometry.computeBoundingBox()
  geometry.computeBoundingSphere()
  return geometry
}

/** What the ground wears before it is painted. */
function solidTexture(colour: string): Texture {
  const rgb = Number.parseInt(colour.slice(1), 16)
  const texture = new DataTexture(new Uint8Array([rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255]), 1, 1)
  texture.colorSpace = SRGBColorSpace
  texture.needsUpdate = true
  return texture
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
