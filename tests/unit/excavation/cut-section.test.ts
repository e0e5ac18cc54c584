import { describe, expect, it } from 'vitest'
import { cutAlong } from '#shared/excavation/cut-section.ts'
import { solidOf } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import { flatGround } from '#tests/builders/twin-builder.ts'
import { floorAt, type OracleCut } from './oracle.ts'
import { randomFor, randomGround, randomOutline, type Outline } from './random-sites.ts'

const SQUARE: Outline = [[0, 0], [10, 0], [10, 10], [0, 10]]

function solid(outline: Outline, slopeRatio: number, ground: GroundSurface = flatGround(0)) {
  const made = solidOf({ outline, bottom: { levelM: -3 }, slopeRatio, bench: null, soil: null, structuresM3: 0 }, groundPatches(ground))
  if (!made.ok) throw new Error(made.error.code)
  return made.value
}

describe('a cut in the plane of a line', () => {
  it('is a trapezium across a pit with sides of 1 : 1', () => {
    const [stretch, ...rest] = cutAlong(solid(SQUARE, 1), [-20, 5], [30, 5], groundSampler(flatGround(0)))
    expect(rest).toEqual([])
    const figures = (k: number) => [stretch!.at(k)!.alongM, stretch!.at(k)!.floorM]
    expect(figures(0)[0]).toBeCloseTo(17, 6)
    expect(figures(0)[1]).toBeCloseTo(0, 6)
    expect(figures(-1)[0]).toBeCloseTo(33, 6)
    expect(stretch!.some(({ alongM, floorM }) => Math.abs(alongM - 20) < 1e-6 && Math.abs(floorM + 3) < 1e-6)).toBe(true)
    expect(Math.min(...stretch!.map(({ floorM }) => floorM))).toBeCloseTo(-3, 9)
  })

  it('has upright ends where its sides are', () => {
    const [stretch] = cutAlong(solid(SQUARE, 0), [-20, 5], [30, 5], groundSampler(flatGround(0)))
    expect([stretch![0]!.alongM, stretch![0]!.floorM, stretch![0]!.groundM]).toEqual([20, -3, 0])
    expect(stretch!.at(-1)!.alongM).toBeCloseTo(30, 9)
  })

  it('is not there where the line passes beside it', () => {
    expect(cutAlong(solid(SQUARE, 0), [-20, 11], [30, 11], null)).toEqual([])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('has the floor of the definition everywhere (seed %i)', seed => {
    const random = randomFor(seed)
    const [outline, ground] = [randomOutline(random), randomGround(random)]
    const slopeRatio = seed % 2 === 0 ? 0.7 : 0
    const groundAt = groundSampler(ground)
    const cut: OracleCut = { toe: outline, levelM: -3, slopeRatio, ground: groundAt, marginM: 20 }
    const [from, to] = [[-30, random.range(-4, 4)], [30, random.range(-4, 4)]] as const
    const stretches = cutAlong(solid(outline, slopeRatio, ground), from, to, groundAt)
    expect(stretches.length).toBeGreaterThan(0)
    const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1])
    for (let k = 1; k < 500; k++) {
      const alongM = (k / 500) * lengthM
      const [x, y] = [from[0] + (k / 500) * (to[0] - from[0]), from[1] + (k / 500) * (to[1] - from[1])]
      const expected = floorAt(cut, x, y)
      const stretch = stretches.find(list => list[0]!.alongM < alongM && list.at(-1)!.alongM > alongM)
      const level = groundAt(x, y)!
      // Where the floor comes out of the ground the last step of the ground's chords decides.
      if (Math.abs(expected - level) < 0.1) continue
      expect(stretch !== undefined, `at ${x}, ${y}`).toBe(expected < level)
      if (!stretch) continue
      const next = stretch.findIndex(station => station.alongM > alongM)
      const [p, q] = [stretch[next - 1]!, stretch[next]!]
      expect(p.floorM + ((alongM - p.alongM) / (q.alongM - p.alongM)) * (q.floorM - p.floorM)).toBeCloseTo(expected, 6)
    }
  })
})
