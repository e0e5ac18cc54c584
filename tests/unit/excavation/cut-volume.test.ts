import { describe, expect, it } from 'vitest'
import type { Bench } from '#shared/excavation/cut-profile.ts'
import { excavate, type Excavation } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import { flatGround } from '#tests/builders/twin-builder.ts'
import { sampledVolume, type OracleCut } from './oracle.ts'
import { gridOf, randomFor, randomGround, randomOutline, tinOf, type Outline } from './random-sites.ts'

const columns = buildAssetColumns([], [0, 0, 0])
const noAssets = { columns, index: buildSegmentIndex(columns) }

function dig(outline: Outline, bottom: { levelM: number } | { depthM: number }, slopeRatio: number, ground: GroundSurface | null, bench: Bench | null = null): Excavation {
  const result = excavate({ outline, bottom, slopeRatio, bench, soil: null, structuresM3: 0 }, { ...noAssets, ground: ground && groundPatches(ground) })
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

const rectangle = (a: number, b: number): Outline => [[0, 0], [a, 0], [a, b], [0, b]]
const grounds: readonly (readonly [string, (level: (x: number, y: number) => number) => GroundSurface])[] = [
  ['grid', level => gridOf(level, 3)],
  ['TIN', level => tinOf(randomFor(5), level)],
]

describe.each(grounds)('a cut under a %s', (_, groundOf) => {
  const flat = groundOf(() => 0)

  it('with vertical sides is a box', () => {
    const { solid, volumes } = dig(rectangle(7.3, 4.1), { depthM: 2.7 }, 0, flat)
    expect(volumes.cutM3).toBeCloseTo(7.3 * 4.1 * 2.7, 9)
    expect(solid).toEqual({ levelM: -2.7, areaBottomM2: expect.closeTo(7.3 * 4.1, 9), areaTopM2: expect.closeTo(7.3 * 4.1, 9) })
  })

  it.each([0.33, 1, 1.5])('with sides at 1:%f is the frustum of mitred planes', n => {
    const [a, b, h] = [7.3, 4.1, 2.7]
    const { solid, volumes } = dig(rectangle(a, b), { depthM: h }, n, flat)
    // Prismoid: area at height z is (a + 2nz)(b + 2nz).
    expect(volumes.cutM3).toBeCloseTo(a * b * h + n * (a + b) * h ** 2 + (4 / 3) * n ** 2 * h ** 3, 7)
    expect(solid.areaTopM2).toBeCloseTo((a + 2 * n * h) * (b + 2 * n * h), 7)
  })

  it('mitres the corners of a triangle', () => {
    const [n, h] = [0.8, 3]
    const toe: Outline = [[0, 0], [6, 0], [0, 8]]
    const { volumes, solid } = dig(toe, { depthM: h }, n, flat)
    // Offsetting a triangle keeps its form: sides grow by 2·(area / inradius scale); inradius 2, area 24.
    const area = (d: number) => 24 * (1 + d / 2) ** 2
    expect(solid.areaTopM2).toBeCloseTo(area(n * h), 7)
    expect(volumes.cutM3).toBeCloseTo(((2 * 24) / (3 * n)) * ((1 + (n * h) / 2) ** 3 - 1), 7)
  })

  it('resolves the reflex corner of an L', () => {
    const toe: Outline = [[0, 0], [10, 0], [10, 4], [4, 4], [4, 10], [0, 10]]
    const [n, h] = [1, 3]
    const { solid, volumes } = dig(toe, { depthM: h }, n, flat)
    // Five outward corners add a square each, the reflex one takes one away.
    const area = (d: number) => 64 + 40 * d + 4 * d * d
    expect(solid.areaTopM2).toBeCloseTo(area(n * h), 7)
    expect(volumes.cutM3).toBeCloseTo(64 * h + 20 * h ** 2 + (4 / 3) * h ** 3, 7)
  })

  it('closes a notch that is narrower than its faces need', () => {
    // A U whose slot is 2 wide: at run 1 the faces meet, above it the slot is gone.
    const toe: Outline = [[0, 0], [10, 0], [10, 10], [6, 10], [6, 3], [4, 3], [4, 10], [0, 10]]
    const { solid } = dig(toe, { depthM: 3 }, 1, flat)
    const sampled = sampledVolume({ toe, levelM: -3, slopeRatio: 1, ground: () => 0, marginM: 4 }, 900)
    expect(solid.areaTopM2).toBeCloseTo(16 * 16, 7)
    expect(dig(toe, { depthM: 3 }, 1, flat).volumes.cutM3 / sampled.cutM3).toBeCloseTo(1, 3)
  })

  it('steps back at benches', () => {
    const { solid, volumes } = dig(rectangle(10, 10), { depthM: 3 }, 0, flat, { everyM: 1, widthM: 0.5 })
    expect(volumes.cutM3).toBeCloseTo(10 ** 2 + 11 ** 2 + 12 ** 2, 7)
    expect(solid.areaTopM2).toBeCloseTo(12 ** 2, 7)
  })

  it('under tilted ground is measured from the lowest ground on the outline', () => {
    const { solid, volumes } = dig(rectangle(8, 6), { depthM: 2 }, 0, groundOf(x => 0.1 * x))
    expect(solid.levelM).toBeCloseTo(-2, 9)
    expect(volumes.cutM3).toBeCloseTo(8 * 6 * 2.4, 7)
  })

  it('meets tilted ground in an inclined daylight line', () => {
    // One long trench across the tilt: the section is a trapezium between faces at 1:1 and ground rising 0.25.
    const [w, s] = [4, 0.25]
    const ground = groundOf(x => s * (x - w))
    const long = dig([[0, -10], [w, -10], [w, 10], [0, 10]], { levelM: -3 }, 1, ground)
    const short = dig([[0, -5], [w, -5], [w, 5], [0, 5]], { levelM: -3 }, 1, ground)
    // The ends are the same: the difference is 10 m of section. Left face z = −3 − x, right face z = −3 + (x − w).
    const left = (-3 + s * w) / (1 + s)
    const right = w + 3 / (1 - s)
    const depthAtToe = [3 - s * w, 3] as const
    const section = (depthAtToe[0] * -left) / 2 + ((depthAtToe[0] + depthAtToe[1]) / 2) * w + (depthAtToe[1] * (right - w)) / 2
    expect(long.volumes.cutM3 - short.volumes.cutM3).toBeCloseTo(10 * section, 6)
    expect(long.solid.areaTopM2 - short.solid.areaTopM2).toBeCloseTo(10 * (right - left), 6)
  })

  it('counts only what lies below ground where the toe comes out of it', () => {
    const { volumes, solid } = dig([[-10, -2], [10, -2], [10, 2], [-10, 2]], { levelM: 0 }, 0, groundOf(x => x * 0.1))
    expect(volumes.cutM3).toBeCloseTo((10 * 1 * 4) / 2, 7)
    expect(solid.areaTopM2).toBeCloseTo(40, 7)
  })
})

it('follows bilinear ground exactly', () => {
  // z = x·y/20 is bilinear in every square: the double integral over a box is closed.
  const ground = gridOf((x, y) => (x * y) / 20, 4)
  const { volumes } = dig([[1, 2], [9, 2], [9, 11], [1, 11]], { levelM: -5 }, 0, ground)
  expect(volumes.cutM3).toBeCloseTo(8 * 9 * 5 + ((81 - 1) / 2) * ((121 - 4) / 2) / 20, 8)
})

it('finds the curved daylight line of bilinear ground', () => {
  // Ground x·y over bottom 1 on [0, 4]²: depth is positive beyond the hyperbola x·y = 1; ∫∫ (xy − 1) over it.
  const ground = gridOf((x, y) => x * y, 4, 8)
  const { volumes, solid } = dig([[0, 0], [2, 0], [2, 2], [0, 2]], { levelM: 1 }, 0, ground)
  // ∫ from ½ to 2 dx ∫ from 1/x to 2 dy: area = 3 − ln 4; ∫(xy − 1) = ∫ (2x − 1/(2x) − 2 + 1/x) dx.
  expect(solid.areaTopM2).toBeCloseTo(3 - Math.log(4), 9)
  expect(volumes.cutM3).toBeCloseTo(4 - 0.25 - 3 + Math.log(4) / 2, 9)
})

describe('random cuts', () => {
  it.each(Array.from({ length: 24 }, (_, seed) => seed))('agree with sampling within 0.1 % (seed %i)', seed => {
    const random = randomFor(seed)
    const [toe, ground] = [randomOutline(random), randomGround(random)]
    const slopeRatio = random.pick([0, 0.4, 1, 1.4])
    const excavation = dig(toe, { levelM: -random.range(2.5, 4) - 2 }, slopeRatio, ground)
    const cut: OracleCut = { toe, levelM: excavation.solid.levelM, slopeRatio, ground: groundSampler(ground), marginM: slopeRatio * 22 }
    const sampled = sampledVolume(cut, 450)
    expect(Math.abs(excavation.volumes.cutM3 / sampled.cutM3 - 1)).toBeLessThan(1e-3)
    expect(Math.abs(excavation.solid.areaTopM2 / sampled.areaM2 - 1)).toBeLessThan(4e-3)
  })

  it.each([30, 200])('agree with sampling for a winding outline of %i corners', count => {
    const random = randomFor(count)
    const toe = Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * (i + random.range(-0.2, 0.2))) / count
      const distance = 14 * (1 + 0.35 * Math.sin(5 * angle)) + random.range(-1, 1) * Math.min(1, 20 / count)
      return [distance * Math.cos(angle), distance * Math.sin(angle)] as const
    })
    const ground = gridOf((x, y) => 0.05 * x + 0.3 * Math.sin(y / 3), 2)
    const { solid, volumes } = dig(toe, { depthM: 3 }, 1, ground)
    const sampled = sampledVolume({ toe, levelM: solid.levelM, slopeRatio: 1, ground: groundSampler(ground), marginM: 12 }, 200)
    expect(Math.abs(volumes.cutM3 / sampled.cutM3 - 1)).toBeLessThan(1e-3)
    expect(Math.abs(solid.areaTopM2 / sampled.areaM2 - 1)).toBeLessThan(4e-3)
  })

  it('stops at the first daylight: another hill beyond it is not dug', () => {
    // Level ground by the pit, and 30 m off a hill that the face would meet again if it went on.
    const ground = gridOf(x => (x > 40 ? 60 : 0), 4)
    const { solid, volumes } = dig(rectangle(10, 10), { depthM: 3 }, 1, ground)
    expect(volumes.cutM3).toBeCloseTo(516, 6)
    expect(solid.areaTopM2).toBeCloseTo(256, 6)
  })

  it.each(Array.from({ length: 20 }, (_, seed) => seed))('do not depend on vertex order, straight corners, or place (seed %i)', seed => {
    const random = randomFor(seed + 100)
    const [toe, slopeRatio] = [randomOutline(random), random.pick([0, 0.7, 1.3])]
    const tilt = [random.range(-0.2, 0.2), random.range(-0.2, 0.2)] as const
    const [angle, shift] = [random.range(0, 6), 3_600_000] as const
    const level = (x: number, y: number) => tilt[0] * x + tilt[1] * y
    // A plane as two far-reaching faces, so that the ground can be turned and moved with the outline.
    const corners = [[-300, -300], [300, -300], [300, 300], [-300, 300]] as const
    const move = ([x, y]: readonly [number, number]) => [x * Math.cos(angle) - y * Math.sin(angle) + shift, x * Math.sin(angle) + y * Math.cos(angle) + shift] as const
    const plane = (place: (p: readonly [number, number]) => readonly [number, number]): GroundSurface => ({
      type: 'tin', name: 'plane', faces: Uint32Array.of(0, 1, 2, 0, 2, 3),
      xyz: Float64Array.from(corners.flatMap(p => [...place(p), level(p[0], p[1])])),
    })
    const here = dig(toe, { depthM: 3 }, slopeRatio, plane(p => p))
    const variants = [
      dig([...toe].reverse(), { depthM: 3 }, slopeRatio, plane(p => p)),
      dig([...toe.slice(2), ...toe.slice(0, 2)], { depthM: 3 }, slopeRatio, plane(p => p)),
      dig(toe.flatMap((p, i) => { const q = toe[(i + 1) % toe.length]!; return [p, [0.7 * p[0] + 0.3 * q[0], 0.7 * p[1] + 0.3 * q[1]] as const] }), { depthM: 3 }, slopeRatio, plane(p => p)),
      dig(toe.map(move), { depthM: 3 }, slopeRatio, plane(move)),
    ]
    for (const variant of variants) {
      expect(variant.volumes.cutM3 / here.volumes.cutM3).toBeCloseTo(1, 6)
      expect(variant.solid.areaTopM2 / here.solid.areaTopM2).toBeCloseTo(1, 6)
      expect(variant.solid.levelM).toBeCloseTo(here.solid.levelM, 6)
    }
  })
})

