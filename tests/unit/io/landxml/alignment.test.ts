import { describe, expect, it } from 'vitest'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

type Plan = readonly [number, number]

const file = (pieces: string, more = '') => [{
  name: 'road.xml',
  bytes: new TextEncoder().encode(`<LandXML xmlns="http://www.landxml.org/schema/LandXML-1.2" version="1.2"><Units><Metric linearUnit="meter"/></Units>
<CoordinateSystem epsgCode="3878"/><Alignments><Alignment name="K1" length="10" staStart="0"><CoordGeom>${pieces}</CoordGeom>${more}</Alignment></Alignments></LandXML>`),
}]
const N = 6_876_900
const E = 24_525_600
const at = (name: string, east: number, north: number) => `<${name}>${N + north} ${E + east}</${name}>`
const line = (x0: number, y0: number, x1: number, y1: number) => `<Line>${at('Start', x0, y0)}${at('End', x1, y1)}</Line>`
const drawn = (pieces: string): Plan[] => importOf(file(pieces)).surfaceFeatures[0]!.points.map(([x, y]): Plan => [x - E, y - N])
const lengthOf = (points: readonly Plan[]) => points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)

describe('a LandXML alignment', () => {
  it('becomes a centre line on the ground under its name; its levels are left out, and told', () => {
    const imported = importOf(file(line(0, 0, 30, 40), '<Profile><ProfAlign name="p"><PVI>0 3</PVI></ProfAlign></Profile>'))
    expect(imported.surfaceFeatures).toEqual([{ id: 'road:alignments#1', type: 'street_centreline', geometry: 'line', name: 'K1', attributes: {}, points: [[E, N], [E + 30, N + 40]] }])
    expect(imported.crs).toBe('EPSG:3878')
    expect(imported.issues).toEqual([expect.objectContaining({ code: 'feature_unsupported', severity: 'info', context: { type: 'Profile', count: 1 } })])
  })

  it.each([['ccw', 25], ['cw', 75]])('turns a quarter or three quarters about its centre: %s', (rot, percent) => {
    const points = drawn(`<Curve rot="${rot}" radius="100">${at('Start', 100, 0)}${at('Center', 0, 0)}${at('End', 0, 100)}</Curve>`)
    for (const [x, y] of points) expect(Math.hypot(x, y)).toBeCloseTo(100, 6)
    // A chord leaves its arc by r (1 − cos(half its angle)).
    for (const [i, [x, y]] of points.entries()) if (i > 0) expect(100 - Math.hypot((x + points[i - 1]![0]) / 2, (y + points[i - 1]![1]) / 2)).toBeLessThanOrEqual(0.005 + 1e-9)
    expect(lengthOf(points)).toBeCloseTo((2 * Math.PI * 100 * percent) / 100, 1)
    expect(points[0]).toEqual([100, 0])
    expect(points.at(-1)).toEqual([0, 100])
  })

  it.each([['ccw', 1], ['cw', -1]] as const)('follows a clothoid as its series says (%s)', (rot, side) => {
    const [lengthM, radiusM] = [60, 100]
    // x = ∫cos(s²/2RL), y = ∫sin(s²/2RL) as power series.
    const series = (s: number, first: number): number => {
      let sum = 0
      for (let k = 0; k < 12; k++) {
        const power = 2 * k + first
        let term = 1
        for (let n = 1; n <= power; n++) term *= (s * s) / (2 * radiusM * lengthM) / n
        sum += ((-1) ** k * term * s) / (2 * power + 1)
      }
      return sum
    }
    const [x, y] = [series(lengthM, 0), side * series(lengthM, 1)]
    const points = drawn(`<Spiral length="${lengthM}" radiusStart="INF" radiusEnd="${radiusM}" rot="${rot}" spiType="clothoid">${at('Start', 0, 0)}${at('PI', 40, 0)}${at('End', x, y)}</Spiral>`)
    expect(points.length).toBeGreaterThan(5)
    for (const [i, [px, py]] of points.entries()) {
      const s = (lengthM * i) / (points.length - 1)
      expect([px, py]).toEqual([expect.closeTo(series(s, 0), 5), expect.closeTo(side * series(s, 1), 5)])
    }
  })

  it.each([
    ['an arc whose ends are not on one circle', `<Curve rot="cw">${at('Start', 100, 0)}${at('Center', 0, 0)}${at('End', 0, 90)}</Curve>`],
    ['an arc without a centre', `<Curve rot="cw">${at('Start', 100, 0)}${at('End', 0, 100)}</Curve>`],
    ['a spiral that ends elsewhere', `<Spiral length="60" radiusStart="INF" radiusEnd="100" rot="cw">${at('Start', 0, 0)}${at('PI', 40, 0)}${at('End', 50, 30)}</Spiral>`],
    ['pieces with a gap between', line(0, 0, 10, 0) + line(12, 0, 20, 0)],
  ])('is drawn straight and tells %s', (_name, pieces) => {
    const { surfaceFeatures, count } = importOf(file(pieces))
    expect(surfaceFeatures[0]!.points.length).toBeLessThanOrEqual(4)
    expect(count('geometry_mismatch', 'warning')).toBe(1)
  })

  it('with nothing to draw is told, not imported', () => {
    const { surfaceFeatures, count } = importOf(file('<Line><Start>1 2</Start></Line>'))
    expect([surfaceFeatures, count('geometry_null')]).toEqual([[], 2])
  })

  it('reads lists of points and feet', () => {
    expect(drawn(`<IrregularLine><PntList3D>${N} ${E} 1 ${N + 5} ${E + 1} 2 ${N + 9} ${E + 3} 3</PntList3D></IrregularLine>`)).toEqual([[0, 0], [1, 5], [3, 9]])
    const feet = new TextDecoder().decode(file('<Line><Start>0 0</Start><End>0 100</End></Line>')[0]!.bytes).replace('Metric linearUnit="meter"', 'Imperial linearUnit="foot"').replace('<CoordinateSystem epsgCode="3878"/>', '')
    expect(lengthOf(importOf([{ name: 'f.xml', bytes: new TextEncoder().encode(feet) }]).surfaceFeatures[0]!.points as Plan[])).toBeCloseTo(30.48, 9)
  })

  it('keeps within bounds whatever radius it claims', () => {
    expect(drawn(`<Curve rot="cw">${at('Start', 9e8, 0)}${at('Center', 0, 0)}${at('End', -9e8, 0)}</Curve>`.replaceAll(String(N), '0').replaceAll(String(E), '0')).length).toBeLessThanOrEqual(721)
  })

  it('300 mutants are read or refused (seed 31)', () => {
    const pieces = `${line(0, 0, 100, 0)}<Curve rot="ccw" radius="100">${at('Start', 100, 0)}${at('Center', 100, 100)}${at('End', 200, 100)}</Curve>`
    const { refused, read } = expectMutantsUnharmed(file(pieces), 0, ['<', '"', 'cw', 'INF', '1e999', 'NaN', '0', '-', 'Spiral'], 31, 300)
    expect(Math.min(refused, read)).toBeGreaterThan(20)
  })
})

