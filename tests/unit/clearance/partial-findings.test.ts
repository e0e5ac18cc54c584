import { describe, expect, it } from 'vitest'
import { testBlocks, type BlockListener } from '#shared/clearance/check-blocks.ts'
import { CheckTester } from '#shared/clearance/check-tester.ts'
import { checkNetwork } from '#shared/clearance/check.ts'
import { tellPartly, type PartialFindings } from '#shared/clearance/findings/partial-findings.ts'
import { gatherSuspects } from '#shared/clearance/screens/suspects.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf, prepareNetwork } from './oracle-network.ts'

const SEED = 31
const prepared = prepareNetwork(randomNetwork({ seed: SEED, assets: 60, sizeM: 12 }), packOf(testPack('crossing-alongside')))
const whole = checkNetwork(prepared)

/** Tests every block in turn, as a thread of its own does. */
function blocksWith(listen: (tester: CheckTester) => BlockListener | undefined) {
  const tester = new CheckTester(prepared, {}, null)
  const counter = () => {
    let block = 0
    return () => block++
  }
  const suspects = gatherSuspects([tester.findSuspects(counter(), unattendedJob)], prepared.order)
  return testBlocks(tester, suspects, prepared.order, counter(), unattendedJob, listen(tester))
}

describe(`findings told while the check goes on (seed ${SEED})`, () => {
  it('grow, and those told after the last block are the answer', () => {
    const told: PartialFindings[] = []
    // A clock on which every telling is due.
    let clock = 0
    blocksWith(tester => tellPartly(prepared, tester, part => void told.push(part), () => (clock += 1e9)))
    expect(told.length).toBeGreaterThan(5)
    expect(told.map(({ conflicts }) => conflicts)).toEqual(told.map(({ conflicts }) => conflicts).toSorted((a, b) => a - b))
    expect(told.at(-1)!.findings).toEqual(whole.findings)
    // Each part is of the whole: the same runs, no shortfall that the whole does not have at least.
    const runs = new Set(whole.findings.map(({ id }) => id.split('|').slice(0, -2).join('|')))
    for (const { findings } of told) for (const { id } of findings) expect(runs.has(id.split('|').slice(0, -2).join('|'))).toBe(true)
  })

  it('come less and less often, and change nothing of what is tested', () => {
    const dueAt: number[] = []
    let clock = 0
    const blocks = blocksWith(tester => tellPartly(prepared, tester, () => void dueAt.push(clock), () => (clock += 50)))
    expect(JSON.stringify(blocks)).toBe(JSON.stringify(blocksWith(() => undefined)))
    expect(dueAt[0]).toBeGreaterThanOrEqual(250)
    const gaps = dueAt.slice(1).map((at, k) => at - dueAt[k]!)
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
  })
})
