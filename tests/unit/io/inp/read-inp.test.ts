import { describe, expect, it } from 'vitest'
import { ASSUMED } from '#shared/twin/asset.ts'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const inp = (text: string, name = 'net.inp') => [{ name, bytes: new TextEncoder().encode(text) }]

const EPANET = `[TITLE]
a small network ; with a comment
[JUNCTIONS]
;ID Elev Demand
 J1  10.0  5 ;
 J2  12
[RESERVOIRS]
 R1  50
[TANKS]
 T1 20 1 0 5 12 0
[PIPES]
 P1 R1 J1 100 300 130 0 Open
 P2 J1 J2 50  0 130
 P3 J1 NOWHERE 50 100 130
[PUMPS]
 PU1 J2 T1 HEAD 1
[VALVES]
 V1 J1 J2 200 PRV 30
[OPTIONS]
 Units LPS
[COORDINATES]
 J1 100 0
 J2 150 0
 R1 0 0
 T1 150 0
[VERTICES]
 P1 50 10
[END]
`

const SWMM = `[OPTIONS]
FLOW_UNITS CMS
LINK_OFFSETS DEPTH
[JUNCTIONS]
A 100 3 0 0 0
B 99 0
[OUTFALLS]
O 98 FREE
[CONDUITS]
C1 A b 100 0.013 0.5 * 0
C2 B O 50 0.013 0 1
C3 A O 50 0.013
[WEIRS]
W1 B O TRANSVERSE 0.4 3.3 NO
[XSECTIONS]
C1 CIRCULAR 0.5 0 0 0 1
C2 RECT_CLOSED 1 2 0 0 1
C3 EGG 1.5 0 0 0 2
[COORDINATES]
A 0 0
B 100 0
O 150 0
`

describe('EPANET', () => {
  it('gives pipes in metres, nodes with their levels, and an assumed cover since no depth is stated', () => {
    const { assets, nodes, crs, count, reading } = importOf(inp(EPANET))
    expect([reading.format, crs]).toEqual(['epanet', null])
    expect(assets.map(asset => asset.id)).toEqual(['P1', 'P2', 'V1'])
    expect(assets[0]).toMatchObject({ kind: 'water', section: { shape: 'circle', diameterM: 0.3 }, attributes: { lengthM: 100, type: 'pipe' } })
    expect(assets[0]!.axis.map(([x, y]) => [x, y])).toEqual([[0, 0], [50, 10], [100, 0]])
    // The ground is known at J1 alone: 10 m − 0.6 m of cover − half the diameter.
    expect(assets[0]!.axis[2]![2]).toBeCloseTo(10 - 0.6 - 0.15, 9)
    expect(assets[0]!.assumed & ASSUMED.level).toBeTruthy()
    expect(nodes.map(({ id, nodeType, at }) => [id, nodeType, at[2]])).toEqual([['J1', 'junction', 10], ['J2', 'junction', 12], ['R1', 'source', expect.any(Number)], ['T1', 'tank', 20], ['PU1', 'pump', expect.any(Number)]])
    expect(count('crs_missing')).toBe(2)
  })

  it('names what is wrong: an unknown node, a size of 0', () => {
    const { issues, count } = importOf(inp(EPANET))
    expect(issues).toContainEqual({ code: 'schema_invalid', severity: 'error', ref: 'P3 (net#14)', context: { problem: 'unknown_node', node: 'NOWHERE' } })
    expect(count('size_missing')).toBe(1)
  })

  it('reads feet and inches where the flow is in gallons, which is the default', () => {
    const { assets, nodes } = importOf(inp(EPANET.replace(' Units LPS', '').replace('100 300 130', '100 12 130')))
    expect(assets[0]!.section).toEqual({ shape: 'circle', diameterM: 12 * 0.0254 })
    expect(assets[0]!.attributes['lengthM']).toBeCloseTo(30.48, 9)
    expect(nodes[1]!.at[2]).toBeCloseTo(12 * 0.3048, 9)
  })

  it('gives demands in litres per second whatever the file\'s unit; those of [DEMANDS] together, in place of the junction\'s', () => {
    const demands = (text: string) => importOf(inp(text)).nodes.map(node => node.attributes['demandLs'])
    expect(demands(EPANET).slice(0, 2)).toEqual([5, null])
    // EPANET 2.2 manual, appendix B: 1 GPM = 0.06309 L/s, 1 CMH = 0.27778 L/s, 1 AFD = 14.276 L/s.
    for (const [unit, litres] of [['GPM', 0.06309], ['CMH', 0.27778], ['AFD', 14.2764], ['IMGD', 52.6168], ['MGD', 43.8126], ['CFS', 28.3168], ['MLD', 11.5741], ['LPM', 1 / 60]] as const) {
      expect(demands(EPANET.replace('LPS', unit))[0] as number / (5 * litres)).toBeCloseTo(1, 4)
    }
    expect(demands(EPANET.replace('[END]', '[DEMANDS]\n J1 2 ; homes\n J1 1.5 P2\n J2 4\n[END]')).slice(0, 2)).toEqual([3.5, 4])
  })

  it.each([
    ['a section EPANET does not know', EPANET.replace('[PUMPS]', '[FOO]'), 'unknown_section'],
    ['flow units it does not know', EPANET.replace('LPS', 'BARREL'), 'flow_units'],
    ['no section at all', 'hello', 'no_sections'],
    ['nothing', '', 'empty'],
    ['no nodes', '[TITLE]\nx\n[PIPES]\n', 'no_nodes'],
  ])('refuses a file with %s', (_name, text, problem) => {
    expect(importOf(inp(text)).refusal).toMatchObject({ code: 'schema_invalid', severity: 'error', context: { problem } })
  })
})

