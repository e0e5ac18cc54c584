import { z } from 'zod'
import type { Patch } from 'immer'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import { scenarioDocumentSchema } from '#shared/contract/shapes.ts'
import { scenarioCommandSchema, type ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import {
  applyToDocument, DEFAULT_HISTORY_LIMITS, EMPTY_HISTORY, historyEntry, recordEntry, redoLabel, redoStep, touchedByPatches, undoLabel, undoStep,
  type History, type HistoryEntry,
} from '#shared/scenario/history.ts'
import { rejection, type Rejection } from '#shared/scenario/rejection.ts'
import type { Database, Row } from './database.ts'
import { deleteScenarioMirror, emptyScenarioMirror, mirrorScenario, renameScenarioMirror } from './scenario-mirror.ts'

type ScenarioState = CallOutput<'scenario.get'>
type ScenarioSummary = CallOutput<'scenario.list'>['scenarios'][number]

/** An edit leaves the scenario's row alone but for its revision; every so many edits the whole document is written too, so that opening replays few. */
const SNAPSHOT_EVERY = 64

interface Held {
  readonly document: ScenarioDocument
  readonly revision: number
  readonly snapshotRevision: number
  readonly history: History
}

const patchesSchema = z.array(z.strictObject({ op: z.enum(['replace', 'remove', 'add']), path: z.array(z.union([z.string(), z.number()])), value: z.unknown().optional() }))

/** Kinds of journal rows that count as a scenario's durable commands. */
const COMMAND_KINDS = "('edit', 'undo', 'redo')"

/**
 * Scenarios and their journal. Every method that writes is run by the caller inside one durable transaction; what is held
 * in memory follows only afterwards (`settle`), or is read again from the file if the transaction failed (`forget`).
 */
export class ScenarioStore {
  readonly #db: Database
  readonly #held = new Map<string, Held>()
  #pending: (() => void)[] = []
  srsId: number

  constructor(db: Database, srsId: number) {
    this.#db = db
    this.srsId = srsId
  }

  /** The transaction is durable: memory takes over what was written. */
  settle(): void {
    for (const apply of this.#pending.splice(0)) apply()
  }

  /** The transaction failed: the file is the truth. */
  forget(): void {
    this.#pending = []
    this.#held.clear()
  }

  list(): ScenarioSummary[] {
    return this.#db.all('SELECT scenario_id FROM scenarios WHERE removed_at IS NULL ORDER BY id').map(row => {
      const id = String(row['scenario_id'])
      const { document, revision } = this.#hold(id)
      const { name, proposals, excavations, removals, colour = null, basedOn = null } = document
      const count = (record: object) => Object.keys(record).length
      return { id, name, proposals: count(proposals), excavations: count(excavations), removals: count(removals), edits: revision, revision, colour, basedOn }
    })
  }

  state(id: string): ScenarioState {
    return stateOf(this.#hold(id))
  }

  held(id: string): { readonly document: ScenarioDocument; readonly revision: number } {
    return this.#hold(id)
  }

  document(id: string): ScenarioDocument {
    return this.#hold(id).document
  }

  idOf(name: string): string | null {
    return this.list().find(scenario => scenario.name === name)?.id ?? null
  }

  /** True for an id that a scenario has or had: journal rows may name it. */
  wasUsed(id: string): boolean {
    return this.#db.get('SELECT 1 FROM scenarios WHERE scenario_id = ?', id) !== undefined
  }

  /** @throws CallFailure `name_taken`. */
  create(document: ScenarioDocument, at: string): void {
    const { id, name } = document
    if (this.idOf(name) !== null) throw new CallFailure<'scenario.create'>('name_taken', { name })
    this.#db.run('INSERT INTO scenarios (scenario_id, name, revision, snapshot_revision, document_json, created_at) VALUES (?, ?, 0, 0, ?, ?)', id, name, JSON.stringify(document), at)
    this.#mirrorAll(document)
    this.#pending.push(() => this.#held.set(id, { document, revision: 0, snapshotRevision: 0, history: EMPTY_HISTORY }))
  }

  /** The row stays, marked, with its journal: nothing is lost but from the lists. */
  remove(id: string, at: string): void {
    this.#hold(id)
    this.#db.run('UPDATE scenarios SET removed_at = ? WHERE scenario_id = ?', at, id)
    deleteScenarioMirror(this.#db, id)
    this.#pending.push(() => this.#held.delete(id))
  }

  /** Takes a scheme out that nobody has worked on since it was made. @returns false where it was, or is gone already. */
  removeUntouched(id: string, at: string): boolean {
    const row = this.#db.get('SELECT revision FROM scenarios WHERE scenario_id = ? AND removed_at IS NULL', id)
    if (row?.['revision'] !== 0) return false
    this.remove(id, at)
    return true
  }

  /** Brings back what was taken out; under a name of its own where another scheme has taken its name. */
  restore(id: string): void {
    const row = this.#db.get('SELECT document_json FROM scenarios WHERE scenario_id = ? AND removed_at IS NOT NULL', id)
    if (!row) return
    let document = parsedDocument(row['document_json'])
    for (let n = 2; this.idOf(document.name) !== null; n++) document = { ...document, name: `${parsedDocument(row['document_json']).name} ${n}` }
    this.#db.run('UPDATE scenarios SET removed_at = NULL, name = ?, document_json = ? WHERE scenario_id = ?', document.name, JSON.stringify(document), id)
    this.#mirrorAll(document)
  }

  /** @throws CallFailure `not_found`, `revision_mismatch`, or `rejected` with the rejection's code and details. */
  execute(id: string, baseRevision: number, command: ScenarioCommand, at: string): CallOutput<'scenario.execute'> {
    const held = this.#hold(id)
    if (baseRevision !== held.revision) throw new CallFailure<'scenario.execute'>('revision_mismatch', { revision: held.revision })
    if (command.op === 'scenario.describe' && command.name !== undefined) this.#refuseTakenName(id, command.name)
    this.#refuseUnknownAssets(command)
    const result = executeCommand(held.document, command)
    if (!result.ok) throw rejected(result.error)
    const { document, forward, inverse, labelKey, touched } = result.value
    const seq = this.#journal('edit', id, held.revision + 1, at, { command, forward, inverse, labelKey })
    const history = recordEntry(held.history, historyEntry(seq, command, result.value))
    this.#write(held, { document, revision: held.revision + 1, snapshotRevision: held.snapshotRevision, history }, touched)
    return { revision: held.revision + 1, undoLabel: undoLabel(history), redoLabel: redoLabel(history) }
  }

  undo(id: string, at: string): ScenarioState {
    return this.#step('undo', id, at)
  }

  redo(id: string, at: string): ScenarioState {
    return this.#step('redo', id, at)
  }

  /** Writes the documents whose row lags behind the journal, so that the next opening replays nothing. */
  writeSnapshots(): void {
    for (const held of this.#held.values()) if (held.snapshotRevision !== held.revision) this.#writeSnapshot(held)
  }

  /** Rows for the viewing layer of every scenario, anew: after the coordinate system was set or the file migrated. */
  rebuildMirror(): void {
    emptyScenarioMirror(this.#db)
    for (const { id } of this.list()) this.#mirrorAll(this.document(id))
  }

  #mirrorAll(document: ScenarioDocument): void {
    mirrorScenario(this.#db, document, [...Object.keys(document.proposals), ...Object.keys(document.excavations)], this.srsId)
  }

  #step(kind: 'undo' | 'redo', id: string, at: string): ScenarioState {
    const held = this.#hold(id)
    const step = (kind === 'undo' ? undoStep : redoStep)(held.document, held.history)
    if (!step) throw kind === 'undo' ? new CallFailure<'scenario.undo'>('nothing_to_undo') : new CallFailure<'scenario.redo'>('nothing_to_redo')
    const { document, history, entry, patches } = step
    this.#journal(kind, id, held.revision + 1, at, { forward: patches, labelKey: entry.labelKey })
    const next: Held = { document, revision: held.revision + 1, snapshotRevision: held.snapshotRevision, history }
    this.#write(held, next, touchedByPatches(patches))
    return stateOf(next)
  }

  #write(before: Held, after: Held, touched: readonly string[]): void {
    const { document, revision } = after
    this.#db.run('UPDATE scenarios SET revision = ?, name = ? WHERE scenario_id = ?', revision, document.name, document.id)
    mirrorScenario(this.#db, document, touched, this.srsId)
    if (before.document.name !== document.name) renameScenarioMirror(this.#db, document.id, document.name)
    const next = revision - after.snapshotRevision >= SNAPSHOT_EVERY ? this.#writeSnapshot(after) : after
    this.#pending.push(() => this.#held.set(document.id, next))
  }

  #writeSnapshot(held: Held): Held {
    this.#db.run('UPDATE scenarios SET snapshot_revision = ?, document_json = ? WHERE scenario_id = ?', held.revision, JSON.stringify(held.document), held.document.id)
    return { ...held, snapshotRevision: held.revision }
  }

  #journal(kind: 'edit' | 'undo' | 'redo', id: string, revision: number, at: string, what: { command?: ScenarioCommand; forward: readonly Patch[]; inverse?: readonly Patch[]; labelKey: string }): number {
    return this.#db.run(
      'INSERT INTO journal (at, kind, scenario_id, revision, label_key, command_json, forward_json, inverse_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      at, kind, id, revision, what.labelKey, what.command ? JSON.stringify(what.command) : null, JSON.stringify(what.forward),
      what.inverse ? JSON.stringify(what.inverse) : null,
    ).lastId
  }

  #refuseTakenName(id: string, name: string): void {
    const owner = this.idOf(name)
    if (owner !== null && owner !== id) throw rejected(rejection('name_taken', { name }))
  }

  /** The document knows no baseline: that what is taken out or replaced is there at all can only be seen here. */
  #refuseUnknownAssets(command: ScenarioCommand): void {
    const ids =
      command.op === 'removal.add' ? [command.id]
      : command.op === 'proposal.add' ? command.proposal.replaces
      : command.op === 'proposal.setProperties' ? command.properties.replaces
      : null
    for (const id of ids ?? []) if (!this.#db.get('SELECT 1 FROM assets WHERE asset_id = ?', id)) throw rejected(rejection('unknown_asset', { id }))
  }

  #hold(id: string): Held {
    const known = this.#held.get(id)
    if (known) return known
    const row = this.#db.get('SELECT * FROM scenarios WHERE scenario_id = ? AND removed_at IS NULL', id)
    if (!row) throw new CallFailure<'scenario.get'>('not_found', { id })
    const held = this.#replay(id, row)
    this.#held.set(id, held)
    return held
  }

  /** The document of the row, led on by the journal; undo and redo as they stood. */
  #replay(id: string, row: Row): Held {
    const snapshotRevision = Number(row['snapshot_revision'])
    const revision = Number(row['revision'])
    let document = parsedDocument(row['document_json'])
    const later = this.#db.iterate(`SELECT forward_json FROM journal WHERE scenario_id = ? AND kind IN ${COMMAND_KINDS} AND revision > ? ORDER BY seq`, id, snapshotRevision)
    for (const { forward_json } of later) document = replayed(document, parsedPatches(forward_json))
    return { document: parsedDocument(JSON.stringify(document)), revision, snapshotRevision, history: this.#readHistory(id) }
  }

  #readHistory(id: string): History {
    const done: number[] = []
    let undone: number[] = []
    for (const { seq, kind } of this.#db.iterate(`SELECT seq, kind FROM journal WHERE scenario_id = ? AND kind IN ${COMMAND_KINDS} ORDER BY seq`, id)) {
      if (kind === 'edit') {
        done.push(Number(seq))
        undone = []
      } else if (kind === 'undo') undone.push(...done.splice(-1))
      else done.push(...undone.splice(-1))
    }
    const entries = (seqs: readonly number[]) => seqs.map(seq => this.#readEntry(seq))
    const history = entries(done.slice(-DEFAULT_HISTORY_LIMITS.entries)).reduce((sofar, entry) => recordEntry(sofar, entry), EMPTY_HISTORY)
    return { ...history, undone: entries(undone) }
  }

  #readEntry(seq: number): HistoryEntry {
    const row = this.#db.get('SELECT command_json, forward_json, inverse_json, label_key FROM journal WHERE seq = ?', seq)
    const [forward, inverse] = [parsedPatches(row?.['forward_json']), parsedPatches(row?.['inverse_json'])]
    return historyEntry(seq, parsed(scenarioCommandSchema, row?.['command_json']), { forward, inverse, labelKey: String(row?.['label_key']) })
  }
}

const stateOf = ({ document, revision, history }: Held): ScenarioState =>
  ({ document, revision, undoLabel: undoLabel(history), redoLabel: redoLabel(history) }) as ScenarioState

const rejected = ({ code, details }: Rejection) => new CallFailure<'scenario.execute'>('rejected', { ...details, reason: code })

const damaged = () => new CallFailure<'project.open'>('corrupt', { reason: 'scenario' })

function replayed(document: ScenarioDocument, patches: readonly Patch[]): ScenarioDocument {
  try {
    return applyToDocument(document, patches)
  } catch {
    throw damaged()
  }
}

/** The schema gives what was written: an optional property is there with a value or not there at all. */
const parsedDocument = (text: unknown) => parsed(scenarioDocumentSchema, text) as ScenarioDocument

function parsedPatches(text: unknown): Patch[] {
  return parsed(patchesSchema, text) as Patch[]
}

/** What the project's own tables hold was written by us: where it does not parse, the file is damaged. */
function parsed<T>(schema: z.ZodType<T>, text: unknown): T {
  try {
    return schema.parse(JSON.parse(String(text)))
  } catch {
    throw damaged()
  }
}
