import { describe, expect, it } from 'vitest'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const file = (name: string, value: unknown) => [{ name, bytes: new TextEncoder().encode(JSON.stringify(value)) }]
const CITY = {
  type: 'CityJSON', version: '1.1', transform: { scale: [0.01, 0.01, 0.01], translate: [500000, 3280000, 200] }, metadata: { referenceSystem: 'https://www.opengis.net/def/crs/EPSG/0/4545' },
  CityObjects: {
    pipe: { type: '+RoundPipe', parents: ['graph'], attributes: { interiorDiameter: { value: 300, uom: 'mm' } } }, link: { type: '+InteriorFeatureLink', parents: ['graph'], geometry: [{ type: 'MultiLineString', boundaries: [[0, 1]] }] },
    node: { type: '+Node', geometry: [{ type: 'MultiPoint', boundaries: [0] }] },
  },
  vertices: [[0, 0, 0], [1000, 0, 100]],
}
const table = (columns: string[], data: unknown[][]) => ({ _module: 'pandas.core.frame', _class: 'DataFrame', _object: JSON.stringify({ columns, index: data.map((_row, i) => i), data }) })
const PIPES = { _module: 'pandapipes.pandapipes_net', _class: 'pandapipesNet', _object: {
  fluid: { _object: '{"name": "hgas", "is_gas": true}' }, junction: table(['name', 'height_m'], [['K1', 100], ['K2', 90]]), junction_geodata: table(['x', 'y'], [[1000, 0], [2000, 0]]),
  pipe: table(['name', 'from_junction', 'to_junction', 'diameter_m'], [['P1', 0, 1, 0.2], ['P2', 0, 7, 0.2]]),
} }

describe('CityJSON utility networks', () => {
  it('gives a pipe the line of its graph, in metres by the transform', () => {
    const { assets, nodes, crs } = importOf(file('n.city.json', CITY))
    expect([crs, nodes.length]).toEqual(['EPSG:4545', 1])
    expect(assets[0]).toMatchObject({ id: 'pipe', axis: [[500000, 3280000, 200], [500010, 3280000, 201]] })
    expect(assets[0]!.attributes['interiorDiameter (mm)']).toBe(300)
  })

  it('refuses a transform that puts every vertex in one place', () => {
    expect(importOf(file('n.json', { ...CITY, transform: { ...CITY.transform, scale: [0, 0, 0] } })).refusal).toMatchObject({ code: 'coordinates_invalid', context: { problem: 'transform_scale_zero' } })
  })
})

describe('pandapipes', () => {
  it('gives pipes between junctions below their heights, and says which junction is not there', () => {
    const { assets, issues } = importOf(file('net.json', PIPES))
    expect(assets.map(asset => [asset.id, asset.kind])).toEqual([['P1', 'gas']])
    expect(assets[0]!.section).toEqual({ shape: 'circle', diameterM: expect.closeTo(0.24, 9) as number })
    expect(issues).toContainEqual(expect.objectContaining({ code: 'geometry_null', severity: 'error', context: { node: '7' } }))
  })
})

it('valves and pumps of pandapipes are lines between junctions that lie apart, else points', () => {
  const _object = { ...PIPES._object, valve: table(['name', 'from_junction', 'to_junction', 'diameter_m'], [['V1', 0, 1, 0.1], ['V2', 1, 1, 0.1], ['V3', 1, 9, 0.1]]), pump: table(['name', 'from_junction', 'to_junction'], [[null, 1, 0]]) }
  const { assets, nodes, issues } = importOf(file('net.json', { ...PIPES, _object }))
  expect(assets.map(asset => asset.id)).toEqual(['P1', 'V1', 'pump 0'])
  expect(assets[1]!.axis.map(([x, y]) => [x, y])).toEqual([[1000, 0], [2000, 0]])
  expect(nodes.map(node => [node.id, node.nodeType])).toEqual([['K1', 'junction'], ['K2', 'junction'], ['V2', 'valve']])
  expect(issues).toContainEqual(expect.objectContaining({ code: 'geometry_null', ref: 'net:valve#2', context: { node: '9' } }))
})

it('a height or a place of a pandapipes network that is no figure is not known', () => {
  const wild = JSON.stringify(PIPES).replace('100],[', '1e999],[').replace('[\\"K1\\",100]', '[\\"K1\\",1e999]')
  const { assets, nodes } = importOf([{ name: 'net.json', bytes: new TextEncoder().encode(wild) }])
  expect(wild).toContain('1e999')
  expect(assets.flatMap(({ axis }) => axis.flat()).every(Number.isFinite)).toBe(true)
  expect(nodes.flatMap(({ at }) => [...at]).every(Number.isFinite)).toBe(true)
})

describe('mutants and strangers', () => {
  it.each([['CityJSON', file('n.city.json', CITY), 91], ['pandapipes', file('net.json', PIPES), 92]])('%s: 300 mutants are read or refused (seed $2)', (_name, files, seed) => {
    const { refused } = expectMutantsUnharmed(files, 0, ['"', '{', ']', ',', 'null', '1e999', '\\', '"__proto__":'], seed, 300)
    expect(refused).toBeGreaterThan(50)
  })

  it('a format that is not read is refused with the names of those that are', () => {
    const refusal = importOf([{ name: 'model.rvt', bytes: new TextEncoder().encode('Revit model') }]).refusal!
    expect(refusal).toMatchObject({ code: 'feature_unsupported', severity: 'error', context: { problem: 'format_unknown' } })
    expect(refusal.context!['readable']).toContain('.shp')
  })

  it.skipIf(!hasSharedData('pandapipes-pandapower'))('real networks: lines and nodes as counted in their source', () => {
    const counts = ['district_N', 'versatility_N', 'versatility_PC', 'mv_oberrhein'].map(name => {
      const { reading } = importOf(sharedData(`pandapipes-pandapower/${name}.json`))
      return reading.layers.map(layer => layer.features.length)
    })
    expect(counts).toEqual([[15, 15], [13, 12], [15, 12], [181, 179]])
    expect(importOf(sharedData('pandapipes-pandapower/district_N.json')).assets[0]!.kind).toBe('water')
  })
})