describe('SWMM', () => {
  it('gives sewers at their inverts with offsets, sections around their inside', () => {
    const { assets, reading } = importOf(inp(SWMM))
    expect(reading.format).toBe('swmm')
    const [c1, c2, c3, w1] = assets
    // Names are the same whatever their case. Inner 0.5 m, wall 0.05 m.
    expect(c1).toMatchObject({ id: 'C1', kind: 'sewer_storm', section: { shape: 'circle', diameterM: 0.6 } })
    expect(c1!.axis.map(point => point[2])).toEqual([100.5 + 0.25, 99 + 0.25])
    expect(c2!.section).toEqual({ shape: 'rectangle', widthM: 2.4, heightM: 1.4 })
    expect(c2!.axis.map(point => point[2])).toEqual([99 + 0.5, 99 + 0.5])
    // Two eggs side by side, each two thirds as wide as it is high.
    expect(c3!.attributes).toMatchObject({ heightM: 1.5, widthM: 2 * 1.5 * 0.667, barrels: 2 })
    expect(w1).toMatchObject({ id: 'W1', attributes: { type: 'weir', invertStartM: 99.4 } })
  })

  it('says what of a model has no place in the ground', () => {
    const { issues } = importOf(inp(`${SWMM}[RAINGAGES]\nR1 INTENSITY 1:00 1.0 TIMESERIES T\nR2 INTENSITY 1:00 1.0 TIMESERIES T\n`))
    expect(issues).toContainEqual({ code: 'feature_unsupported', severity: 'info', ref: 'net', context: { type: 'RAINGAGES', count: 2 } })
  })

  it('reads subcatchments: area, impervious share, width and slope as stated, the outline as drawn, the node at the end of the row', () => {
    const { catchments, issues } = importOf(inp(`${SWMM}[SUBCATCHMENTS]
S1 * a 2 25 100 0.5 0
S2 * S1 1 40 80 1 0
S3 * B 0.5 60 30 2 0
S4 * NOWHERE 1 10 10 1 0
S5 * B none 10 10 1 0
S6 * S7 1 10 10 1 0
S7 * S6 1 10 10 1 0
[POLYGONS]
S1 0 0
S1 100 0
S1 100 100
s2 10 10
S2 60 60
S2 60 10
S2 10 60
S4 0 0
S4 50 0
S4 50 50
`))
    expect(catchments).toEqual([
      { name: 'S1', node: 'A', areaM2: 20_000, imperviousPercent: 25, widthM: 100, slopePercent: 0.5, runoffCoefficient: null, ring: [[0, 0], [100, 0], [100, 100]] },
      // Crosses itself: a square of its area in the middle of its corners.
      { name: 'S2', node: 'A', areaM2: 10_000, imperviousPercent: 40, widthM: 80, slopePercent: 1, runoffCoefficient: null, ring: [[-15, -15], [85, -15], [85, 85], [-15, 85]] },
      // Not drawn: at its node.
      { name: 'S3', node: 'B', areaM2: 5000, imperviousPercent: 60, widthM: 30, slopePercent: 2, runoffCoefficient: null, ring: expect.any(Array) as unknown },
      { name: 'S4', node: null, areaM2: 10_000, imperviousPercent: 10, widthM: 10, slopePercent: 1, runoffCoefficient: null, ring: [[0, 0], [50, 0], [50, 50]] },
    ])
    const [xs, ys] = [0, 1].map(k => catchments![2]!.ring.map(corner => corner[k]!)) as [number[], number[]]
    expect([Math.min(...xs) + Math.max(...xs), Math.min(...ys) + Math.max(...ys)]).toEqual([200, 0])
    expect(issues.filter(({ code }) => code === 'outline_assumed').map(({ ref }) => ref)).toEqual(['S2 (net#25)', 'S3 (net#26)'])
    expect(issues.filter(({ code, context }) => code === 'schema_invalid' && context?.['problem'] !== undefined).map(({ ref, context }) => `${ref} ${context!['problem']}`))
      .toEqual(['S4 (net#27) unknown_node', 'S5 (net#28) area', 'S6 (net#29) unknown_node', 'S7 (net#30) unknown_node'])
    expect(issues.filter(({ code }) => code === 'geometry_null').map(({ ref }) => ref)).toEqual(['S6 (net#29)', 'S7 (net#30)'])
  })

  it('reads subcatchments in acres and feet', () => {
    const { catchments } = importOf(inp(`${SWMM.replace('CMS', 'CFS')}[SUBCATCHMENTS]\nS1 * A 2 25 100 0.5 0\n`))
    expect(catchments![0]!.areaM2).toBeCloseTo(8093.7128448, 6)
    expect(catchments![0]!.widthM).toBeCloseTo(30.48, 9)
  })

  it('reads offsets given as levels, and feet', () => {
    const { assets } = importOf(inp(SWMM.replace('LINK_OFFSETS DEPTH', 'LINK_OFFSETS ELEVATION').replace('C1 A b 100 0.013 0.5', 'C1 A b 100 0.013 100.2').replace('CMS', 'CFS')))
    expect(assets[0]!.attributes['invertStartM']).toBeCloseTo(100.2 * 0.3048, 9)
    expect(assets[0]!.attributes['invertEndM']).toBeCloseTo(99 * 0.3048, 9)
  })

  it('knows the ground only where a depth is given; a node else stands at its floor', () => {
    const { nodes } = importOf(inp(SWMM))
    expect(nodes[0]).toMatchObject({ id: 'A', nodeType: 'manhole', at: [0, 0, 103], bottomZ: 100 })
    expect(nodes[2]).toMatchObject({ id: 'O', nodeType: 'outfall', bottomZ: 98 })
  })
})

