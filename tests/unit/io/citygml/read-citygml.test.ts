import { describe, expect, it } from 'vitest'
import { ASSUMED } from '#shared/twin/asset.ts'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const file = (text: string) => [{ name: 'net.gml', bytes: new TextEncoder().encode(text) }]
const ADE = `<?xml version="1.0"?><core:CityModel xmlns:core="c" xmlns:gml="g" xmlns:u="u"><gml:boundedBy><gml:Envelope srsName="epsg:26910" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><u:Network><u:component><u:RoundPipe gml:id="a"><u:status>inUse</u:status><u:lod1Geometry><gml:LineString><gml:posList>425000 5452000 10 425100 5452000 11</gml:posList></gml:LineString></u:lod1Geometry><u:exteriorDiameter uom="cm">30</u:exteriorDiameter></u:RoundPipe></u:component>
<u:component><u:RoundPipe gml:id="b"><u:lod1Geometry><gml:LineString><gml:posList>425000 5452010 0 425100 5452010 0</gml:posList></gml:LineString></u:lod1Geometry><u:exteriorDiameter uom="cm">0</u:exteriorDiameter></u:RoundPipe></u:component></u:Network></core:cityObjectMember></core:CityModel>`

describe('CityGML', () => {
  it('reads pipes of the UtilityNetwork ADE with their size and level; 0 stands for unknown in both', () => {
    const { assets, crs, count } = importOf(file(ADE))
    expect(crs).toBe('EPSG:26910')
    expect(assets[0]).toMatchObject({ id: 'a', section: { shape: 'circle', diameterM: 0.3 }, axis: [[425000, 5452000, 10], [425100, 5452000, 11]], status: 'in_use' })
    expect([count('level_zero_unknown'), count('size_missing'), count('unit_suspect')]).toEqual([1, 1, 0])
  })

  it('marks levels that the source itself calls estimated', () => {
    const { assets, issues } = importOf(file(ADE.replace('<u:status>inUse</u:status>', '<u:status>inUse</u:status><u:elevationQuality>estimated</u:elevationQuality>')))
    expect(assets.map(asset => [asset.id, Boolean(asset.assumed & ASSUMED.level)])).toEqual([['a', true], ['b', true]])
    expect(issues.filter(issue => issue.code === 'level_assumed')).toEqual([{ code: 'level_assumed', severity: 'warning', ref: 'a (net#1)', context: { method: 'estimated' } }])
    expect(importOf(file(ADE)).assets[0]!.assumed & ASSUMED.level).toBe(0)
  })

  it('turns positions whose system puts northing first, only where the name is a formal one', () => {
    const japan = ADE.replaceAll('5452010', '5452000').replace('epsg:26910', 'http://www.opengis.net/def/crs/EPSG/0/10169').replaceAll('425000 5452000', '158777 21543').replaceAll('425100 5452000', '158877 21543')
    const { assets, crs, count } = importOf(file(japan))
    expect([crs, count('coordinates_swapped', 'info')]).toEqual(['EPSG:6676', 1])
    expect(assets[0]!.axis[0]).toEqual([21543, 158777, 10])
  })

  it.each([['an entity', ADE.replace('?>', '?><!DOCTYPE a [<!ENTITY x "1">]>').replace('425000', '&x;')], ['cut off', ADE.slice(0, 500)]])('refuses %s', (_name, text) => {
    expect(importOf(file(text)).refusal).not.toBeNull()
  })

  it('300 mutants are read or refused (seed 51)', () => {
    const { refused, read } = expectMutantsUnharmed(file(ADE), 0, ['<', '>', '"', '&', '</gml:posList>', 'NaN', '1e999', 'srsDimension="7"'], 51, 300)
    expect(Math.min(refused, read)).toBeGreaterThan(20)
  })
})

describe.skipIf(!hasSharedData('plateau-unf/nagaoka'))('real CityGML', () => {
  it.each([
    ['08EE751_unf_10169_blower_op', 53, 15], ['08EE751_unf_10169_gas_op', 7, 0], ['08EE751_unf_10169_hv_op', 11, 34], ['08EE751_unf_10169_lv_op', 619, 390], ['08EE751_unf_10169_snowmelt_op', 90, 34],
    ['08EE751_unf_10169_watercirc_op', 366, 257], ['08EE752_unf_10169_hv_op', 4, 30], ['08EE752_unf_10169_lv_op', 87, 94], ['08EE752_unf_10169_water_op', 237, 152],
  ])('Nagaoka %s: %i lines, %i nodes in Japan, none at level 0 as if surveyed', (name, lines, points) => {
    const { assets, nodes, crs, count } = importOf(sharedData(`plateau-unf/nagaoka/${name}.gml`))
    expect([assets.filter(asset => !('partOf' in asset.attributes)).length, nodes.length, crs]).toEqual([lines, points, 'EPSG:6676'])
    expect([count('level_zero_unknown'), count('size_missing')]).toEqual([lines, lines])
    // Zone VIII: about 21 km east and 158 km north of its origin.
    expect(assets.every(({ axis }) => axis[0]![0] > 20_000 && axis[0]![0] < 23_000 && axis[0]![1] > 157_000 && axis[0]![1] < 160_000)).toBe(true)
  })

  it('finds the faults PLATEAU\'s own checks find: two wrong geometry types, one open solid', () => {
    const faults = (folder: string) => {
      const { count } = importOf(sharedData(`plateau-unf/qc/${folder}/08EE753_unf_10169_sewer_op.gml`))
      return [count('geometry_mismatch'), count('schema_invalid')]
    }
    expect([faults('Z-unf-00_no-error'), faults('Z-unf-01_invalid-geometry-type'), faults('Z-unf-02_surface-not-closed')]).toEqual([[0, 0], [2, 0], [0, 1]])
  })

  it('asks about Nanaimo\'s mains of four metres, and takes their centimetres for the millimetres they are', () => {
    const { assets, count, issues } = importOf(sharedData('nanaimo-water/nanaimo_water_pipes_utilitynetworkade092.gml'))
    expect([assets.length, count('size_missing')]).toEqual([56, 29])
    expect(issues.find(issue => issue.code === 'unit_suspect')!.context).toMatchObject({ unit: 'mm', named: 'cm' })
    expect(assets[0]!.section).toEqual({ shape: 'circle', diameterM: 0.4 })
  })

  it('gives Yokosuka\'s terrain of 1066 triangles as ground', () => {
    const { grounds, crs } = importOf(sharedData('plateau-dem/523965_dem_6697_05_op.gml'))
    expect([(grounds[0] as { faces: Uint32Array }).faces.length / 3, crs]).toEqual([1066, 'EPSG:32654'])
  })
})
