import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import { joinIssues, type IssueSummary } from '#shared/core/issues.ts'
import { unattendedJob, type JobControl } from '#shared/core/job.ts'
import type { LayerMapping } from '#shared/io/mapping.ts'
import type { AssetEvent, TwinEdit } from '#shared/ledger/twin-edit.ts'
import { segmentCount, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { CollectionName, RecordChange, StoredRecord } from '#shared/register/collections.ts'
import type { Owner } from '#shared/register/owner.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import type { TwinContext } from '#shared/twin/twin-context.ts'
import type { TwinRecords } from '#shared/twin/twin.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { crsName } from './crs/crs-names.ts'
import * as attributes from './project/asset-attributes.ts'
import * as checks from './project/check-store.ts'
import { Database } from './project/database.ts'
import { systemFailure } from './project/file-header.ts'
import { fillProject } from './project/fill-project.ts'
import * as imports from './project/import-store.ts'
import type { StoredImport } from './project/import-store.ts'
import { clearEditing, nameRevision, noteChange, recoveryFrom, saveState, type Recovery } from './project/journal.ts'
import { copyDatabase, writeNewFile } from './project/new-file.ts'
import { closeFile, openFile, type OpenedFile, type ReadOnlyReason } from './project/open-file.ts'
import * as register from './project/register-store.ts'
import { ScenarioStore } from './project/scenario-store.ts'
import { SchemeEdits } from './project/scheme-edits.ts'
import { groundSurfaces } from './project/surroundings.ts'
import { createSchema } from './project/schema.ts'
import { writeSettings } from './project/settings.ts'
import { asFailure } from './project/sqlite-failure.ts'
import { TwinStore } from './project/twin-store.ts'
import { TwinEdits } from './project/twin-edits.ts'
import { identityOf } from './project/write-lock.ts'
import { WriteQueue } from './project/write-queue.ts'

type ProjectInfo = CallOutput<'project.info'>
type CheckResult = CallOutput<'check.run'>

export interface OpenedProject {
  readonly project: ProjectFile
  readonly recovery: Recovery | null
  /** Format version the file had; its original is kept beside it. */
  readonly migratedFrom: number | null
}

/** What a new project starts with; nothing for an empty one. */
export interface ProjectContent {
  /** Identity of the project; a new one where none is given. */
  readonly id?: string
  readonly records?: TwinRecords
  readonly scenarios?: readonly ScenarioDocument[]
  readonly owners?: readonly Owner[]
  readonly overwrite?: boolean
}

const now = () => new Date().toISOString()

/**
 * One open project: a GeoPackage with the twin, the scenarios and their journal (design §4). Reading is synchronous.
 * Whatever writes is queued, runs in one transaction and resolves only once that is durable; if it fails, nothing changed.
 * Every refusal is a CallFailure: `read_only`, `disk_full`, `file_gone` from anything that writes, and those named below.
 */
export class ProjectFile {
  readonly #file: OpenedFile
  readonly #db: Database
  readonly #twin: TwinStore
  readonly #scenarios: ScenarioStore
  readonly #writes: WriteQueue
  readonly #schemes: SchemeEdits
  readonly #twinEdits: TwinEdits
  /** What opening this file found to say. */
  readonly recovery: Recovery | null
  readonly migratedFrom: number | null

  private constructor(file: OpenedFile, twin: TwinStore, scenarios: ScenarioStore) {
    this.recovery = file.lock ? recoveryFrom(file.db) : null
    this.migratedFrom = file.migratedFrom
    this.#file = file
    this.#db = file.db
    this.#twin = twin
    this.#scenarios = scenarios
    this.#writes = new WriteQueue(file, {
      settle: () => {
        twin.settle()
        scenarios.settle()
      },
      forget: () => {
        twin.forget()
        scenarios.forget()
      },
    })
    this.#schemes = new SchemeEdits(file.db, twin, scenarios, this.#writes)
    this.#twinEdits = new TwinEdits(file.db, twin, scenarios, this.#schemes, this.#writes)
  }

  /**
   * Makes a project file and opens it. The file appears whole or not at all.
   * @throws CallFailure `already_exists` (without `overwrite`), `read_only`, `disk_full`, `no_permission`, `invalid`.
   */
  static async create(path: string, content: ProjectContent = {}, job: JobControl = unattendedJob): Promise<ProjectFile> {
    await writeNewFile(path, { overwrite: content.overwrite ?? false }, async draft => {
      const db = new Database(draft, 'write')
      try {
        // A draft that is interrupted is thrown away: it needs no journal on the disk.
        db.exec('PRAGMA journal_mode = MEMORY')
        db.exec('PRAGMA synchronous = OFF')
        db.exec('PRAGMA cache_size = -262144')
        db.begin()
        createSchema(db)
        writeSettings(db, { projectId: content.id ?? randomUUID() })
        await fillProject(db, content, job)
        db.exec('COMMIT')
      } finally {
        db.close()
      }
    })
    return (await ProjectFile.open(path, {}, job)).project
  }

  /**
   * Opens a project, recovered and migrated as needed; read-only, with the reason in `info()`, where it cannot be edited.
   * @param options `trustsKept: false` reads every row anew, trusting no hash or cache the file keeps (slow on large twins).
   * @throws CallFailure `file_gone`, `no_permission`, `not_a_project`, `newer_format`, `corrupt` with `name` and `reason`.
   */
  static async open(path: string, options: { readonly readOnly?: boolean; readonly trustsKept?: boolean } = {}, job: JobControl = unattendedJob): Promise<OpenedProject> {
    let file: OpenedFile | null = null
    try {
      file = await openFile(path, options.readOnly ?? false, job)
      const canWrite = file.lock !== null && file.readOnly === null
      const { db } = file
      const read = () => {
        const twin = TwinStore.read(db, canWrite, options.trustsKept ?? true, job)
        const scenarios = new ScenarioStore(db, twin.srsId)
        scenarios.list()
        return { twin, scenarios }
      }
      // Whoever holds the lock is alone in writing.
      const { twin, scenarios } = canWrite ? read() : db.snapshot(read)
      if (file.migratedFrom !== null && canWrite) db.transaction(() => scenarios.rebuildMirror())
      const project = new ProjectFile(file, twin, scenarios)
      const { recovery, migratedFrom } = project
      return { project, recovery, migratedFrom }
    } catch (cause) {
      if (file) closeFile(file)
      const failure = asFailure(cause)
      throw failure instanceof CallFailure && failure.details['name'] === undefined
        ? new CallFailure(failure.code, { name: basename(path), ...failure.details })
        : systemFailure(failure, basename(path))
    }
  }

  /** Waits for what is being written, folds the log into the file and lets go of it. Closing twice is harmless. */
  async close(): Promise<void> {
    await this.#writes.end(() => {
      this.#scenarios.writeSnapshots()
      this.#twin.writeCache()
    })
  }

  /** Absolute path, links resolved. Never shown to the renderer. */
  get path(): string {
    return this.#file.path
  }

  /** What guids of this project's things elsewhere (BCF, IFC) come from: the same in every copy. Files without one go by their name. */
  get id(): string {
    return this.#twin.settings.projectId ?? basename(this.#file.path)
  }

  get readOnly(): ReadOnlyReason | null {
    return this.#file.readOnly
  }

  info(): ProjectInfo {
    const { crs, origin, extent, synthetic, packId } = this.#twin.settings
    return {
      id: this.id, name: basename(this.#file.path), crs, crsName: crs === null ? '' : crsName(crs) || crs, origin, extent, synthetic, twinHash: this.#twin.hash,
      assetCount: this.#twin.columns.count, segmentCount: segmentCount(this.#twin.columns), nodeCount: this.#twin.nodeCount,
      scenarios: this.#scenarios.list(), packId, readOnly: this.#file.readOnly, ...saveState(this.#db),
    }
  }

  get isChangedSinceSave(): boolean {
    return saveState(this.#db).changedSinceSave
  }

  /** Hash over the data tables: the same after Save As, VACUUM and opening again. */
  get twinHash(): string {
    return this.#twin.hash
  }

  /** Tells one state of what surrounds the assets (nodes, ground, blocks, features) from another. */
  get surroundingsHash(): string {
    return this.#twin.surroundingsHash
  }

  get crs(): string | null {
    return this.#twin.settings.crs
  }

  get packId(): string {
    return this.#twin.settings.packId
  }

  /** The linear assets. The same object until the twin changes. */
  columns(): AssetColumns {
    return this.#twin.columns
  }

  context(): TwinContext {
    return this.#twin.context()
  }

  /** The twin as records in the project's CRS, attributes included; of several grounds the one in use. */
  records(): TwinRecords {
    return this.#twin.records()
  }

  /** Ground surfaces by name, type and size. */
  surfaces(): ReturnType<typeof groundSurfaces> {
    return groundSurfaces(this.#db)
  }

  /** Assets that count with another one: the further parts of a multi-part line, by kind. */
  furtherParts(): Readonly<Record<string, number>> {
    return attributes.furtherParts(this.#db)
  }

  /** Attributes of drains and of what belongs to a hydraulic model, by id. */
  attributesForAnalysis(): ReturnType<typeof attributes.attributesForAnalysis> {
    return attributes.attributesForAnalysis(this.#db)
  }

  /** @throws CallFailure `not_found`. */
  attributes(assetId: string): CallOutput<'twin.attributes'> {
    return attributes.assetAttributes(this.#db, assetId)
  }

  /** One attribute of every asset, in the order of the columns. */
  attributeColumn(role: AttributeRole, job: JobControl): Promise<CallOutput<'twin.attributeColumn'>> {
    return this.#twin.attributeColumn(role, job)
  }

  /** True while nothing has coordinates: an import may still choose the coordinate system. */
  get isEmpty(): boolean {
    return this.#twin.isEmpty
  }

  /** Adds an import to the twin, all or nothing (`TwinEdits.add`). */
  addRecords(...args: Parameters<TwinEdits['add']>): ReturnType<TwinEdits['add']> {
    return this.#twinEdits.add(...args)
  }

  /** Changes the twin as one recorded step that can be taken back (`TwinEdits.edit`). */
  editTwin(...args: Parameters<TwinEdits['edit']>): ReturnType<TwinEdits['edit']> {
    return this.#twinEdits.edit(...args)
  }

  /** Takes the last edit of the twin back, or does it again (`TwinEdits.step`). */
  stepTwin(...args: Parameters<TwinEdits['step']>): ReturnType<TwinEdits['step']> {
    return this.#twinEdits.step(...args)
  }

  /** Every recorded change of the twin, newest first. */
  twinEdits(): TwinEdit[] {
    return this.#twinEdits.list()
  }

  /** What happened to an asset since it came into the project, oldest first. */
  assetEvents(assetId: string): AssetEvent[] {
    return this.#twinEdits.eventsOf(assetId)
  }

  /** Records of assets by their place in the columns, attributes included, one by one. */
  assetRecords(assets: Iterable<number>): Generator<AssetRecord> {
    return this.#twin.assetRecords(assets)
  }

  /** The asset of that id with its attributes, or null. */
  assetNamed(id: string): AssetRecord | null {
    return this.#twin.assetNamed(id)
  }

  importsList(): readonly StoredImport[] {
    return imports.listImports(this.#db)
  }

  /** What was noticed about the data: issues of every import, and rows another program left unusable. */
  issues(): readonly IssueSummary[] {
    const { unusableAssets } = this.#twin.settings
    const own: IssueSummary[] = unusableAssets > 0 ? [{ code: 'geometry_null', severity: 'error', count: unusableAssets, example: 'assets' }] : []
    return joinIssues([own, ...this.importsList().map(entry => entry.issues)])
  }

  scenarios(): ProjectInfo['scenarios'] {
    return this.#scenarios.list()
  }

  /** @throws CallFailure `not_found`. */
  scenarioDocument(id: string): ScenarioDocument {
    return this.#scenarios.document(id)
  }

  /** @throws CallFailure `not_found`. */
  scenarioState(id: string): CallOutput<'scenario.get'> {
    return this.#scenarios.state(id)
  }

  /** Id of the scenario of that name, or null. */
  scenarioNamed(name: string): string | null {
    return this.#scenarios.idOf(name)
  }

  /** @throws CallFailure `name_taken`, `not_found`. */
  createScenario(name: string, copyFrom: string | null = null): Promise<CallOutput<'scenario.get'>> {
    return this.#schemes.create(name, copyFrom)
  }

  /** @throws CallFailure `not_found`. */
  removeScenario(id: string): Promise<void> {
    return this.#schemes.remove(id)
  }

  /** @throws CallFailure `not_found`, `revision_mismatch`, `rejected` (details: `reason`, and what its text names). */
  execute(id: string, baseRevision: number, command: ScenarioCommand): Promise<CallOutput<'scenario.execute'>> {
    return this.#schemes.execute(id, baseRevision, command)
  }

  /** @throws CallFailure `not_found`, `rejected`, `nothing_to_undo`. */
  undo(id: string): Promise<CallOutput<'scenario.undo'>> {
    return this.#schemes.undo(id)
  }

  /** @throws CallFailure `not_found`, `rejected`, `nothing_to_redo`. */
  redo(id: string): Promise<CallOutput<'scenario.redo'>> {
    return this.#schemes.redo(id)
  }

  /** True for a scheme that was signed as built. */
  isBuilt(id: string): boolean {
    return this.#schemes.isBuilt(id)
  }

  /** Names the state reached by now. */
  async save(name: string): Promise<void> {
    await this.#writes.run(() => nameRevision(this.#db, name, now()))
  }

  /**
   * Writes a copy under another name and opens it; this one is closed then, or stays open if the copy cannot be made.
   * Over the file itself it is a save. Works where the file vanished too: what is open is all there.
   * @throws CallFailure as `create`; CancelledError.
   */
  async saveAs(path: string, options: { readonly overwrite?: boolean } = {}, job: JobControl = unattendedJob): Promise<OpenedProject> {
    if (identityOf(path) !== null && identityOf(path) === identityOf(this.path)) {
      await this.save('')
      return { project: this, recovery: null, migratedFrom: null }
    }
    if (this.#twin.isCacheStale && this.readOnly === null) await this.#writes.run(() => this.#twin.writeCache())
    await this.#writes.alone(() => writeNewFile(path, { overwrite: options.overwrite ?? false }, draft => copyDatabase(this.#db, draft, job, clearEditing)))
    await this.close()
    const opened = await ProjectFile.open(path, {}, job)
    await opened.project.save('')
    return opened
  }

  /** Keeps a check's result; only the last one per scenario and scope stays. */
  async storeCheck(result: CheckResult): Promise<void> {
    await this.#writes.run(() => checks.storeCheck(this.#db, result, this.#twin.srsId))
  }

  latestCheck(scenarioId: string | null, scope: CheckResult['scope']): CheckResult | null {
    return checks.latestCheck(this.#db, scenarioId, scope)
  }

  async usePack(packId: string): Promise<void> {
    if (packId === this.packId) return
    await this.#writes.run(() => {
      this.#twin.change({ packId })
      noteChange(this.#db, 'rules', null, now())
    })
  }

  /** Records of these collections (shared/register); of all ids, or of these. */
  recordsOf(collections: readonly CollectionName[], ids?: readonly string[]): StoredRecord[] {
    return register.listRecords(this.#db, collections, ids)
  }

  /** @returns the changes that would take these back. */
  async changeRecords(changes: readonly RecordChange[]): Promise<RecordChange[]> {
    return this.#writes.run(() => register.applyRecordChanges(this.#db, changes, now()))
  }

  recordHistory(collection: CollectionName, id: string): register.RecordHistoryEntry[] {
    return register.recordHistory(this.#db, collection, id)
  }

  async rememberMapping(signature: string, mapping: LayerMapping): Promise<void> {
    await this.#writes.run(() => imports.rememberMapping(this.#db, signature, mapping))
  }

  /** The mapping made for a layer with these fields, or null. */
  mappingFor(signature: string): LayerMapping | null {
    return imports.mappingFor(this.#db, signature)
  }
}
