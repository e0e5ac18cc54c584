import { describe, expect, it } from 'vitest'
import { outlineStep, type Outlining } from '#renderer/tools/outline/outline-steps.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const at = (x: number, y: number): Vec3 => [x, y, 5]
const drawn = (...points: Vec3[]): Outlining => ({ type: 'outlining', purpose: 'query', points, cursor: null })
const SQUARE = [at(0, 0), at(10, 0), at(10, 10)]

describe('drawing an area', () => {
  it('adds corners, but none twice in one place', () => {
    expect(outlineStep(drawn(at(0, 0)), { type: 'placed', at: at(3, 0) }, 1).next.points).toEqual([at(0, 0), at(3, 0)])
    expect(outlineStep(drawn(at(0, 0)), { type: 'placed', at: at(0.01, 0) }, 1).next.points).toHaveLength(1)
  })
  it('closes on the first corner, or when finished, from three corners on', () => {
    expect(outlineStep(drawn(...SQUARE), { type: 'placed', at: at(0.5, 0.5) }, 1).ring).toEqual(SQUARE)
    expect(outlineStep(drawn(...SQUARE), { type: 'placed', at: at(0.5, 0.5) }, 0.1).ring).toBeNull()
    expect(outlineStep(drawn(...SQUARE), { type: 'finished' }, 0).ring).toEqual(SQUARE)
    const two = drawn(...SQUARE.slice(0, 2))
    expect([outlineStep(two, { type: 'placed', at: at(0.1, 0.1) }, 1).ring, outlineStep(two, { type: 'finished' }, 0).ring]).toEqual([null, null])
  })
  it('takes corners back one by one, and forgets where the pointer was when it leaves', () => {
    expect(outlineStep(drawn(...SQUARE), { type: 'tookBack' }, 0).next.points).toEqual(SQUARE.slice(0, 2))
    const pointed = outlineStep(drawn(...SQUARE), { type: 'moved', to: at(1, 1) }, 0).next
    expect([pointed.cursor, outlineStep(pointed, { type: 'left' }, 0).next.cursor]).toEqual([at(1, 1), null])
  })
})
