import { describe, expect, it } from 'vitest'
import { affectedAssets, type AssetEffect } from '#shared/excavation/affected-assets.ts'
import { solidOf, type ExcavationRequest } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import { anAsset, flatGround } from '#tests/builders/twin-builder.ts'
import { axisPoint, floorAt, isInCut, mitredDistance, sampledClearance, toeDistance, type OracleCut } from './oracle.ts'
import { randomAsset, randomFor, randomGround, randomOutline, type Outline } from './random-sites.ts'

const SQUARE: Outline = [[0, 0], [10, 0], [10, 10], [0, 10]]

function request(outline: Outline, bottom: ExcavationRequest['bottom'], slopeRatio: number): ExcavationRequest {
  return { outline, bottom, slopeRatio, bench: null, soil: null, structuresM3: 0 }
}

/** Effects by asset id. */
function effectsOn(assets: readonly AssetRecord[], dig: ExcavationRequest, ground: GroundSurface | null, origin: Vec3 = [0, 0, 0], influenceDeg = 45): Map<string, AssetEffect> {
  const columns = buildAssetColumns(assets, origin)
  const solid = solidOf(dig, ground && groundPatches(ground))
  if (!solid.ok) throw new Error(solid.error.code)
  return new Map(affectedAssets(solid.value, columns, buildSegmentIndex(columns), influenceDeg).map(effect => [assets[effect.asset]!.id, effect]))
}

const round = (diameterM: number) => ({ section: { shape: 'circle', diameterM } as const })
const rectangular = (widthM: number, heightM: number) => ({ section: { shape: 'rectangle', widthM, heightM } as const })

describe('a pit of 10 × 10 m, 3 m deep, vertical sides, in level ground', () => {
  const on = (asset: AssetRecord) => effectsOn([asset], request(SQUARE, { depthM: 3 }, 0), flatGround(0)).get(asset.id)

  it('strikes and exposes a pipe that runs through it', () => {
    const effect = on(anAsset({ id: 'W', axis: [[-20, 5, -1], [30, 5, -1]], ...round(0.3) }))!
    expect(effect).toMatchObject({ struck: true, exposed: true, clearanceM: 0, withinSafeDig: true, handDig: true, undermined: true })
    expect(effect.exposedSpanM).toBeCloseTo(10, 9)
    // A point of the axis counts as struck while its surface is: a radius beyond each wall.
    expect(effect.struckLengthM).toBeCloseTo(10.3, 5)
  })

  it('strikes without exposing what only its skin reaches into', () => {
    const effect = on(anAsset({ id: 'W', axis: [[-20, 5, -3.1], [30, 5, -3.1]], ...round(0.5) }))!
    expect(effect).toMatchObject({ struck: true, exposed: false, exposedSpanM: 0 })
    expect(effect.struckLengthM).toBeCloseTo(10 + 2 * Math.sqrt(0.25 ** 2 - 0.1 ** 2), 5)
  })

  it('measures clearance from the outer surface, beside, below and off a corner', () => {
    expect(on(anAsset({ id: 'W', axis: [[-20, -1, -1], [30, -1, -1]], ...round(0.3) }))!.clearanceM).toBeCloseTo(0.85, 9)
    expect(on(anAsset({ id: 'W', axis: [[-20, 5, -3.4], [30, 5, -3.4]], ...round(0.3) }))!.clearanceM).toBeCloseTo(0.25, 9)
    expect(on(anAsset({ id: 'W', axis: [[-0.6, -0.8, -5], [-0.6, -0.8, -1]], ...round(0.3) }))!.clearanceM).toBeCloseTo(0.85, 9)
    expect(on(anAsset({ id: 'W', axis: [[-20, -0.9, -3.6], [30, -0.9, -3.6]], ...rectangular(1, 0.6) }))!.clearanceM).toBeCloseTo(Math.hypot(0.4, 0.3), 9)
  })

  it('does not strike what crosses it above ground', () => {
    expect(on(anAsset({ id: 'W', axis: [[-20, 5, 2], [30, 5, 2]], ...round(0.3) }))).toBeUndefined()
  })

  it('undermines what leans on the wedge beside it, and nothing below the line from the toe', () => {
    const beside = (y: number, z: number) => on(anAsset({ id: 'W', axis: [[2, y, z], [8, y, z]], ...round(0.2) }))?.undermined ?? false
    expect(beside(-1.9, -1)).toBe(true)
    expect(beside(-2.1, -1)).toBe(true) // the axis is below the line, the outer surface is not: 0.1·√2 above it
    expect(beside(-2.15, -1)).toBe(false)
    expect(beside(-0.5, -3.5)).toBe(false)
  })

  it('takes the distance for high-pressure gas from its pressure class', () => {
    const gas = (pressureClass: 'low' | 'high') => on(anAsset({ id: 'G', kind: 'gas', pressureClass, axis: [[-20, 5, -5], [30, 5, -5]], ...round(0.2) }))
    expect(gas('low')).toBeUndefined()
    expect(gas('high')).toMatchObject({ withinSafeDig: true, struck: false, handDig: false })
  })

  it('widens the hand-dig zone by what is not known of the position', () => {
    const known = anAsset({ id: 'W', axis: [[-20, 5, -3.95], [30, 5, -3.95]], ...round(0.3), accuracyPlanM: 0.05, accuracyLevelM: 0.05 })
    expect(on(known)).toBeUndefined()
    // The columns have NaN for what is not known.
    expect(on({ ...known, accuracyPlanM: NaN, accuracyLevelM: NaN })).toMatchObject({ handDig: true, withinSafeDig: false })
  })

  it('adds up over the vertices of one asset', () => {
    const axis: Vec3[] = [[-20, 5, -1], [2, 5, -1], [5, 5, -1], [5, 8, -2], [5, 8, -8]]
    const effect = on(anAsset({ id: 'W', axis, ...round(0.1) }))!
    expect(effect.exposedSpanM).toBeCloseTo(5 + Math.hypot(3, 1) + 1, 9)
  })

  it('leaves removed assets out', () => {
    expect(on(anAsset({ id: 'W', status: 'removed', axis: [[-20, 5, -1], [30, 5, -1]] }))).toBeUndefined()
  })
})

