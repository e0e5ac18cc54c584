import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { shiftedVerdicts } from '#shared/hazards/shifted-asset.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf } from '../clearance/oracle-network.ts'

const pack = packOf(testPack('crossing-alongside'))
const doubtful = { accuracyPlanM: 0.5, accuracyLevelM: 0.5 }

function ask(assets: readonly AssetRecord[], moves: readonly { leftM: number; upM: number }[]) {
  return shiftedVerdicts({ columns: buildAssetColumns(assets, [0, 0, 0]), pack, ground: null, surfaceFeatures: [], nodes: [], asset: 0, moves }, unattendedJob)
}

describe('an asset moved within its accuracy', () => {
  const gas = anAsset({ id: 'G', kind: 'gas', axis: [[0, 0, -1], [40, 0, -1]], ...doubtful })
  const limit = pack.horizontal.find(({ a, b }) => [a, b].some(name => name.includes('gas')) && [a, b].some(name => name.includes('water')))!
  const water = (y: number) => anAsset({ id: 'W', kind: 'water', axis: [[0, y, -1], [40, y, -1]], accuracyPlanM: 0, accuracyLevelM: 0 })

  it('turns certain on the one side and clear on the other, about a limit it just meets', () => {
    // Outsides exactly at the limit: any step nearer is short, any step away is not.
    const rows = ask([gas, water(limit.minM + 0.1 + 0.15)], [{ leftM: 0.2, upM: 0 }, { leftM: -0.2, upM: 0 }, { leftM: 0, upM: 0.1 }])
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ other: 'W', now: { verdict: 'possible' } })
    expect(rows[0]!.cases.map(one => one?.verdict ?? null)).toEqual(['certain', null, null])
    expect(rows[0]!.cases[0]!.found).toBeCloseTo(limit.minM - 0.2, 9)
  })

  it('stays where it is joined: the next pipe of the run is not torn off', () => {
    const next = anAsset({ id: 'N', kind: 'gas', axis: [[40, 0, -1], [80, 0, -1]], ...doubtful })
    expect(ask([gas, next], [{ leftM: 0.5, upM: 0 }, { leftM: 0, upM: 0.5 }])).toEqual([])
  })
})
