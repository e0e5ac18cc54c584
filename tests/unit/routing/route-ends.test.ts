import { describe, expect, it } from 'vitest'
import { ownBendFindings } from '#shared/clearance/line-rules/own-bends.ts'
import { findRoutes, type RouteInput } from '#shared/routing/search/find-route.ts'
import { minSlopeRatio } from '#shared/routing/search/route-costs.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'
import { oraclePairs } from '#tests/oracle/oracle.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from '../clearance/oracle-network.ts'
import { oracleFeatures, proposalOf, randomStreet } from './random-street.ts'

const STREETS = Number(process.env['UNDERPLAN_STREETS'] ?? 10)
const PACK = packOf(testPack('crossing-alongside'))

function ask(existing: readonly AssetRecord[], proposed: AssetRecord, fields: Partial<RouteInput> = {}, ground: GroundSurface = flatGround(0)) {
  const [a, b] = [proposed.axis[0]!, proposed.axis.at(-1)!]
  return findRoutes({
    baseline: buildAssetColumns(existing, [0, 0, 0]), pack: PACK, ground, surfaceFeatures: [], line: proposalOf(proposed), through: [[a[0], a[1]], [b[0], b[1]]], alternatives: 1, ...fields,
  })
}

const slopes = (axis: readonly Vec3[]): number[] => axis.slice(1).map((q, i) => (axis[i]![2] - q[2]) / Math.hypot(q[0] - axis[i]![0], q[1] - axis[i]![1]))
const gas = anAsset({ id: 'P', kind: 'gas', axis: [[0, 0, -1], [40, 0, -1]] })
const sewer = anAsset({ id: 'P', kind: 'sewer_foul', axis: [[0, 0, -1], [40, 0, -1]] })

describe('levels given at the points of a route', () => {
  it('are met to the last digit, at both ends and in between', () => {
    const levels = [-1.234567, -2.5, -1.111]
    const { routes: [route] } = ask([], gas, { through: [[0, 0], [18, 3], [40, 0]], levels })
    expect(route!.axis[0]![2]).toBe(levels[0])
    expect(route!.axis.at(-1)![2]).toBe(levels[2])
    expect(route!.axis.find(([x, y]) => Math.hypot(x - 18, y - 3) < 1e-6)![2]).toBe(levels[1])
  })

  it('are met on an even grade, not in a last step: a pressure line at one in ten, a drain on its fall', () => {
    for (const levels of [[-2.6, -2.1], [-1.2, -3.4], [-3, null]]) {
      const { routes: [route] } = ask([], gas, { levels })
      expect(Math.max(...slopes(route!.axis).map(Math.abs)), JSON.stringify(levels)).toBeLessThanOrEqual(0.1 + 1e-6)
    }
    const { routes: [drain] } = ask([], sewer, { levels: [-1.3, -2.5] })
    expect(Math.max(...slopes(drain!.axis))).toBeLessThanOrEqual(0.05 + 1e-6)
  })

  it('are met more steeply only where something stands in the way of the even grade', () => {
    const across = anAsset({ id: 'W', kind: 'water', axis: [[36, -20, -1.6], [36, 20, -1.6]] })
    const { routes: [route] } = ask([across], gas, { levels: [null, -2.4] })
    expect(oraclePairs(oracleFeatures([across, { ...gas, axis: route!.axis }]), testPack('crossing-alongside'))).toEqual([])
  })

  it('are met where the line joins another: no finding there, and the oracle sees one network', () => {
    const main = anAsset({ id: 'M', kind: 'gas', owner: 'gas P', axis: [[40, -20, -1.43], [40, 0, -1.43], [40, 20, -1.43]] })
    const free = ask([main], gas)
    const joined = ask([main], gas, { levels: [null, -1.43] })
    expect(joined.routes[0]!.axis.at(-1)).toEqual([40, 0, -1.43])
    expect(oraclePairs(oracleFeatures([main, { ...gas, axis: joined.routes[0]!.axis }]), testPack('crossing-alongside'))).toEqual([])
    // Without the level it ends as shallow as it may, beside the axis of the main: no joint.
    expect(Math.abs((free.routes[0]?.axis.at(-1)![2] ?? 0) + 1.43)).toBeGreaterThan(0.01)
  })

  it(`a gravity line falls from level to level and is clean by the oracle (streets 1 … ${STREETS})`, () => {
    let found = 0
    for (let seed = 1; seed <= STREETS; seed++) {
      const street = randomStreet(seed, 1 + (seed % 3))
      const proposed: AssetRecord = { ...street.proposed, kind: 'sewer_foul', section: { shape: 'circle', diameterM: 0.4 } }
      const levels = [-1.3, -1.3 - 0.006 * 40 - (seed % 4) * 0.4]
      const { routes: [route], blocked } = ask(street.existing, proposed, { levels })
      if (!route) {
        expect(blocked.length, `seed ${seed}`).toBeGreaterThan(0)
        continue
      }
      found++
      expect([route.axis[0]![2], route.axis.at(-1)![2]], `seed ${seed}`).toEqual([levels[0], expect.closeTo(levels[1]!, 9)])
      expect(Math.min(...slopes(route.axis)), `seed ${seed}`).toBeGreaterThanOrEqual(minSlopeRatio(proposed.section) - 1e-9)
      expect(oraclePairs(oracleFeatures([...street.existing, { ...proposed, axis: route.axis }]), testPack('crossing-alongside')).filter(({ a, b }) => a === 'P' || b === 'P'), `seed ${seed}`).toEqual([])
    }
    expect(found).toBeGreaterThan(STREETS / 5)
  }, 3_600_000)

  it('a fall as small as it may be is found where the way is straight, and told of where it is too small', () => {
    const { routes: [route] } = ask([], sewer, { levels: [-1.2, -1.2 - 0.0031 * 40] })
    expect(slopes(route!.axis).every(slope => slope >= 0.003 - 1e-9)).toBe(true)
    const { routes, blocked } = ask([], sewer, { levels: [-1.2, -1.25] })
    expect(routes).toEqual([])
    expect(blocked).toEqual([{ reason: 'no_fall', asset: null, rule: null, at: [40, 0, -1.25], figures: { foundM: expect.closeTo(0.05, 9), requiredM: expect.closeTo(0.12, 9) } }])
  })

  it('a level with too little cover is told of; one deeper than asked for is joined', () => {
    const { blocked } = ask([], gas, { levels: [-0.3, null] })
    expect(blocked).toMatchObject([{ reason: 'too_shallow', figures: { foundM: expect.closeTo(0.2, 9) } }])
    const { routes: [deep] } = ask([], gas, { levels: [-6.2, null], maxCoverM: 4 })
    expect(deep!.axis[0]![2]).toBe(-6.2)
  })
})

