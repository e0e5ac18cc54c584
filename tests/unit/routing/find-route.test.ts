import { describe, expect, it } from 'vitest'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { findRoutes, type RouteInput } from '#shared/routing/search/find-route.ts'
import { routeCoster } from '#shared/routing/search/route-cost.ts'
import { routeSite } from '#shared/routing/search/route-site.ts'
import { createTrial } from '#shared/routing/fix/trial.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'
import { oraclePairs } from '#tests/oracle/oracle.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from '../clearance/oracle-network.ts'
import { oracleFeatures, proposalOf, randomStreet } from './random-street.ts'

const GROUND = flatGround(0)
const STREETS = Number(process.env['UNDERPLAN_STREETS'] ?? 24)

function ask(existing: readonly AssetRecord[], proposed: AssetRecord, semantics: 'crossing-alongside' | 'either' | 'distance', fields: Partial<RouteInput> = {}) {
  const [a, b] = [proposed.axis[0]!, proposed.axis.at(-1)!]
  return findRoutes({
    baseline: buildAssetColumns(existing, [0, 0, 0]), pack: packOf(testPack(semantics)), ground: GROUND, surfaceFeatures: [], line: proposalOf(proposed),
    through: [[a[0], a[1]], [b[0], b[1]]], alternatives: 1, ...fields,
  })
}

/** Shortest of many straight and bent lines at many levels that the engine finds nothing on; Infinity where all are refused. */
function shortestTried(existing: readonly AssetRecord[], proposed: AssetRecord, semantics: 'crossing-alongside' | 'either' | 'distance'): number {
  const trial = createTrial(prepareClearance({ assets: buildAssetColumns(existing, [0, 0, 0]), pack: packOf(testPack(semantics)), ground: null, surfaceFeatures: [] }), proposalOf(proposed))
  const [a, b] = [proposed.axis[0]!, proposed.axis.at(-1)!]
  const half = (proposed.section.shape === 'circle' ? proposed.section.diameterM : proposed.section.heightM) / 2
  let shortest = Infinity
  for (let cover = 0.701; cover < 3.9; cover += 0.4) {
    const z = -cover - half
    const consider = (bends: readonly (readonly [number, number])[]): void => {
      const axis: Vec3[] = [[a[0], a[1], z], ...bends.map(([x, y]): Vec3 => [x, y, z]), [b[0], b[1], z]]
      const lengthM = axis.slice(1).reduce((sum, q, i) => sum + Math.hypot(q[0] - axis[i]![0], q[1] - axis[i]![1]), 0)
      if (lengthM < shortest && trial.shortRows(axis).length === 0) shortest = lengthM
    }
    consider([])
    for (let y = -8; y <= 8; y += 0.5) {
      consider([[20, y]])
      consider([[5, y], [35, y]])
    }
  }
  return shortest
}

/** The cheapest clean line of up to two bends on a grid, level all along, that is cheaper than a known one; Infinity where none is. */
function cheapestOnGrid(existing: readonly AssetRecord[], proposed: AssetRecord, known: number): number {
  const [a, b] = [proposed.axis[0]!, proposed.axis.at(-1)!]
  const line = proposalOf(proposed)
  const site = routeSite({ baseline: buildAssetColumns(existing, [0, 0, 0]), pack: packOf(testPack('crossing-alongside')), ground: GROUND, surfaceFeatures: [], line, through: [], alternatives: 1 }, [[a[0], a[1]], [b[0], b[1]]], null, unattendedJob)
  const costOf = routeCoster(site)
  let cheapest = known
  for (let cover = site.leastCoverFor.roadway + 0.001; cover < 3.9; cover += 0.2) {
    const z = -cover - site.halfHeightM
    const consider = (bends: readonly (readonly [number, number])[]): void => {
      const axis: Vec3[] = [[a[0], a[1], z], ...bends.map(([x, y]): Vec3 => [x, y, z]), [b[0], b[1], z]]
      const { total } = costOf(axis)
      if (total < cheapest && site.trial.shortRows(axis).length === 0) cheapest = total
    }
    consider([])
    for (let y = -8; y <= 8; y++) for (let x = 2; x < 40; x += 2) consider([[x, y]])
    for (let y = -8; y <= 8; y++) for (const x of [2, 5, 10]) for (const far of [38, 35, 30, 20]) consider([[x, y], [far, y]])
  }
  return cheapest < known ? cheapest : Infinity
}