it('follows the ground where it cuts the pit off below a pipe', () => {
  // Ground falls along x: a level pipe leaves the pit through the air.
  const ground = { ...flatGround(0), z: flatGround(0).z.map((_, k) => -0.3 * (-95 + 10 * (k % 20))) }
  const effect = effectsOn([anAsset({ id: 'W', axis: [[-20, 5, -1.5], [30, 5, -1.5]], ...round(0.2) })], request(SQUARE, { levelM: -4 }, 0), ground).get('W')!
  // −0.3·x = −1.5 at x = 5.
  expect(effect.exposedSpanM).toBeCloseTo(5, 9)
  expect(effect.struckLengthM).toBeCloseTo(0.1 + 5 + 0.1 * Math.hypot(1, 0.3) / 0.3, 3)
})

it('undermines nothing where the sides are as flat as the line', () => {
  const assets = [anAsset({ id: 'W', axis: [[-20, -2.5, -1], [30, -2.5, -1]], ...round(0.2) })]
  expect(effectsOn(assets, request(SQUARE, { depthM: 3 }, 1), flatGround(0)).get('W')?.undermined).toBe(false)
  expect(effectsOn(assets, request(SQUARE, { depthM: 3 }, 1), flatGround(0), [0, 0, 0], 34).get('W')?.undermined).toBe(true)
})

it('without ground takes a vertical cut as open above its bottom', () => {
  const effect = effectsOn([anAsset({ id: 'W', axis: [[-20, 5, 1], [30, 5, 1]] })], request(SQUARE, { levelM: 0 }, 0), null).get('W')!
  expect(effect.exposedSpanM).toBeCloseTo(10, 9)
})

const SAMPLES = 240

