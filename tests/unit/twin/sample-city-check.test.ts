import { describe, expect, it } from 'vitest'
import gb50289 from '#assets/rules/gb50289-2016.json' with { type: 'json' }
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { rulePackSchema } from '#shared/rules/rule-pack.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { generateSampleCity, type SampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { originFor } from '#shared/twin/twin.ts'

const pack = rulePackSchema.parse(gb50289)

function checked({ records }: SampleCity, proposals: readonly AssetRecord[] = []) {
  const ground = records.ground!
  if (ground.type !== 'grid') throw new Error('the sample terrain is a grid')
  const origin = originFor(ground.x0, ground.y0)
  const assets = [...records.assets, ...proposals]
  const prepared = prepareClearance({
    assets: buildAssetColumns(assets, origin), pack, surfaceFeatures: records.surfaceFeatures,
    ground: { ...ground, x0: ground.x0 - origin[0], y0: ground.y0 - origin[1] },
  })
  return checkNetwork(prepared, proposals.length === 0 ? {} : { involving: Uint8Array.from(assets, (_, i) => (i < records.assets.length ? 0 : 1)) })
}

describe('the sample city under GB 50289', () => {
  const city = generateSampleCity({ segments: 20_000, seed: 1 })

  it('falls short as drawn only where a problem was planted, and there by the rule that was meant', () => {
    const { pairs, findings } = checked(city)
    const culprits = new Set(city.plantedProblems.map(problem => problem.assets[0]))
    expect(pairs.filter(({ a, b }) => !culprits.has(a) && !culprits.has(b))).toEqual([])
    for (const { id, rule, assets } of city.plantedProblems) {
      const found = findings.some(finding => finding.rule === rule && assets.every(asset => finding.a.includes(asset) || finding.b.includes(asset)))
      expect(found, id).toBe(true)
    }
    expect(findings.filter(finding => finding.verdict === 'certain').length).toBeLessThan(30)
  })

  it('meets the first starter scheme with two to five conflicts, the second with fewer', () => {
    const conflicts = city.scenarios.map(scenario => {
      const proposals = Object.values(scenario.proposals).map((proposal): AssetRecord => ({ ...proposal, status: 'planned', assumed: 0, attributes: {} }))
      return checked(city, proposals).findings.filter(finding => finding.shortfall > 0).length
    })
    expect(conflicts[0]).toBeGreaterThanOrEqual(2)
    expect(conflicts[0]).toBeLessThanOrEqual(5)
    expect(conflicts[1]).toBeLessThan(conflicts[0]!)
  })
})
