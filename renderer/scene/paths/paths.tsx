import { useEffect, useMemo } from 'react'
import { useThree } from '@react-three/fiber'
import { Color } from 'three'
import { useScene } from '../scene-context.ts'
import { SHADED } from '../shade/contact-shade.ts'
import { swipeSide, type SwipeSide } from '../swipe-side.ts'
import { packedGeometry } from '../tiles/packed-geometry.ts'
import { pathMaterial, type PathUniforms } from './path-material.ts'
import { pathMesh, type DrawnPath } from './path-mesh.ts'
import { tintTexture } from './tint-texture.ts'

const DASH_PX = 5

interface PathsProps {
  readonly paths: readonly DrawnPath[]
  readonly outline: string
  readonly outlinePx: number
  /** Dashed, as a drawing dashes what is planned, or whole: what is there and only pointed out. */
  readonly rim?: 'dashed' | 'whole'
  /** How strongly they show through what lies before them, 0 … 1. */
  readonly hiddenStrength: number
  readonly renderOrder: number
  /** Order of what shows through. */
  readonly throughOrder: number
  /** Lies in the ground like the network: the section plane or box cuts it. */
  readonly isCut?: boolean
  /** Of which scheme, where two are swiped. */
  readonly side?: SwipeSide
}

/** A few lines drawn apart: bright, outlined, seen through ground and buildings. Rebuilt whole when they change. */
export function Paths({ paths, outline, outlinePx, hiddenStrength, renderOrder, throughOrder, rim = 'dashed', isCut = false, side }: PathsProps) {
  const { uniforms } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const built = useMemo(() => {
    const { arrays, tints } = pathMesh(paths)
    return { geometry: packedGeometry(arrays), tints: tintTexture(tints), isEmpty: arrays.indices.length === 0 }
  }, [paths])
  useEffect(() => () => {
    built.geometry.dispose()
    built.tints.dispose()
  }, [built])

  const made = useMemo(() => {
    const own: PathUniforms = { uTints: { value: tintTexture([]) }, uOutline: { value: new Color() }, uOutlinePx: { value: 0 }, uDashPx: { value: 0 }, uHidden: { value: 0 } }
    return { own, body: pathMaterial('body', uniforms, own, isCut), outline: pathMaterial('outline', uniforms, own, isCut), hidden: pathMaterial('hidden', uniforms, own, isCut) }
  }, [uniforms, isCut])
  useEffect(() => () => {
    made.body.dispose()
    made.outline.dispose()
    made.hidden.dispose()
  }, [made])

  useEffect(() => {
    made.own.uTints.value = built.tints
    made.own.uOutline.value.set(outline)
    made.own.uOutlinePx.value = outlinePx
    made.own.uDashPx.value = rim === 'dashed' ? DASH_PX : 0
    made.own.uHidden.value = hiddenStrength
    invalidate()
  }, [made, built, outline, outlinePx, rim, hiddenStrength, invalidate])

  const sided = useMemo(() => (side ? swipeSide(side) : {}), [side])
  if (built.isEmpty) return null
  return (
    <>
      {hiddenStrength > 0 && <mesh geometry={built.geometry} material={made.hidden} renderOrder={throughOrder} dispose={null} {...sided} />}
      <mesh geometry={built.geometry} material={made.body} renderOrder={renderOrder + 0.2} layers={SHADED} dispose={null} {...sided} />
      {outlinePx > 0 && <mesh geometry={built.geometry} material={made.outline} renderOrder={renderOrder + 0.1} dispose={null} {...sided} />}
    </>
  )
}
