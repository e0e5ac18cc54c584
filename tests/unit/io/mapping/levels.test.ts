import { describe, expect, it } from 'vitest'
import type { LayerMapping } from '#shared/io/mapping.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { codesOf, line, point } from '../geojson-source.ts'
import { importFeatures, X, Y } from './mapped.ts'

type Level = LayerMapping['level']

/** 100 m long with a vertex at 30 m; diameter 0.4 outer, wall 0.05. */
const PLAN = [[X, Y], [X + 30, Y], [X + 100, Y]]
const pipe = (properties: Record<string, unknown>, coordinates: unknown = PLAN) => line(coordinates, { pipe_id: 'p', diameter: 0.4, wall: 0.05, ...properties })
const levels = (properties: Record<string, unknown>, level: Partial<Level>, target = {}, coordinates: unknown = PLAN) => {
  const result = importFeatures([pipe(properties, coordinates)], { kind: { fallback: 'water' }, size: { field: 'diameter', unit: 'm', dimension: 'outer', wallField: 'wall', wallUnit: 'm' }, level: { startField: 'a', endField: 'b', unit: 'm', source: 'fields', groundStartField: null, groundEndField: null, ...level } }, target)
  const asset = result.value.assets[0]
  return { z: asset?.axis.map(point => Number(point[2].toFixed(9))), assumed: asset?.assumed, codes: codesOf(result) }
}

describe('levels become the axis', () => {
  // Start 10, end 20 over 100 m: 13 at 30 m. Crown lies 0.2 above the axis, the invert 0.15 below it.
  it.each<[Partial<Level>, number[]]>([
    [{ reference: 'axis' }, [10, 13, 20]],
    [{ reference: 'crown' }, [9.8, 12.8, 19.8]],
    [{ reference: 'invert' }, [10.15, 13.15, 20.15]],
  ])('surveyed levels: %j', (level, z) => {
    expect(levels({ a: 10, b: 20 }, level)).toMatchObject({ z, assumed: 0 })
  })

  // Ground falls from 50 to 40; depths grow from 1 to 2: at 30 m ground 47, depth 1.3.
  it.each<[Level['reference'], number[]]>([
    ['depth_to_axis', [49, 45.7, 38]], ['depth_to_crown', [48.8, 45.5, 37.8]], ['depth_to_invert', [49.15, 45.85, 38.15]],
  ])('%s below ground levels at the ends', (reference, z) => {
    expect(levels({ a: 1, b: 2, g1: 50, g2: 40 }, { reference, groundStartField: 'g1', groundEndField: 'g2' })).toMatchObject({ z, assumed: 0 })
  })

  it('hangs depths from the ground surface, vertex by vertex', () => {
    const surface = (x: number) => (x < X + 50 ? 100 : 90)
    expect(levels({ a: 1, b: 1 }, { reference: 'depth_to_axis' }, { surface })).toMatchObject({ z: [99, 99, 89], assumed: 0 })
  })

  it('converts the unit of levels', () => {
    expect(levels({ a: 10_000, b: 20_000 }, { reference: 'axis', unit: 'mm' }).z).toEqual([10, 13, 20])
  })

  it('takes one field for the whole line', () => {
    expect(levels({ a: 7 }, { reference: 'axis', endField: null })).toMatchObject({ z: [7, 7, 7], assumed: 0 })
  })

  it('uses the one end that is known for both, and marks it', () => {
    const result = levels({ a: null, b: 20 }, { reference: 'axis' })
    expect(result).toMatchObject({ z: [20, 20, 20], assumed: ASSUMED.level })
    expect(result.codes).toContain('level_assumed')
  })

  it('reads the z of the coordinates', () => {
    const threeD = [[X, Y, 5], [X + 30, Y, 6], [X + 100, Y, 7]]
    expect(levels({}, { source: 'geometry', reference: 'crown' }, {}, threeD)).toMatchObject({ z: [4.8, 5.8, 6.8], assumed: 0 })
  })

  it('interpolates by length along the plan, not by vertex', () => {
    const bent = [[X, Y], [X, Y + 10], [X + 30, Y + 10]]
    expect(levels({ a: 0.4, b: 4.4 }, { reference: 'axis' }, {}, bent).z).toEqual([0.4, 1.4, 4.4])
  })
})

