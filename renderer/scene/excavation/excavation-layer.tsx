import { useEffect, useMemo } from 'react'
import { useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color } from 'three'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { excavationStore, shownCuts, type CutResult } from '#renderer/state/scheme/excavation-store.ts'
import { kindColour } from '#renderer/state/view/kind-colours.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { RENDER_ORDER } from '../layers.ts'
import type { DrawnPath } from '../paths/path-mesh.ts'
import { Paths } from '../paths/paths.tsx'
import { SHADED } from '../shade/contact-shade.ts'
import { useScene } from '../scene-context.ts'
import { crsToView, localToView } from '../scene-frame.ts'
import { swipeSide } from '../swipe-side.ts'
import { cutArrays, openingsInView } from './cut-geometry.ts'
import { soilMaterial, type SoilUniforms } from './soil-material.ts'

const SOIL = { dark: ['#9b7c5c', '#57493b'], light: ['#b79470', '#7d6750'] } as const
const ACTIVE_SIDE = swipeSide('active')
const RIM: OuterSection = { shape: 'circle', diameterM: 0.06 }

/** Pits and trenches with what hangs in them, and bores, of the active scheme and of the gesture under way. */
export function ExcavationLayer() {
  const { model, colours, uniforms, cutMask } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const shown = useShownCuts()
  const draft = useStore(excavationStore, state => state.draft)
  const selectedId = useStore(sessionStore, session => (session.selection?.type === 'excavation' ? session.selection.id : null))
  const palette = useStore(viewStore, view => view.colours)

  const geometry = useMemo(() => {
    const meshes = shown.flatMap(result => (result.mesh ? [result.mesh] : []))
    const { positions, normals } = cutArrays(meshes, model.frame.origin)
    const made = new BufferGeometry()
    made.setAttribute('position', new BufferAttribute(positions, 3))
    made.setAttribute('normal', new BufferAttribute(normals, 3))
    return { made, openings: openingsInView(meshes, model.frame.origin), isEmpty: positions.length === 0 }
  }, [shown, model])
  useEffect(() => () => geometry.made.dispose(), [geometry])

  useEffect(() => {
    cutMask.paint(geometry.openings)
    invalidate()
  }, [cutMask, geometry, invalidate])

  const soil = useMemo(() => {
    const own: SoilUniforms = { uSoil: { value: new Color() }, uSoilDeep: { value: new Color() }, uDraft: { value: 0 } }
    return { own, material: soilMaterial(uniforms, own) }
  }, [uniforms])
  useEffect(() => () => soil.material.dispose(), [soil])
  useEffect(() => {
    const [light, deep] = SOIL[colours.outline === '#ffffff' ? 'dark' : 'light']
    soil.own.uSoil.value.set(light)
    soil.own.uSoilDeep.value.set(deep)
    soil.own.uDraft.value = draft ? 1 : 0
    invalidate()
  }, [soil, colours, draft, invalidate])

  const hanging = useMemo(() => shown.flatMap(result => hangingPaths(result, point => localToView(model.frame, point), palette)), [shown, model, palette])
  const rims = useMemo(() => shown.filter(result => result.excavation.id === selectedId || result === draft).flatMap(result => rimPaths(result, model, colours.accent)), [shown, selectedId, draft, model, colours])
  const bores = useMemo(() => shown.flatMap(result => borePaths(result, point => crsToView(model.frame, point), result.excavation.id === selectedId || result === draft ? colours.accent : '#b98a5e')), [shown, selectedId, draft, model, colours])
  const order = { renderOrder: RENDER_ORDER.highlight, throughOrder: RENDER_ORDER.highlightThrough }
  return (
    <>
      {!geometry.isEmpty && <mesh geometry={geometry.made} material={soil.material} layers={SHADED} dispose={null} frustumCulled={false} {...ACTIVE_SIDE} />}
      <Paths isCut side="active" paths={hanging} outline={colours.mandatory} outlinePx={2.5} rim="whole" hiddenStrength={0.35} {...order} />
      <Paths side="active" paths={rims} outline={colours.accent} outlinePx={1} hiddenStrength={0.5} {...order} />
      <Paths isCut side="active" paths={bores} outline={colours.outline} outlinePx={1.4} hiddenStrength={0.5} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
    </>
  )
}

/** What is drawn: the committed ones open at the stage looked at, the one being dragged in its new shape, the one being drawn. */
function useShownCuts(): readonly CutResult[] {
  const results = useStore(excavationStore, state => state.results)
  const draft = useStore(excavationStore, state => state.draft)
  const stage = useStore(excavationStore, state => state.stage)
  return useMemo(() => shownCuts({ results, draft, stage }), [results, draft, stage])
}

function hangingPaths({ hanging }: CutResult, toView: (point: Vec3) => Vec3, palette: 'standard' | 'colour_blind'): DrawnPath[] {
  return hanging.flatMap(({ asset, section, spans }) => spans.map((span): DrawnPath => ({
    axis: span.map(toView), section, tint: { colour: kindColour(asset.kind, palette), strength: 1 },
  })))
}

/** The toe, drawn as a line around the bottom. */
function rimPaths({ solid }: CutResult, model: ReturnType<typeof useScene>['model'], colour: string): DrawnPath[] {
  if (!solid) return []
  const axis = Array.from({ length: solid.toe.length / 2 + 1 }, (_, i): Vec3 => {
    const k = (2 * i) % solid.toe.length
    return localToView(model.frame, [solid.toe[k]!, solid.toe[k + 1]!, solid.levelM + 0.04])
  })
  return [{ axis, section: RIM, tint: { colour, strength: 1 } }]
}

function borePaths({ excavation, bored }: CutResult, toView: (point: Vec3) => Vec3, colour: string): DrawnPath[] {
  const { shape } = excavation
  if (shape.type !== 'bore' || !bored) return []
  return [{ axis: shape.axis.map(toView), section: { shape: 'circle', diameterM: shape.diameterM }, tint: { colour, strength: 1 } }]
}
