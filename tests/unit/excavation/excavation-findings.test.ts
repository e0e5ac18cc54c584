import { describe, expect, it } from 'vitest'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { effectsOf, solidOf } from '#shared/excavation/excavate.ts'
import { excavationFindings } from '#shared/excavation/excavation-findings.ts'
import { requestOf } from '#shared/excavation/excavation-request.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { BORE_ENVELOPE, safeDigM } from '#shared/excavation/safe-dig.ts'
import { uncutExcavations } from '#shared/excavation/scheme-digs.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import { assetId, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'
import { randomAsset, randomFor, randomGround, randomOutline } from './random-sites.ts'

const ORIGIN: Vec3 = [500_000, 3_600_000, 200]
const PIT: Excavation = { id: 'pit-1', name: 'Station box', shape: { type: 'pit', outline: [[0, 0], [10, 0], [10, 10], [0, 10]] }, bottom: { depthM: 3 }, slopeRatio: 0 }
const BORE: Excavation = { id: 'bore-1', name: '', shape: { type: 'bore', axis: [[0, 0, -4], [40, 0, -4]], diameterM: 0.6 }, bottom: null, slopeRatio: 0 }

const moved = ([x, y, z]: Vec3): Vec3 => [x + ORIGIN[0], y + ORIGIN[1], z + ORIGIN[2]]

/** Assets and excavation given about zero, judged at the coordinates of a real project. */
function found(assets: readonly AssetRecord[], excavation = PIT): Finding[] {
  const { shape } = excavation
  const placed: Excavation['shape'] = shape.type === 'bore' ? { ...shape, axis: shape.axis.map(moved) } : shape.type === 'pit' ? { ...shape, outline: shape.outline.map(([x, y]) => [x + ORIGIN[0], y + ORIGIN[1]] as const) } : shape
  const columns = buildAssetColumns(assets.map(asset => ({ ...asset, axis: asset.axis.map(moved) })), ORIGIN)
  return excavationFindings({ columns, ground: flatGround(0), excavations: [{ ...excavation, shape: placed }] })
}
const pipe = (axis: readonly Vec3[], more: Partial<AssetRecord> = {}) => anAsset({ id: 'W', axis, section: { shape: 'circle', diameterM: 0.3 }, ...more })

describe('a trench that leads to a line in the ground', () => {
  const trench: Excavation = { id: 'trench-1', name: '', shape: { type: 'trench', line: [[ORIGIN[0] - 20, ORIGIN[1]], [ORIGIN[0] + 0.5, ORIGIN[1]]], widthM: 1 }, bottom: { depthM: 2 }, slopeRatio: 0 }
  const main = pipe([[0, -20, -1.5], [0, 20, -1.5]], { id: 'M' })
  const struckBy = (proposal: AssetRecord, existing: readonly AssetRecord[] = [main]): string[] => {
    const all = [...existing, proposal].map(asset => ({ ...asset, axis: asset.axis.map(moved) }))
    return excavationFindings({ columns: buildAssetColumns(all, ORIGIN), proposalsFrom: existing.length, ground: flatGround(0), excavations: [trench] }).filter(({ rule }) => rule === 'dig_struck').map(({ a }) => a[0]!)
  }

  it('does not strike the one its line is connected to', () => {
    expect(struckBy(pipe([[-20, 0, -1.5], [0, 0, -1.5]], { id: 'P' }))).toEqual([])
  })

  it('strikes it where its line passes below, ends before, or ends on another', () => {
    expect(struckBy(pipe([[-20, 0, -1.9], [5, 0, -1.9]], { id: 'P' }))).toEqual(['M'])
    expect(struckBy(pipe([[-20, 0, -1.5], [-1, 0, -1.5]], { id: 'P' }))).toEqual(['M'])
    expect(struckBy(pipe([[-20, 0, -1.5], [0, 0, -1.5]], { id: 'P' }), [main, pipe([[-5, -20, -1.2], [-5, 20, -1.2]], { id: 'N' })])).toEqual(['N'])
  })

  it('strikes one that lies along it, though its line is connected there', () => {
    expect(struckBy(pipe([[-20, 0, -1.5], [0, 0, -1.5]], { id: 'P' }), [pipe([[-15, 0.1, -1.5], [0, 0, -1.5]], { id: 'M' })])).toEqual(['M'])
  })
})

