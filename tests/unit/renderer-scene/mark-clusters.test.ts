import { describe, expect, it } from 'vitest'
import { clusterMarks } from '#renderer/scene/overlay/mark-clusters.ts'
import { seededRandom } from '#shared/core/random.ts'

describe('marks of findings in the picture', () => {
  it('gathers what would cover a heavier mark and counts it', () => {
    expect(clusterMarks([{ x: 100, y: 100 }, { x: 400, y: 90 }, { x: 110, y: 95 }, null, { x: 420, y: 100 }], 30)).toEqual([
      { x: 100, y: 100, lead: 0, count: 2 }, { x: 400, y: 90, lead: 1, count: 2 },
    ])
  })

  it('loses none and covers none, as comparing all pairs says (seed 11)', () => {
      const random = seededRandom(11)
    const marks = Array.from({ length: 800 }, () => (random.chance(0.1) ? null : { x: random.range(0, 1200), y: random.range(0, 700) }))
    const clusters = clusterMarks(marks, 30)
    expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(marks.filter(mark => mark !== null).length)
    for (const [i, p] of clusters.entries()) for (const q of clusters.slice(i + 1)) expect(Math.hypot(p.x - q.x, p.y - q.y)).toBeGreaterThanOrEqual(30)
    // A mark leads only where no earlier one leads within reach: the definition, by brute force.
    const leads: number[] = []
    marks.forEach((mark, i) => {
      if (mark && !leads.some(k => Math.hypot(marks[k]!.x - mark.x, marks[k]!.y - mark.y) < 30)) leads.push(i)
    })
    expect(clusters.map(({ lead }) => lead)).toEqual(leads)
  })
})
