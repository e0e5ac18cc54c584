import { describe, expect, it } from 'vitest'
import { bodyAt, nodeBodies } from '#renderer/scene/geometry/node-bodies.ts'
import { sceneFrame } from '#renderer/scene/scene-frame.ts'
import { coarsePiece } from '#renderer/scene/tiles/coarse-piece.ts'
import { packSegments } from '#renderer/scene/tiles/segment-words.ts'
import { LEVEL, TileLevels } from '#renderer/scene/tiles/tile-choice.ts'
import { tileMesh } from '#renderer/scene/tiles/tile-mesh.ts'
import { TileRuns } from '#renderer/scene/tiles/tile-runs.ts'
import { planTiles, tileSizeM } from '#renderer/scene/tiles/tile-plan.ts'
import { buildAssetColumns, segmentCount } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { originFor } from '#shared/twin/twin.ts'
import { boundsOf } from './mesh-checks.ts'

function city(segments: number, seed: number) {
  const { records } = generateSampleCity({ segments, seed })
  let [minX, minY] = [Infinity, Infinity]
  for (const asset of records.assets) for (const [x, y] of asset.axis) [minX, minY] = [Math.min(minX, x), Math.min(minY, y)]
  const origin = originFor(minX, minY)
  const columns = buildAssetColumns(records.assets, origin)
  const bodies = nodeBodies(packContext({ ...records }).nodes, origin)
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
    expect(tiles.reduce((sum, tile) => sum + tile.nodes.length, 0)).toBe(bodies.count)
  })

  it('draws any view in at most a hundred calls and two million triangles, with tubes near the eye', () => {
    const eye: Vec3 = [...tiles.reduce((busiest, tile) => (tile.segmentCount > busiest.segmentCount ? tile : busiest)).centre]
    const choice = new TileLevels(tiles)
    choice.choose(eye, 900, () => true)
    const of = (level: number) => tiles.filter((_, t) => choice.levels[t] === level)
    const solid = of(LEVEL.solid)
    const triangles = solid.reduce((sum, tile) => sum + 30 * tile.segmentCount, 0) + 2 * tiles.filter(tile => !solid.includes(tile)).reduce((sum, tile) => sum + tile.segmentCount + tile.nodes.length, 0)
    expect(solid.length).toBeGreaterThan(0)
    expect(solid.length + 32).toBeLessThanOrEqual(100)
    expect(triangles).toBeLessThan(2_000_000)
  })

  it('places each mesh inside its tile\'s bounds', () => {
    const tile = tiles[Math.floor(tiles.length / 2)]!
    const { min, max } = boundsOf(tileMesh(columns, bodies, { ...tile, nodes: new Uint32Array() }))
    for (let c = 0; c < 3; c++) {
      // Mitres reach a little beyond the radius.
      expect(min[c]! + tile.centre[c]!).toBeGreaterThan(tile.min[c]! - 1)
      expect(max[c]! + tile.centre[c]!).toBeLessThan(tile.max[c]! + 1)
    }
  })

  it('packs every segment and node once, ends within half a step of where they are', () => {
    const frame = sceneFrame(columns, null, [0, 0, 0])
    const { words, boxes, fineStart, itemBits } = packSegments(columns, bodies, tiles, frame.origin)
    expect(fineStart[tiles.length]).toBe(segmentCount(columns) + Array.from({ length: bodies.count }, (_, n) => bodyAt(bodies, n)).filter(body => body !== null).length)
    for (let t = 0; t < tiles.length; t += 7) {
      const piece = tiles[t]!.pieces
      if (piece.length === 0) continue
      const w = 4 * fineStart[t]!
      const [asset, vertex] = [piece[0]!, piece[1]!]
      expect(words[w + 3]! % 2 ** itemBits).toBe(asset)
      expect(Math.floor(words[w + 3]! / 2 ** itemBits)).toBe(t)
      const shares = [words[w]! & 65535, words[w]! >>> 16, words[w + 1]! & 65535]
      for (let c = 0; c < 3; c++) {
        const step = boxes[4 * t + 3]!
        // 32-bit floats of the box cost a little beside the half step.
        expect(Math.abs(boxes[4 * t + c]! + shares[c]! * step + frame.origin[c]! - columns.xyz[3 * vertex + c]!)).toBeLessThan(0.5 * step + 1e-3)
      }
    }
  })

  it('thins the far lines without leaving an end, and to at most sixteen bytes a segment', () => {
    const { coarseStart } = packSegments(columns, bodies, tiles, sceneFrame(columns, null, [0, 0, 0]).origin)
    expect(coarseStart.at(-1)! - coarseStart[0]!).toBeLessThanOrEqual(segmentCount(columns))
  })
})

