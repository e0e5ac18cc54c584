import { describe, expect, it } from 'vitest'
import { baseWorld, nearZones } from '#shared/clearance/worlds/base-world.ts'
import { CheckTester } from '#shared/clearance/check-tester.ts'
import { leadersOf, runOrder } from '#shared/clearance/network/id-order.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import { gatherSuspects } from '#shared/clearance/screens/suspects.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import type { LineFeature } from '#tests/oracle/types.ts'
import { latticeNetwork } from './lattice-network.ts'
import { checkFeatures, packOf, prepareNetwork } from './oracle-network.ts'

const PACK = packOf(testPack('crossing-alongside'))

function suspectsOf(prepared: PreparedClearance): Uint32Array {
  let block = 0
  return gatherSuspects([new CheckTester(prepared, {}).findSuspects(() => block++, unattendedJob)], prepared.order)
}

/** Asks for what is common to every two suspects. @returns how often something was let go. */
function timesLetGo(prepared: PreparedClearance): number {
  let times = -1 // At the start there is nothing yet.
  const { columns, runs, network } = prepared
  const world = baseWorld(prepared)
  const zones = nearZones({ ...world, forgetPlaces: () => void times++ }, runOrder(columns.ids, leadersOf(columns.ids, runs.ofAsset), runs.ofAsset))
  const whole = (asset: number) => ({ asset, from: 0, to: network.chainageM[network.vertexStart[asset + 1]! - 1]! })
  const suspects = suspectsOf(prepared)
  for (let k = 0; k < suspects.length; k += 2) zones.common(whole(suspects[k]!), whole(suspects[k + 1]!))
  return times
}

/** Lines that all cross each other within a few metres, joined to nothing. */
const crowd = (count: number): LineFeature[] => Array.from({ length: count }, (_, k) => {
  const angle = (Math.PI * k) / count
  return {
    type: 'Feature', geometry: { type: 'LineString', coordinates: [-6, 6].map(side => [side * Math.cos(angle), side * Math.sin(angle) + k / 50, -1 - ((7 * k) % count) / 20]) },
    properties: { id: `l${String(k).padStart(2, '0')}`, kind: k % 2 ? 'water' : 'sewer_foul', owner: '', diameterM: 0.1 },
  }
})

describe('zones on the way through a network', () => {
  it.each([1, 2, 3])('let go on the way, they give the hits of testers that know nothing of other pairs (seed %i)', seed => {
    const prepared = prepareNetwork(latticeNetwork({ seed, assets: 800, steps: 80, stepM: 1.5, riserShare: 0.1 }), PACK)
    const suspects = suspectsOf(prepared)
    const passing = new CheckTester(prepared, {})
    let hits = 0
    for (let k = 0; k < suspects.length; k += 2) {
      const [a, b] = [suspects[k]!, suspects[k + 1]!]
      const found = passing.testPair(a, b)
      hits += found.length
      // Every pair would take long.
      if (k % 38 === 0) expect(found).toEqual(new CheckTester(prepared, {}).testPair(a, b))
    }
    expect(hits).toBeGreaterThan(300)
    expect(timesLetGo(prepared)).toBeGreaterThan(0)
  })

  it('where many lines meet, every two of them have the rows they have alone', () => {
    const features = crowd(44)
    const rows = (of: readonly LineFeature[]) => checkFeatures({ type: 'FeatureCollection', features: [...of] }, testPack('crossing-alongside')).pairs.map(({ a, b, rule, found }) => `${a} ${b} ${rule} ${found.toFixed(6)}`)
    const together = rows(features)
    const alone = features.flatMap((one, k) => features.slice(k + 1).flatMap(other => rows([one, other])))
    expect(together.length).toBeGreaterThan(500)
    expect(together.sort()).toEqual(alone.sort())
  })
})
