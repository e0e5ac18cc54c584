import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { assessQuality, regroupedByBlocks } from '#shared/quality/assess-quality.ts'
import { FLAW_CODES, LEDGER_FACTS, type FlawCode, type QualityInput, type QualityReport } from '#shared/quality/quality-report.ts'
import { assetId, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSUMED, type AssetRecord, type NodeRecord, type Vec3 } from '#shared/twin/asset.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'

type Extras = Partial<Omit<QualityInput, 'columns'>>

function assess(assets: readonly AssetRecord[], extras: Extras = {}, origin: Vec3 = [0, 0, 0]): { readonly report: QualityReport; readonly flaws: readonly [FlawCode, string, string | null][] } {
  const columns = buildAssetColumns(assets, origin)
  const known = new Uint32Array(assets.length).fill(1)
  const report = assessQuality({ columns, nodes: [], ground: null, blocks: [], surfaceFeatures: [], material: known, year: known, surveyedWays: new Int8Array(assets.length), ...extras })
  const { flaws } = report
  const rows = Array.from({ length: flaws.count }, (_, f): [FlawCode, string, string | null] => {
    const other = flaws.other[f]!
    return [FLAW_CODES[flaws.code[f]!]!, assetId(columns, flaws.asset[f]!), other < 0 ? null : assetId(columns, other)]
  })
  return { report, flaws: rows.filter(([code]) => code !== 'open_end') }
}

describe('what a ledger lacks', () => {
  it('is every fact unknown or assumed, per line', () => {
    const bare: AssetRecord = { ...anAsset({ id: 'b' }), kind: 'unknown', owner: ' ', assumed: ASSUMED.level | ASSUMED.size, accuracyPlanM: NaN }
    const { report } = assess([anAsset({ id: 'a' }), bare], { material: Uint32Array.of(1, 0), year: Uint32Array.of(2, 0) })
    expect(report.missing[0]).toBe(0)
    expect(report.missing[1]).toBe(2 ** LEDGER_FACTS.length - 1)
    expect(report.whole).toMatchObject({ count: 2, score: 0.5, lacking: [1, 1, 1, 1, 1, 1, 1] })
  })

  it('adds up by owner and by block; lines in no block stand last', () => {
    const block = { id: 'B', name: 'B', responsible: '', ring: [[0, 0], [100, 0], [100, 100], [0, 100]] as const }
    const { report } = assess(
      [anAsset({ id: 'in', owner: 'A', axis: [[10, 10, 0], [40, 10, 0]] }), anAsset({ id: 'half out', owner: 'B', axis: [[90, 50, 0], [100, 50, 0], [140, 50, 0]] })],
      { blocks: [block], year: Uint32Array.of(0, 1) },
    )
    expect([...report.blockOf]).toEqual([0, -1])
    expect(report.byOwner.map(({ count, lengthM, score }) => [count, lengthM, Number(score.toFixed(4))])).toEqual([[1, 30, 0.8571], [1, 50, 1]])
    expect(report.byBlock.map(({ count }) => count)).toEqual([1, 1])
  })

  it('gives under other blocks what looking through it anew under them gives', () => {
    const random = seededRandom(4)
    const assets = Array.from({ length: 60 }, (_, i) => anAsset({ id: String(i), axis: [[random.range(0, 300), random.range(0, 300), 0], [random.range(0, 300), random.range(0, 300), 0]] }))
    const block = (id: string, x: number, side: number) => ({ id, name: id, responsible: '', ring: [[x, x], [x + side, x], [x + side, x + side], [x, x + side]] as const })
    const before = assess(assets, { blocks: [block('A', 0, 100)] })
    for (const blocks of [[block('A', 0, 100), block('B', 100, 150)], [block('C', 50, 200)], []]) expect(regroupedByBlocks(before.report, buildAssetColumns(assets, [0, 0, 0]), blocks)).toEqual(assess(assets, { blocks }).report)
  })
})

