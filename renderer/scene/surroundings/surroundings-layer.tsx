import { useEffect, useMemo, useState } from 'react'
import { useFrame, useThree } from '@react-three/fiber'
import { BufferAttribute, BufferGeometry, Color, Group, Mesh } from 'three'
import { useStore } from 'zustand'
import { viewStore } from '#renderer/state/view-store.ts'
import { useFocus } from '../focus.ts'
import { RENDER_ORDER } from '../layers.ts'
import { buildingDepthMaterial, buildingMaterial, edgeMaterial } from '../materials/building-material.ts'
import { furnitureMaterial } from '../materials/furniture-material.ts'
import { useScene } from '../scene-context.ts'

interface SurroundingsGeometry {
  readonly buildings: BufferGeometry
  readonly edges: BufferGeometry
  readonly furniture: readonly BufferGeometry[]
}

const OPACITY = { buildings: 0.34, buildingsInFocus: 0.07, edges: 0.5, edgesInFocus: 0.12, furniture: 0.42, furnitureInFocus: 0.08 } as const
/** Trees and poles farther than this are specks. */
const FURNITURE_REACH_M = 700

/** Building masses, trees and poles: quiet company that says where one is. */
export function SurroundingsLayer() {
  const { model, surroundings, uniforms, colours } = useScene()
  const invalidate = useThree(state => state.invalidate)
  const isShown = useStore(viewStore, view => view.showBuildings)
  const isXray = useStore(viewStore, view => view.isXray)
  const inFocus = useFocus(model) !== null || isXray

  const [geometry, setGeometry] = useState<SurroundingsGeometry | null>(null)
  useEffect(() => {
    let made: SurroundingsGeometry | null = null
    surroundings?.meshes(({ buildings, furniture }) => {
      const edges = new BufferGeometry()
      edges.setAttribute('position', new BufferAttribute(buildings.edges, 3))
      made = { buildings: packedGeometry(buildings), edges, furniture: furniture.map(packedGeometry) }
      setGeometry(made)
      invalidate()
    })
    return () => {
      setGeometry(null)
      if (made) [made.buildings, made.edges, ...made.furniture].forEach(part => part.dispose())
    }
  }, [surroundings, invalidate])

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

  const { made } = materials
  const furniture = useMemo(() => {
    const group = new Group()
    for (const part of geometry?.furniture ?? []) {
      const mesh = new Mesh(part, made.furniture)
      mesh.renderOrder = RENDER_ORDER.furniture
      group.add(mesh)
    }
    return group
  }, [geometry, made])
  useFrame(({ camera }) => {
    for (const mesh of furniture.children) {
      const sphere = (mesh as Mesh).geometry.boundingSphere
      mesh.visible = sphere !== null && camera.position.distanceTo(sphere.center) - sphere.radius < FURNITURE_REACH_M
    }
  })

  if (!isShown || !geometry) return null
  return (
    <>
      {!inFocus && <mesh geometry={geometry.buildings} material={made.depth} renderOrder={RENDER_ORDER.buildingDepth} dispose={null} />}
      <mesh geometry={geometry.buildings} material={made.buildings} renderOrder={RENDER_ORDER.buildings} dispose={null} />
      <lineSegments geometry={geometry.edges} material={made.edges} renderOrder={RENDER_ORDER.buildingEdges} dispose={null} />
      <primitive object={furniture} />
    </>
  )
}

function packedGeometry(mesh: { readonly positions: Float32Array<ArrayBuffer>; readonly packed: Int8Array<ArrayBuffer>; readonly indices: Uint32Array<ArrayBuffer> }): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
  geometry.setAttribute('aDirection', new BufferAttribute(mesh.packed, 4, true))
  geometry.setIndex(new BufferAttribute(mesh.indices, 1))
  geometry.computeBoundingSphere()
  return geometry
}
