import { useEffect, useMemo, useState } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { useStore } from 'zustand'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { nodeIndexOf } from '#shared/twin/twin-context.ts'
import { useFocus } from './focus.ts'
import { removalsOf } from '#renderer/state/scheme/removals.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { pictureStore } from '#renderer/state/view/picture-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { useColouring } from '#renderer/state/colouring/use-colouring.ts'
import { writeClasses, writeFlags } from './appearance/item-appearance.ts'
import { tellSight } from './overlay/sight-store.ts'
import { networkParts, writePalette } from './network-parts.ts'
import { useScene } from './scene-context.ts'
import type { SceneModel } from './scene-model.ts'
import { supplyRest } from './tiles/segment-texture.ts'

/** The network itself: tubes and packed segments, and the textures that say how each item looks. */
export function AssetLayer() {
  const { model, uniforms } = useScene()
  const size = useThree(state => state.size)
  const invalidate = useThree(state => state.invalidate)
  const focus = useFocus(model)
  const colouring = useColouring()

  const gl = useThree(state => state.gl)
  const made = useMemo(() => networkParts(model, uniforms, gl), [model, uniforms, gl])
  useEffect(() => {
    made.field.onArrival = invalidate
    return () => made.dispose()
  }, [made, invalidate])

  const isPictured = useStore(pictureStore, picture => picture.stands)
  const [losses, setLosses] = useState(0)
  useEffect(() => {
    const canvas = gl.domElement
    const restored = () => {
      made.supply.forget()
      setLosses(count => count + 1)
    }
    canvas.addEventListener('webglcontextrestored', restored)
    return () => canvas.removeEventListener('webglcontextrestored', restored)
  }, [made, gl])
  useEffect(() => (isPictured ? supplyRest(made.supply) : undefined), [made, isPictured, losses])

  useEffect(() => {
    if (!colouring || colouring.codes.length !== model.columns.count) return
    writeClasses(made.items, model.nodes, colouring)
    made.state.needsUpdate = true
    writePalette(made.palette, colouring.classes)
    invalidate()
  }, [made, model, colouring, invalidate])

  const hiddenKinds = useStore(viewStore, view => view.hiddenKinds)
  const hiddenOwners = useStore(viewStore, view => view.hiddenOwners)
  const showNodes = useStore(viewStore, view => view.showNodes)
  const isXray = useStore(viewStore, view => view.isXray)
  const selected = useStore(sessionStore, session => itemOf(model, session.selection))
  const alsoSelected = useStore(sessionStore, session => session.alsoSelected)
  const also = useMemo(() => alsoSelected.flatMap(ref => itemOf(model, ref) ?? []), [model, alsoSelected])
  const hovered = useStore(sessionStore, session => itemOf(model, session.hover))
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const removed = useMemo(() => [...removalsOf(document).keys()].flatMap(id => assetIndexOf(model.columns, id) ?? []), [document, model])
  const kept = useMemo(() => (isXray ? [selected, hovered, ...also].filter(item => item !== null) : NONE), [isXray, selected, hovered, also])
  useEffect(() => {
    writeFlags(made.items, model.columns, model.nodes, { hiddenKinds, hiddenOwners, showNodes, focus, removed, isXray, kept })
    made.state.needsUpdate = true
    invalidate()
  }, [made, model, hiddenKinds, hiddenOwners, showNodes, focus, removed, isXray, kept, invalidate])
  useEffect(() => {
    made.picked.set(selected ?? -1, hovered ?? -1)
    invalidate()
  }, [made, selected, hovered, invalidate])

  useEffect(() => {
    const [haze, strength] = isXray && !focus ? XRAY_GHOST : GHOST
    uniforms.uGhost.value.set(haze, strength)
  }, [uniforms, isXray, focus])

  useFrame(({ camera }) => {
    if (made.field.update(camera, camera.position, size.height, focus !== null || isXray)) invalidate()
    tellSight(made.field.seesNothing)
  })
  return <primitive object={made.field.group} />
}

const NONE: readonly number[] = []

/** What has receded: how far it goes into the haze, and how strongly it is drawn. Looking through everything it still says its kind. */
const GHOST = [0.45, 0.2] as const
const XRAY_GHOST = [0, 0.6] as const

/** Item of an asset or node id; null for proposals, which are drawn apart. */
function itemOf(model: SceneModel, ref: { readonly type: string; readonly id: string } | null): number | null {
  if (ref?.type === 'asset') return assetIndexOf(model.columns, ref.id)
  if (ref?.type !== 'node') return null
  const node = nodeIndexOf(model.nodes, ref.id)
  return node === null ? null : model.columns.count + node
}