describe('findings of a pit of 10 × 10 m, 3 m deep', () => {
  it('a pipe through it is struck over its width and a radius at each wall, and that leads', () => {
    const [finding, ...rest] = found([pipe([[-20, 5, -1], [30, 5, -1]])])
    expect(rest).toEqual([])
    expect(finding).toMatchObject({ id: 'W|pit-1|dig_struck|1', rule: 'dig_struck', a: ['W'], b: ['pit-1'], against: { sort: 'excavation', type: 'pit', name: 'Station box' }, required: 0, mandatory: true, verdict: 'certain' })
    expect(finding!.shortfall).toBeCloseTo(10.3, 5)
    expect(finding!.stretch.fromChainageM).toBeCloseTo(19.85, 4)
    expect(finding!.stretch.toChainageM).toBeCloseTo(30.15, 4)
    expect(finding!.stretch.from[0]).toBeCloseTo(ORIGIN[0] - 0.15, 4)
    expect(finding!.others.map(({ rule }) => rule)).toEqual(['dig_undermined'])
  })

  it('a pipe beside it stands over the 45° line by its level, less its distance, and the reach of a circle', () => {
    const [finding] = found([pipe([[2, -1.5, -2], [8, -1.5, -2]])])
    // Toe at −3: the axis is 1 m over it and 1.5 m away; a circle's highest point over a 45° line is √2 radii over its middle.
    expect(finding).toBeUndefined()
    const [near] = found([pipe([[2, -1.1, -2], [8, -1.1, -2]])])
    expect(near).toMatchObject({ rule: 'dig_undermined', mandatory: false, verdict: 'certain' })
    expect(near!.found).toBeCloseTo(1 - 1.1 + 0.15 * Math.SQRT2, 8)
  })

  it('a pipe under the bottom is within safe digging distance, short by what its skin lacks', () => {
    const [finding] = found([pipe([[-20, 5, -3.35], [30, 5, -3.35]])])
    expect(finding).toMatchObject({ rule: 'dig_near', required: 0.5, verdict: 'certain', mandatory: true })
    expect(finding!.found).toBeCloseTo(0.2, 8)
    expect(finding!.at.a[2] - finding!.at.b[2]).toBeCloseTo(-0.35, 6)
  })

  it('a position that is not known makes it possible only', () => {
    const doubtful = { accuracyPlanM: NaN, accuracyLevelM: NaN }
    expect(found([pipe([[-20, 5, -1], [30, 5, -1]], doubtful)])[0]).toMatchObject({ rule: 'dig_struck', verdict: 'possible', uncertaintyM: null })
  })

  it('what may be nearer than drawn is possible, though it passes as drawn', () => {
    const [finding] = found([pipe([[-20, 5, -3.8], [30, 5, -3.8]], { accuracyPlanM: 0.3, accuracyLevelM: 0.3 })])
    expect(finding).toMatchObject({ rule: 'dig_near', verdict: 'possible' })
    expect(finding!.shortfall).toBeCloseTo(-0.15, 8)
  })

  it.each([[0.3, 'certain'], [5.6, 'possible']] as const)('struck with an accuracy of %d m is %s: elsewhere it may miss the pit', (accuracyM, verdict) => {
    expect(found([pipe([[5, 5, -2.5], [5, 5, -2.4]], { accuracyPlanM: accuracyM, accuracyLevelM: accuracyM })])[0]).toMatchObject({ rule: 'dig_struck', verdict })
  })

  it('what is out of the ground is not found', () => {
    expect(found([pipe([[-20, 5, -1], [30, 5, -1]], { status: 'removed' })])).toEqual([])
  })

  it('an excavation that cannot be built finds nothing', () => {
    expect(found([pipe([[-20, 5, -1], [30, 5, -1]])], { ...PIT, shape: { type: 'pit', outline: [[0, 0], [10, 10], [10, 0], [0, 10]] } })).toEqual([])
  })
})

describe('lines of the same scheme', () => {
  const at = (axis: readonly Vec3[], id: string): AssetRecord => pipe(axis.map(moved), { id })
  /** The last assets are proposals. */
  function ofScheme(existing: readonly AssetRecord[], proposed: readonly AssetRecord[], excavation: Excavation): string[] {
    const columns = buildAssetColumns([...existing, ...proposed], ORIGIN)
    return excavationFindings({ columns, ground: flatGround(0), excavations: [excavation], proposalsFrom: existing.length }).map(({ a, rule }) => `${a[0]!} ${rule}`)
  }
  const placed = (excavation: Excavation): Excavation => {
    const { shape } = excavation
    const plan = ([x, y]: readonly [number, number]): readonly [number, number] => [x + ORIGIN[0], y + ORIGIN[1]]
    return { ...excavation, shape: shape.type === 'pit' ? { ...shape, outline: shape.outline.map(plan) } : shape.type === 'trench' ? { ...shape, line: shape.line.map(plan) } : { ...shape, axis: shape.axis.map(moved) } }
  }

  it('a pit strikes a line that passes through it, not one that ends in it, and lets neither count as undermined', () => {
    expect(ofScheme([], [at([[-20, 5, -1], [30, 5, -1]], 'THROUGH'), at([[-20, 4, -1], [5, 4, -1]], 'INTO'), at([[2, -1.1, -2], [8, -1.1, -2]], 'BESIDE')], placed(PIT))).toEqual(['THROUGH dig_struck'])
  })

  it('a trench is dug for the lines of its scheme, and strikes what was there', () => {
    const trench: Excavation = { id: 'trench-1', name: '', shape: { type: 'trench', line: [[0, 0], [40, 0]], widthM: 1.2 }, bottom: { depthM: 2 }, slopeRatio: 0 }
    expect(ofScheme([at([[20, -10, -1], [20, 10, -1]], 'OLD')], [at([[0, 0, -1.6], [40, 0, -1.6]], 'NEW')], placed(trench))).toEqual(['OLD dig_struck'])
  })

  it('a bore carries the line from its entry to its exit, and strikes another across it', () => {
    expect(ofScheme([], [at([[-5, 0, -4], [45, 0, -4]], 'CARRIED'), at([[20, -10, -4.2], [20, 10, -4.2]], 'ACROSS')], placed(BORE))).toEqual(['ACROSS bore_struck'])
  })
})

