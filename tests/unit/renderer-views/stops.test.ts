import { describe, expect, it } from 'vitest'
import gbPack from '#assets/rules/gb50289-2016.json' with { type: 'json' }
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { createPreview, type PreviewShortfall } from '#shared/clearance/preview.ts'
import { seededRandom } from '#shared/core/random.ts'
import { distanceToSegment } from '#shared/geometry/point-segment.ts'
import { surfaceUses } from '#shared/profile/cover-zones.ts'
import { cutLine } from '#shared/profile/cut-line.ts'
import { worldToCut } from '#shared/profile/cut-world.ts'
import { levelStops } from '#shared/profile/level-stops.ts'
import { cutLimits } from '#shared/profile/line-limits.ts'
import { nearestStop, type Stop } from '#shared/profile/stops.ts'
import type { SlotAnswer } from '#shared/routing/free-slots.ts'
import { rulePackSchema } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { sectionGrips } from '#renderer/views/section/section-grips.ts'
import { sectionOf } from '#renderer/views/section/section-model.ts'
import type { BesideLine } from '#renderer/tools/draw-guides.ts'
import { sectionLeader } from '#renderer/views/section/section-stops.ts'

const pack = rulePackSchema.parse(gbPack)
const gas = (...axis: Vec3[]): Proposal => ({ id: 'P', name: '', kind: 'gas', owner: 'x', section: { shape: 'circle', diameterM: 0.2 }, laying: 'direct', pressureClass: 'medium_a', axis })
/** A street that rises and falls, local level about 0. */
const HILLS: GroundSurface = { type: 'grid', name: 'g', cols: 61, rows: 41, cellSizeM: 2, x0: -40, y0: -40, z: Float64Array.from({ length: 61 * 41 }, (_, k) => Math.sin((k % 61) / 3) + 0.2 * Math.cos(Math.floor(k / 61) / 4)) }
const ROAD: SurfaceFeature = { id: 'road', name: '', type: 'roadway', geometry: 'polygon', attributes: {}, points: [[-50, -50], [90, -50], [90, 50], [-50, 50]] }

interface Scene {
  readonly others: readonly AssetRecord[]
  readonly proposal: Proposal
}

function place({ others, proposal }: Scene, ground: GroundSurface | null = null, features: readonly SurfaceFeature[] = []) {
  const columns = buildAssetColumns(others, [0, 0, 0])
  const world = worldToCut(columns, [], [proposal])
  const line = cutLine(world, 'P')!
  const prepared = prepareClearance({ assets: columns, pack, ground, surfaceFeatures: features })
  const site = {
    world, limits: cutLimits(pack, columns, { P: proposal }), surface: ground, groundAt: ground ? groundSampler(ground) : () => null,
    uses: features.length > 0 ? surfaceUses(features, [0, 0, 0]) : null, coversM: [], fallRatio: null, meetingLevelAt: () => null,
  }
  /** What the engine says is short of the line with this axis. */
  const shortOf = (axis: readonly Vec3[]): PreviewShortfall[] => createPreview(prepared).previewRoute({ ...proposal, axis }).flatMap(({ shortfalls }) => shortfalls.filter(({ isShort }) => isShort))
  return { columns, world, line, site, shortOf }
}