describe('random pits, grounds and assets', () => {
  it.each(Array.from({ length: 24 }, (_, seed) => seed))('agree with sampling from the definition (seed %i)', seed => {
    const random = randomFor(seed + 1000)
    const [toe, ground] = [randomOutline(random), randomGround(random)]
    const [levelM, slopeRatio] = [-random.range(2, 5), random.pick([0, 0, 0.4, 1, 1.3])]
    const assets = Array.from({ length: 4 }, (_, i) => ({ ...randomAsset(random, `A${i}`), accuracyPlanM: 40, accuracyLevelM: 40 }))
    const solid = solidOf(request(toe, { levelM }, slopeRatio), groundPatches(ground))
    if (!solid.ok) return expect(solid.error.code).toBe('above_ground')
    const effects = effectsOn(assets, request(toe, { levelM }, slopeRatio), ground)
    const cut: OracleCut = { toe, levelM, slopeRatio, ground: groundSampler(ground), marginM: slopeRatio * 14 }
    for (const { id, section, axis } of assets) {
      // So uncertain an asset is listed wherever it is, unless deeper than any of its limits.
      const effect = effects.get(id)!
      const clearance = sampledClearance(cut, section, axis, [0, 1])
      const length = Math.hypot(...axis[0]!.map((v, i) => axis[1]![i]! - v))
      if (effect.clearanceM > 0 || clearance > 1e-3) {
        // Sampling finds real points of the cut, so it can only be too large; the grid's ground is followed within 1 mm.
        expect(effect.clearanceM).toBeLessThan(Math.max(0, clearance) + 1.5e-3)
        expect(effect.clearanceM).toBeGreaterThan(clearance - 6e-3)
      }
      expect(effect.struck).toBe(effect.clearanceM === 0)
      const inside = Array.from({ length: SAMPLES }, (_, k) => isInCut(cut, axisPoint(axis, (k + 0.5) / SAMPLES))).filter(Boolean).length
      expect(Math.abs(effect.exposedSpanM - (inside * length) / SAMPLES)).toBeLessThan((6 * length) / SAMPLES)
      const expected = sampledUndermining(cut, section, axis)
      if (expected !== 'close') expect(effect.undermined).toBe(expected === 'yes')
    }
  })

  it.each(Array.from({ length: 8 }, (_, seed) => seed))('strike over the length that sampling finds (seed %i)', seed => {
    const random = randomFor(seed + 2000)
    const [toe, ground, slopeRatio] = [randomOutline(random), randomGround(random), random.pick([0, 0.6])]
    const { section } = randomAsset(random, 'A')
    const axis: Vec3[] = [[random.range(-14, -10), random.range(-4, 4), random.range(-3, -0.3)], [random.range(10, 14), random.range(-4, 4), random.range(-3, -0.3)]]
    const dig = request(toe, { levelM: -random.range(3, 4) }, slopeRatio)
    const effect = effectsOn([anAsset({ id: 'A', axis, section })], dig, ground).get('A')!
    const cut: OracleCut = { toe, levelM: (dig.bottom as { levelM: number }).levelM, slopeRatio, ground: groundSampler(ground), marginM: slopeRatio * 14 }
    const steps = 60
    const length = Math.hypot(...axis[0]!.map((v, i) => axis[1]![i]! - v))
    const met = Array.from({ length: steps }, (_, k) => sampledClearance(cut, section, axis, [(k + 0.5) / steps, (k + 0.5) / steps], 20) <= 2e-3).filter(Boolean).length
    expect(Math.abs(effect.struckLengthM - (met * length) / steps)).toBeLessThan((4 * length) / steps)
  })
})

/** Points of the sections tried one by one; `close` where a hair's breadth decides. */
function sampledUndermining(cut: OracleCut, section: AssetRecord['section'], axis: readonly Vec3[]): 'yes' | 'no' | 'close' {
  let most = -Infinity
  for (let k = 0; k <= SAMPLES; k++) {
    const p = axisPoint(axis, k / SAMPLES)
    const half = section.shape === 'circle' ? section.diameterM / 2 : section.heightM / 2
    const ground = cut.ground(p[0], p[1])
    if (ground === null || p[2] - half >= ground || toeDistance(cut, p[0], p[1]) === 0 || p[2] >= floorAt(cut, p[0], p[1])) continue
    for (const [dx, dy, dz] of skinOf(section)) {
      const q: Vec3 = [p[0] + dx, p[1] + dy, p[2] + dz]
      const isOutside = mitredDistance(cut, q[0], q[1]) > 0 ? q[2] < floorAt(cut, q[0], q[1]) : q[2] < cut.levelM
      if (isOutside) most = Math.max(most, q[2] - cut.levelM - toeDistance(cut, q[0], q[1]))
    }
  }
  return most > 1e-6 ? 'yes' : most > -0.08 ? 'close' : 'no'
}