describe('findings of a bore', () => {
  it('runs into a pipe by how much both overlap, at the place where they do', () => {
    const [finding] = found([pipe([[20, -10, -4.35], [20, 10, -4.35]])], BORE)
    expect(finding).toMatchObject({ rule: 'bore_struck', b: ['bore-1'], against: { sort: 'excavation', type: 'bore' }, verdict: 'certain' })
    expect(finding!.found).toBeCloseTo(-0.1, 8)
    expect(finding!.stretch.fromChainageM).toBeCloseTo(10, 6)
  })

  it('keeps its envelope', () => {
    const [finding] = found([pipe([[20, -10, -3.35], [20, 10, -3.35]])], BORE)
    expect(finding).toMatchObject({ rule: 'bore_near', required: BORE_ENVELOPE.distanceM, mandatory: false })
    expect(finding!.found).toBeCloseTo(0.2, 8)
  })
})

describe('on random sites', () => {
  it.each([1, 2, 3, 4, 5, 6])('says of every asset what the effects over the whole network say (seed %i)', seed => {
    const random = randomFor(seed)
    const assets = Array.from({ length: 300 }, (_, i) => ({ ...randomAsset(random, `A${i}`), accuracyPlanM: 0.1, accuracyLevelM: 0.1 }))
    const columns = buildAssetColumns(assets, [0, 0, 0])
    const ground = randomGround(random)
    const excavation: Excavation = { id: 'p', name: '', shape: { type: 'pit', outline: randomOutline(random) }, bottom: { depthM: 3 }, slopeRatio: seed % 2 === 0 ? 0.5 : 0 }
    const solid = solidOf(requestOf(excavation, [0, 0, 0])!, groundPatches(ground))
    if (!solid.ok) throw new Error(solid.error.code)
    const expected = effectsOf(solid.value, { columns, index: buildSegmentIndex(columns), ground: groundPatches(ground) }, null).flatMap(({ asset, struck, undermined, clearanceM }) => {
      const near = clearanceM - 0.1 < safeDigM(assets[asset]!.kind, assets[asset]!.pressureClass ?? null)
      return struck ? [`${assetId(columns, asset)} dig_struck`] : undermined ? [`${assetId(columns, asset)} dig_undermined`] : near ? [`${assetId(columns, asset)} dig_near`] : []
    })
    const findings = excavationFindings({ columns, ground, excavations: [excavation] })
    expect(findings.map(({ a, rule }) => `${a[0]!} ${rule}`).sort()).toEqual(expected.sort())
    expect(expected.length).toBeGreaterThan(0)
    for (const { rule, found: figure, required } of findings) if (rule !== 'dig_near') expect(figure).toBeGreaterThan(required)
  })
})

describe('an excavation that cannot be computed', () => {
  const pit = (fields: Partial<Excavation>): Excavation => ({ ...PIT, bottom: { depthM: 4 }, ...fields })

  it('is named with the reason, so that nobody takes the scheme for clear: a depth without ground, a slope that never meets it, an outline that crosses itself', () => {
    const crossing = pit({ id: 'pit-2', shape: { type: 'pit', outline: [[0, 0], [10, 10], [10, 0], [0, 10]] }, bottom: { levelM: -4 } })
    expect(uncutExcavations([pit({}), crossing, pit({ id: 'pit-3', bottom: { levelM: -4 } }), pit({ id: 'pit-4', bottom: { levelM: -4 }, slopeRatio: 1 })], null, [0, 0, 0]).map(({ id, rejection }) => [id, rejection.code]))
      .toEqual([['pit-1', 'no_ground'], ['pit-2', 'outline_self_crossing'], ['pit-4', 'no_ground_for_slope']])
    expect(uncutExcavations([pit({})], flatGround(0), [0, 0, 0])).toEqual([])
    expect(uncutExcavations([pit({ bottom: { levelM: 3 } })], flatGround(0), [0, 0, 0]).map(({ rejection }) => rejection.code)).toEqual(['above_ground'])
  })
})
