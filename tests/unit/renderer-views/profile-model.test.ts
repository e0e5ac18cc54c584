import { describe, expect, it } from 'vitest'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { cutLine, cutLineAt, lineAlone } from '#shared/profile/cut-line.ts'
import { cutWorld } from '#renderer/state/scheme/scheme-world.ts'
import { groundLine } from '#shared/profile/ground-line.ts'
import { LabelRoom } from '#renderer/views/cut/chart.ts'
import { coverZones, surfaceUses } from '#shared/profile/cover-zones.ts'
import { cutLimits, limitZone } from '#shared/profile/line-limits.ts'
import { rulePackSchema } from '#shared/rules/rule-pack.ts'
import { MARGIN, profileFrame } from '#renderer/views/profile/profile-frame.ts'
import { withoutLine, type PairFindings } from '#shared/profile/pair-findings.ts'
import { profileOf } from '#shared/profile/profile-model.ts'
import { sectionOf } from '#renderer/views/section/section-model.ts'

const pipe = (id: string, kind: AssetRecord['kind'], diameterM: number, ...axis: Vec3[]): AssetRecord => ({ id, kind, owner: '', section: { shape: 'circle', diameterM }, axis, status: 'in_use', assumed: 0, attributes: {} })
/** Level 100 at x = 0, rising 1 in 10 to the east. */
const SLOPE: GroundSurface = { type: 'grid', name: 'g', cols: 21, rows: 21, cellSizeM: 5, x0: -20, y0: -50, z: Float64Array.from({ length: 441 }, (_, k) => 100 + 0.1 * (-20 + 5 * (k % 21))) }
const twin = buildAssetColumns([
  pipe('W1', 'water', 0.4, [0, 0, 98], [20, 0, 98]), pipe('W2', 'water', 0.4, [40, 0, 98], [20, 0, 98]), pipe('W3', 'water', 0.2, [40, 0, 98], [40, 9, 98]), pipe('W4', 'water', 0.2, [40, 0, 98], [60, 0, 98]),
  pipe('G', 'gas', 0.2, [10, -8, 97], [10, 8, 97]), pipe('S', 'sewer_foul', 0.6, [30, -8, 99.5], [30, 8, 99.5]), pipe('P', 'power', 0.2, [-5, 2, 99], [60, 2, 99]),
], [0, 0, 0])
const world = cutWorld(twin, null)
const all = () => true

describe('long profile', () => {
  const line = cutLine(world, 'W2')!
  it('goes along the run through an end met head on, and stops at a tee', () => {
    expect([...line.ids]).toEqual(['W1', 'W2'])
    expect(line.chainages).toEqual([0, 20, 40])
  })
  it('shows what crosses with its gap, in the order of chainage, and no joints', () => {
    const profile = profileOf(world, line, SLOPE, groundSampler(SLOPE), new Map(), all)
    expect(profile.crossings.map(({ item, chainageM, isAbove, gapM }) => [item.id, chainageM, isAbove, Number(gapM.toFixed(9))])).toEqual([['G', 10, false, 0.7], ['S', 30, true, 1]])
    expect(profile.stations.map(({ chainageM, type }) => [chainageM, type])).toEqual([[0, 'end'], [10, 'crossing'], [20, 'vertex'], [30, 'crossing'], [40, 'end']])
    expect(profile.stations[3]).toMatchObject({ groundM: 103, crownM: 98.2, bottomM: 97.8 })
  })
  it('begins where a finding of several lines lies: on its nearest line, along the whole of that line\'s run', () => {
    expect(cutLineAt(world, ['W3', 'W1', 'W2'], 31, 0.4)).toMatchObject({ line: { item: { id: 'W1' }, lengthM: 40 }, chainageM: 31 })
    expect(cutLineAt(world, ['W1', 'W2', 'W3'], 40.1, 7)).toMatchObject({ line: { item: { id: 'W3' } }, chainageM: 7 })
    expect(cutLineAt(world, ['a manhole'], 0, 0)).toBeNull()
  })
  it('leaves out what is hidden', () => {
    expect(profileOf(world, line, null, () => null, new Map(), item => item.kind !== 'gas').crossings.map(({ item }) => item.id)).toEqual(['S'])
  })
})

