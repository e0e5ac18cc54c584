import { describe, expect, it } from 'vitest'
import { readCanonicalGeoJson } from '#shared/io/canonical/read-canonical.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { bytesOf, codesOf, collection, line, point } from './geojson-source.ts'

const AXIS = [[0, 0, 10], [30, 40, 10]]
const read = (...features: unknown[]) => readCanonicalGeoJson(bytesOf(collection(features)))
const one = (properties: Record<string, unknown>, coordinates: unknown = AXIS) => {
  const result = read(line(coordinates, { id: 'p', kind: 'water', diameterM: 0.3, ...properties }))
  return { asset: result.value.assets[0]!, codes: codesOf(result) }
}

describe('canonical network GeoJSON', () => {
  it('reads every property of the form', () => {
    const { asset, codes } = one({
      id: 'g1', kind: 'gas', owner: '燃气集团', pressureClass: 'medium_a', laying: 'duct', status: 'abandoned', voltageKv: 10, accuracyPlanM: 0.5, accuracyLevelM: 0, colour: 'yellow',
    })
    expect(codes).toEqual([])
    expect(asset).toEqual({
      id: 'g1', kind: 'gas', owner: '燃气集团', section: { shape: 'circle', diameterM: 0.3 }, axis: AXIS, status: 'abandoned', pressureClass: 'medium_a', laying: 'duct',
      voltageKv: 10, accuracyPlanM: 0.5, accuracyLevelM: 0, assumed: 0, attributes: { colour: 'yellow' },
    })
  })

  it('leaves unsaid what the file leaves unsaid', () => {
    const { asset } = one({})
    expect(asset).not.toHaveProperty('accuracyPlanM')
    expect(asset).not.toHaveProperty('voltageKv')
    expect(asset.owner).toBe('')
  })

  // Outer diameter 0.3: crown is 0.15 above the axis. Rectangle 2.0 × 1.2: half the height is 0.6.
  it.each([
    [{ levelReference: 'axis' }, 10], [{ levelReference: 'crown' }, 9.85], [{ levelReference: 'invert' }, 10.15], [{ levelReference: 'invert', wallM: 0.05 }, 10.1],
    [{ levelReference: 'crown', diameterM: null, widthM: 2, heightM: 1.2 }, 9.4],
  ])('turns %j into an axis at %d m', (properties, z) => {
    expect(one(properties).asset.axis[0]![2]).toBeCloseTo(z, 12)
  })

  it('marks the wall it had to assume for an invert', () => {
    expect(one({ levelReference: 'invert' })).toMatchObject({ asset: { assumed: ASSUMED.wall }, codes: ['wall_assumed'] })
    expect(one({ levelReference: 'invert', wallM: 0.02 })).toMatchObject({ asset: { assumed: 0 }, codes: [] })
  })

  it.each([
    [{ diameterM: null }, 'size_missing'], [{ diameterM: 0 }, 'size_missing'], [{ diameterM: -1 }, 'property_invalid'], [{ diameterM: '30 cm' }, 'property_invalid'], [{ diameterM: 300 }, 'unit_suspect'],
    [{ kind: 'lava' }, 'kind_unknown'], [{ kind: null }, 'kind_unknown'], [{ kind: '__proto__' }, 'kind_unknown'], [{ status: 'gone' }, 'status_unknown'], [{ pressureClass: 'huge' }, 'property_invalid'],
    [{ voltageKv: 'much' }, 'property_invalid'], [{ accuracyPlanM: -2 }, 'property_invalid'], [{ levelReference: 'lid' }, 'property_invalid'],
  ])('tells of %j with %s and keeps the asset', (properties, code) => {
    const { asset, codes } = one(properties)
    expect(codes).toContain(code)
    expect(asset.id).toBe('p')
  })

  it('assumes a size and a level visibly where there is none', () => {
    const { asset, codes } = one({ diameterM: undefined }, [[0, 0], [10, 0]])
    expect(codes).toEqual(['size_missing', 'level_missing'])
    expect(asset.assumed).toBe(ASSUMED.size | ASSUMED.level | ASSUMED.ground)
    // Assumed water main: 0.2 m wide, 0.6 m of cover below a ground at 0.
    expect(asset.section).toEqual({ shape: 'circle', diameterM: 0.2 })
    expect(asset.axis[0]![2]).toBeCloseTo(-0.7, 12)
  })

  it('takes proposals by the foreign member and by the property', () => {
    const { value } = read(line(AXIS, { id: 'a', kind: 'gas', diameterM: 0.2 }, { scenario: true }), line(AXIS, { id: 'b', kind: 'gas', diameterM: 0.2, scenario: true }), line(AXIS, { id: 'c', kind: 'gas', diameterM: 0.2 }))
    expect(value.proposals.map(asset => asset.id)).toEqual(['a', 'b'])
    expect(value.assets.map(asset => asset.id)).toEqual(['c'])
  })

  it('reads nodes', () => {
    const { value, issues } = read(line(AXIS, { id: 'a', kind: 'gas', diameterM: 0.2 }), point([1, 2, 3], { id: 'mh', kind: 'sewer_foul', nodeType: 'manhole', diameterM: 1, bottomZ: 1.5 }))
    expect(issues).toEqual([])
    expect(value.nodes).toEqual([{ id: 'mh', kind: 'sewer_foul', nodeType: 'manhole', owner: '', at: [1, 2, 3], diameterM: 1, bottomZ: 1.5, attributes: {} }])
  })

  it('keeps both objects of a repeated id, under different ids', () => {
    const result = read(...[1, 2, 3].map(n => line([[0, n, 0], [9, n, 0]], { id: 'x', kind: 'gas', diameterM: 0.2 })))
    expect(result.value.assets.map(asset => asset.id)).toEqual(['x', 'x~2', 'x~3'])
    expect(codesOf(result)).toEqual(['duplicate_id', 'duplicate_id'])
  })

  it('leaves out a line without length, keeps a vertical one', () => {
    const result = read(line([[1, 1, 1], [1, 1, 1]], { id: 'dot', kind: 'gas', diameterM: 0.2 }), line([[1, 1, 1], [1, 1, 4]], { id: 'riser', kind: 'gas', diameterM: 0.2 }))
    expect(result.value.assets.map(asset => asset.id)).toEqual(['riser'])
    expect(result.issues).toEqual([{ code: 'zero_length', severity: 'warning', ref: 'dot (#1)' }])
  })

  it('joins parts that meet, in any order and direction, and bridges no gap', () => {
    const multi = (coordinates: unknown) => read({ type: 'Feature', properties: { id: 'm', kind: 'gas', diameterM: 0.2 }, geometry: { type: 'MultiLineString', coordinates } }).value.assets
    expect(multi([[[0, 0, 0], [1, 0, 0]], [[3, 0, 0], [2, 0, 0]], [[1, 0, 0], [2, 0, 0]]]).map(asset => asset.axis)).toEqual([[[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]]])
    const apart = multi([[[0, 0, 0], [1, 0, 0]], [[5, 0, 0], [6, 0, 0]]])
    expect(apart.map(asset => [asset.id, asset.attributes])).toEqual([['m', {}], ['m#2', { partOf: 'm' }]])
  })

  it('refuses what is wrong as a whole', () => {
    const result = readCanonicalGeoJson(bytesOf('{"type":"FeatureCollection","features":['))
    expect(result.issues).toMatchObject([{ code: 'schema_invalid', severity: 'error' }])
    expect(result.fatal).toBe(result.issues[0])
  })

  it('projects degrees, keeps a metric system, leaves a local frame', () => {
    const at = (coordinates: unknown, name?: string) => readCanonicalGeoJson(bytesOf(collection([line(coordinates, { id: 'p', kind: 'gas', diameterM: 0.2 })], name ? { crs: { type: 'name', properties: { name } } } : {})))
    expect(at(AXIS)).toMatchObject({ value: { crs: null, assets: [{ axis: AXIS }] }, issues: [] })
    expect(at([[420_000, 4_577_000, 3], [420_009, 4_577_000, 3]], 'EPSG:25831')).toMatchObject({ value: { crs: 'EPSG:25831', assets: [{ axis: [[420_000, 4_577_000, 3], [420_009, 4_577_000, 3]] }] }, issues: [] })
    // By gdaltransform from EPSG:4490 to EPSG:4545.
    const chongqing = at([[106.55, 29.56, 250], [106.551, 29.56, 250]], 'EPSG:4490').value
    expect(chongqing.crs).toBe('EPSG:4545')
    expect(chongqing.assets[0]!.axis[0]).toEqual([expect.closeTo(359474.087, 2), expect.closeTo(3272217.299, 2), 250])
  })
})
