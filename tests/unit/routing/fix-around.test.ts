import { describe, expect, it } from 'vitest'
import gbPack from '#assets/rules/gb50289-2016.json' with { type: 'json' }
import { checkNetwork } from '#shared/clearance/check.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { lineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { seededRandom } from '#shared/core/random.ts'
import { fixScheme, type FixOutcome } from '#shared/routing/fix/fix-scheme.ts'
import { rulePackSchema } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const pack = rulePackSchema.parse(gbPack)
/** What a move can help against. */
const SEARCHED = new Set(['hard', 'vertical', 'horizontal', 'stacked', 'cover', 'cover_max', 'surroundings', 'structure', 'structure_hard'])

interface Place {
  readonly baseline: AssetColumns
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly nodes: readonly NodeRecord[]
  readonly ground: Parameters<typeof fixScheme>[0]['ground']
}

const gas = (axis: readonly Vec3[]): Proposal => ({ id: 'P', name: '', kind: 'gas', owner: 'x', section: { shape: 'circle', diameterM: 0.2 }, laying: 'direct', pressureClass: 'medium_a', axis })
const fix = ({ baseline, ground, surfaceFeatures, nodes }: Place, proposal: Proposal, finding: string | null = null): FixOutcome =>
  fixScheme({ baseline, proposals: [proposal], pack, ground, surfaceFeatures, nodes, finding })

/** What the full check lists of a line laid there, of the rules a move can help against. */
function listed({ baseline, ground, surfaceFeatures, nodes }: Place, proposal: Proposal): Finding[] {
  const prepared = prepareClearance({ assets: effectiveNetwork(baseline, [proposal]), pack, ground, surfaceFeatures, nodes })
  const involving = new Uint8Array(prepared.columns.count).fill(1, baseline.count)
  const { findings } = checkNetwork(prepared, { involving }, undefined, lineSite(prepared, { surfaceFeatures, nodes }))
  return findings.filter(({ rule, shortfall, others }) => [{ rule, shortfall }, ...others].some(one => SEARCHED.has(one.rule) && one.shortfall > 1e-6))
}

describe('the smallest fix and what stands around', () => {
  const house: SurfaceFeature = { id: 'house', name: '', type: 'building', geometry: 'polygon', attributes: {}, points: [[-50, 1], [50, 1], [50, 10], [-50, 10]] }
  const place: Place = { baseline: buildAssetColumns([anAsset({ id: 'W', kind: 'water', axis: [[-40, -6, 0], [40, -6, 0]] })], [0, 0, 0]), surfaceFeatures: [house], nodes: [], ground: null }

  it('moves a line as far from a house as it lacks, by the figures of the check', () => {
    const proposal = gas([[-20, 0, 0], [20, 0, 0]])
    const [near] = listed(place, proposal)
    expect(near).toMatchObject({ rule: 'surroundings', b: ['house'] })
    const { fixes, unresolved } = fix(place, proposal)
    expect(unresolved).toEqual([])
    expect(fixes).toHaveLength(1)
    expect(fixes[0]).toMatchObject({ kind: 'shift', before: { pairs: [{ rule: 'surroundings', other: 'house' }] } })
    // One gap wide of a wall one metre off.
    expect(fixes[0]!.displacementM).toBeCloseTo(near!.shortfall, 2)
    expect(listed(place, { ...proposal, axis: fixes[0]!.after.axis })).toEqual([])
  })

  it('clears a clash without coming nearer to a house than the line was', () => {
    const crossed: Place = { ...place, baseline: buildAssetColumns([anAsset({ id: 'W', kind: 'water', axis: [[-40, -0.3, 0], [40, -0.3, 0]] })], [0, 0, 0]) }
    const proposal = gas([[-20, 0, 0], [20, 0, 0]])
    const clash = listed(crossed, proposal).find(({ b, a }) => a.includes('W') || b.includes('W'))!
    const { fixes } = fix(crossed, proposal, clash.id)
    const { axis } = fixes.at(-1)!.after
    const after = listed(crossed, { ...proposal, axis })
    expect(after.filter(({ a, b }) => a.includes('W') || b.includes('W'))).toEqual([])
    expect(Math.max(...axis.map(([, y]) => y))).toBeLessThanOrEqual(1e-6)
  })

  it('leaves nothing the full check lists where it says that all is cleared: 40 lines of the sample city moved out of place (seed 11)', () => {
    const { assets, nodes, surfaceFeatures, ground } = generateSampleCity({ segments: 1000, seed: 5 }).records
    const city: Place = { baseline: buildAssetColumns(assets, [0, 0, 0]), surfaceFeatures, nodes, ground }
    const random = seededRandom(11)
    const mains = assets.filter(({ axis }) => axis.length > 2)
    let [solved, around] = [0, 0]
    for (let round = 0; round < 40; round++) {
      const { axis } = mains[random.int(mains.length)]!
      const [dx, dy, dz] = [random.range(-3, 3), random.range(-3, 3), random.range(-0.5, 0.5)]
      const proposal = gas(axis.slice(0, 4).map(([x, y, z]): Vec3 => [x + dx, y + dy, z + dz]))
      const before = listed(city, proposal)
      const { fixes, unresolved } = fix(city, proposal)
      expect(fixes.length + unresolved.length > 0, `round ${round}`).toBe(before.length > 0)
      const left = listed(city, { ...proposal, axis: fixes.at(-1)?.after.axis ?? proposal.axis })
      if (unresolved.length === 0) expect(left.map(({ id }) => id), `round ${round}`).toEqual([])
      else expect(left.length, `round ${round}`).toBeGreaterThan(0)
      if (unresolved.length === 0 && fixes.length > 0) {
        solved++
        if (before.some(({ rule }) => rule === 'surroundings')) around++
      }
    }
    expect(solved).toBeGreaterThan(10)
    expect(around).toBeGreaterThan(3)
  }, 600_000)
})
