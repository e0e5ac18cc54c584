import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { MapFindings, type MapFinding } from '#renderer/views/plan/map-findings.ts'

const ORIGIN = [500_000, 3_000_000, 200]
const size = { width: 800, height: 600 }

/** Findings at random places of a square of 400 m, the heaviest first as the map gets them. */
function marksOf(seed: number, count: number): MapFinding[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [random.range(0, 400), random.range(0, 400)]
    const finding = { id: String(i), at: { a: [ORIGIN[0]! + x - 0.5, ORIGIN[1]! + y, 0], b: [ORIGIN[0]! + x + 0.5, ORIGIN[1]! + y, 1] }, mandatory: true, verdict: 'certain' } as unknown as Finding
    return { finding, scope: 'network' }
  })
}

const pixelsOf = ({ finding: { at: { a, b } } }: MapFinding, pose: { x: number; y: number; pxPerM: number }) =>
  [400 + ((a[0] + b[0]) / 2 - ORIGIN[0]! - pose.x) * pose.pxPerM, 300 - ((a[1] + b[1]) / 2 - ORIGIN[1]! - pose.y) * pose.pxPerM] as const

describe('findings on the map', () => {
  it.each([5, 6])('every mark in sight is pressed as itself or as the heavier one it is gathered in, at any scale (seed %i)', seed => {
    const marks = marksOf(seed, 300)
    const findings = new MapFindings(marks, ORIGIN)
    for (const pose of [{ x: 200, y: 200, pxPerM: 0.5 }, { x: 150, y: 260, pxPerM: 4 }, { x: 60, y: 330, pxPerM: 8 }]) {
      const isSeen = (i: number): boolean => {
        const [x, y] = pixelsOf(marks[i]!, pose)
        return x >= 0 && x <= size.width && y >= 0 && y <= size.height
      }
      // By the definition: a mark in sight is shown where no heavier one that is shown is within thirty pixels.
      const shown: number[] = []
      marks.forEach((mark, i) => {
        const [x, y] = pixelsOf(mark, pose)
        if (isSeen(i) && !shown.some(k => Math.hypot(pixelsOf(marks[k]!, pose)[0] - x, pixelsOf(marks[k]!, pose)[1] - y) < 30)) shown.push(i)
      })
      expect(shown.length).toBeGreaterThan(0)
      for (const i of shown) expect(findings.at({ pose, size }, ...pixelsOf(marks[i]!, pose))?.finding.id).toBe(String(i))
      const hits = new Set(marks.flatMap((mark, i) => (isSeen(i) ? [findings.at({ pose, size }, ...pixelsOf(mark, pose))?.finding.id ?? 'none'] : [])))
      for (const id of hits) if (id !== 'none') expect(shown).toContain(Number(id))
    }
  })

  it('nothing is pressed beside the marks, nor where there are none', () => {
    const findings = new MapFindings(marksOf(7, 1), ORIGIN)
    const pose = { x: 200, y: 200, pxPerM: 1 }
    const [x, y] = pixelsOf(marksOf(7, 1)[0]!, pose)
    expect(findings.at({ pose, size }, x + 9, y)).not.toBeNull()
    expect(findings.at({ pose, size }, x + 11, y)).toBeNull()
    expect(new MapFindings([], ORIGIN).at({ pose, size }, x, y)).toBeNull()
  })
})
