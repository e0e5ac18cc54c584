import { describe, expect, it } from 'vitest'
import { importOf } from './mutate.ts'

const layer = (name: string, features: readonly { readonly properties: object; readonly coordinates: unknown; readonly type?: string }[]) => [{
  name: `${name}.geojson`,
  bytes: new TextEncoder().encode(JSON.stringify({
    type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4545' } },
    features: features.map(({ properties, coordinates, type = 'Polygon' }) => ({ type: 'Feature', properties, geometry: { type, coordinates } })),
  })),
}]
const square = (x: number, y: number, side: number) => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
const [X, Y] = [500_000, 3_280_000]

describe('polygons as blocks of responsibility', () => {
  it('are proposed for layers that say so by name or field, with name and responsible body; parcels and buildings are not', () => {
    const { blocks, reading } = importOf(layer('社区网格', [{ properties: { 网格编码: 'W01', 网格名称: '民生路一格', 责任单位: '某街道办' }, coordinates: [square(X, Y, 100)] }]))
    expect(reading.layers).toHaveLength(1)
    expect(blocks).toEqual([{ id: 'W01', name: '民生路一格', responsible: '某街道办', ring: [[X, Y], [X + 100, Y], [X + 100, Y + 100], [X, Y + 100]] }])
    const parcels = importOf(layer('parcels', [{ properties: { id: '1', OWNER: 'x' }, coordinates: [square(X, Y, 100)] }]))
    expect([parcels.blocks, parcels.count('feature_unsupported')]).toEqual([[], 1])
  })
  it('leave out holes, and make a district in several parts several blocks of one name', () => {
    const { blocks, count } = importOf(layer('districts', [{ type: 'MultiPolygon', properties: { name: 'North', responsible: 'Office' }, coordinates: [[square(X, Y, 100), square(X + 20, Y + 20, 10)], [square(X + 200, Y, 50)]] }]))
    expect(blocks.map(({ id, name, ring }) => [id, name, ring[0]])).toEqual([['North', 'North', [X, Y]], ['North#2', 'North', [X + 200, Y]]])
    expect(count('geometry_multipart')).toBe(1)
  })
})