describe('what in a ledger cannot be right', () => {
  it('sizes that no such line has: a unit was mistaken', () => {
    expect(assess([anAsset({ id: 'mm', section: { shape: 'circle', diameterM: 300 } })]).flaws).toEqual([['size_implausible', 'mm', null]])
    expect(assess([anAsset({ id: 'mm', section: { shape: 'circle', diameterM: 300 }, assumed: ASSUMED.size })]).flaws).toEqual([])
  })

  it('crowns above the ground and lines far below it, but not levels that were assumed', () => {
    const ground = flatGround(10)
    const at = (z: number, assumed = 0) => anAsset({ id: `${z}`, axis: [[0, 0, 5], [20, 0, z]], assumed })
    expect(assess([at(9.9)], { ground }).flaws).toEqual([])
    expect(assess([at(9.96)], { ground }).flaws).toEqual([['above_ground', '9.96', null]])
    expect(assess([at(11, ASSUMED.level)], { ground }).flaws).toEqual([])
    expect(assess([at(-31)], { ground }).flaws).toEqual([['too_deep', '-31', null]])
  })

  it('the same line twice, whichever way it was drawn', () => {
    const axis: Vec3[] = [[0, 0, 0], [10, 0, 0], [10, 10, 0]]
    const twins = assess([anAsset({ id: 'a', axis }), anAsset({ id: 'b', axis: axis.toReversed() }), anAsset({ id: 'c', kind: 'gas', axis })]).flaws
    expect(twins).toEqual([['duplicate', 'b', 'a']])
    // Surveyed again a hand's breadth lower it is the same line; a main under the main is another.
    const lower = (m: number) => anAsset({ id: `${m}`, axis: axis.map(([x, y, z]): Vec3 => [x, y, z - m]) })
    const { report, flaws } = assess([anAsset({ id: 'a', axis }), lower(0.1), lower(0.8)])
    expect(flaws.filter(([code]) => code === 'duplicate' || code === 'near_miss')).toEqual([['duplicate', '0.1', 'a']])
    expect(report.flaws.value[0]).toBeCloseTo(0.1, 9)
  })

  it('lines that meet in a point of the plan and metres apart in level, but not in a structure or where one rises to the other', () => {
    const [left, deep] = [anAsset({ id: 'left', axis: [[0, 0, 0], [50, 0, 0]] }), anAsset({ id: 'deep', axis: [[50, 0, -24], [100, 0, 0]] })]
    const node = (nodeType: NodeRecord['nodeType']): NodeRecord => ({ id: 'N', kind: 'water', owner: '', nodeType, at: [50, 0, 2], attributes: {} })
    const jump = assess([left, deep], { nodes: [node('junction')] })
    expect(jump.flaws).toEqual([['level_jump', 'left', 'deep']])
    expect(jump.report.flaws.value[[...jump.report.flaws.code].indexOf(FLAW_CODES.indexOf('level_jump'))]).toBe(24)
    expect(assess([left, deep]).flaws).toEqual([['level_jump', 'left', 'deep']])
    expect(assess([left, deep], { nodes: [node('chamber')] }).flaws).toEqual([])
    expect(assess([left, anAsset({ id: 'riser', axis: [[50, 0, 0], [50, 0, -24], [100, 0, -24]] })]).flaws).toEqual([])
    expect(assess([left, anAsset({ ...deep, id: 'gas', kind: 'gas' })]).flaws).toEqual([])
    expect(assess([{ ...left, kind: 'sewer_foul' }, { ...deep, kind: 'sewer_foul' }], { nodes: [{ ...node('junction'), kind: 'sewer_foul' }] }).flaws.filter(([code]) => code === 'level_jump')).toEqual([])
  })

  it('ends that miss a line, in plan or by a jump of level', () => {
    const main = anAsset({ id: 'main', axis: [[0, 0, 0], [100, 0, 0]] })
    expect(assess([main, anAsset({ id: 'gap', axis: [[50, 0.3, 0], [50, 20, 0]] })]).flaws).toEqual([['near_miss', 'gap', 'main']])
    expect(assess([main, anAsset({ id: 'jump', axis: [[50, 0, 0.4], [50, 20, 0.4]] })]).flaws).toEqual([['level_jump', 'jump', 'main']])
    expect(assess([main, anAsset({ id: 'tee', axis: [[50, 0, 0], [50, 20, 0]] })]).flaws).toEqual([])
  })

  it('lines of one network that pass through each other without a joint; not those that pass over', () => {
    const main = anAsset({ id: 'main', axis: [[0, 0, 0], [100, 0, 0]] })
    expect(assess([main, anAsset({ id: 'x', axis: [[50, -20, 0.1], [50, 20, 0.1]] })]).flaws).toEqual([['crossing_unjoined', 'main', 'x']])
    expect(assess([main, anAsset({ id: 'x', axis: [[50, -20, 0.4], [50, 20, 0.4]] })]).flaws).toEqual([])
    expect(assess([main, anAsset({ id: 'x', kind: 'gas', axis: [[50, -20, 0], [50, 20, 0]] })]).flaws).toEqual([])
  })
  it.each([ASSUMED.level, ASSUMED.ground])('where a level is assumed, a crossing is a question, whatever the levels drawn (%i)', assumed => {
    const main = anAsset({ id: 'main', axis: [[0, 0, 0], [100, 0, 0]], assumed })
    for (const z of [0, 0.4]) expect(assess([main, anAsset({ id: 'x', axis: [[50, -20, z], [50, 20, z]] })]).flaws).toEqual([['crossing_level_unknown', 'main', 'x']])
  })

  it('sewers that climb on the only way out', () => {
    const sewer = (id: string, axis: readonly Vec3[]) => anAsset({ id, kind: 'sewer_foul', axis })
    const { flaws } = assess([sewer('a', [[0, 0, 5], [50, 0, 4]]), sewer('b', [[50, 0, 4], [80, 0, 4.5]]), sewer('c', [[80, 0, 4.5], [120, 0, 2]])])
    expect(flaws).toEqual([['adverse_slope', 'b', null]])
  })

  it('a surveyed direction that leads up is told as a contradiction, not as a pipe that climbs', () => {
    const sewer = (id: string, axis: readonly Vec3[]) => anAsset({ id, kind: 'sewer_foul', axis })
    const lines = [sewer('a', [[0, 0, 5], [50, 0, 4]]), sewer('b', [[50, 0, 4], [80, 0, 3.5]])]
    // Water does not leave where the survey says that it comes from: the way out is then up a.
    expect(assess(lines, { surveyedWays: Int8Array.of(0, -1) }).flaws).toEqual([['adverse_slope', 'a', null], ['flow_against_levels', 'b', null]])
    expect(assess(lines, { surveyedWays: Int8Array.of(0, 1) }).flaws).toEqual([])
  })
})

