import { describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import { compareFindings, tallyDifferences } from '#shared/clearance/findings/compare-findings.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { packOf, prepareNetwork } from './oracle-network.ts'

const at = (fromChainageM: number, toChainageM: number): Finding['stretch'] => ({ from: [fromChainageM, 0, 0], to: [toChainageM, 0, 0], fromChainageM, toChainageM })
const finding = (runs: string, rule: Finding['rule'], ordinal: number, stretch: readonly [number, number], fields: Partial<Finding> = {}): Finding =>
  aFinding({ id: `${runs}|${rule}|${ordinal}`, rule, a: [runs.split('|')[0]!], b: runs.split('|').slice(1), stretch: at(...stretch), ...fields })

describe('what two packs find, compared', () => {
  it('a conflict only one of them has, and one that both have', () => {
    const both = finding('G|W', 'horizontal', 1, [0, 10])
    const gone = finding('G|W', 'horizontal', 2, [40, 50])
    const { same, differences } = compareFindings([both, gone], [{ ...both }])
    expect(same).toBe(1)
    expect(differences).toEqual([{ sort: 'only_left', left: gone, right: null, changes: [] }])
    expect(compareFindings([both], [both, gone]).differences).toEqual([{ sort: 'only_right', left: null, right: gone, changes: [] }])
  })

  it('numbers along the run hang on the pack: the place counts, not the ordinal', () => {
    const early = finding('G|W', 'horizontal', 1, [0, 10])
    const late = finding('G|W', 'horizontal', 2, [40, 50])
    // The other pack finds the later place alone, and calls it the first.
    const { same, differences } = compareFindings([early, late], [{ ...late, id: 'G|W|horizontal|1' }])
    expect([same, differences.map(({ sort, left }) => [sort, left?.id])]).toEqual([1, [['only_left', early.id]]])
  })

  it('says what changed: limit, weight, verdict, leading rule, what is carried', () => {
    const left = finding('G|W', 'horizontal', 1, [0, 10])
    const changes = (fields: Partial<Finding>) => compareFindings([left], [{ ...left, ...fields }]).differences.map(row => [row.sort, ...row.changes])
    expect(changes({ required: 1 })).toEqual([['changed', 'required']])
    expect(changes({ mandatory: false, basis: 'memory' })).toEqual([['changed', 'weight']])
    expect(changes({ verdict: 'possible' })).toEqual([['changed', 'verdict']])
    expect(changes({ id: 'G|W|hard|1', rule: 'hard', required: 0 })).toEqual([['changed', 'rule', 'required']])
    expect(changes({ others: [{ rule: 'stacked', required: 0.15, found: 0.1, shortfall: 0.05, clause: '', basis: 'memory', at: left.at }] })).toEqual([['changed', 'others']])
    // Two packs never cite alike.
    expect(changes({ clause: '6.3.3' })).toEqual([])
  })

  it('one stretch that the other parts in two is compared with each', () => {
    const long = finding('G|W', 'horizontal', 1, [0, 50], { required: 2 })
    const parts = [finding('G|W', 'horizontal', 1, [0, 10]), finding('G|W', 'horizontal', 2, [40, 50])]
    expect(compareFindings([long], parts).differences.map(({ sort, left, right }) => [sort, left?.id, right?.id])).toEqual([
      ['changed', long.id, parts[0]!.id], ['changed', long.id, parts[1]!.id],
    ])
  })

  it('cover, slope and a crossing angle on one stretch are three things', () => {
    const rules = ['cover', 'slope'] as const
    const left = rules.map(rule => finding('W', rule, 1, [0, 10]))
    expect(compareFindings(left, [left[1]!]).differences).toMatchObject([{ sort: 'only_left', left: { rule: 'cover' } }])
    const angle = finding('G|W', 'crossing_angle', 1, [5, 5])
    expect(compareFindings([angle], [finding('G|W', 'vertical', 1, [5, 5])]).differences.map(({ sort }) => sort).sort()).toEqual(['only_left', 'only_right'])
  })

  it('counts by kinds, and by what stands on the ground', () => {
    const kinds = new Map([['G', 'gas'], ['W', 'water']] as const)
    const { differences } = compareFindings([finding('G|W', 'horizontal', 1, [0, 1]), finding('W', 'cover', 1, [0, 1])], [finding('W|tree 1', 'surroundings', 1, [0, 1], { against: { sort: 'feature', type: 'tree' } })])
    expect(tallyDifferences(differences, id => kinds.get(id as 'G') ?? null)).toEqual([
      { a: 'gas', b: 'water', onlyLeft: 1, onlyRight: 0, changed: 0 }, { a: 'water', b: 'ground', onlyLeft: 1, onlyRight: 0, changed: 0 }, { a: 'water', b: 'tree', onlyLeft: 0, onlyRight: 1, changed: 0 },
    ])
  })

  it('on random networks: nothing against itself, sides turn round, and no finding is lost (seeds 1 … 12)', () => {
    let seen = 0
    for (let seed = 1; seed <= 12; seed++) {
      const network = randomNetwork({ seed, assets: 14, sizeM: 8 })
      const strict = packOf(testPack('crossing-alongside'))
      const random = seededRandom(seed)
      const mild: RulePack = { ...strict, horizontal: strict.horizontal.map(cell => ({ ...cell, minM: cell.minM * random.range(0, 1) })), vertical: strict.vertical.filter(() => random.chance(0.5)) }
      const [left, right] = [strict, mild].map(pack => checkNetwork(prepareNetwork(network, pack)).findings) as [Finding[], Finding[]]
      expect(compareFindings(left, left)).toEqual({ same: left.length, differences: [] })
      const { same, differences } = compareFindings(left, right)
      const turned = compareFindings(right, left)
      expect(turned.same).toBe(same)
      expect(new Set(turned.differences.map(row => `${row.right?.id} ${row.left?.id}`))).toEqual(new Set(differences.map(row => `${row.left?.id} ${row.right?.id}`)))
      // What one has and the other has not is what the definition of a place says, counted another way.
      const isMet = (one: Finding, others: readonly Finding[]) => others.some(other => runsOf(other) === runsOf(one) && meets(one, other))
      expect(differences.filter(({ sort }) => sort === 'only_left').map(row => row.left!.id).sort()).toEqual(left.filter(one => !isMet(one, right)).map(({ id }) => id).sort())
      seen += differences.length
    }
    expect(seen).toBeGreaterThan(30)
  })
})

const runsOf = ({ id }: Finding): string => id.split('|').slice(0, -2).join('|')
const meets = (m: Finding, n: Finding): boolean => m.stretch.fromChainageM - n.stretch.toChainageM <= 0.5 && n.stretch.fromChainageM - m.stretch.toChainageM <= 0.5
