import { basename } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { joinIssues, type IssueSummary } from '#shared/core/issues.ts'
import { unattendedJob, type JobControl } from '#shared/core/job.ts'
import type { ImportedRecords } from '#shared/io/source.ts'
import type { AssetEvent, TwinChange, TwinEdit, TwinEditEntry } from '#shared/ledger/twin-edit.ts'
import type { Database } from './database.ts'
import { prepareImport } from './imported-records.ts'
import * as imports from './import-store.ts'
import type { ImportEntry } from './import-store.ts'
import { noteChange } from './journal.ts'
import * as register from './register-store.ts'
import type { ScenarioStore } from './scenario-store.ts'
import type { SchemeEdits } from './scheme-edits.ts'
import * as store from './twin-edit-store.ts'
import type { TwinStore } from './twin-store.ts'
import type { WriteQueue } from './write-queue.ts'

const now = () => new Date().toISOString()

/** The twin of an open project as it is changed: imports and edits as recorded steps, taken back in order. */
export class TwinEdits {
  readonly #db: Database
  readonly #twin: TwinStore
  readonly #scenarios: ScenarioStore
  readonly #schemes: SchemeEdits
  readonly #writes: WriteQueue

  constructor(db: Database, twin: TwinStore, scenarios: ScenarioStore, schemes: SchemeEdits, writes: WriteQueue) {
    this.#db = db
    this.#twin = twin
    this.#scenarios = scenarios
    this.#schemes = schemes
    this.#writes = writes
  }

  /**
   * Adds an import to the twin, all or nothing. Ids the project has already get a suffix, said in the issues returned
   * (and stored). Features marked as proposals go into a new scenario named `imported`.
   * @param records In the project's CRS; an empty project takes theirs.
   * @param who As typed by whoever imports; empty where nobody said.
   * @throws CallFailure `invalid` where the records are in another CRS; CancelledError.
   */
  async add(records: ImportedRecords, entry: ImportEntry, job: JobControl = unattendedJob, who = ''): Promise<{ readonly issues: readonly IssueSummary[] }> {
    return this.#writes.run(async () => {
      const at = now()
      const prepared = prepareImport(records, { hasId: (table, id) => this.#twin.hasId(table, id) })
      const issues = joinIssues([entry.issues, prepared.issues])
      const counts = { assets: records.assets.length, nodes: records.nodes.length, surfaces: records.grounds.length, proposals: records.proposals.length }
      const importId = imports.addImport(this.#db, { ...entry, issues }, counts, at)
      const editId = store.beginEdit(this.#db, { kind: 'import', who, why: '', detail: { files: entry.files.map(({ name }) => basename(name.replaceAll('\\', '/'))).join(', ') } }, importId, at)
      await this.#twin.add(prepared.batch, { crs: records.crs, importId, job })
      register.addImportedCatchments(this.#db, importId, prepared.catchments, at)
      store.keepAddedBlocks(this.#db, editId, prepared.batch.blocks.map(({ id }) => id))
      this.#writes.afterSettling(() => {
        this.#scenarios.srsId = this.#twin.srsId
      })
      let scenarioId: string | null = null
      if (Object.keys(prepared.proposals).length > 0) {
        scenarioId = this.#schemes.takeIn(prepared.proposals, at)
      }
      store.completeEdit(this.#db, editId, { changed: 0, added: counts.assets + counts.nodes + counts.surfaces + records.surfaceFeatures.length + prepared.batch.blocks.length, removed: 0 }, scenarioId)
      noteChange(this.#db, 'import', null, at, String(editId))
      return { issues }
    })
  }

  /**
   * Changes the twin as one recorded step that can be taken back: all or nothing, durable when this resolves.
   * @param changes Made inside the transaction: what they read is what they change. One that changes nothing is left out.
   * @param source An import whose records the edit takes in: kept with its files and mapping.
   * @returns the edit as recorded, or null where nothing changed: then nothing is recorded either. @throws CancelledError
   */
  async edit(entry: TwinEditEntry, changes: () => Iterable<TwinChange>, options: { readonly total?: number; readonly source?: ImportEntry } = {}, job: JobControl = unattendedJob): Promise<TwinEdit | null> {
    return this.#writes.run(async () => {
      const at = now()
      const importId = options.source ? imports.addImport(this.#db, options.source, { assets: 0, nodes: 0, surfaces: 0, proposals: 0 }, at) : null
      const id = store.beginEdit(this.#db, entry, importId, at)
      const { counts } = await this.#twin.edit(id, changes(), { importId, total: options.total ?? null, job })
      if (counts.added + counts.changed + counts.removed === 0) throw new NothingChanged()
      if (importId !== null) imports.setImportCounts(this.#db, importId, counts.added + counts.changed)
      store.completeEdit(this.#db, id, counts)
      noteChange(this.#db, 'twin.edit', null, at, String(id))
      return { id, at, ...entry, counts, state: 'done' as const }
    }).catch((cause: unknown) => {
      if (cause instanceof NothingChanged) return null
      throw cause
    })
  }

  /**
   * Takes the last edit of the twin back, or does the one taken back last again; an import with the scheme it made, unless
   * somebody has worked on that.
   * @throws CallFailure `nothing_to_undo`, `nothing_to_redo`; CancelledError.
   */
  async step(direction: 'undo' | 'redo', job: JobControl = unattendedJob): Promise<TwinEdit> {
    return this.#writes.run(async () => {
      const at = now()
      const edit = store.nextStep(this.#db, direction)
      if (!edit) throw new CallFailure<'ledger.undo' | 'ledger.redo'>(direction === 'undo' ? 'nothing_to_undo' : 'nothing_to_redo')
      await this.#twin.replay(edit.id, direction, edit.importId, job)
      if (edit.importId !== null) register.stepImportedCatchments(this.#db, edit.importId, direction, at)
      let { scenarioId } = edit
      if (scenarioId !== null && direction === 'redo') this.#scenarios.restore(scenarioId)
      else if (scenarioId !== null && !this.#scenarios.removeUntouched(scenarioId, at)) scenarioId = null
      const state = direction === 'undo' ? ('undone' as const) : ('done' as const)
      store.markEdit(this.#db, edit, state, scenarioId, at)
      noteChange(this.#db, `twin.${direction}`, null, at, String(edit.id))
      return publicEdit({ ...edit, state })
    })
  }

  /** Every recorded change of the twin, newest first. */
  list(): TwinEdit[] {
    return store.listEdits(this.#db).map(publicEdit)
  }

  /** What happened to an asset since it came into the project, oldest first. */
  eventsOf(assetId: string): AssetEvent[] {
    return store.assetEvents(this.#db, assetId)
  }
}

/** Ends the transaction of an edit that turned out to change nothing. */
class NothingChanged extends Error {}

const publicEdit = ({ importId: _, scenarioId: __, ...edit }: store.StoredEdit): TwinEdit => edit
