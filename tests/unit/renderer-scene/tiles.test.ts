import { describe, expect, it } from 'vitest'
import { nodeBody } from '#renderer/scene/geometry/node-shape.ts'
import { chooseForms, distanceToTile } from '#renderer/scene/tiles/tile-choice.ts'
import { buildTileMesh } from '#renderer/scene/tiles/tile-mesh.ts'
import { planTiles, tileSizeM } from '#renderer/scene/tiles/tile-plan.ts'
import { buildAssetColumns, segmentCount } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { originFor } from '#shared/twin/twin.ts'
import { boundsOf } from './mesh-checks.ts'

function city(segments: number, seed: number) {
  const { records } = generateSampleCity({ segments, seed })
  let [minX, minY] = [Infinity, Infinity]
  for (const asset of records.assets) for (const [x, y] of asset.axis) [minX, minY] = [Math.min(minX, x), Math.min(minY, y)]
  const origin = originFor(minX, minY)
  const columns = buildAssetColumns(records.assets, origin)
  const bodies = records.nodes.map(node => nodeBody(node, [node.at[0] - origin[0], node.at[1] - origin[1], node.at[2]], node.bottomZ ?? null))
  const nodesAt = Float64Array.from(records.nodes.flatMap(node => [node.at[0] - origin[0], node.at[1] - origin[1], node.at[2]]))
  return { columns, bodies, nodesAt, tiles: planTiles(columns, nodesAt) }
}

describe.each([[20_000, 3], [100_000, 3]])('tiles of a sample city of %i segments (seed %i)', (segments, seed) => {
  const { columns, bodies, tiles } = city(segments, seed)

  it('draws every segment exactly once, each node in one tile', () => {
    const seen = new Uint8Array(columns.vertexStart[columns.count]!)
    let count = 0
    for (const tile of tiles) {
      for (let p = 0; p < tile.pieces.length; p += 3) {
        for (let v = tile.pieces[p + 1]!; v < tile.pieces[p + 2]!; v++) {
          expect(seen[v]).toBe(0)
          seen[v] = 1
          count++
        }
      }
    }
    expect(count).toBe(segmentCount(columns))
    expect(tiles.reduce((sum, tile) => sum + tile.segmentCount, 0)).toBe(count)
    expect(tiles.reduce((sum, tile) => sum + tile.nodes.length, 0)).toBe(bodies.length)
  })

  it('stays within a hundred draw calls with everything in view', () => {
    expect(tiles.length).toBeLessThanOrEqual(100)
  })

  it('keeps the triangles of any street-level view below a million', () => {
    const eye: Vec3 = [...tiles.reduce((busiest, tile) => (tile.segmentCount > busiest.segmentCount ? tile : busiest)).centre]
    const forms = chooseForms(tiles, eye, 900)
    const triangles = tiles.reduce((sum, tile, i) => sum + tile.segmentCount * (forms[i] === 'solid' ? 30 : 2), 0)
    expect(forms).toContain('solid')
    expect(forms).toContain('ribbon')
    expect(triangles).toBeLessThan(1_000_000)
  })

  it('places each mesh inside its tile\'s bounds', () => {
    const tile = tiles[Math.floor(tiles.length / 2)]!
    for (const form of ['solid', 'ribbon'] as const) {
      const { min, max } = boundsOf(buildTileMesh(columns, bodies, { ...tile, nodes: new Uint32Array() }, form))
      for (let c = 0; c < 3; c++) {
        // Mitres reach a little beyond the radius.
        expect(min[c]! + tile.centre[c]!).toBeGreaterThan(tile.min[c]! - 1)
        expect(max[c]! + tile.centre[c]!).toBeLessThan(tile.max[c]! + 1)
      }
    }
  })

  it('draws a ribbon with two triangles a segment', () => {
    const tile = tiles[0]!
    const mesh = buildTileMesh(columns, bodies, { ...tile, nodes: new Uint32Array() }, 'ribbon')
    expect(mesh.indices.length / 3).toBe(2 * tile.segmentCount)
  })
})

describe('choice of forms', () => {
  const tile = (x: number, segments: number) => ({ centre: [x, 0, 0] as const, min: [x - 50, -50, -5] as const, max: [x + 50, 50, 0] as const, pieces: new Uint32Array(), nodes: new Uint32Array(), segmentCount: segments })

  it('is solid near the eye and ribbons beyond', () => {
    expect(chooseForms([tile(0, 100), tile(5000, 100)], [0, 0, 30], 900)).toEqual(['solid', 'ribbon'])
  })

  it('spends the budget nearest first, and always draws the tile the eye is in', () => {
    expect(chooseForms([tile(110, 20_000), tile(0, 90_000)], [0, 0, -1], 900)).toEqual(['ribbon', 'solid'])
  })

  it('measures the distance to a tile\'s box', () => {
    expect(distanceToTile(tile(0, 1), [0, 0, -1])).toBe(0)
    expect(distanceToTile(tile(0, 1), [80, 90, 0])).toBeCloseTo(50, 9)
  })
})

describe('tile size', () => {
  it('keeps small districts at 128 m and large cities to about 64 tiles', () => {
    expect(tileSizeM(600, 600)).toBe(128)
    const size = tileSizeM(8000, 6000)
    expect((8000 / size) * (6000 / size)).toBeLessThanOrEqual(64.001)
  })

  it('does not fall apart on a single long line', () => {
    expect(1_000_000 / tileSizeM(1_000_000, 0)).toBeLessThanOrEqual(64)
  })
})