describe('mutated .inp files are read or refused', () => {
  const PIECES = ['[', ']', ';', '"', '\n', '[PIPES]', '[FOO]', 'NaN', '1e999', '-', '\t', ' ', '[COORDINATES]\n', '__proto__', '*']
  it.each([['EPANET', EPANET, 1], ['SWMM', SWMM, 2]])('%s, 300 mutants (seed %#)', (_name, text, seed) => {
    const { refused, read } = expectMutantsUnharmed(inp(text), 0, PIECES, seed, 300)
    expect(read).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(0)
  })
})

const hasData = hasSharedData('wntr/ky4.inp')
describe.skipIf(!hasData)('real .inp files', () => {
  it('gives the Kentucky mains as the GeoJSON of the same network does: pipes, lengths, sizes, places', () => {
    const model = importOf(sharedData('wntr/ky4.inp'))
    const map = importOf(sharedData('wntr/ky4_pipes.geojson'), 'EPSG:32616')
    const pipes = new Map(map.assets.map(asset => [asset.attributes['index'] ?? asset.attributes['name'] ?? asset.id, asset]))
    const modelled = model.assets.filter(asset => asset.attributes['type'] === 'pipe')
    expect([modelled.length, map.assets.length]).toEqual([1156, 1156])
    for (const pipe of modelled) {
      const other = pipes.get(pipe.id) ?? pipes.get(Number(pipe.id))
      expect(other, pipe.id).toBeDefined()
      expect(pipe.attributes['lengthM']).toBeCloseTo(other!.attributes['length'] as number, 3)
      expect(pipe.section).toEqual({ shape: 'circle', diameterM: expect.closeTo((other!.section as { diameterM: number }).diameterM, 6) as number })
      expect(pipe.axis).toHaveLength(other!.axis.length)
    }
  })

  it('refuses a file that does not follow the syntax, and reports links to nodes that are not there', () => {
    expect(importOf(sharedData('wntr/bad_syntax.inp')).refusal).toMatchObject({ code: 'schema_invalid', context: { section: 'FOO' } })
    const { assets, issues } = importOf(sharedData('swmmio/invalid_model.inp'))
    expect(issues.filter(issue => issue.severity === 'error').map(issue => issue.ref)).toEqual(['InvalidLink2 (invalid_model#111)', 'InvalidLink1 (invalid_model#112)', 'InvalidS5 (invalid_model#59)'])
    expect(assets).toHaveLength(9)
  })
})