describe('a least radius of bends', () => {
  const line = { ...proposalOf(gas), bendRadiusM: 36 }
  const wallAt = (id: string, x: number, from: number, to: number): AssetRecord => anAsset({ id, kind: 'water', section: { shape: 'rectangle', widthM: 1, heightM: 20 }, axis: [[x, from, -5], [x, to, -5]] })
  const wall = wallAt('W', 8, -3, 30)

  it('is kept by the route, though a sharper one would be cheaper', () => {
    const sharp = ask([wall], gas).routes[0]!
    const wide = ask([wall], gas, { line }).routes[0]!
    expect(ownBendFindings([{ ...line, axis: sharp.axis }]).length).toBeGreaterThan(0)
    expect(ownBendFindings([{ ...line, axis: wide.axis }])).toEqual([])
    expect(wide.cost.total).toBeGreaterThanOrEqual(sharp.cost.total - 1e-9)
    expect(oraclePairs(oracleFeatures([wall, { ...gas, axis: wide.axis }]), testPack('crossing-alongside')).filter(({ a, b }) => a === 'P' || b === 'P')).toEqual([])
  })

  it(`holds on random streets (1 … ${STREETS})`, () => {
    let found = 0
    for (let seed = 1; seed <= STREETS; seed++) {
      const { existing, proposed } = randomStreet(seed, 1 + (seed % 3))
      if (proposed.kind.startsWith('sewer')) continue
      const own = { ...proposalOf(proposed), bendRadiusM: 4 + (seed % 5) * 4 }
      const { routes: [route], blocked } = ask(existing, proposed, { line: own })
      if (!route) {
        expect(blocked.length, `seed ${seed}`).toBeGreaterThan(0)
        continue
      }
      found++
      expect(ownBendFindings([{ ...own, axis: route.axis }]), `seed ${seed}`).toEqual([])
    }
    expect(found).toBeGreaterThan(STREETS / 5)
  }, 3_600_000)

  it('a point to pass that forces a sharper one is told of', () => {
    const { routes, blocked } = ask([], gas, { line: { ...line, bendRadiusM: 60 }, through: [[0, 0], [20, 15], [40, 0]] })
    expect(routes).toEqual([])
    expect(blocked[0]).toMatchObject({ reason: 'bend', rule: 'bend_radius', figures: { requiredM: 60 } })
  })
})
