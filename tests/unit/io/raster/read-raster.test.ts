import { describe, expect, it } from 'vitest'
import type { GridSurface } from '#shared/twin/ground.ts'
import { groundSampler } from '#shared/twin/ground.ts'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'
import { UTM_10N_ESRI } from '../shapefile/shapefile-source.ts'
import { tiff } from './tiff-source.ts'

const text = (value: string) => new TextEncoder().encode(value)
const PRJ = { name: 'd.prj', bytes: text(UTM_10N_ESRI) }
const asc = (content: string) => [{ name: 'd.asc', bytes: text(content) }, PRJ]
const GRID = 'ncols 3\nnrows 2\nxllcorner 429000\nyllcorner 5440000\ncellsize 10\nNODATA_value -9999\n1 2 3\n4 5 -9999\n'

const VALUES = [1, 2, 3, 4, 5, -6]
const SOUTH_FIRST = Float64Array.from([4, 5, -6, 1, 2, 3])

describe('an ASCII grid', () => {
  it('begins in the south, with levels at cell centres and holes where nothing is known', () => {
    const { grounds, crs } = importOf(asc(GRID))
    expect(crs).toBe('EPSG:26910')
    expect(grounds[0]).toEqual({ type: 'grid', name: 'd', cols: 3, rows: 2, cellSizeM: 10, x0: 429005, y0: 5440005, z: Float64Array.from([4, 5, NaN, 1, 2, 3]) })
  })

  it.each([['values missing', GRID.replace('4 5 -9999', '4')], ['a word among values', GRID.replace('4 5', '4 x')], ['no header', '1 2 3'], ['a size beyond all files', GRID.replace('ncols 3', 'ncols 30000')], ['a negative size', GRID.replace('nrows 2', 'nrows -2')]])('refuses %s', (_name, content) => {
    expect(importOf(asc(content)).refusal).toMatchObject({ severity: 'error' })
  })

  it('of a thousand levels without a fraction is said to be coarse; one half metre, or a platform, is not', () => {
    const grid = (level: (i: number) => number) => asc(`ncols 40\nnrows 30\nxllcorner 429000\nyllcorner 5440000\ncellsize 10\n${Array.from({ length: 1200 }, (_, i) => level(i)).join(' ')}\n`)
    expect([grid(i => i % 7), grid(i => (i === 600 ? 0.5 : i % 7)), grid(() => 3), asc(GRID)].map(files => importOf(files).count('surface_coarse'))).toEqual([1, 0, 0, 0])
  })

  it('200 mutants are read or refused (seed 31)', () => {
    const { refused, read } = expectMutantsUnharmed(asc(GRID), 0, ['-', '1e999', ' ', '\n', 'nan', '999999999', 'ncols'], 31, 200)
    expect(Math.min(refused, read)).toBeGreaterThan(20)
  })
})

describe('a GeoTIFF', () => {
  it.each([['plain', {}], ['big-endian', { bigEndian: true }], ['deflated', { compression: 8 }], ['deflated with differences', { compression: 8, predictor: 2 }]])('%s', (_name, options) => {
    const { grounds, crs } = importOf([{ name: 'd.tif', bytes: tiff(VALUES, 3, options) }])
    expect(crs).toBe('EPSG:26910')
    expect(grounds[0]).toEqual({ type: 'grid', name: 'd', cols: 3, rows: 2, cellSizeM: 10, x0: 429005, y0: 5440005, z: SOUTH_FIRST })
  })

  it('is sampled anew where the project is in another system, with as many cells', () => {
    const { grounds } = importOf([{ name: 'd.tif', bytes: tiff(VALUES, 3) }], 'EPSG:32610')
    expect(grounds[0]).toMatchObject({ cols: 3, rows: 2 })
    expect(groundSampler(grounds[0]!)(429015, 5440015)).toBeCloseTo(2, 1)
  })

  it('refuses what it cannot unpack, by name', () => {
    expect(importOf([{ name: 'd.tif', bytes: tiff(VALUES, 3, { compression: 7 }) }]).refusal).toMatchObject({ code: 'feature_unsupported', context: { problem: 'tiff_compression', value: 7 } })
    expect(importOf([{ name: 'd.tif', bytes: tiff(VALUES, 3).slice(0, 100) }]).refusal).toMatchObject({ code: 'schema_invalid' })
  })

  it.each([[{}, 41], [{ compression: 8 }, 42]])('%o: 300 mutants are read or refused (seed %i)', (options, seed) => {
    const { refused } = expectMutantsUnharmed([{ name: 'd.tif', bytes: tiff(VALUES, 3, options) }], 0, ['\0\0\0\0', '\x7f\x7f\x7f\x7f', '\x05'], seed, 300)
    expect(refused).toBeGreaterThan(20)
  })
})

describe.skipIf(!hasSharedData('nanaimo-water/Nanaimo_DEM1.tif'))('real terrain', () => {
  it('gives Nanaimo\'s DEM, and its clip as a text grid agrees with it', () => {
    const dem = importOf(sharedData('nanaimo-water/Nanaimo_DEM1.tif', 'nanaimo-water/Nanaimo_DEM1.tfw'))
    const clip = importOf(sharedData('nanaimo-water/nanaimo_dem_clip_20m.asc', 'nanaimo-water/nanaimo_dem_clip_20m.prj'))
    expect([dem.crs, clip.crs]).toEqual(['EPSG:26910', 'EPSG:26910'])
    const [a, b] = [dem.grounds[0] as GridSurface, clip.grounds[0] as GridSurface]
    expect([a.cols, a.rows, b.cols, b.rows]).toEqual([1364, 1104, 412, 294])
    const known = a.z.filter(level => !Number.isNaN(level))
    expect([known.reduce((m, v) => Math.min(m, v), Infinity), known.reduce((m, v) => Math.max(m, v), -Infinity)]).toEqual([0, 1021])
    const sample = groundSampler(a)
    let [near, total] = [0, 0]
    for (let j = 5; j < b.rows; j += 7) {
      for (let i = 5; i < b.cols; i += 7) {
        const level = sample(b.x0 + i * b.cellSizeM, b.y0 + j * b.cellSizeM)
        if (level === null || Number.isNaN(b.z[j * b.cols + i]!)) continue
        total++
        if (Math.abs(level - b.z[j * b.cols + i]!) < 12) near++ // nearest neighbour against bilinear on a steep slope
      }
    }
    expect(total).toBeGreaterThan(1500)
    expect(near / total).toBeGreaterThan(0.99)
  })

  it.each([['wntr/ky4_elevation.tif', 587, 402, 117.44, 226.24], ['wntr/Net1_elevation_data.tif', 51, 81, 200, 6300]])('%s: %i × %i', (path, cols, rows, low, high) => {
    const grid = importOf(sharedData(path)).reading.grounds[0]!.surface as { cols: number; rows: number; z: Float64Array }
    expect([grid.cols, grid.rows]).toEqual([cols, rows])
    const known = grid.z.filter(level => !Number.isNaN(level))
    expect(known.reduce((m, v) => Math.min(m, v), Infinity)).toBeCloseTo(low, 1)
    expect(known.reduce((m, v) => Math.max(m, v), -Infinity)).toBeCloseTo(high, 1)
  })
})
