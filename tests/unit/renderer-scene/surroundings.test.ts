import { Vector3, type ShaderMaterial } from 'three'
import { describe, expect, it } from 'vitest'
import { nodeBody } from '#renderer/scene/geometry/node-shape.ts'
import { terrainMesh } from '#renderer/scene/ground/terrain-mesh.ts'
import { crsToView, localToView, sceneFrame, viewToCrs, viewToLocal } from '#renderer/scene/scene-frame.ts'
import { buildingMesh } from '#renderer/scene/surroundings/building-mesh.ts'
import { furnitureMesh } from '#renderer/scene/surroundings/furniture-mesh.ts'
import { planSquares } from '#renderer/scene/surroundings/plan-squares.ts'
import { SquareField } from '#renderer/scene/surroundings/square-field.ts'
import { SurroundingsBuilder } from '#renderer/scene/surroundings/surroundings.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { seededRandom } from '#shared/core/random.ts'
import { groundSampler } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { anAsset, flatGround, IDS } from '../../builders/twin-builder.ts'
import { openEdges, signedVolume } from './mesh-checks.ts'

const feature = (fields: Partial<SurfaceFeature> & Pick<SurfaceFeature, 'type' | 'geometry' | 'points'>): SurfaceFeature => ({ id: 'f', name: '', attributes: {}, ...fields })

describe('the frame of a scene', () => {
  const columns = buildAssetColumns([anAsset({ id: IDS.W1, axis: [[400_000.25, 3_600_000.5, 210], [400_300, 3_600_400, 260]] })], [400_000, 3_600_000, 0])

  it('keeps millimetres in 32-bit floats at projected coordinates', () => {
    const frame = sceneFrame(columns, null, columns.origin)
    const crs = [400_000.251, 3_600_399.123, 233.456] as const
    const view = crsToView(frame, crs)
    const back = viewToCrs(frame, view.map(Math.fround) as unknown as typeof crs)
    for (let c = 0; c < 3; c++) expect(Math.abs(back[c]! - crs[c]!)).toBeLessThan(1e-4)
    expect(viewToLocal(frame, localToView(frame, [1, 2, 3]))).toEqual([1, 2, 3])
  })

  it('spans lines and ground, and tells the lines apart for fitting', () => {
    const frame = sceneFrame(columns, flatGround(200, [-1000, -1000], [1000, 1000]), columns.origin)
    expect(frame.bounds!.max[0] - frame.bounds!.min[0]).toBeGreaterThan(1900)
    expect(frame.network!.max[0] - frame.network!.min[0]).toBeCloseTo(299.75, 6)
  })

  it('is empty for an empty twin', () => {
    expect(sceneFrame(buildAssetColumns([], [0, 0, 0]), null, [0, 0, 0])).toMatchObject({ bounds: null, network: null })
  })
})

describe('the ground mesh', () => {
  it('has two faces a cell, seen from above, normals up', () => {
    const mesh = terrainMesh(flatGround(7, [0, 0], [30, 20]), [0, 0, 0], 100)
    expect(mesh.indices.length / 3).toBe(2 * 2 * 1)
    expect(mesh.positions[2]).toBe(7)
    expect([...mesh.normals.subarray(0, 3)]).toEqual([0, 0, 1])
    const [a, b, c] = [0, 1, 2].map(k => 3 * mesh.indices[k]!) as [number, number, number]
    const p = mesh.positions
    expect((p[b]! - p[a]!) * (p[c + 1]! - p[a + 1]!) - (p[b + 1]! - p[a + 1]!) * (p[c]! - p[a]!)).toBeGreaterThan(0)
  })

  it('thins a dense grid to the points wanted, its far edges kept', () => {
    const mesh = terrainMesh(flatGround(0, [0, 0], [1000, 500]), [0, 0, 0], 20)
    const xs = new Set([...mesh.positions].filter((_, i) => i % 3 === 0))
    expect(xs.size).toBeLessThanOrEqual(21)
    expect(Math.max(...xs)).toBe(995)
  })

  it('leaves holes open and turns a TIN\'s faces up', () => {
    const holed = flatGround(0, [0, 0], [30, 30])
    holed.z[4] = NaN
    // Of eight faces the six around the middle point go.
    expect(terrainMesh(holed, [0, 0, 0], 100).indices.length / 3).toBe(2)
    const tin = terrainMesh({ type: 'tin', name: 't', xyz: Float64Array.from([0, 0, 0, 0, 10, 0, 10, 0, 0]), faces: Uint32Array.from([0, 1, 2]) }, [0, 0, 0], 100)
    expect(tin.normals[2]).toBe(1)
  })
})

describe('buildings', () => {
  const house = feature({ type: 'building', geometry: 'polygon', points: [[10, 10], [10, 20], [22, 20], [22, 10]], heightM: 9 })
  const sampler = groundSampler(flatGround(5))

  it('stand on their ground, walls facing out, roof up, whichever way the footprint turns', () => {
    for (const points of [house.points, house.points.toReversed()]) {
      const mesh = buildingMesh([{ ...house, points }], sampler, [0, 0, 0], [0, 0, 0])
      const levels = [...mesh.positions].filter((_, i) => i % 3 === 2)
      expect(Math.max(...levels)).toBeCloseTo(14, 5)
      expect(Math.min(...levels)).toBeLessThan(5)
      // Open below: its volume is that of the box less what the missing floor would add.
      const solid = signedVolume({ ...mesh, items: new Float32Array() })
      const floor = (Math.min(...levels) * 12 * 10) / 3
      expect(solid + -floor).toBeCloseTo(12 * 10 * (14 - Math.min(...levels)), 2)
    }
  })

  it('skips what is no building', () => {
    expect(buildingMesh([feature({ type: 'building', geometry: 'polygon', points: [[0, 0], [1, 1]] })], sampler, [0, 0, 0], [0, 0, 0]).indices.length).toBe(0)
  })
})