function skinOf(section: AssetRecord['section']): Vec3[] {
  const out: Vec3[] = [[0, 0, 0]]
  for (let i = 0; i < 32; i++) {
    const [c, s] = [Math.cos((i * Math.PI) / 16), Math.sin((i * Math.PI) / 16)]
    if (section.shape === 'rectangle') {
      out.push([(c * section.widthM) / 2, (s * section.widthM) / 2, section.heightM / 2])
      continue
    }
    for (let j = 0; j <= 8; j++) {
      const rise = (j * Math.PI) / 16
      out.push([(c * Math.cos(rise) * section.diameterM) / 2, (s * Math.cos(rise) * section.diameterM) / 2, (Math.sin(rise) * section.diameterM) / 2])
    }
  }
  return out
}

describe('the answer does not depend on', () => {
  const tilted = (place: (p: readonly [number, number]) => readonly [number, number]): GroundSurface => ({
    type: 'tin', name: 'plane', faces: Uint32Array.of(0, 1, 2, 0, 2, 3),
    xyz: Float64Array.from(([[-90, -90], [90, -90], [90, 90], [-90, 90]] as const).flatMap(p => [...place(p), 0.05 * p[0] - 0.03 * p[1]])),
  })
  const same = (p: readonly [number, number]) => p

  it.each(Array.from({ length: 15 }, (_, seed) => seed))('rotation, far coordinates, vertex order and straight corners (seed %i)', seed => {
    const random = randomFor(seed + 3000)
    const toe = randomOutline(random)
    const slopeRatio = random.pick([0, 0.5, 1.2])
    const assets = Array.from({ length: 6 }, (_, i) => ({ ...randomAsset(random, `A${i}`), accuracyPlanM: 40, accuracyLevelM: 40 }))
    const [angle, shift] = [random.range(0, 6), 3_600_000]
    const turn = ([x, y]: readonly [number, number]) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)] as const
    const moved = (asset: AssetRecord, place: typeof turn): AssetRecord => ({ ...asset, axis: asset.axis.map(([x, y, z]) => [...place([x, y]), z] as Vec3) })
    const far = (p: readonly [number, number]) => [p[0] + shift, p[1] + shift] as const
    const densified = (asset: AssetRecord): AssetRecord => ({ ...asset, axis: [asset.axis[0]!, axisPoint(asset.axis, 0.37), asset.axis[1]!] })
    const split = toe.flatMap((p, i) => { const q = toe[(i + 1) % toe.length]!; return [p, [0.6 * p[0] + 0.4 * q[0], 0.6 * p[1] + 0.4 * q[1]] as const] })
    const bottom = { levelM: -4 }
    const here = effectsOn(assets, request(toe, bottom, slopeRatio), tilted(same))
    const variants = [
      effectsOn(assets.map(asset => moved(asset, turn)), request(toe.map(turn), bottom, slopeRatio), tilted(turn)),
      effectsOn(assets.map(asset => moved(asset, far)), request(toe, bottom, slopeRatio), tilted(same), [shift, shift, 0]),
      effectsOn(assets.map(asset => moved(asset, far)), request(toe.map(far), bottom, slopeRatio), tilted(far)),
      effectsOn(assets, request([...toe].reverse(), bottom, slopeRatio), tilted(same)),
      effectsOn(assets, request(split, bottom, slopeRatio), tilted(same)),
      effectsOn(assets.map(asset => ({ ...asset, axis: [...asset.axis].reverse() })), request(toe, bottom, slopeRatio), tilted(same)),
    ]
    const dense = effectsOn(assets.map(densified), request(toe, bottom, slopeRatio), tilted(same))
    for (const [id, effect] of here) {
      for (const variant of [...variants, dense]) {
        const other = variant.get(id)!
        expect(other.clearanceM).toBeCloseTo(effect.clearanceM, 6)
        expect(other.exposedSpanM).toBeCloseTo(effect.exposedSpanM, 6)
        expect(other.struckLengthM).toBeCloseTo(effect.struckLengthM, 3)
        expect([other.struck, other.exposed, other.undermined]).toEqual([effect.struck, effect.exposed, effect.undermined])
      }
    }
  })
})