describe('thinning', () => {
  const chords = (points: readonly (readonly [number, number, number])[]) => {
    const found: [number, number][] = []
    coarsePiece(Float64Array.from(points.flat()), 0, points.length - 1, (from, to) => found.push([from, to]))
    return found
  }

  it('passes over what bends less than half a metre, and keeps what bends more', () => {
    expect(chords([[0, 0, 0], [10, 0.4, 0], [20, 0, 0]])).toEqual([[0, 2]])
    expect(chords([[0, 0, 0], [10, 0.6, 0], [20, 0, 0]])).toEqual([[0, 1], [1, 2]])
    expect(chords([[0, 0, 0], [10, 0, 0.6], [20, 0, 0]])).toEqual([[0, 1], [1, 2]])
  })

  it('keeps the ends of a line that turns back on itself', () => {
    expect(chords([[0, 0, 0], [20, 0, 0], [0, 0, 0]])).toEqual([[0, 1], [1, 2]])
  })
})

describe('runs of tiles', () => {
  const runsOf = (levels: readonly number[], most: number) => {
    const runs = new TileRuns(most)
    runs.collect(Uint8Array.from(levels), 2)
    return Array.from({ length: runs.count }, (_, r) => [runs.from[r], runs.to[r]])
  }

  it('joins neighbours, and draws gaps along once there are too many', () => {
    expect(runsOf([2, 2, 0, 2, 3, 3, 2], 8)).toEqual([[0, 2], [3, 4], [6, 7]])
    expect(runsOf([2, 2, 0, 2, 3, 3, 2], 2)).toEqual([[0, 4], [6, 7]])
    expect(runsOf([2, 2, 0, 2, 3, 3, 2], 1)).toEqual([[0, 7]])
    expect(runsOf([0, 1, 3], 1)).toEqual([])
  })
})

describe('choice of forms', () => {
  const tile = (x: number, segments: number) => ({ centre: [x, 0, 0] as const, min: [x - 50, -50, -5] as const, max: [x + 50, 50, 0] as const, pieces: new Uint32Array(), nodes: new Uint32Array(), segmentCount: segments })

  const levelsOf = (tiles: ReturnType<typeof tile>[], eye: Vec3, isSeen = (_: number) => true) => {
    const choice = new TileLevels(tiles)
    choice.choose(eye, 900, isSeen)
    return [...choice.levels]
  }

  it('is solid near the eye, every segment further on, thinned beyond, and nothing out of sight', () => {
    expect(levelsOf([tile(5000, 100), tile(0, 100), tile(600, 100), tile(50, 100)], [0, 0, 30], t => t !== 3)).toEqual([LEVEL.coarse, LEVEL.solid, LEVEL.fine, LEVEL.hidden])
  })

  it('spends the budget nearest first, and always draws the tile the eye is in', () => {
    expect(levelsOf([tile(110, 20_000), tile(0, 90_000)], [0, 0, -1])).toEqual([LEVEL.fine, LEVEL.solid])
  })

  it('measures the distance to a tile\'s box', () => {
    const choice = new TileLevels([tile(0, 1), tile(1000, 1)])
    choice.choose([0, 0, -1], 900, () => true)
    expect([...choice.distance]).toEqual([0, 950])
    choice.choose([80, 90, 0], 900, () => true)
    expect(choice.distance[0]).toBeCloseTo(50, 9)
  })
})

describe('tile size', () => {
  it('keeps small districts at 128 m and large cities to about nine hundred tiles', () => {
    expect(tileSizeM(600, 600)).toBe(128)
    const size = tileSizeM(9000, 8000)
    expect((9000 / size) * (8000 / size)).toBeLessThanOrEqual(900.001)
  })

  it('does not fall apart on a single long line', () => {
    expect(1_000_000 / tileSizeM(1_000_000, 0)).toBeLessThanOrEqual(900)
  })
})