describe('levels a vertex is led to', () => {
  it('just clear what crosses its legs, by the engine\'s own figures: 150 streets with sloping lines at all angles (seed 31)', () => {
    const random = seededRandom(31)
    const between = (low: number, high: number): number => low + random.next() * (high - low)
    let [over, under] = [0, 0]
    for (let street = 0; street < 150; street++) {
      const proposal = gas([-20, between(-2, 2), between(-3, -1)], [0, 0, between(-3, -1)], [20, between(-2, 2), between(-3, -1)])
      const crossing = (id: string, x: number): AssetRecord => {
        const [angle, half] = [between(0.8, Math.PI - 0.8), 15]
        return anAsset({ id, kind: random.next() < 0.5 ? 'water' : 'sewer_foul', section: { shape: 'circle', diameterM: between(0.1, 0.5) }, axis: [[x - half * Math.cos(angle), -half * Math.sin(angle), between(-3, -1)], [x + half * Math.cos(angle), half * Math.sin(angle), between(-3, -1)]] })
      }
      const { line, site, shortOf } = place({ others: [crossing('W', between(-17, -3)), crossing('S', between(3, 17))], proposal })
      for (const { target, label, at } of levelStops(site, line, 1)) {
        if (target !== 'over' && target !== 'under') continue
        const short = (level: number) => shortOf(proposal.axis.with(1, [0, 0, level])).some(({ rule, other }) => other?.id === label && (rule === 'vertical' || rule === 'hard'))
        expect(short(at), `street ${street} ${target} ${label}`).toBe(false)
        expect(short(at + (target === 'over' ? -0.02 : 0.02)), `street ${street} ${target} ${label}, nearer`).toBe(true)
        if (target === 'over') over++
        else under++
      }
    }
    expect([over, under]).toEqual([300, 300])
  })

  it('keep the least cover along both legs, and no more, by the engine\'s own figures: 60 lines on hills (seed 32)', () => {
    const random = seededRandom(32)
    for (let k = 0; k < 60; k++) {
      const proposal = gas([-15 + 4 * random.next(), -10, -3.5], [0, 6 * random.next(), -2], [12 + 4 * random.next(), 12, -3.5])
      const { line, site, shortOf } = place({ others: [], proposal }, HILLS, [ROAD])
      const stop = levelStops(site, line, 1).find(({ target }) => target === 'least_cover')!
      const short = (level: number) => shortOf(proposal.axis.with(1, [proposal.axis[1]![0], proposal.axis[1]![1], level])).some(({ rule }) => rule === 'cover')
      expect(short(stop.at), `line ${k}`).toBe(false)
      expect(short(stop.at + 0.02), `line ${k}, higher`).toBe(true)
    }
  })

  it('are the covers and falls asked for, those of the stretches beside, what it joins, and its neighbours\' levels', () => {
    const proposal = gas([0, 0, -1], [10, 0, -1.1], [20, 0, -1.5], [40, 0, -1.9])
    const { line, site } = place({ others: [], proposal })
    const stops = levelStops({ ...site, groundAt: () => 0.5, coversM: [1.2], fallRatio: 0.02, meetingLevelAt: x => (x === 10 ? -1.3 : null) }, line, 1)
    const of = (target: Stop['target']) => stops.filter(stop => stop.target === target).map(({ at, amount, label }) => [Number(at.toFixed(9)), Number(amount.toFixed(9)), label])
    expect(of('cover')).toEqual([[-0.8, 1.2, '']]) // 0.5 − 1.2 − 0.1
    expect(of('joint')).toEqual([[-1.3, 0, '']])
    expect(of('straight_fall')).toEqual([[-1.3, 20, '']]) // 20 ‰ of the stretch after it, carried on backwards
    expect(of('even_fall')).toEqual([[-1.25, 25, '']])
    expect(of('fixed_fall')).toEqual([[-1.2, 20, '']])
    expect(of('vertex_level')).toEqual([[-1, 0, '1'], [-1.5, 0, '3'], [-1.9, 0, '4']])
  })

  it('lead from a few pixels, the nearest first', () => {
    const stop = (at: number): Stop => ({ at, target: 'vertex_level', label: '', amount: 0 })
    expect(nearestStop([stop(0), stop(1)], 0.4, 0.5)?.at).toBe(0)
    expect(nearestStop([stop(0), stop(1)], 0.7, 0.5)?.at).toBe(1)
    expect(nearestStop([stop(0), stop(1)], 0.5, 0.4)).toBeNull()
  })

  it('leave out what the line joins, and what lies removed', () => {
    const proposal = gas([-20, 0, -1], [0, 0, -1])
    const others = [anAsset({ id: 'tee', kind: 'gas', axis: [[0, -9, -1], [0, 0, -1]] }), anAsset({ id: 'out', kind: 'water', axis: [[-5, -9, -2], [-5, 9, -2]] })]
    const { site, line, world } = place({ others, proposal })
    const labels = (removed: readonly string[]) => levelStops({ ...site, world: { ...world, removed: new Set(removed) } }, line, 1).filter(({ target }) => target === 'over').map(({ label }) => label)
    expect(labels([])).toEqual(['out'])
    expect(labels(['out'])).toEqual([])
  })
})