describe('trees and poles', () => {
  const sampler = groundSampler(flatGround(5))

  it('stand at ground level, as high as they are', () => {
    const mesh = furnitureMesh([feature({ type: 'tree', geometry: 'point', points: [[3, 4]], heightM: 6 })], sampler, [0, 0, 0], [0, 0, 0])
    const levels = [...mesh.positions].filter((_, i) => i % 3 === 2)
    expect(Math.min(...levels)).toBeCloseTo(5, 5)
    expect(Math.max(...levels)).toBeCloseTo(11, 5)
  })

  it('have closed crowns', () => {
    const mesh = furnitureMesh([feature({ type: 'tree', geometry: 'point', points: [[0, 0]] })], sampler, [0, 0, 0], [0, 0, 0])
    // The trunk is an open prism of three sides: six open edges, no more.
    expect(openEdges({ ...mesh, items: new Float32Array() })).toBe(6)
  })
})

describe('squares of what stands on the ground', () => {
  const random = seededRandom(41)
  const scattered = Array.from({ length: 300 }, (_, i) => feature({
    type: (['tree', 'pole', 'building'] as const)[i % 3]!, geometry: i % 3 === 2 ? 'polygon' : 'point', heightM: 8,
    points: i % 3 === 2 ? square(random.range(-3000, 3000), random.range(-3000, 3000), 20) : [[random.range(-3000, 3000), random.range(-3000, 3000)]],
  }))
  const others = [feature({ type: 'kerb', geometry: 'line', points: [[0, 0], [1, 1]] }), feature({ type: 'tree', geometry: 'point', points: [] })]
  const features = packContext({ nodes: [], ground: null, surfaceFeatures: [...others, ...scattered], blocks: [] }).surfaceFeatures
  const builder = new SurroundingsBuilder({ features, ground: flatGround(5), crsOrigin: [0, 0, 0], viewOrigin: [0, 0, 0] })

  it('hold each tree, pole and building once, and no square is large (seed 41)', () => {
    const squares = planSquares(features)
    const all = squares.flatMap(one => [...one.features])
    expect(all.toSorted((a, b) => a - b)).toEqual(scattered.map((_, i) => i + others.length))
    for (const one of squares) expect(Math.max(one.maxX - one.minX, one.maxY - one.minY)).toBeLessThan(520)
  })

  it('say where their meshes lie (seed 41)', () => {
    builder.squares().forEach(({ centre, radiusM }, i) => {
      const { buildings, furniture } = builder.meshes(i)
      for (const positions of [buildings.positions, furniture.positions]) {
        for (let p = 0; p < positions.length; p += 3) expect(Math.hypot(positions[p]! - centre[0], positions[p + 1]! - centre[1], positions[p + 2]! - centre[2])).toBeLessThan(radiusM)
      }
    })
  })

  it('come nearest first, two at a time, are hidden beyond their reach and let go well beyond it', () => {
    const places = [0, 400, 900, 5000].map(x => ({ centre: [x, 0, 0] as const, radiusM: 100 }))
    const asked: number[] = []
    const material = {} as ShaderMaterial
    const field = new SquareField(places, { depth: material, buildings: material, edges: material, furniture: material }, { buildingsM: 1000, furnitureM: 300 }, i => asked.push(i))
    const eye = (x: number) => ({ position: new Vector3(x, 0, 0) })
    const meshes = builder.meshes(0)
    const shown = () => field.group.children.filter(child => child.visible).length
    expect(field.update(eye(0))).toBe(true)
    field.update(eye(0))
    expect(field.update(eye(0))).toBe(false)
    expect(asked).toEqual([0, 1])
    field.add(0, meshes)
    field.update(eye(0))
    expect(asked).toEqual([0, 1, 2])
    field.add(1, meshes)
    field.add(2, meshes)
    field.update(eye(0))
    // Three squares: depth, masses and edges each; furniture of the nearest alone.
    expect(field.group.children).toHaveLength(12)
    expect(shown()).toBe(9 + 1)
    field.update(eye(2100))
    expect([field.group.children.length, shown()]).toEqual([4, 0])
    expect(asked).toEqual([0, 1, 2])
    field.update(eye(4000))
    expect(asked.at(-1)).toBe(3)
    // What was let go is made again.
    field.add(3, meshes)
    field.update(eye(0))
    field.update(eye(0))
    expect(asked.slice(4)).toEqual([0, 1])
  })
})

function square(x: number, y: number, side: number): [number, number][] {
  return [[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
}

describe('nodes', () => {
  it('reach from their floor to the ground, and shallow ones keep a body', () => {
    expect(nodeBody({ nodeType: 'manhole', diameterM: 1 }, [0, 0, 10], 7)).toMatchObject({ bottomZ: 7, radiusM: 0.5, round: true })
    expect(nodeBody({ nodeType: 'manhole' }, [0, 0, 10], 12)!.bottomZ).toBeLessThan(10)
    expect(nodeBody({ nodeType: 'chamber' }, [0, 0, 10], null)).toMatchObject({ round: false })
    expect(nodeBody({ nodeType: 'hydrant' }, [0, 0, 10], null)!.topZ).toBeGreaterThan(10)
    expect(nodeBody({ nodeType: 'junction' }, [0, 0, 10], null)).toBeNull()
  })
})