describe('limits at crossings', () => {
  const cell = { clause: 'c', basis: 'quoted' as const }
  const pack = rulePackSchema.parse({
    format: 'underplan-rules/1', id: 'own', version: '1', title: { 'zh-CN': '自拟', en: 'Own' }, semantics: 'crossing-alongside', touchBandM: 0.001, crossingMinAngleDeg: 30, snapToleranceM: 0.01, alongsideMaxVerticalGapM: null,
    classes: [{ id: 'water', match: { kind: 'water' } }, { id: 'big', match: { kind: 'sewer_foul', minDiameterM: 0.5 } }, { id: 'gas', match: { kind: 'gas' } }],
    horizontal: [], vertical: [{ upper: 'big', lower: 'water', minM: 1.2, ...cell }, { upper: 'water', lower: 'gas', minM: 0.15, ...cell }, { upper: 'gas', lower: 'water', minM: 0.5, ...cell }], distance: [], cover: [], yielding: [],
  })
  const line = cutLine(world, 'W2')!
  const profile = profileOf(world, line, SLOPE, groundSampler(SLOPE), new Map(), all)

  it('are those of who lies above, and reach from the other\'s surface towards the line', () => {
    const limits = cutLimits(pack, twin, {})
    const zones = profile.crossings.map(({ item, isAbove, levelM }) => {
      const limit = limits.crossing(line.item, item, isAbove)!
      return [item.id, limit.minM, ...limitZone(levelM, item.section, isAbove, limit.minM).map(level => Math.round(level * 1e6) / 1e6)]
    })
    // Gas 0.2 m at 97 under the line: kept free above its crown; the sewer 0.6 m at 99.5 over it: below its underside, into the line's crown at 98.2.
    expect(zones).toEqual([['G', 0.15, 97.1, 97.25], ['S', 1.2, 98, 99.2]])
  })

  it('are the one distance where the pack knows no other, and none where it asks nothing', () => {
    const apart = cutLimits({ ...pack, semantics: 'distance', distance: [{ a: 'water', b: 'gas', minM: 0.3, ...cell }] }, twin, {})
    expect(profile.crossings.map(({ item, isAbove }) => apart.crossing(line.item, item, isAbove)?.minM ?? null)).toEqual([0.3, null])
  })
})

describe('least cover along a line', () => {
  const cell = { clause: 'c', basis: 'quoted' as const }
  const pack = rulePackSchema.parse({
    format: 'underplan-rules/1', id: 'own', version: '1', title: { 'zh-CN': '自拟', en: 'Own' }, semantics: 'crossing-alongside', touchBandM: 0.001, crossingMinAngleDeg: 30, snapToleranceM: 0.01, alongsideMaxVerticalGapM: null,
    classes: [{ id: 'water', match: { kind: 'water' } }], horizontal: [], vertical: [], distance: [], yielding: [],
    cover: [{ class: 'water', surface: 'roadway', minM: 1.9, ...cell }, { class: 'water', surface: 'footway', minM: 0.6, ...cell }, { class: 'water', surface: 'green', minM: 0.3, ...cell }],
  })
  const area = (id: string, type: 'footway' | 'green' | 'roadway', x0: number, x1: number): SurfaceFeature => ({ id, type, name: '', geometry: 'polygon', points: [[x0, -5], [x1, -5], [x1, 5], [x0, 5]], attributes: {} })
  const zonesOf = (features: readonly SurfaceFeature[]) => coverZones(cutLine(world, 'W2')!, SLOPE, groundSampler(SLOPE), surfaceUses(features, [0, 0, 0]), cutLimits(pack, twin, {}).cover)

  it('changes where the use of the ground does, takes the larger limit where areas overlap, and is entered where the crown comes too near', () => {
    const zones = zonesOf([area('f', 'footway', 10, 25), area('g', 'green', 10, 20)])
    const summary = zones.map(({ ground, limit, surface, isAssumed, isEntered }) => [ground[0]![0], ground.at(-1)![0], limit.minM, surface, isAssumed, isEntered].map(value => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value)))
    // Crown at 98.2 under ground of 100 + x / 10: 1.9 m are short up to x = 1.
    expect(summary).toEqual([
      [0, 10, 1.9, 'roadway', true, true], [10, 20, 0.6, 'footway', false, false], [20, 25, 0.6, 'footway', false, false], [25, 40, 1.9, 'roadway', true, false],
    ])
    expect(zones[0]!.ground[0]).toEqual([0, 100])
  })

  it('is entered on exactly the lines for which the full check finds too little cover (seed 12, 200 lines under a slope)', () => {
    const random = seededRandom(12)
    const features = Array.from({ length: 12 }, (_, i) => area(`a${i}`, random.pick(['footway', 'green', 'roadway'] as const), random.range(-10, 60), random.range(-10, 60)))
    const lines = Array.from({ length: 200 }, (_, i) => pipe(`L${i}`, 'water', 0.3, ...[0, 1].map((): Vec3 => [random.range(-15, 75), random.range(-9, 9), random.range(97.5, 105)])))
    const columns = buildAssetColumns(lines, [0, 0, 0])
    const found = new Set(lines.filter(one => {
      const alone = prepareClearance({ assets: buildAssetColumns([one], [0, 0, 0]), pack, ground: SLOPE, surfaceFeatures: features })
      return checkNetwork(alone).findings.some(({ rule }) => rule === 'cover')
    }).map(({ id }) => id))
    const uses = surfaceUses(features, [0, 0, 0])
    const { cover } = cutLimits(pack, columns, {})
    const entered = new Set(lines.map((_, i) => lineAlone(cutWorld(columns, null), i)!).filter(line => coverZones(line, SLOPE, groundSampler(SLOPE), uses, cover).some(zone => zone.isEntered)).map(({ item }) => item.id))
    expect(found.size).toBeGreaterThan(30)
    expect(found.size).toBeLessThan(190)
    expect([...entered].sort()).toEqual([...found].sort())
  })
})