describe.each([1, 2, 3, 4, 5, 6])('on random networks (seed %i)', seed => {
  const random = seededRandom(seed)
  const point = (): Vec3 => [random.int(400) / 4, random.int(400) / 4, random.int(8) / 4]
  const assets = Array.from({ length: 60 }, (_, n) => anAsset({ id: `a${n}`, kind: random.pick(['water', 'gas', 'sewer_foul']), axis: [point(), point(), point()] }))

  it('finds the crossings that a search over all pairs finds', () => {
    const found = assess(assets).flaws.filter(([code]) => code === 'crossing_unjoined').map(([, a, b]) => [a, b].toSorted().join(' ')).toSorted()
    expect([...new Set(found)]).toEqual(crossingsOfAllPairs(assets))
  })

  it('says the same wherever the project lies and in whatever order the file is', () => {
    const told = (rows: readonly (readonly unknown[])[]) => rows.map(row => JSON.stringify(row)).toSorted()
    const far: Vec3 = [3_600_000, 36_000_000, 0]
    const moved = assets.map(asset => ({ ...asset, axis: asset.axis.map(([x, y, z]): Vec3 => [x + far[0], y + far[1], z]) }))
    const pairs = (rows: readonly (readonly [FlawCode, string, string | null])[]) => told(rows.map(([code, a, b]) => [code, ...[a, b ?? ''].toSorted()]))
    expect(pairs(assess(moved, {}, far).flaws)).toEqual(pairs(assess(assets).flaws))
    expect(pairs(assess(assets.toReversed()).flaws)).toEqual(pairs(assess(assets).flaws))
  })
})

/** Every two lines of one network whose pieces cross in plan, more than half a metre from any of their ends, with overlapping outsides. */
function crossingsOfAllPairs(assets: readonly AssetRecord[]): string[] {
  const found = new Set<string>()
  const side = (p: Vec3, q: Vec3, r: Vec3) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  for (const a of assets) {
    for (const b of assets) {
      if (a.id >= b.id || a.kind !== b.kind) continue
      for (let i = 1; i < a.axis.length; i++) {
        for (let j = 1; j < b.axis.length; j++) {
          const [p, q, r, s] = [a.axis[i - 1]!, a.axis[i]!, b.axis[j - 1]!, b.axis[j]!]
          const [d1, d2, d3, d4] = [side(p, q, r), side(p, q, s), side(r, s, p), side(r, s, q)]
          if (d1 * d2 > 0 || d3 * d4 > 0 || d1 === d2 || d3 === d4) continue
          const [t, u] = [d1 / (d1 - d2), d3 / (d3 - d4)]
          const [x, y] = [r[0] + t * (s[0] - r[0]), r[1] + t * (s[1] - r[1])]
          const gap = Math.abs(r[2] + t * (s[2] - r[2]) - (p[2] + u * (q[2] - p[2])))
          const ends = [a.axis[0]!, a.axis.at(-1)!, b.axis[0]!, b.axis.at(-1)!]
          if (gap < (a.kind === 'gas' ? 0.2 : 0.3) && ends.every(end => Math.hypot(end[0] - x, end[1] - y) > 0.5)) found.add([a.id, b.id].toSorted().join(' '))
        }
      }
    }
  }
  return [...found].toSorted()
}
