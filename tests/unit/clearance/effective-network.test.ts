import { describe, expect, it } from 'vitest'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { indicesOf, packStrings } from '#shared/core/packed-strings.ts'
import { assetRecord, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'
import { A_PACK } from '#tests/builders/fake-host.ts'

/** Two mains that run through each other, and one far away. */
const records = TwinBuilder.with().aPipe('A', [[0, 0, -2], [20, 0, -2]]).aPipe('管 B', [[10, -5, -2], [10, 5, -2]], { kind: 'gas' }).aPipe('C', [[0, 50, -2], [20, 50, -2]]).build()
const baseline = buildAssetColumns(records.assets, [0, 0, 0])
const findings = (...args: Parameters<typeof effectiveNetwork>) =>
  checkNetwork(prepareClearance({ assets: effectiveNetwork(...args), pack: A_PACK, ground: null, surfaceFeatures: [] })).findings.map(({ rule, a, b }) => [rule, ...a, ...b])

describe('the network of a scheme', () => {
  it('without anything is the baseline itself', () => {
    expect(effectiveNetwork(baseline, [], [])).toBe(baseline)
    expect(findings(baseline, [])).toEqual([['hard', 'A', '管 B']])
  })
  it('does not count what the scheme takes out, and keeps every index', () => {
    const network = effectiveNetwork(baseline, [], ['管 B', 'no such asset'])
    expect([0, 1, 2].map(asset => assetRecord(network, asset).status)).toEqual(['in_use', 'removed', 'in_use'])
    expect(network.xyz).toBe(baseline.xyz)
    expect(baseline.status[1]).toBe(0)
    expect(findings(baseline, [], ['管 B'])).toEqual([])
  })
  it('does not count what a diversion replaces', () => {
    const diversion = aProposal('D', { axis: [[40, -5, -2], [40, 5, -2]] })
    expect(findings(baseline, [diversion])).toEqual([['hard', 'A', '管 B']])
    expect(findings(baseline, [{ ...diversion, replaces: ['A'] }])).toEqual([])
  })
})

it('strings are found in packed strings by one pass, the first of equal ones', () => {
  expect(indicesOf(packStrings(['a', 'bb', '管', 'bb', '']), ['bb', '管', 'c', 'a', ''])).toEqual([1, 2, -1, 0, 4])
})