describe('one layer of all kinds, as Chinese surveys have it', () => {
  it('takes the depth of sewers to the inside bottom and of others to the top', () => {
    const row = (GXLX: string, y: number) => line([[X, Y + y], [X + 10, Y + y]], { GXBH: `${GXLX}1`, GXLX, GJ: 400, QDMS: 2, ZDMS: 2, QDDMGC: 100, ZDDMGC: 100 })
    const { assets } = importFeatures([row('JS', 0), row('WS', 5)]).value
    // Water, 0.4 m outside: 100 − 2 − 0.2. Sewer, 0.4 m wide: 100 − 2 + 0.2.
    expect(assets.map(asset => [asset.id, asset.kind, Number(asset.axis[0]![2].toFixed(9))])).toEqual([['JS1', 'water', 97.8], ['WS1', 'sewer_foul', 98.2]])
  })
})

describe('levels that are not known', () => {
  const unknown = { reference: 'depth_to_crown', groundStartField: 'g1', groundEndField: 'g2', fallbackCoverM: 1 } as const

  it('takes zero for unknown, falls back to the assumed cover, and says both', () => {
    // Ground 50 to 40, cover 1, half the outer diameter 0.2.
    const result = levels({ a: 0, b: 0, g1: 50, g2: 40 }, unknown)
    expect(result).toMatchObject({ z: [48.8, 45.8, 38.8], assumed: ASSUMED.level })
    expect(result.codes).toEqual(expect.arrayContaining(['level_zero_unknown', 'cover_assumed']))
  })

  it('takes zero for zero where the user says so', () => {
    expect(levels({ a: 0, b: 0, g1: 50, g2: 40 }, { ...unknown, zeroIsUnknown: false })).toMatchObject({ z: [49.8, 46.8, 39.8], assumed: 0 })
  })

  it('leaves an asset out only where the mapping says so, with an issue naming it', () => {
    const result = importFeatures([pipe({})], { kind: { fallback: 'water' }, level: { source: 'cover', fallbackCoverM: null } })
    expect(result.value.assets).toEqual([])
    expect(result.issues).toContainEqual({ code: 'level_missing', severity: 'error', ref: 'p (net#1)' })
  })

  it('borrows the ground of neighbours in the import, and marks it', () => {
    const neighbour = line([[X, Y + 1], [X + 100, Y + 1]], { pipe_id: 'n', diameter: 0.4, top_elev_1: 30, top_elev_2: 30 })
    const { value } = importFeatures([neighbour, pipe({})], { kind: { fallback: 'water' }, level: { source: 'cover', fallbackCoverM: 1 }, size: { unit: 'm', dimension: 'outer' } })
    const own = value.assets.find(asset => asset.id === 'p')!
    expect(own.axis.map(point => point[2])).toEqual([28.8, 28.8, 28.8])
    expect(own.assumed).toBe(ASSUMED.level | ASSUMED.ground)
  })

  it('puts an asset of which nothing is known below level 0, marked', () => {
    const { value } = importFeatures([pipe({})], { kind: { fallback: 'water' }, level: { source: 'cover', fallbackCoverM: 1 }, size: { unit: 'm', dimension: 'outer' } })
    expect(value.assets[0]!.axis[0]![2]).toBeCloseTo(-1.2, 12)
    expect(value.assets[0]!.assumed).toBe(ASSUMED.level | ASSUMED.ground)
  })
})

describe('levels of nodes', () => {
  it('puts a node at its cover level and its bottom a depth below', () => {
    const { value } = importFeatures([point([X, Y], { node_id: 'n', top_elev: 30, ymax: 2.5 })])
    expect(value.nodes[0]).toMatchObject({ id: 'n', at: [X, Y, 30] })
    expect(value.nodes[0]!.bottomZ).toBeCloseTo(27.5, 12)
  })
  it('takes a node\'s one level for where it stands', () => {
    expect(importFeatures([point([X, Y], { node_id: 'n', elevation: 12.5 })]).value.nodes[0]).toMatchObject({ at: [X, Y, 12.5] })
  })
  it('does not take depth 0 for a bottom at the ground', () => {
    const { value, issues } = importFeatures([point([X, Y], { node_id: 'n', top_elev: 30, depth: 0 })])
    expect(value.nodes[0]).not.toHaveProperty('bottomZ')
    expect(issues.map(issue => issue.code)).toContain('level_zero_unknown')
  })
})
