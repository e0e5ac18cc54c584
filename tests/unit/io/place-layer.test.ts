import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { importReadings } from '#shared/io/apply/import-readings.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import { codesOf, collection, line, readText } from './geojson-source.ts'

const crsOf = (name: string) => ({ crs: { type: 'name', properties: { name } } })

function place(coordinates: number[][], more: Record<string, unknown> = {}, crs: 'own' | { fixed: string | null } = 'own', properties: Record<string, unknown> = {}) {
  const { value } = readText(collection([line(coordinates, properties)], more))
  const result = importReadings([{ reading: value, mappings: value.layers.map(proposeMapping) }], { crs, surface: null, assetIds: [] }, unattendedJob)
  const [first] = result.value.assets[0]!.axis
  return { crs: result.value.crs, x: first![0], y: first![1], codes: codesOf(result) }
}

// 106.55 E 29.56 N in CGCS2000 / 3-degree GK CM 108E by gdaltransform: 359474.087 3272217.299.
const CHONGQING = [[106.55, 29.56], [106.551, 29.56]]

describe('where a layer lies', () => {
  it('keeps a metric system as it is', () => {
    expect(place([[420_000, 4_577_000], [420_010, 4_577_000]], crsOf('EPSG:25831'))).toMatchObject({ crs: 'EPSG:25831', x: 420_000, y: 4_577_000 })
  })

  it('projects degrees into the zone of the place', () => {
    const placed = place(CHONGQING, crsOf('EPSG:4490'))
    expect(placed.crs).toBe('EPSG:4545')
    expect(placed.x).toBeCloseTo(359474.087, 2)
    expect(placed.y).toBeCloseTo(3272217.299, 2)
  })

  it('takes degrees without a system for WGS 84, as RFC 7946 says, and tells', () => {
    const placed = place(CHONGQING)
    expect(placed.crs).toBe('EPSG:4545')
    expect(placed.x).toBeCloseTo(359474.087, 2)
    expect(placed.codes).toEqual(expect.arrayContaining(['crs_missing', 'crs_assumed']))
  })

  it('turns latitude-first degrees, and tells', () => {
    const placed = place(CHONGQING.map(([lon, lat]) => [lat!, lon!]), crsOf('EPSG:4490'))
    expect(placed.x).toBeCloseTo(359474.087, 2)
    expect(placed.codes).toContain('coordinates_swapped')
  })

  it('turns northing-first coordinates of a Chinese survey, and tells', () => {
    const placed = place([[3272217.299, 359474.087], [3272217.299, 359490]], crsOf('EPSG:4545'))
    expect(placed).toMatchObject({ crs: 'EPSG:4545', x: 359474.087, y: 3272217.299 })
    expect(placed.codes).toContain('coordinates_swapped')
  })

  it('turns latitude-first degrees that only so lie where the project is', () => {
    // As they stand these are 41 E 2 N, in Kenya: possible, but not in a project in Catalonia.
    const placed = place([[41.35, 2.05], [41.36, 2.05]], crsOf('EPSG:4326'), { fixed: 'EPSG:25831' })
    expect(placed.codes).toContain('coordinates_swapped')
    expect(placed.x).toBeCloseTo(420_527.21, 1)
  })

  it('suspects coordinates that lie far from the project either way round', () => {
    expect(place([[106.5, 29.5], [106.51, 29.5]], crsOf('EPSG:4326'), { fixed: 'EPSG:25831' }).codes).toContain('axis_order_suspect')
  })

  it('tells of coordinates that cannot lie in the stated system either way round', () => {
    expect(place([[36_359_474, 3_272_217], [36_359_490, 3_272_217]], crsOf('EPSG:4545')).codes).toContain('coordinates_invalid')
  })

  it('leaves metres without a system in a local frame, and tells', () => {
    const placed = place([[5000, 5000], [5010, 5000]])
    expect(placed).toMatchObject({ crs: null, x: 5000 })
    expect(placed.codes).toEqual(expect.arrayContaining(['crs_missing', 'coordinates_unreferenced']))
  })

  it('takes metres without a system to be in the project\'s, and tells', () => {
    const placed = place([[420_000, 4_577_000], [420_010, 4_577_000]], {}, { fixed: 'EPSG:25831' })
    expect(placed).toMatchObject({ crs: 'EPSG:25831', x: 420_000 })
    expect(placed.codes).toEqual(expect.arrayContaining(['crs_missing', 'crs_assumed']))
  })

  it('takes the canonical form for a local frame without complaint about a missing system', () => {
    const placed = place([[0, 0, 1], [100, 0, 1]], {}, 'own', { id: 'a', kind: 'gas', diameterM: 0.2 })
    expect(placed).toMatchObject({ crs: null, x: 0 })
    expect(placed.codes).toEqual(['coordinates_unreferenced'])
  })

  it('brings a file in another system into the project\'s', () => {
    // There and back again is exact only if both ways are right.
    const utm31 = place([[420_000, 4_577_000], [420_010, 4_577_000]], crsOf('EPSG:25831'), { fixed: 'EPSG:25830' })
    const back = place([[utm31.x, utm31.y], [utm31.x + 10, utm31.y]], crsOf('EPSG:25830'), { fixed: 'EPSG:25831' })
    expect(back.x).toBeCloseTo(420_000, 3)
    expect(back.y).toBeCloseTo(4_577_000, 3)
  })
})
