import { describe, expect, it } from 'vitest'
import { MarkClusters } from '#renderer/scene/overlay/mark-clusters.ts'
import { seededRandom } from '#shared/core/random.ts'

const [WIDTH, HEIGHT, REACH] = [1200, 700, 30]

function gathered(marks: readonly (readonly [number, number] | null)[]) {
  const clusters = new MarkClusters(marks.length)
  clusters.gather(Float64Array.from(marks, mark => mark?.[0] ?? NaN), Float64Array.from(marks, mark => mark?.[1] ?? NaN), WIDTH, HEIGHT, REACH)
  return { leads: [...clusters.lead.subarray(0, clusters.count)], sizes: [...clusters.size.subarray(0, clusters.count)] }
}

describe('marks of findings in the picture', () => {
  it('gathers what would cover a heavier mark and counts it', () => {
    expect(gathered([[100, 100], [400, 90], [110, 95], null, [420, 100]])).toEqual({ leads: [0, 1], sizes: [2, 2] })
  })

  it('loses none and covers none, as comparing all pairs says (seed 11)', () => {
    const random = seededRandom(11)
    const marks = Array.from({ length: 800 }, () => (random.chance(0.1) ? null : [random.range(0, WIDTH), random.range(0, HEIGHT)] as const))
    const { leads, sizes } = gathered(marks)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(marks.filter(mark => mark !== null).length)
    // A mark leads only where no earlier one leads within reach: the definition, by brute force.
    const expected: number[] = []
    marks.forEach((mark, i) => {
      if (mark && !expected.some(k => Math.hypot(marks[k]![0] - mark[0], marks[k]![1] - mark[1]) < REACH)) expected.push(i)
    })
    expect(leads).toEqual(expected)
  })

  it('serves the next picture, also a larger one, as a fresh one would', () => {
    const clusters = new MarkClusters(3)
    clusters.gather(Float64Array.of(5, 8, 90), Float64Array.of(5, 8, 90), 100, 100, REACH)
    expect(clusters.count).toBe(2)
    clusters.gather(Float64Array.of(5, 500, 990), Float64Array.of(5, 500, 990), 1000, 1000, REACH)
    expect([clusters.count, ...clusters.lead]).toEqual([3, 0, 1, 2])
  })
})