describe('scales of a profile', () => {
  it('never squash heights: a short line seen whole is drawn smaller, in the middle', () => {
    const short = cutLine(world, 'W3')!
    const profile = profileOf(world, short, SLOPE, groundSampler(SLOPE), new Map(), all)
    const frame = profileFrame(profile, null, 'fit', 1200, 300)
    expect(frame.exaggeration).toBeGreaterThanOrEqual(1)
    expect((frame.window.fromM + frame.window.toM) / 2).toBeCloseTo(short.lengthM / 2, 9)
    // All levels are in the picture.
    expect(frame.y(profile.maxLevelM)).toBeGreaterThanOrEqual(MARGIN.top)
    expect(frame.y(profile.minLevelM)).toBeLessThanOrEqual(frame.plotBottom)
  })
})

describe('cross-section', () => {
  it('looks along the chainage, right is right; levels, cover and spacing by hand', () => {
    const section = sectionOf(world, cutLine(world, 'W1')!, 5, 6, SLOPE, groundSampler(SLOPE), new Map(), all)
    expect(section.cuts.map(({ item, shape, isOwn }) => [item.id, shape.u, shape.z, isOwn])).toEqual([['P', -2, 99, false], ['W1', 0, 98, true]])
    expect(section.cuts[1]!.coverM).toBeCloseTo(100.5 - 98.2, 9)
    expect(section.spacings.map(({ gapM }) => gapM)).toEqual([expect.closeTo(2 - 0.1 - 0.2, 9)])
  })
  it('marks a gap that a finding calls short: where it is too narrow, or at the finding itself, not all along its stretch', () => {
    const found = (x: number, required: number) => new Map([['P\nW1', [{ findingId: 'f', rule: 'horizontal' as const, required, found: 0.5, mandatory: false, at: { a: [x, 0, 98] as Vec3, b: [x, 2, 99] as Vec3 } }]]])
    const marked = (x: number, required: number, findings: PairFindings = found(x, required)) => sectionOf(world, cutLine(world, 'W1')!, 5, 6, null, () => null, findings, all).spacings[0]!.shortfall !== null
    expect([marked(15, 1.8), marked(15, 1.6), marked(5.4, 1.6), marked(5.6, 1.6), marked(36, 1.8)]).toEqual([true, false, true, false, false]) // the gap is 1.7
    expect(marked(5, 1.8, withoutLine(found(5, 1.8), 'W1'))).toBe(false)
    expect(withoutLine(found(5, 1.8), 'W').size).toBe(1)
  })
})

describe('ground along a line', () => {
  it('is exact at every border of a cell, and parted where there is none', () => {
    const z = Float64Array.from({ length: 25 }, (_, k) => (k % 5 === 2 ? 3 : 0))
    const grid: GroundSurface = { type: 'grid', name: 'g', cols: 5, rows: 5, cellSizeM: 10, x0: 0, y0: 0, z }
    const [stretch, ...others] = groundLine(grid, groundSampler(grid), [-30, 20], [70, 20])
    expect(others).toEqual([])
    expect(stretch!.some(([s, level]) => s === 50 && level === 3)).toBe(true)
    expect(stretch!.at(0)![0]).toBeCloseTo(25, 6)
    expect(stretch!.at(-1)![0]).toBeCloseTo(75, 6)
  })
})

describe('labels', () => {
  it('keeps off what is to be spared while there is another place, and takes it where there is none', () => {
    const room = new LabelRoom({ x: 0, y: 0, width: 100, height: 20 })
    room.spare({ x: 0, y: 0, width: 50, height: 20 })
    const [left, right] = [{ x: 0, y: 0, width: 40, height: 20 }, { x: 55, y: 0, width: 40, height: 20 }]
    expect(room.take([left, right])).toBe(right)
    expect(room.take([left, right])).toBe(left)
    expect(room.take([left, right])).toBeNull()
  })

  it('never meet: the next place is taken, or none', () => {
    const room = new LabelRoom({ x: 0, y: 0, width: 100, height: 20 })
    const place = (x: number) => ({ x, y: 0, width: 40, height: 10 })
    expect(room.take([place(0)])?.x).toBe(0)
    expect(room.take([place(10), place(40)])?.x).toBe(40)
    expect(room.take([place(10), place(70)])).toBeNull()
  })
})
