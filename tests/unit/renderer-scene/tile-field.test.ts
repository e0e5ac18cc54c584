import { PerspectiveCamera, ShaderMaterial } from 'three'
import { describe, expect, it } from 'vitest'
import type { MeshArrays } from '#renderer/scene/geometry/mesh-buffer.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { SegmentSupply } from '#renderer/scene/tiles/segment-supply.ts'
import { TileField, type TilePart, type TileSource } from '#renderer/scene/tiles/tile-field.ts'
import { tilePartMesh } from '#renderer/scene/tiles/tile-maker.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'

const { records } = generateSampleCity({ segments: 20_000, seed: 3 })
const model = sceneModel(buildAssetColumns(records.assets, [0, 0, 0]), { ...records })

/** A field of the city and a camera over its busiest tile. */
function fieldWith(source: TileSource) {
  const material = new ShaderMaterial()
  const pass = { plain: material, ghost: material }
  const field = new TileField(model.tiles, model.frame, model.segments, { solid: pass, fine: pass, coarse: pass, coarseForm: 'line' }, source, new SegmentSupply(model.segments, () => undefined))
  const camera = new PerspectiveCamera(42, 1.6, 0.1, 20_000)
  camera.up.set(0, 0, 1)
  const { centre } = model.tiles.reduce((most, tile) => (tile.segmentCount > most.segmentCount ? tile : most))
  const at = centre.map((value, c) => value - model.frame.origin[c]!) as [number, number, number]
  const look = (dx: number, dy: number, dz: number, aboveM = 12) => {
    camera.position.set(at[0], at[1], at[2] + aboveM)
    camera.lookAt(at[0] + dx, at[1] + dy, at[2] + aboveM + dz)
    camera.updateMatrixWorld()
    for (let frame = 0; frame < 40; frame++) field.update(camera, camera.position, 900, false)
  }
  return { field, look, camera }
}

describe('the network as drawn', () => {
  it('says when the camera looks where none of it is, and when it looks back', () => {
    const { field, look } = fieldWith({ make: () => undefined })
    look(0, 1, -5)
    expect(field.seesNothing).toBe(false)
    look(0, 0.1, 1, 2000)
    expect(field.seesNothing).toBe(true)
    look(0, 1, -5)
    expect(field.seesNothing).toBe(false)
  })

  it('asks for near tiles alone, two at a time and each once, first for tubes and then for what joins them, and shows them when they come', () => {
    const asked: { readonly part: TilePart; readonly tile: number; readonly then: (mesh: MeshArrays) => void }[] = []
    const { field, look } = fieldWith({ make: (part, tile, then) => asked.push({ part, tile, then }) })
    let arrivals = 0
    field.onArrival = () => arrivals++
    const seen = new Set<string>()
    for (let round = 0; round < 80; round++) {
      look(0, 1, -5)
      if (round === 0) expect(asked.every(({ part }) => part === 'tubes')).toBe(true)
      for (const part of ['tubes', 'pieces'] as const) expect(asked.filter(one => one.part === part).length).toBeLessThanOrEqual(2)
      const before = [field.group.children.length, arrivals] as const
      const given = asked.splice(0)
      for (const { part, tile, then } of given) {
        expect(seen.has(`${part} ${tile}`)).toBe(false)
        if (part === 'pieces') expect(seen.has(`tubes ${tile}`)).toBe(true)
        seen.add(`${part} ${tile}`)
        then(tilePartMesh(model, part, tile))
      }
      expect([field.group.children.length - before[0], arrivals - before[1]]).toEqual([2 * given.length, given.length])
    }
    expect([...seen].filter(key => key.startsWith('pieces')).length).toBeGreaterThan(0)
    expect(asked).toEqual([])
    field.dispose()
  })

  it('stays as ribbons where nothing is made, and asks for no more than it did', () => {
    const asked = new Set<number>()
    const { field, look } = fieldWith({ make: (_, tile) => asked.add(tile) })
    look(0, 1, -60, 150)
    expect(asked.size).toBe(2)
    look(0, 1, -60, 150)
    expect(asked.size).toBe(2)
    expect(field.seesNothing).toBe(false)
    field.dispose()
  })

  it('never asks twice for what is being made, also where tubes are given up meanwhile', () => {
    const making = new Map<string, () => void>()
    const made = new Map<string, number>()
    const { field, camera } = fieldWith({
      make(part, tile, then) {
        const key = `${part} ${tile}`
        expect(making.has(key)).toBe(false)
        const give = () => {
          making.delete(key)
          made.set(key, (made.get(key) ?? 0) + 1)
          then(tilePartMesh(model, part, tile))
        }
        if (part === 'tubes') give()
        else making.set(key, give)
      },
    })
    // Over every tile in turn, three times: more tubes than are kept, so that the first are made again.
    for (const [visit, { centre }] of [model.tiles, model.tiles, model.tiles].flat().entries()) {
      const at = centre.map((value, c) => value - model.frame.origin[c]!) as [number, number, number]
      camera.position.set(at[0], at[1], at[2] + 12)
      camera.lookAt(at[0], at[1] + 1, at[2] + 7)
      camera.updateMatrixWorld()
      for (let frame = 0; frame < 3; frame++) field.update(camera, camera.position, 900, false)
      if (visit % 50 === 49) for (const give of [...making.values()]) give()
    }
    const again = (part: TilePart) => [...made].filter(([key, times]) => key.startsWith(part) && times > 1).length
    expect(again('tubes')).toBeGreaterThan(10)
    expect([...made.keys()].filter(key => key.startsWith('pieces')).length).toBeGreaterThan(5)
    field.dispose()
  })
})
