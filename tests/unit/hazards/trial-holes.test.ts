import { describe, expect, it } from 'vitest'
import type { Finding, Verdict } from '#shared/clearance/findings/finding.ts'
import { seededRandom } from '#shared/core/random.ts'
import { trialHoles } from '#shared/hazards/trial-holes.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'

const possible = (id: string, x: number, y: number, fields: Partial<Finding> = {}): Finding =>
  aFinding({ id, verdict: 'possible' as Verdict, a: [`A${id}`], b: [`B${id}`], at: { a: [x, y, 0], b: [x + 0.5, y, -1] }, ...fields })
const ask = (findings: readonly Finding[], isUncertain: (id: string) => boolean = () => true) => trialHoles({ findings, isUncertain, reachM: 3 })

describe('trial holes', () => {
  it('one hole settles what lies about it, and lays bare every line in doubt there', () => {
    const [hole, ...rest] = ask([possible('1', 0, 0), possible('2', 1, 0), possible('3', 50, 0)])
    expect(hole).toMatchObject({ settles: ['1', '2'], assets: ['A1', 'A2', 'B1', 'B2'], lowestM: -1 })
    expect(rest).toMatchObject([{ settles: ['3'] }])
  })

  it('only verdicts that are possible, and sides that are in doubt, count', () => {
    expect(ask([aFinding({ id: '1', verdict: 'certain' })])).toEqual([])
    expect(ask([possible('1', 0, 0)], () => false)).toEqual([])
    expect(ask([possible('1', 0, 0)], id => id === 'B1')[0]!.assets).toEqual(['B1'])
  })

  it('both sides must be near: nearest points far apart are not settled by one hole', () => {
    expect(ask([possible('1', 0, 0, { at: { a: [0, 0, 0], b: [9, 0, 0] } })])).toEqual([])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('each is the best there is for what the ones before left, and together they settle all that can be (seed %i)', seed => {
    const random = seededRandom(seed)
    const findings = Array.from({ length: 40 }, (_, i) => possible(String(i), random.range(0, 25), random.range(0, 25), { mandatory: random.chance(0.5) }))
    const holes = ask(findings)
    // By brute force over every place a hole could be.
    const left = new Set(findings)
    const near = (p: readonly number[], q: readonly number[]) => Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!) <= 3
    const settledBy = (at: readonly number[]) => [...left].filter(finding => near(at, finding.at.a) && near(at, finding.at.b))
    for (const hole of holes) {
      const best = Math.max(...findings.flatMap(({ at }) => [at.a, at.b]).map(at => settledBy(at).length))
      expect(hole.settles).toHaveLength(best)
      expect(settledBy(hole.at).map(({ id }) => id).sort()).toEqual([...hole.settles].sort())
      for (const finding of settledBy(hole.at)) left.delete(finding)
    }
    expect(left.size).toBe(0)
  })
})