describe('what is not known or not possible', () => {
  const refusal = (outline: Outline, bottom: { levelM: number } | { depthM: number }, slopeRatio: number, ground: GroundSurface | null, structuresM3 = 0) => {
    const result = excavate({ outline, bottom, slopeRatio, bench: null, soil: null, structuresM3 }, { ...noAssets, ground: ground && groundPatches(ground) })
    return result.ok ? null : result.error.code
  }

  it('is refused with its reason', () => {
    const ground = flatGround(0)
    expect(refusal(rectangle(4, 4), { depthM: 2 }, 0, null)).toBe('no_ground')
    expect(refusal(rectangle(4, 4).map(([x, y]) => [x + 500, y] as const), { depthM: 2 }, 0, ground)).toBe('no_ground')
    expect(refusal(rectangle(4, 4), { levelM: -2 }, 1, null)).toBe('no_ground_for_slope')
    expect(refusal(rectangle(4, 4), { levelM: 2 }, 0, ground)).toBe('above_ground')
    expect(refusal(rectangle(4, 4), { depthM: 0 }, 0, ground)).toBe('depth_not_positive')
    expect(refusal(rectangle(4, 4), { depthM: NaN }, 0, ground)).toBe('level_not_finite')
    expect(refusal(rectangle(4, 4), { depthM: 2 }, -1, ground)).toBe('slope_out_of_range')
    expect(refusal(rectangle(4, 4), { depthM: 2 }, 0, ground, -1)).toBe('structures_out_of_range')
  })

  it('ground that ends under the cut is an issue, and only the known part counts', () => {
    const { volumes, issues } = dig([[95, 0], [105, 0], [105, 4], [95, 4]], { depthM: 2 }, 0, flatGround(0))
    expect(volumes.cutM3).toBeCloseTo(5 * 4 * 2, 9)
    expect(issues.find(issue => issue.code === 'ground_unknown')).toMatchObject({ severity: 'warning', context: { areaM2: 20 } })
  })

  it('a level without any ground gives no volume and says so', () => {
    const { volumes, issues } = dig(rectangle(4, 4), { levelM: -2 }, 0, null)
    expect(volumes.cutM3).toBe(0)
    expect(issues.find(issue => issue.code === 'ground_unknown')?.severity).toBe('error')
  })
})
