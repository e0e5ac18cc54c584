import { applyPatches, enablePatches, type Patch } from 'immer'
import type { ScenarioDocument } from './document.ts'
import type { Executed } from './execute-command.ts'
import type { ScenarioCommand } from './command-schema.ts'

enablePatches()

/** One edit that can be taken back: what the journal row of the project file holds too. */
export interface HistoryEntry {
  /** Number of the journal row that made this edit durable. */
  readonly seq: number
  readonly command: ScenarioCommand
  readonly forward: readonly Patch[]
  readonly inverse: readonly Patch[]
  readonly labelKey: string
  /** Characters of both patch lists as JSON: what the limit by size counts. */
  readonly size: number
}

/** Undo and redo of one scenario, oldest first. Plain values: every function gives a new one. */
export interface History {
  readonly done: readonly HistoryEntry[]
  readonly undone: readonly HistoryEntry[]
}

/** How far back undo reaches. The journal keeps every edit whatever these say. */
export interface HistoryLimits {
  readonly entries: number
  readonly size: number
}

export const DEFAULT_HISTORY_LIMITS: HistoryLimits = { entries: 500, size: 16_000_000 }

export const EMPTY_HISTORY: History = { done: [], undone: [] }

export function historyEntry(seq: number, command: ScenarioCommand, executed: Pick<Executed, 'forward' | 'inverse' | 'labelKey'>): HistoryEntry {
  const { forward, inverse, labelKey } = executed
  return { seq, command, forward, inverse, labelKey, size: JSON.stringify(forward).length + JSON.stringify(inverse).length }
}

/** After a new edit: it can be undone, what had been undone is gone, the oldest entries beyond the limits are forgotten. */
export function recordEntry(history: History, entry: HistoryEntry, limits: HistoryLimits = DEFAULT_HISTORY_LIMITS): History {
  const done = [...history.done, entry]
  let size = done.reduce((sum, { size }) => sum + size, 0)
  let from = 0
  // The newest edit can always be undone, however large it is.
  while (done.length - from > 1 && (done.length - from > limits.entries || size > limits.size)) size -= done[from++]!.size
  return { done: done.slice(from), undone: [] }
}

/** A step taken: the document after it, the patches that led there, and the entry it undid or redid. */
export interface HistoryStep {
  readonly document: ScenarioDocument
  readonly history: History
  readonly entry: HistoryEntry
  readonly patches: readonly Patch[]
}

/** @returns null where there is nothing to undo. */
export function undoStep(document: ScenarioDocument, history: History): HistoryStep | null {
  const entry = history.done.at(-1)
  if (!entry) return null
  return {
    document: applyToDocument(document, entry.inverse),
    history: { done: history.done.slice(0, -1), undone: [...history.undone, entry] },
    entry,
    patches: entry.inverse,
  }
}

/** @returns null where there is nothing to redo. */
export function redoStep(document: ScenarioDocument, history: History): HistoryStep | null {
  const entry = history.undone.at(-1)
  if (!entry) return null
  return {
    document: applyToDocument(document, entry.forward),
    history: { done: [...history.done, entry], undone: history.undone.slice(0, -1) },
    entry,
    patches: entry.forward,
  }
}

/** The document after these patches: how the journal is replayed. */
export const applyToDocument = (document: ScenarioDocument, patches: readonly Patch[]): ScenarioDocument => applyPatches(document, patches)

/** Records of the document that are keyed by what they are about. */
const KEYED = new Set<unknown>(['proposals', 'excavations', 'removals'] satisfies (keyof ScenarioDocument)[])

/** Proposals, excavations and removed assets that a list of patches adds, changes or removes. */
export function touchedByPatches(patches: readonly Patch[]): string[] {
  return [...new Set(patches.filter(patch => KEYED.has(patch.path[0])).map(patch => String(patch.path[1])))]
}

export const undoLabel = (history: History): string | null => history.done.at(-1)?.labelKey ?? null
export const redoLabel = (history: History): string | null => history.undone.at(-1)?.labelKey ?? null