describe('places in a section that a line is led to', () => {
  const proposal = gas([-20, 0, -1], [20, 0, -1])
  const along = anAsset({ id: 'W', kind: 'water', section: { shape: 'circle', diameterM: 0.4 }, axis: [[-30, -3, -1.3], [30, -3, -1.3]] })
  const lead = (others: readonly AssetRecord[], fields: { readonly slots?: SlotAnswer | null; readonly coversM?: readonly number[]; readonly kerbs?: readonly BesideLine[] } = {}) => {
    const scene = place({ others, proposal })
    const section = sectionOf(scene.world, scene.line, 20, 8, null, () => 0, new Map(), () => true)
    const [grip] = sectionGrips(section, scene.world, scene.line, 20)
    const leader = sectionLeader({ ...scene.site, groundAt: () => 0, plane: section.plane, grip: grip!, line: scene.line, halfSpanM: 8, coversM: [], slots: null, kerbs: [], ...fields })
    return { leader, ...scene }
  }

  it('are beside a neighbour at the distance the engine asks for', () => {
    const { leader, shortOf } = lead([along])
    const { u } = leader(2.2, -0.4, 0.3)
    expect(u).toMatchObject({ target: 'parallel', label: 'W' })
    // The section looks east: to the right is south.
    const moved = (byM: number) => shortOf(proposal.axis.map(([x, y, z]): Vec3 => [x, y - u!.at - byM, z])).some(({ rule }) => rule === 'horizontal')
    expect([moved(0), moved(0.01), moved(-0.01)]).toEqual([false, true, false])
  })

  it('are as far from the axis of a neighbour that runs aslant (seed 33)', () => {
    const random = seededRandom(33)
    for (let k = 0; k < 40; k++) {
      const turn = 0.9 * (random.next() - 0.5)
      const slanting = anAsset({ id: 'W', kind: 'water', axis: [[-30 * Math.cos(turn), -4 - 30 * Math.sin(turn), -1], [30 * Math.cos(turn), -4 + 30 * Math.sin(turn), -1]] })
      const { u } = lead([slanting]).leader(2.3, -0.3, 2)
      const [[ax, ay], [bx, by]] = slanting.axis as readonly [Vec3, Vec3]
      expect(distanceToSegment(0, -u!.at, ax, ay, bx, by), `turn ${turn}`).toBeCloseTo(u!.amount, 9)
    }
  })

  it('are beside a kerb at the distance asked for, aslant too, and not where the line would cross it (seed 34)', () => {
    const random = seededRandom(34)
    for (let k = 0; k < 40; k++) {
      const turn = 0.9 * (random.next() - 0.5)
      const [a, b] = [[-30 * Math.cos(turn), -4 - 30 * Math.sin(turn)], [30 * Math.cos(turn), -4 + 30 * Math.sin(turn)]] as const
      const { u } = lead([], { kerbs: [{ target: 'beside_kerb', label: 'K', a, b, distanceM: 1.55 }] }).leader(2.3, -0.3, 2)
      expect(u).toMatchObject({ target: 'beside_kerb', label: 'K' })
      expect(distanceToSegment(0, -u!.at, ...a, ...b), `turn ${turn}`).toBeCloseTo(1.55, 9)
    }
    expect(lead([], { kerbs: [{ target: 'beside_kerb', label: 'K', a: [-3, -9], b: [3, 9], distanceM: 1.55 }] }).leader(1.5, -0.9, 1).u).toBeNull()
  })

  it('are over and under what it would lie on, level with what lies beside, at the cover asked for', () => {
    const { leader, shortOf } = lead([along], { coversM: [0.9] })
    const { z } = leader(3, -0.8, 0.15)
    expect(z).toMatchObject({ target: 'over', label: 'W' })
    const stacked = (level: number) => shortOf(proposal.axis.map(([x]): Vec3 => [x, -3, level])).some(({ rule }) => rule === 'stacked' || rule === 'hard')
    expect([stacked(z!.at), stacked(z!.at - 0.01)]).toEqual([false, true])
    expect(leader(-2, -1.28, 0.1).z).toMatchObject({ target: 'level', label: 'W', at: -1.3 })
    expect(leader(-2, -1.02, 0.1).z).toMatchObject({ target: 'cover', at: -1, amount: 0.9 }) // 0 − 0.9 − 0.1
  })

  it('ask no distance in plan of what crosses the line', () => {
    const across = anAsset({ id: 'C', kind: 'water', axis: [[-6, -9, -2], [6, 9, -2]] })
    const { leader } = lead([across])
    for (let u = -4; u <= 4; u += 0.25) expect(leader(u, 3, 0.3).u?.target).not.toBe('parallel')
    expect(leader(0.4, -1.6, 0.2).z).toMatchObject({ target: 'over', label: 'C' })
  })

  it('are the middle of a free place, and straight aside or up from its own', () => {
    const slots = { rows: [], slots: [{ rows: [], at: { rightM: 2, coverM: 1 }, widthM: 1, open: {} }] } as unknown as SlotAnswer
    const { leader } = lead([], { slots })
    expect(leader(2.1, -1.05, 0.2)).toMatchObject({ u: { target: 'slot', at: 2 }, z: { target: 'slot', at: -1.1 } })
    expect(leader(0.05, -1.6, 0.2)).toMatchObject({ u: { target: 'own_place', at: 0 }, z: null })
    expect(leader(0.9, -1.06, 0.2)).toMatchObject({ u: null, z: { target: 'own_level', at: -1 } })
    expect(leader(0.05, -1.05, 0.2)).toEqual({ u: null, z: null })
  })
})
