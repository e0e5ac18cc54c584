import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { importReadings } from '#shared/io/apply/import-readings.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import { readSource } from '#shared/io/read-source.ts'
import { DEFAULT_IMPORT_LIMITS } from '#shared/io/source.ts'
import { ASSUMED, type AssetRecord } from '#shared/twin/asset.ts'

/** Sewers and water mains of the same streets of Sant Boi de Llobregat (Giswater's example, EPSG:25831). */
const FOLDER = new URL('../../../../shared/data/giswater-example/', import.meta.url)
const hasData = existsSync(new URL('ud_arcs.geojson', FOLDER))

function importGiswater(...names: string[]) {
  const sources = names.map(name => {
    const { value, issues } = readSource([{ name: `${name}.geojson`, bytes: readFileSync(new URL(`${name}.geojson`, FOLDER)) }], DEFAULT_IMPORT_LIMITS, unattendedJob)
    expect(issues).toEqual([])
    return { reading: value, mappings: value.layers.map(proposeMapping) }
  })
  const result = importReadings(sources, { crs: 'own', surface: null, assetIds: [] }, unattendedJob)
  const count = (code: string, severity?: string) => result.issues.filter(issue => issue.code === code && (severity === undefined || issue.severity === severity)).length
  return { ...result.value, count }
}

const field = (asset: AssetRecord, name: string) => asset.attributes[name] as number

describe.skipIf(!hasData)('Giswater\'s example with the proposed mapping', () => {
  it('gives 206 sewers at their inverts, with walls around their inside', () => {
    const { assets, crs, count } = importGiswater('ud_arcs')
    expect([assets.length, crs]).toEqual([206, 'EPSG:25831'])
    expect(new Set(assets.map(asset => asset.kind))).toEqual(new Set(['sewer_combined']))
    const sized = assets.filter(asset => field(asset, 'cat_geom1_m') > 0)
    expect(sized).toHaveLength(200)
    for (const asset of sized) {
      const heightM = field(asset, 'cat_geom1_m')
      expect(asset.axis[0]![2]).toBeCloseTo(field(asset, 'elev1') + heightM / 2, 9)
      expect(asset.axis.at(-1)![2]).toBeCloseTo(field(asset, 'elev2') + heightM / 2, 9)
      const outerM = asset.section.shape === 'circle' ? asset.section.diameterM : asset.section.heightM
      expect(outerM).toBeCloseTo(1.2 * heightM, 9)
      expect(asset.assumed).toBe(ASSUMED.wall)
    }
    // Virtual arcs of size 0: kept, with an assumed size.
    expect(count('size_missing')).toBe(6)
    expect(assets.filter(asset => asset.assumed === ASSUMED.size)).toHaveLength(6)
    // 9 rectangles and 3 eggs; the second figure is the width.
    expect(assets.filter(asset => asset.section.shape === 'rectangle')).toHaveLength(12)
    expect(assets.find(asset => asset.attributes['cat_shape'] === 'EGG')!.section).toEqual({ shape: 'rectangle', widthM: expect.closeTo(1.3, 9) as number, heightM: expect.closeTo(1.8, 9) as number })
  })

  it('takes the size of service lines from the catalogue, in centimetres and in millimetres', () => {
    const sizes = (name: string) => importGiswater(name).assets.map(({ section, assumed, attributes }) => [section.shape === 'circle' ? section.diameterM : NaN, assumed & ASSUMED.size, String(attributes['linkcat_id'])] as const)
    for (const [outerM, assumed, catalogue] of sizes('ud_links')) {
      const innerM = Number(/CC(\d+)_/.exec(catalogue)![1]) / 100
      expect(assumed).toBe(0)
      expect(outerM, catalogue).toBeCloseTo(1.2 * innerM, 9)
    }
    for (const [outerM, assumed, catalogue] of sizes('ws_links')) {
      expect(assumed).toBe(0)
      expect(outerM, catalogue).toBeCloseTo(Number(/PVC(\d+)-/.exec(catalogue)![1]) / 1000, 9)
    }
  })

  it('knows what is out of service or planned', () => {
    const { assets } = importGiswater('ud_arcs')
    const byStatus = (status: string) => assets.filter(asset => asset.status === status).length
    expect([byStatus('in_use'), byStatus('abandoned'), byStatus('planned')]).toEqual([193, 6, 7])
  })

  it('gives 269 water mains below the ground by an assumed cover, since depth 0 is no depth', () => {
    const { assets, crs, count } = importGiswater('ws_arcs')
    expect([assets.length, crs]).toEqual([269, 'EPSG:25831'])
    expect(count('level_zero_unknown')).toBe(265)
    expect(count('level_missing')).toBe(4)
    expect(count('cover_assumed')).toBe(269)
    for (const asset of assets) {
      expect(asset.assumed & ASSUMED.level).not.toBe(0)
      if (asset.attributes['elevation1'] === undefined) continue
      const outerM = asset.section.shape === 'circle' ? asset.section.diameterM : NaN
      // Mains of different sizes meet at one level: the smaller one's end moves by the difference of their radii.
      expect(Math.abs(asset.axis[0]![2] - (field(asset, 'elevation1') - 0.6 - outerM / 2))).toBeLessThan(0.1)
      expect(Math.abs(asset.axis.at(-1)![2] - (field(asset, 'elevation2') - 0.6 - outerM / 2))).toBeLessThan(0.1)
    }
    // Five virtual mains have no outside diameter, and 999 for the inside: not taken.
    expect(count('size_missing')).toBe(5)
    expect(assets.filter(asset => asset.section.shape === 'circle' && asset.section.diameterM === 0.063)).toHaveLength(48)
  })

  it('brings both and their nodes into one project, telling the ids they share', () => {
    const { assets, nodes, count, crs } = importGiswater('ud_arcs', 'ws_arcs', 'ud_nodes', 'ws_nodes')
    expect([assets.length, nodes.length, crs]).toEqual([475, 434, 'EPSG:25831'])
    expect(new Set(assets.map(asset => asset.id)).size).toBe(475)
    // Five numbers mean a sewer in one file and a main in the other: the later ones carry their layer's name.
    expect(assets.map(asset => asset.id).filter(id => id.startsWith('ws_arcs:'))).toHaveLength(5)
    expect(count('duplicate_id', 'info')).toBe(count('duplicate_id'))
    expect(nodes.filter(node => node.nodeType === 'manhole').length).toBeGreaterThan(150)
  })

  it('lays mains without any level below the ground their neighbours know', () => {
    const { assets } = importGiswater('ud_arcs', 'ws_arcs', 'ud_nodes', 'ws_nodes')
    const unknown = assets.filter(asset => (asset.assumed & ASSUMED.ground) !== 0)
    expect(unknown.map(asset => asset.id).sort()).toEqual(['114454', '114455', '114456', '114457'])
    for (const asset of unknown) for (const [, , z] of asset.axis) expect(z).toBeGreaterThan(40)
  })
})
