import { describe, expect, it } from 'vitest'
import { schemeFigures } from '#shared/review/scheme-figures.ts'
import { findRoutes, type FoundRoute } from '#shared/routing/search/find-route.ts'
import { DEFAULT_ROUTE_COSTS, ROUTE_COSTS_RECORD, routeCostsOf, routeCostsSchema, type RouteCosts } from '#shared/routing/search/route-costs.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import type { SurfaceFeature, SurfaceFeatureType } from '#shared/twin/surface-feature.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from '../clearance/oracle-network.ts'
import { proposalOf } from './random-street.ts'

const GROUND = flatGround(0)
const area = (type: SurfaceFeatureType, minX: number, minY: number, maxX: number, maxY: number): SurfaceFeature =>
  ({ id: `${type} ${minX}`, type, geometry: 'polygon', points: [[minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY]], name: '', attributes: {} })

/** A park of 40 × 20 m across the straight way of 100 m; roadway all around it. */
const PARK = [area('roadway', -50, -60, 30, 60), area('roadway', 70, -60, 150, 60), area('roadway', 30, 10, 70, 60), area('roadway', 30, -60, 70, -10), area('green', 30, -10, 70, 10)]
const LINE = anAsset({ id: 'P', kind: 'gas', owner: 'p', section: { shape: 'circle', diameterM: 0.2 }, axis: [[0, 0, -1], [100, 0, -1]] })

function route(costs: Partial<RouteCosts>, surfaceFeatures: readonly SurfaceFeature[], existing: readonly AssetRecord[] = []): FoundRoute {
  const { routes } = findRoutes({
    baseline: buildAssetColumns(existing, [0, 0, 0]), pack: packOf(testPack('crossing-alongside')), ground: GROUND, surfaceFeatures, line: proposalOf(LINE), through: [[0, 0], [100, 0]], alternatives: 1, costs: { ...DEFAULT_ROUTE_COSTS, ...costs },
  })
  expect(routes).toHaveLength(1)
  return routes[0]!
}
const farthestAside = ({ axis }: FoundRoute): number => Math.max(...axis.map(([, y]) => Math.abs(y)))

describe('costs of a project', () => {
  it('lead around a park that is dear, and through one that is cheap', () => {
    const surfaceFactor = DEFAULT_ROUTE_COSTS.surfaceFactor
    // Around: 2 · √(30² + 10²) + 40 = 103.2 m and four flat bends; through it at 3: 60 + 40 · 3 = 180.
    const around = route({ surfaceFactor: { ...surfaceFactor, green: 3 } }, PARK)
    expect(farthestAside(around)).toBeGreaterThanOrEqual(10)
    expect(around.cost.trench).toBeGreaterThan(103.2)
    expect(around.cost.total).toBeLessThan(115)
    // Through it at half: 60 + 40 / 2, nothing deeper than it must be, no bend.
    const through = route({ surfaceFactor: { ...surfaceFactor, green: 0.5 } }, PARK)
    expect(farthestAside(through)).toBeLessThan(0.01)
    expect(through.cost.total).toBeCloseTo(80, 0)
    expect(through.cost.bends).toBe(0)
  })

  it('count in the breakdown: crossings, and depth by the metre', () => {
    const pipe = anAsset({ id: 'W', kind: 'water', owner: 'w', section: { shape: 'circle', diameterM: 0.3 }, axis: [[50, -200, -3], [50, 200, -3]] })
    expect(route({ crossing: 7.5 }, [], [pipe]).cost.crossings).toBe(7.5)
    expect(route({ crossing: 0 }, [], [pipe]).cost.crossings).toBe(0)
    const [plain, deep] = [route({ depthPerM: 0 }, [], [pipe]), route({ depthPerM: 2 }, [], [pipe])]
    expect(plain.cost.trench).toBeCloseTo(plain.lengthM, 6)
    expect(deep.cost.trench).toBeGreaterThanOrEqual(deep.lengthM)
  })

  it('make the cost index of a scheme: by hand on flat ground, 1 m deeper than the least, one right angle', () => {
    const { id, ...rest } = proposalOf({ ...LINE, axis: [[0, 0, -1.8], [60, 0, -1.8], [60, 40, -1.8]] })
    const line = { id, ...rest, axis: [[0, 0, -1.8], [60, 0, -1.8], [60, 40, -1.8]] as const }
    const scheme = { proposals: { P: line }, excavations: {}, removals: {} } as unknown as Parameters<typeof schemeFigures>[0]
    const index = (costs: Partial<RouteCosts>, surfaceFeatures: readonly SurfaceFeature[]): number => schemeFigures(scheme, GROUND, [0, 0, 0], { costs: { ...DEFAULT_ROUTE_COSTS, ...costs }, surfaceFeatures }).costIndex
    // Cover 1.7 m: 1 m more than 0.7. A metre 1 + 0.25, a bend 0.5 + 2.
    expect(index({}, [])).toBeCloseTo(100 * 1.25 + 2.5, 6)
    expect(index({ depthPerM: 1, bend: 10, bendPerRightAngle: 0 }, [])).toBeCloseTo(100 * 2 + 10, 6)
    // The first 30 m lie under a roadway at 3, the rest in green at 1.3.
    expect(index({ surfaceFactor: { ...DEFAULT_ROUTE_COSTS.surfaceFactor, roadway: 3 } }, [area('roadway', -1, -5, 30, 5), area('green', 30, -5, 80, 50)])).toBeCloseTo(30 * 3.25 + 70 * 1.55 + 2.5, 6)
  })

  it('that no search could go by are refused, and read as those shipped', () => {
    const wrongs: readonly unknown[] = [
      { ...DEFAULT_ROUTE_COSTS, bend: -1 }, { ...DEFAULT_ROUTE_COSTS, crossing: NaN }, { ...DEFAULT_ROUTE_COSTS, manhole: 1e9 }, { ...DEFAULT_ROUTE_COSTS, depthPerM: '1' },
      { ...DEFAULT_ROUTE_COSTS, surfaceFactor: { ...DEFAULT_ROUTE_COSTS.surfaceFactor, roadway: 0 } }, { ...DEFAULT_ROUTE_COSTS, surfaceFactor: {} }, { ...DEFAULT_ROUTE_COSTS, more: 1 }, null,
    ]
    for (const body of wrongs) {
      expect(routeCostsSchema.safeParse(body).success).toBe(false)
      expect(routeCostsOf([{ collection: 'routeCosts', id: ROUTE_COSTS_RECORD, body }])).toEqual(DEFAULT_ROUTE_COSTS)
    }
    const own = { ...DEFAULT_ROUTE_COSTS, bend: 3 }
    expect(routeCostsOf([{ collection: 'lineTemplates', id: ROUTE_COSTS_RECORD, body: 0 }, { collection: 'routeCosts', id: ROUTE_COSTS_RECORD, body: own }])).toEqual(own)
  })
})
