import { PerspectiveCamera, ShaderMaterial } from 'three'
import { describe, expect, it } from 'vitest'
import type { MeshArrays } from '#renderer/scene/geometry/mesh-buffer.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { fittingMesh } from '#renderer/scene/tiles/fitting-mesh.ts'
import { TileField, type FittingSource } from '#renderer/scene/tiles/tile-field.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'

const { records } = generateSampleCity({ segments: 4000, seed: 3 })
const model = sceneModel(buildAssetColumns(records.assets, [0, 0, 0]), { ...records })

/** A field of the city and a camera over its busiest tile. */
function fieldWith(fittings: FittingSource | null) {
  const material = new ShaderMaterial()
  const pass = { plain: material, ghost: material }
  const field = new TileField(model.columns, model.bodies, model.tiles, model.frame, model.segments, { solid: pass, fine: pass, coarse: pass, coarseForm: 'line' }, fittings)
  const camera = new PerspectiveCamera(42, 1.6, 0.1, 20_000)
  camera.up.set(0, 0, 1)
  const { centre } = model.tiles.reduce((most, tile) => (tile.segmentCount > most.segmentCount ? tile : most))
  const at = centre.map((value, c) => value - model.frame.origin[c]!) as [number, number, number]
  const look = (dx: number, dy: number, dz: number) => {
    camera.position.set(at[0], at[1], at[2] + 12)
    camera.lookAt(at[0] + dx, at[1] + dy, at[2] + 12 + dz)
    camera.updateMatrixWorld()
    for (let frame = 0; frame < 40; frame++) field.update(camera, camera.position, 900, false, () => 0)
  }
  return { field, look }
}

describe('the network as drawn', () => {
  it('says when the camera looks where none of it is, and when it looks back', () => {
    const { field, look } = fieldWith(null)
    look(0, 1, -5)
    expect(field.seesNothing).toBe(false)
    look(0, 0.1, 1)
    expect(field.seesNothing).toBe(true)
    look(0, 1, -5)
    expect(field.seesNothing).toBe(false)
  })

  it('asks for the pieces of near tiles alone, two at a time and each once, and shows them when they come', () => {
    const asked: { readonly tile: number; readonly then: (mesh: MeshArrays) => void }[] = []
    const { field, look } = fieldWith({ make: (tile, then) => asked.push({ tile, then }) })
    let arrivals = 0
    field.onArrival = () => arrivals++
    look(0, 1, -5)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.length).toBeLessThanOrEqual(2)
    const before = field.group.children.length
    for (const { tile, then } of asked.splice(0)) then(fittingMesh(model.columns, model.nodes, model.tiles[tile]!))
    expect(arrivals).toBeGreaterThan(0)
    expect(field.group.children.length).toBe(before + 2 * arrivals)
    const seen = new Set<number>()
    for (let round = 0; round < 10; round++) {
      look(0, 1, -5)
      for (const { tile, then } of asked.splice(0)) {
        expect(seen.has(tile)).toBe(false)
        seen.add(tile)
        then(fittingMesh(model.columns, model.nodes, model.tiles[tile]!))
      }
    }
    expect(asked).toEqual([])
    field.dispose()
  })
})