describe.skipIf(!hasSharedData('inframodel-m3-road/M3_RS-CL.tg.xml'))('the real alignment of road M3', () => {
  it('is as long as it says, and every curve stays on its radius', () => {
    const { surfaceFeatures, crs, count } = importOf(sharedData('inframodel-m3-road/M3_RS-CL.tg.xml'))
    expect([surfaceFeatures.length, crs, count('geometry_mismatch')]).toEqual([1, 'EPSG:3875', 0])
    const { name, points } = surfaceFeatures[0]!
    expect(name).toBe('M3_RS - CL')
    // Stated length 1266.246; chords within 5 mm of arcs of 150 to 500 m lose a few centimetres.
    expect(lengthOf(points as Plan[])).toBeGreaterThan(1266.246 - 0.05)
    expect(lengthOf(points as Plan[])).toBeLessThan(1266.246 + 0.001)
    const centre: Plan = [21530498.907987, 6782524.780882]
    const from = points.findIndex(([x]) => Math.abs(x - 21530272.408535) < 1e-6)
    const to = points.findIndex(([x]) => Math.abs(x - 21530358.53733) < 1e-6)
    expect(to - from).toBeGreaterThan(10)
    for (const [x, y] of points.slice(from, to + 1)) expect(Math.hypot(x - centre[0], y - centre[1])).toBeCloseTo(250, 4)
  })
})
