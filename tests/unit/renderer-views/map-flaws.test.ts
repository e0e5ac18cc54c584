import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { FLAW_CODES, FLAW_SEVERITY, type QualityReport } from '#shared/quality/quality-report.ts'
import { listedFlaws, type QualityState } from '#renderer/state/twin/quality-store.ts'
import { flawAt, markedFlaws } from '#renderer/views/plan/map-flaws.ts'

/** A report of flaws alone, at places of a square of 100 m. */
function reportOf(seed: number, count: number): QualityReport {
  const random = seededRandom(seed)
  const flaws = { count, code: Uint8Array.from({ length: count }, () => random.int(FLAW_CODES.length)), asset: new Uint32Array(count), other: new Int32Array(count).fill(-1), value: new Float64Array(count), xyz: Float64Array.from({ length: 3 * count }, () => random.range(0, 100)) }
  return { flaws } as unknown as QualityReport
}

const size = { width: 1000, height: 1000 }
const view = { pose: { x: 50, y: 50, pxPerM: 10 }, size }

describe('flaws on the map', () => {
  it.each([1, 2])('are found under the pointer by the nearest mark, and only those that are listed (seed %i)', seed => {
    const report = reportOf(seed, 120)
    const columns = {}
    for (const filter of [{ severity: 'all', code: 'all' }, { severity: 'error', code: 'all' }, { severity: 'all', code: 'open_end' }] as const) {
      const marked = markedFlaws({ isRunning: false, result: { report, columns: columns as never }, filter, isListOpen: true, openFlaw: null } satisfies QualityState, columns)!
      expect(marked.listed).toEqual(listedFlaws(report, filter))
      for (let flaw = 0; flaw < report.flaws.count; flaw++) {
        const severity = FLAW_SEVERITY[FLAW_CODES[report.flaws.code[flaw]!]!]
        const isListed = (filter.severity === 'all' || severity === filter.severity) && (filter.code === 'all' || FLAW_CODES[report.flaws.code[flaw]!] === filter.code)
        expect(marked.listed.includes(flaw)).toBe(isListed)
        const [px, py] = [(report.flaws.xyz[3 * flaw]! - 50) * 10 + 500, 500 - (report.flaws.xyz[3 * flaw + 1]! - 50) * 10]
        const found = flawAt(view, marked, px, py)
        if (isListed) expect(found).not.toBeNull()
        if (found !== null) expect(marked.listed).toContain(found)
      }
      expect(flawAt(view, marked, -500, -500)).toBeNull()
    }
  })

  it('are not marked while no list is open, nor those of a twin that has changed', () => {
    const report = reportOf(3, 5)
    const state: QualityState = { isRunning: false, result: { report, columns: {} as never }, filter: { severity: 'all', code: 'all' }, isListOpen: true, openFlaw: null }
    expect(markedFlaws(state, {})).toBeNull()
    expect(markedFlaws({ ...state, isListOpen: false }, state.result!.columns)).toBeNull()
  })

  it('lists the gravest first', () => {
    const report = reportOf(4, 60)
    const ranks = listedFlaws(report, { severity: 'all', code: 'all' }).map(flaw => ['error', 'warning', 'info'].indexOf(FLAW_SEVERITY[FLAW_CODES[report.flaws.code[flaw]!]!]))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  })
})
