import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import type { CompletenessPoint } from '#shared/register/completeness.ts'
import { trendPage } from '#renderer/panels/quality/trend-paper.ts'
import { trendPlot, trendRows } from '#renderer/panels/quality/trend-rows.ts'

const point = (day: number, score: number, flaws: number, owners: CompletenessPoint['owners'] = []): CompletenessPoint =>
  ({ at: new Date(Date.UTC(2026, 0, day)).toISOString(), after: `import ${day}`, count: 100 + day, score, flaws, owners, blocks: [] })

describe('the trend of the ledger', () => {
  const points = [point(3, 0.7, 5, [{ name: '<水务>', count: 3, score: 0.5, flaws: 1 }]), point(1, 0.4, 20), point(2, 0.55, 30, [{ name: '<水务>', count: 2, score: 0.2, flaws: 9 }])]

  it('is in the order of the looks, with what each gained, of all or of one owner', () => {
    expect(trendRows(points, '').map(({ after, gain }) => [after, gain === null ? null : Number(gain.toFixed(9))])).toEqual([['import 1', null], ['import 2', 0.15], ['import 3', 0.15]])
    expect(trendRows(points, 'owner:<水务>').map(({ after, score }) => [after, score])).toEqual([['import 2', 0.2], ['import 3', 0.5]])
    expect(trendRows(points, 'block:nowhere')).toEqual([])
  })

  it.each([1, 2, 3])('draws every look inside the picture, the more complete the higher, dates apart (seed %i)', seed => {
    const random = seededRandom(seed)
    const rows = trendRows(Array.from({ length: 1 + random.int(60) }, (_, i) => point(i + 1, random.next(), random.int(500))), '')
    const { points: places, left, right, base, width } = trendPlot(rows, 640, 168)
    expect([places.length, right < width, left > 0]).toEqual([rows.length, true, true])
    for (const [i, { x, y, barY }] of places.entries()) {
      expect(x >= left && x <= right && y >= 0 && y <= base + 1e-9 && barY <= base && barY >= 0, `look ${i}`).toBe(true)
      for (const [j, other] of places.entries()) {
        expect(Math.sign(other.x - x), `${i} ${j}`).toBe(Math.sign(j - i))
        expect(Math.sign(Number((other.y - y).toFixed(9)))).toBe(Math.sign(Number((rows[i]!.score - rows[j]!.score).toFixed(9))))
      }
    }
    const dated = places.filter(place => place.isDated)
    expect(places.at(-1)!.isDated).toBe(true)
    for (const [i, { x }] of dated.entries()) if (i > 0) expect(x - dated[i - 1]!.x).toBeGreaterThanOrEqual(80)
  })

  it('goes to paper with every figure, and a name is never markup', () => {
    const page = trendPage(points, { project: 'P & Q', day: '2026-01-04', language: 'en', blockName: id => id }, ((key: string) => key) as never)
    for (const text of ['70.0 %', '55.0 %', '40.0 %', '+15.0 %', '+30.0 %', 'import 2', '&lt;水务&gt;', 'P &amp; Q']) expect(page).toContain(text)
    expect(page).not.toContain('<水务>')
    expect(page.match(/<circle /g)).toHaveLength(3)
  })
})
