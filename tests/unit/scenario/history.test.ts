import { describe, expect, it } from 'vitest'
import { EMPTY_HISTORY, recordEntry, redoLabel, redoStep, undoLabel, undoStep, type HistoryEntry } from '#shared/scenario/history.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'

const document: ScenarioDocument = { id: 's', name: '3', description: '', proposals: {}, excavations: {}, removals: {} }
const rename = (seq: number, size = 10): HistoryEntry => ({
  seq, size, command: { op: 'scenario.describe', name: String(seq) }, labelKey: `label ${seq}`,
  forward: [{ op: 'replace', path: ['name'], value: String(seq) }], inverse: [{ op: 'replace', path: ['name'], value: String(seq - 1) }],
})
const of = (...seqs: number[]) => seqs.reduce((history, seq) => recordEntry(history, rename(seq)), EMPTY_HISTORY)

describe('history', () => {
  it('undoes from the newest back and redoes forward again', () => {
    const first = undoStep(document, of(1, 2, 3))!
    const second = undoStep(first.document, first.history)!
    expect([first.document.name, second.document.name]).toEqual(['2', '1'])
    expect([undoLabel(second.history), redoLabel(second.history)]).toEqual(['label 1', 'label 2'])
    expect(redoStep(second.document, second.history)!.document.name).toBe('2')
  })
  it('has nothing to undo or redo at its ends', () => {
    expect(undoStep(document, EMPTY_HISTORY)).toBeNull()
    expect(redoStep(document, of(1))).toBeNull()
    expect(undoLabel(EMPTY_HISTORY)).toBeNull()
  })
  it('forgets what was undone once something new is done', () => {
    const undone = undoStep(document, of(1, 2))!
    expect(redoLabel(recordEntry(undone.history, rename(9)))).toBeNull()
  })
  it('forgets the oldest beyond the number of entries', () => {
    const history = [1, 2, 3].reduce((sofar, seq) => recordEntry(sofar, rename(seq), { entries: 2, size: 1000 }), EMPTY_HISTORY)
    expect(history.done.map(entry => entry.seq)).toEqual([2, 3])
  })
  it('forgets the oldest beyond the size, but never the newest', () => {
    const history = [1, 2].reduce((sofar, seq) => recordEntry(sofar, rename(seq, 600), { entries: 9, size: 1000 }), EMPTY_HISTORY)
    expect(history.done.map(entry => entry.seq)).toEqual([2])
    expect(recordEntry(EMPTY_HISTORY, rename(5, 5000), { entries: 9, size: 1000 }).done).toHaveLength(1)
  })
})
