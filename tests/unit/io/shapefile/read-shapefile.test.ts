import { describe, expect, it } from 'vitest'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'
import { dbfBytes, shpBytes, UTM_10N_ESRI, type ShpRecord } from './shapefile-source.ts'

const text = (value: string) => new TextEncoder().encode(value)
/** 燃气 and 给水 in GBK, as Chinese GIS write them. */
const GBK = { gas: Uint8Array.from([0xc8, 0xbc, 0xc6, 0xf8]), water: Uint8Array.from([0xb8, 0xf8, 0xcb, 0xae]) }

const LINES: ShpRecord[] = [
  { type: 13, parts: [[[429000, 5440000, 10], [429100, 5440000, 11]]] },
  { type: 13, parts: [[[429000, 5440010, 1], [429010, 5440010, 2]], [[429010, 5440010, 2], [429020, 5440010, 3]]] },
  { type: 0, parts: [] },
]
const TABLE = dbfBytes([{ name: 'PIPEID', type: 'N', length: 6 }, { name: 'GXLX', type: 'C', length: 10 }, { name: 'GJ', type: 'N', length: 6 }], [
  [text('     1'), GBK.gas, text('   200')], [text('     2'), GBK.water, text('   300')], [text('     3'), GBK.gas, text('   100')],
])
const SET = [
  { name: '管线.shp', bytes: shpBytes(13, LINES) }, { name: '管线.dbf', bytes: TABLE },
  { name: '管线.shx', bytes: new Uint8Array(124) }, { name: '管线.prj', bytes: text(UTM_10N_ESRI) },
]

describe('a shapefile', () => {
  it('keeps z, joins parts that meet, reads Chinese in GBK and finds the code of its system', () => {
    const { assets, crs, count } = importOf(SET)
    expect(crs).toBe('EPSG:26910')
    expect(assets.map(asset => [asset.kind, asset.attributes['GXLX'], asset.section])).toEqual([
      ['gas', '燃气', { shape: 'circle', diameterM: 0.2 }], ['water', '给水', { shape: 'circle', diameterM: 0.3 }],
    ])
    expect(assets[0]!.axis).toEqual([[429000, 5440000, 10], [429100, 5440000, 11]])
    expect(assets[1]!.axis.map(point => point[2])).toEqual([1, 2, 3])
    expect([count('geometry_null'), count('encoding', 'info'), count('part_missing')]).toEqual([1, 1, 0])
  })

  it('says which of its files are missing, and reads what is there', () => {
    const { assets, count, issues } = importOf(SET.slice(0, 1))
    expect([assets.length, count('part_missing'), count('crs_missing')]).toEqual([2, 3, 1])
    expect(issues.filter(issue => issue.code === 'part_missing').map(issue => issue.context!['part'])).toEqual(['.dbf', '.shx', '.prj'])
    expect(importOf(SET.slice(1, 2)).refusal).toMatchObject({ code: 'part_missing', context: { part: '.shp' } })
  })

  it('takes points for points where lines of one vertex stand under a header of points', () => {
    const bytes = shpBytes(1, [{ type: 3, parts: [[[429000, 5440000]]] }, { type: 1, parts: [[[429001, 5440000]]] }])
    const { nodes, count } = importOf([{ name: 'n.shp', bytes }, SET[3]!])
    expect([nodes.length, count('geometry_mismatch')]).toEqual([2, 1])
  })

  it('refuses what is cut off: nothing of half a file is used', () => {
    const { bytes } = SET[0]!
    for (const length of [0, 50, 101, 150, bytes.length - 8]) {
      const { refusal, assets } = importOf([{ name: 'cut.shp', bytes: bytes.subarray(0, length) }, ...SET.slice(1)])
      expect([refusal?.code, assets.length], String(length)).toEqual(['schema_invalid', 0])
    }
  })

  it('leaves out a record whose counts or coordinates are impossible', () => {
    const bytes = shpBytes(3, [{ type: 3, parts: [[[0, 0], [1e300, 0]]] }, { type: 3, parts: [[[429000, 5440000], [429001, 5440000]]] }])
    const { assets, count } = importOf([{ name: 'x.shp', bytes }])
    expect([assets.length, count('coordinates_invalid', 'error')]).toEqual([1, 1])
  })

  it.each([[0, 'geometry', 11], [1, 'table', 12], [3, 'projection', 13]])('file %i (%s): 300 mutants are read or refused (seed %i)', (which, _name, seed) => {
    const { read } = expectMutantsUnharmed(SET, which, ['\0\0\0\0', '\xff\xff\xff\x7f', '[', ']', '"', ',', 'PARAMETER["', '1e999', '*'], seed, 300)
    expect(read).toBeGreaterThan(20)
  })
})

const set = (path: string) => sharedData(`${path}.shp`, `${path}.dbf`, `${path}.shx`, `${path}.prj`)

describe.skipIf(!hasSharedData('norfolk-stormwater/mycons_prj.shp'))('real shapefiles', () => {
  it('gives Nanaimo\'s 3331 mains and services, 1056 of them without a size', () => {
    const { assets, crs, count } = importOf(set('nanaimo-water/PIPES_AND_SERVICES_sm'))
    expect([assets.length, crs, count('size_missing')]).toEqual([3331, 'EPSG:26910', 1056])
  })

  it('gives Norfolk\'s 375 nodes, lines of one vertex under a header of points', () => {
    const { nodes, crs, count } = importOf(set('norfolk-stormwater/mynodesshp'))
    expect([nodes.length, crs, count('geometry_mismatch')]).toEqual([375, 'EPSG:32618', 375])
  })

  it('gives Norfolk\'s sewers as the SWMM model and the GeoJSON of the same network do: lengths, sizes, inverts', () => {
    const bySource = [set('norfolk-stormwater/mycons_prj'), sharedData('norfolk-stormwater/mycons_prj.geojson'), sharedData('norfolk-stormwater/brambleton.inp')].map(files => importOf(files))
    const [shape, json, model] = bySource as [typeof bySource[0], typeof bySource[0], typeof bySource[0]]
    const byId = (assets: typeof shape.assets) => new Map(assets.map(asset => [asset.id, asset]))
    expect(bySource.map(source => source.assets.length)).toEqual([374, 374, 374])
    const [jsonById, modelById] = [byId(json.assets), byId(model.assets)]
    for (const pipe of shape.assets) {
      for (const other of [jsonById.get(pipe.id)!, modelById.get(pipe.id)!]) {
        expect(other.kind).toBe('sewer_storm')
        expect(outerHeightM(other)).toBeCloseTo(outerHeightM(pipe), 3)
        expect(other.axis[0]![2]).toBeCloseTo(pipe.axis[0]![2], 3)
        expect(other.axis.at(-1)![2]).toBeCloseTo(pipe.axis.at(-1)![2], 3)
      }
      expect((pipe.attributes['Length'] as number) * 0.3048).toBeCloseTo(modelById.get(pipe.id)!.attributes['lengthM'] as number, 3)
    }
  })
})

const outerHeightM = ({ section }: { section: { shape: 'circle'; diameterM: number } | { shape: 'rectangle'; heightM: number } }) => (section.shape === 'circle' ? section.diameterM : section.heightM)
