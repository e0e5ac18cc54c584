import { useEffect, useMemo, useState } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { Color } from 'three'
import { useStore } from 'zustand'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { useFocus } from '../focus.ts'
import { graphicsSupport } from '../graphics-support.ts'
import { buildingDepthMaterial, buildingMaterial, edgeMaterial } from '../materials/building-material.ts'
import { furnitureMaterial } from '../materials/furniture-material.ts'
import { useScene } from '../scene-context.ts'
import { SquareField } from './square-field.ts'

const OPACITY = { buildings: 0.34, buildingsInFocus: 0.07, edges: 0.5, edgesInFocus: 0.12, furniture: 0.42, furnitureInFocus: 0.08 } as const
/** Drawn by the processor, what stands in the haze is not worth its time; of a small twin everything is drawn from wherever one looks. */
const REACH = { small: { buildingsM: Infinity, furnitureM: 700 }, hardware: { buildingsM: 1600, furnitureM: 700 }, software: { buildingsM: 700, furnitureM: 320 } } as const
const SMALL_SQUARES = 24

/** Building masses, trees and poles: quiet company that says where one is. */
export function SurroundingsLayer() {
  const { model, surroundings, uniforms, colours } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const isShown = useStore(viewStore, view => view.showBuildings)
  const isXray = useStore(viewStore, view => view.isXray)
  const inFocus = useFocus(model) !== null || isXray

  const materials = useMemo(() => {
    const building = { uWall: { value: new Color() }, uRoof: { value: new Color() }, uOpacity: { value: 1 } }
    const edge = { uEdge: { value: new Color() }, uEdgeOpacity: { value: 1 } }
    const furniture = { uTree: { value: new Color() }, uPole: { value: new Color() }, uOpacity: { value: 1 } }
    return {
      building, edge, furniture,
      made: { buildings: buildingMaterial(uniforms, building), depth: buildingDepthMaterial(uniforms), edges: edgeMaterial(uniforms, edge), furniture: furnitureMaterial(uniforms, furniture) },
    }
  }, [uniforms])
  useEffect(() => () => Object.values(materials.made).forEach(material => material.dispose()), [materials])

  useEffect(() => {
    const { building, edge, furniture } = materials
    building.uWall.value.set(colours.building)
    building.uRoof.value.set(colours.roof)
    furniture.uTree.value.set(colours.tree)
    furniture.uPole.value.set(colours.pole)
    edge.uEdge.value.set(colours.buildingEdge)
    building.uOpacity.value = inFocus ? OPACITY.buildingsInFocus : OPACITY.buildings
    furniture.uOpacity.value = inFocus ? OPACITY.furnitureInFocus : OPACITY.furniture
    edge.uEdgeOpacity.value = inFocus ? OPACITY.edgesInFocus : OPACITY.edges
    invalidate()
  }, [materials, colours, inFocus, invalidate])

  const [field, setField] = useState<SquareField | null>(null)
  useEffect(() => {
    let own: SquareField | null = null
    surroundings?.squares(squares => {
      const reach = squares.length <= SMALL_SQUARES ? REACH.small : graphicsSupport().isSoftware ? REACH.software : REACH.hardware
      const made = (own = new SquareField(squares, materials.made, reach, square => surroundings.meshes(square, meshes => {
        if (own !== made) return
        made.add(square, meshes)
        invalidate()
      })))
      setField(made)
      invalidate()
    })
    return () => {
      own?.dispose()
      own = null
      setField(null)
    }
  }, [surroundings, materials, invalidate])
  useFrame(({ camera }) => {
    if (isShown && field?.update(camera)) invalidate()
  })
  useEffect(() => {
    materials.made.depth.visible = !inFocus
  }, [materials, inFocus])

  return isShown && field && <primitive object={field.group} />
}
