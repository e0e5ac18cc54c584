import { describe, expect, it } from 'vitest'
import { addFrustum } from '#renderer/scene/geometry/frustum.ts'
import { MeshBuffer, type MeshArrays } from '#renderer/scene/geometry/mesh-buffer.ts'
import { addNodeBody } from '#renderer/scene/geometry/node-shape.ts'
import { fittingMesh } from '#renderer/scene/tiles/fitting-mesh.ts'
import { planTiles } from '#renderer/scene/tiles/tile-plan.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { originFor } from '#shared/twin/twin.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'
import { openEdges, signedVolume } from './mesh-checks.ts'

const O: Vec3 = [0, 0, -1]
type Line = readonly [id: string, axis: readonly Vec3[], diameterM?: number]

/** Pieces of the only tile there is, moved back to where they stand. */
function fittingsOf(lines: readonly Line[], build = (builder: TwinBuilder) => builder): MeshArrays {
  const builder = build(lines.reduce((twin, [id, axis, diameterM = 0.4]) => twin.aPipe(id, [...axis], { section: { shape: 'circle', diameterM } }), TwinBuilder.with()))
  const columns = builder.buildColumns([0, 0, 0])
  const { nodes } = builder.build()
  const tiles = planTiles(columns, Float64Array.from(nodes.flatMap(({ at }) => at)))
  expect(tiles).toHaveLength(1)
  const mesh = fittingMesh(columns, packContext({ nodes, ground: null, surfaceFeatures: [], blocks: [] }).nodes, tiles[0]!)
  const positions = mesh.positions.map((value, i) => value + tiles[0]!.centre[i % 3]!)
  return { ...mesh, positions }
}

/** How often a closed surface goes round a point, by the solid angles of its triangles (van Oosterom and Strackee): 1 or more inside, 0 outside. */
function windings({ positions, indices }: MeshArrays, [px, py, pz]: Vec3): number {
  let angle = 0
  const arm = (v: number): Vec3 => [positions[3 * v]! - px, positions[3 * v + 1]! - py, positions[3 * v + 2]! - pz]
  const dot = (p: Vec3, q: Vec3) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [arm(indices[t]!), arm(indices[t + 1]!), arm(indices[t + 2]!)]
    const triple = a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
    const [la, lb, lc] = [Math.hypot(...a), Math.hypot(...b), Math.hypot(...c)]
    angle += 2 * Math.atan2(triple, la * lb * lc + dot(a, b) * lc + dot(a, c) * lb + dot(b, c) * la)
  }
  return Math.round(angle / (4 * Math.PI)) + 0 // no negative nought
}

describe('what is built where lines meet, as bodies', () => {
  it('an elbow closes the corner that two square ends leave open', () => {
    const mesh = fittingsOf([['a', [[-10, 0, -1], O]], ['b', [O, [0, 10, -1]]]])
    // Beyond both ends, within both radii: neither pipe is there.
    expect(windings(mesh, [0.12, -0.12, -1])).toBe(1)
    expect(windings(mesh, [0.3, -0.3, -1])).toBe(0)
    expect(openEdges(mesh)).toBe(0)
  })

  it('a branch has a socket that is seen beyond the pipe it leaves, at its own level', () => {
    const mesh = fittingsOf([['main', [[-10, 0, -1], [10, 0, -1]]], ['branch', [[0, 5, -1], O], 0.1]])
    expect(windings(mesh, [0, 0.28, -1])).toBe(1)
    expect(windings(mesh, [0, 1, -1])).toBe(0)
    expect(windings(mesh, [0, -0.28, -1])).toBe(0)
  })

  it('a reducer narrows from one size to the other on the side of the smaller', () => {
    const mesh = fittingsOf([['a', [[-10, 0, -1], O]], ['b', [O, [10, 0, -1]], 0.2]])
    expect([[0.02, 0.19], [0.02, 0.24], [0.18, 0.11], [0.18, 0.18], [-0.02, 0]].map(([x, y]) => windings(mesh, [x!, y!, -1]))).toEqual([1, 0, 1, 0, 0])
  })

  it('nothing at ends, in wells, and where one size goes straight on', () => {
    expect(fittingsOf([['a', [[-10, 0, -1], O]], ['b', [O, [10, 0, -1]]]]).indices).toHaveLength(0)
    expect(fittingsOf([['a', [[-10, 0, -1], O]], ['b', [O, [0, 10, -1]]]], builder => builder.aManhole('M', [0, 0, 0], { bottomZ: -1.2, kind: 'water' })).indices).toHaveLength(0)
  })

  it('a cone has the volume of a cone, and no hole', () => {
    const mesh = new MeshBuffer()
    addFrustum(mesh, [1, 2, 3], [1, 2, 5], 0.5, 0.2, 0, [0, 0, 0])
    const arrays = mesh.finish()
    const sides = 12
    const area = (radiusM: number) => (sides / 2) * Math.sin((2 * Math.PI) / sides) * radiusM * radiusM
    expect(signedVolume(arrays)).toBeCloseTo((2 / 3) * (area(0.5) + area(0.2) + Math.sqrt(area(0.5) * area(0.2))), 4)
    expect(openEdges(arrays)).toBe(0)
  })

  it('a manhole narrows to its cover', () => {
    const mesh = new MeshBuffer()
    addNodeBody(mesh, { x: 0, y: 0, bottomZ: -4, topZ: 0, radiusM: 0.6, round: true, coverRadiusM: 0.35 }, 0, [0, 0, 0])
    const arrays = mesh.finish()
    expect([[0.5, -2], [0.5, -0.1], [0.3, -0.1]].map(([x, z]) => windings(arrays, [x!, 0, z!]))).toEqual([1, 0, 1])
    expect(openEdges(arrays)).toBe(0)
  })

  it('in a sample city every piece is closed, belongs to a line and stands within its tile (seed 3)', () => {
    const { records } = generateSampleCity({ segments: 4000, seed: 3 })
    let [minX, minY] = [Infinity, Infinity]
    for (const asset of records.assets) for (const [x, y] of asset.axis) [minX, minY] = [Math.min(minX, x), Math.min(minY, y)]
    const origin = originFor(minX, minY)
    const columns = buildAssetColumns(records.assets, origin)
    const { nodes } = packContext({ ...records })
    const tiles = planTiles(columns, Float64Array.from(records.nodes.flatMap(({ at }) => at.map((value, c) => value - origin[c]!))))
    let triangles = 0
    for (const tile of tiles.slice(0, 6)) {
      const mesh = fittingMesh(columns, nodes, tile)
      triangles += mesh.indices.length / 3
      expect(openEdges(mesh)).toBe(0)
      expect(mesh.items.every(item => item < columns.count)).toBe(true)
      mesh.positions.forEach((value, i) => {
        if (value + tile.centre[i % 3]! < tile.min[i % 3]! - 4 || value + tile.centre[i % 3]! > tile.max[i % 3]! + 4) throw new Error(`outside its tile: ${value}`)
      })
    }
    expect(triangles).toBeGreaterThan(500)
  })
})
