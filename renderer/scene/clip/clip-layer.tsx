import { useEffect, useMemo } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color } from 'three'
import { useStore } from 'zustand'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { OuterSection } from '#shared/twin/asset.ts'
import { useColouring } from '#renderer/state/colouring/use-colouring.ts'
import { kindColour } from '#renderer/state/view/kind-colours.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { viewStore, type Clip } from '#renderer/state/view/view-store.ts'
import { cutWorld } from '#renderer/state/scheme/scheme-world.ts'
import type { CutItem } from '#shared/profile/cut-world.ts'
import { groundLine } from '#shared/profile/ground-line.ts'
import { RENDER_ORDER } from '../layers.ts'
import { capMaterial } from '../materials/cap-material.ts'
import type { DrawnPath } from '../paths/path-mesh.ts'
import { Paths } from '../paths/paths.tsx'
import { SHADED } from '../shade/contact-shade.ts'
import { useScene } from '../scene-context.ts'
import { localToView } from '../scene-frame.ts'
import { capsOf } from './clip-caps.ts'
import { clipFaces, clipPlanes } from './clip-planes.ts'

/** The section plane or box: tells the shaders, and closes what is cut. */
export function ClipLayer() {
  const { model, uniforms } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const clip = useStore(viewStore, view => view.clip)
  useEffect(() => {
    const planes = clip ? clipPlanes(clip) : []
    const { origin } = model.frame
    planes.forEach(({ normal, w }, i) => uniforms.uClip.value[i]!.set(...normal, w + normal[0] * origin[0] + normal[1] * origin[1] + normal[2] * origin[2]))
    uniforms.uClipCount.value = planes.length
    invalidate()
    return () => {
      uniforms.uClipCount.value = 0
      invalidate()
    }
  }, [clip, model, uniforms, invalidate])
  return clip && <CutSurfaces clip={clip} />
}

const GROUND_LINE: OuterSection = { shape: 'circle', diameterM: 0.08 }

function CutSurfaces({ clip }: { readonly clip: Clip }) {
  const { model, uniforms, colours } = useScene()
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const hiddenKinds = useStore(viewStore, view => view.hiddenKinds)
  const hiddenOwners = useStore(viewStore, view => view.hiddenOwners)
  const showGround = useStore(viewStore, view => view.showGround)
  const palette = useStore(viewStore, view => view.colours)
  const colouring = useColouring()
  const made = useMemo(() => {
    const colourOf = (item: CutItem): readonly [number, number, number] => {
      const asset = item.type === 'asset' ? assetIndexOf(model.columns, item.id) : null
      const name = asset === null ? kindColour(item.kind, palette) : colouring?.classes[colouring.codes[asset]!]?.colour
      const { r, g, b } = new Color(name ?? colours.concrete)
      return [r, g, b]
    }
    const caps = capsOf(cutWorld(model.columns, document), clipFaces(clip), model.frame.origin, item => !hiddenKinds.has(item.kind) && !hiddenOwners.has(item.owner), colourOf)
    const surface = new BufferGeometry()
    surface.setAttribute('position', new BufferAttribute(caps.positions, 3))
    surface.setAttribute('aColour', new BufferAttribute(caps.colours, 3))
    const rim = new BufferGeometry()
    rim.setAttribute('position', new BufferAttribute(caps.rims, 3))
    return { surface, rim }
  }, [clip, model, document, hiddenKinds, hiddenOwners, colouring, palette, colours])
  useEffect(() => () => {
    made.surface.dispose()
    made.rim.dispose()
  }, [made])
  const materials = useMemo(() => {
    const rim = { value: new Color(colours.outline) }
    return { surface: capMaterial('surface', uniforms, rim), rim: capMaterial('rim', uniforms, rim) }
  }, [uniforms, colours])
  useEffect(() => () => {
    materials.surface.dispose()
    materials.rim.dispose()
  }, [materials])
  const ground = useMemo((): DrawnPath[] => (!showGround || !model.groundAt ? [] : clipFaces(clip).flatMap(({ plane, from, to }) => {
    const point = (u: number): [number, number] => [plane.x + u * plane.dirX, plane.y + u * plane.dirY]
    return groundLine(model.context.ground, model.groundAt!, point(from), point(to)).filter(line => line.length > 1).map((line): DrawnPath => ({
      axis: line.map(([along, z]) => localToView(model.frame, [...point(from + along), z])), section: GROUND_LINE, tint: { colour: '#c49a5a', strength: 1 },
    }))
  })), [clip, model, showGround])
  return (
    <>
      <mesh geometry={made.surface} material={materials.surface} layers={SHADED} frustumCulled={false} dispose={null} />
      <lineSegments geometry={made.rim} material={materials.rim} frustumCulled={false} dispose={null} />
      <Paths paths={ground} outline={colours.outline} outlinePx={0} hiddenStrength={0} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.marks} />
    </>
  )
}