describe('automatic route', () => {
  for (const semantics of ['crossing-alongside', 'either', 'distance'] as const) {
    it(`${semantics}: is clean by the oracle, runs from point to point, and blocks no way that exists (streets 1 … ${STREETS})`, () => {
      let found = 0
      for (let seed = 1; seed <= STREETS; seed++) {
        const { existing, proposed } = randomStreet(seed, 1 + (seed % 4))
        if (proposed.kind.startsWith('sewer')) continue
        const { routes: [route], blocked } = ask(existing, proposed, semantics)
        const tried = shortestTried(existing, proposed, semantics)
        if (!route) {
          expect(tried, `seed ${seed}`).toBe(Infinity)
          expect(blocked.length, `seed ${seed}`).toBeGreaterThan(0)
          continue
        }
        found++
        expect(oraclePairs(oracleFeatures([...existing, { ...proposed, axis: route.axis }]), testPack(semantics)).filter(({ a, b }) => a === 'P' || b === 'P'), `seed ${seed}`).toEqual([])
        const ends = [route.axis[0]!, route.axis.at(-1)!].map(([x, y]) => [x, y])
        expect(ends, `seed ${seed}`).toEqual([proposed.axis[0]!, proposed.axis.at(-1)!].map(([x, y]) => [x, y]))
        // Deeper is dearer than longer at times; so much longer never.
        expect(route.lengthM, `seed ${seed}`).toBeLessThan(2.2 * tried)
      }
      expect(found).toBeGreaterThan(8)
    }, 3_600_000)
  }

  it(`is dearer by a tenth at most than any line of up to two bends on a grid of a metre that the engine leaves clean (streets 1 … ${STREETS})`, () => {
    const figures = { routes: 0, dearerBy: [] as string[] }
    for (let seed = 1; seed <= STREETS; seed++) {
      const { existing, proposed } = randomStreet(seed, 1 + (seed % 4))
      if (proposed.kind.startsWith('sewer')) continue
      const { routes: [route] } = ask(existing, proposed, 'crossing-alongside')
      const cheapest = cheapestOnGrid(existing, proposed, route?.cost.total ?? Infinity)
      if (route) figures.routes++
      if (cheapest === Infinity) continue
      // A step of the lattice crosses at multiples of 45°: between them a line may be cheaper still.
      figures.dearerBy.push(`${seed}: ${(100 * ((route?.cost.total ?? Infinity) / cheapest - 1)).toFixed(1)} %`)
      expect(cheapest, `seed ${seed}: found ${route?.cost.total}, on the grid ${cheapest}`).toBeGreaterThan(0.9 * (route?.cost.total ?? Infinity))
    }
    if (process.env['UNDERPLAN_STREETS'] !== undefined) process.stdout.write(`${figures.routes} routes; the grid has a cheaper line at ${figures.dearerBy.join(', ') || 'none'}\n`)
  }, 3_600_000)

  const proposed = anAsset({ id: 'P', kind: 'gas', axis: [[0, 0, -1], [40, 0, -1]] })

  it('is the straight line where nothing is in the way, as shallow as the least cover', () => {
    const { routes: [route] } = ask([], proposed, 'crossing-alongside')
    expect(route!.axis).toHaveLength(2)
    expect(route!.lengthM).toBeCloseTo(40, 6)
    expect(-route!.axis[0]![2] - 0.1).toBeGreaterThanOrEqual(0.7)
    expect(-route!.axis[0]![2] - 0.1).toBeLessThan(0.73)
  })

  it('passes the points it must, and keeps out of areas', () => {
    const ring: [number, number][] = [[15, -6], [25, -6], [25, 3], [15, 3]]
    const { routes: [route] } = ask([], proposed, 'crossing-alongside', { through: [[0, 0], [8, 4], [40, 0]], keepOut: [ring] })
    expect(route!.axis.some(([x, y]) => Math.hypot(x - 8, y - 4) < 1e-6)).toBe(true)
    for (let i = 1; i < route!.axis.length; i++) {
      const [p, q] = [route!.axis[i - 1]!, route!.axis[i]!]
      for (let k = 0; k <= 20; k++) {
        const [x, y] = [p[0] + (k / 20) * (q[0] - p[0]), p[1] + (k / 20) * (q[1] - p[1])]
        expect(x > 15 && x < 25 && y > -6 && y < 3).toBe(false)
      }
    }
  })

  it('gives alternatives that part from each other', () => {
    const { routes } = ask([], proposed, 'crossing-alongside', { alternatives: 3 })
    expect(routes).toHaveLength(3)
    expect(routes.map(({ cost }) => cost.total)).toEqual(routes.map(({ cost }) => cost.total).toSorted((a, b) => a - b))
    for (const route of routes.slice(1)) expect(Math.max(...route.axis.map(([, y]) => Math.abs(y)))).toBeGreaterThan(2.5)
  })

  it('says which asset blocks an end that no line may leave', () => {
    const across = anAsset({ id: 'W', kind: 'water', section: { shape: 'rectangle', widthM: 3, heightM: 20 }, axis: [[0, -40, -5], [0, 40, -5]] })
    const { routes, blocked } = ask([across], proposed, 'crossing-alongside')
    expect(routes).toEqual([])
    expect(blocked).toMatchObject([{ reason: 'limit', asset: 'W', rule: 'vertical' }])
  })

  it('a gravity line falls all the way', () => {
    const { routes: [route] } = ask([], anAsset({ id: 'P', kind: 'sewer_foul', axis: [[0, 0, -1], [40, 0, -1]] }), 'crossing-alongside')
    for (let i = 1; i < route!.axis.length; i++) {
      const [p, q] = [route!.axis[i - 1]!, route!.axis[i]!]
      expect((p[2] - q[2]) / Math.hypot(q[0] - p[0], q[1] - p[1])).toBeGreaterThanOrEqual(0.003 - 1e-9)
    }
  })
})
