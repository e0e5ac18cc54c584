import { useEffect, useMemo } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { DataTexture, FloatType, NearestFilter, RedFormat, RGBAFormat, UnsignedByteType } from 'three'
import { useStore } from 'zustand'
import { useFocus } from './focus.ts'
import { assetIndexOf } from '#renderer/state/asset-facts.ts'
import { sessionStore } from '#renderer/state/session-store.ts'
import { viewStore } from '#renderer/state/view-store.ts'
import { itemAppearance, writeFlags } from './appearance/item-appearance.ts'
import { APPEARANCE_ROW } from './appearance/item-flags.ts'
import { itemMaterial } from './materials/item-material.ts'
import { useScene } from './scene-context.ts'
import type { SceneModel } from './scene-model.ts'
import { TileField } from './tiles/tile-field.ts'

/** The network itself: tiles of assets and nodes, and the texture that says how each item looks. */
export function AssetLayer() {
  const { model, uniforms } = useScene()
  const size = useThree(state => state.size)
  const invalidate = useThree(state => state.invalidate)
  const focus = useFocus(model)

  const appearance = useMemo(() => appearanceTextures(model), [model])
  const field = useMemo(() => {
    const items = { uState: { value: appearance.state }, uRadius: { value: appearance.radius } }
    const materials = {
      plain: { solid: itemMaterial('solid', 'plain', uniforms, items), ribbon: itemMaterial('ribbon', 'plain', uniforms, items) },
      ghost: { solid: itemMaterial('solid', 'ghost', uniforms, items), ribbon: itemMaterial('ribbon', 'ghost', uniforms, items) },
    }
    return { tiles: new TileField(model.columns, model.bodies, model.tiles, model.frame, materials), materials }
  }, [model, uniforms, appearance])
  useEffect(() => () => {
    field.tiles.dispose()
    for (const pass of Object.values(field.materials)) for (const material of Object.values(pass)) material.dispose()
  }, [field])
  useEffect(() => () => {
    appearance.state.dispose()
    appearance.radius.dispose()
  }, [appearance])

  const hiddenKinds = useStore(viewStore, view => view.hiddenKinds)
  const hiddenOwners = useStore(viewStore, view => view.hiddenOwners)
  const showNodes = useStore(viewStore, view => view.showNodes)
  const selected = useStore(sessionStore, session => itemOf(model, session.selection))
  const hovered = useStore(sessionStore, session => itemOf(model, session.hover))
  useEffect(() => {
    writeFlags(appearance.items, model.columns, model.nodes, { hiddenKinds, hiddenOwners, showNodes, focus, selected, hovered })
    appearance.state.needsUpdate = true
    invalidate()
  }, [appearance, model, hiddenKinds, hiddenOwners, showNodes, focus, selected, hovered, invalidate])

  useFrame(({ camera }) => {
    if (field.tiles.update(camera.position, size.height, focus !== null, () => performance.now())) invalidate()
  })
  return <primitive object={field.tiles.group} />
}

function appearanceTextures(model: SceneModel) {
  const items = itemAppearance(model.columns, model.nodes, model.bodies.map(body => body?.radiusM ?? 0))
  const state = new DataTexture(items.texels, APPEARANCE_ROW, items.rows, RGBAFormat, UnsignedByteType)
  const radius = new DataTexture(items.radiusM, APPEARANCE_ROW, items.rows, RedFormat, FloatType)
  for (const texture of [state, radius]) {
    texture.minFilter = texture.magFilter = NearestFilter
    texture.needsUpdate = true
  }
  return { items, state, radius }
}

/** Item of an asset or node id; null for proposals, which are drawn apart. */
function itemOf(model: SceneModel, ref: { readonly type: string; readonly id: string } | null): number | null {
  if (ref?.type === 'asset') return assetIndexOf(model.columns, ref.id)
  if (ref?.type !== 'node') return null
  const node = model.nodes.findIndex(record => record.id === ref.id)
  return node < 0 ? null : model.columns.count + node
}
