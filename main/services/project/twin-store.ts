import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { JobControl } from '#shared/core/job.ts'
import { TWIN_TABLES, type TwinTable } from '#shared/project-format/layout.ts'
import { spatialReference } from '#shared/project-format/spatial-reference.ts'
import type { TwinChange } from '#shared/ledger/twin-edit.ts'
import { appendAssetColumns } from '#shared/twin/append-asset-columns.ts'
import { assetId, buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import { groundSampler, type GroundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import type { TwinContext } from '#shared/twin/twin-context.ts'
import type { TwinRecords } from '#shared/twin/twin.ts'
import { originFor } from '#shared/twin/twin.ts'
import { crsName } from '../crs/crs-names.ts'
import { attributeColumnOutput, editedAttributeColumn, readAttributeColumn, type AttributeColumn } from './attribute-column.ts'
import { columnsFromTable, hasContextCache, readColumnCache, writeColumnCache } from './column-store.ts'
import { editedColumns } from './edited-columns.ts'
import type { Database } from './database.ts'
import { extentOf, joinExtents } from './extent.ts'
import { setReference } from './schema.ts'
import { readSettings, writeSettings, type Settings } from './settings.ts'
import { Around, cacheSurroundings, hashAround, keepSurroundings, readNodes, readSurroundings, SLOW_ROWS, SURROUNDING_TABLES, surroundingsLabel, usedGround, type Surroundings } from './surroundings.ts'
import { assetFromRow, present, TWIN_COLUMNS } from './twin-rows.ts'
import { changeTriggers, hashTable, recordTableHash, tableState, twinHashOf } from './twin-state.ts'
import { TwinEditor, type EditedRows } from './twin-editor.ts'
import { writeTwin, type TwinBatch } from './twin-writer.ts'

/** The twin as this process holds it: what the file says, read once. */
interface Held {
  readonly settings: Settings
  readonly columns: AssetColumns
  readonly hash: string
  readonly nodeCount: number
  /** What was asked for so far: a million rows are read once, edits are followed. */
  readonly attributes: ReadonlyMap<AttributeRole, AttributeColumn>
}

/** The baseline inside a project file: columns from the cache, everything else from the tables. */
export class TwinStore {
  readonly #db: Database
  readonly #around: Around
  #held: Held
  #adding: Held | null = null
  /** The columns in the file are of before an edit: written anew before the file is let go, rebuilt on opening where it was not. */
  #isCacheStale = false

  private constructor(db: Database, held: Held, trustsKept = true) {
    this.#db = db
    this.#held = held
    this.#around = new Around(db, trustsKept)
  }

  /** For a file that was laid out just now. */
  static empty(db: Database): TwinStore {
    const settings = readSettings(db)
    return new TwinStore(db, { settings, columns: buildAssetColumns([], settings.origin), hash: currentHash(db, settings), nodeCount: 0, attributes: new Map() })
  }

  /**
   * @param mayRepair false: what another program's edits made stale is computed for this session only.
   * @param trustsKept false: hashes and columns are taken from the rows, whatever the file keeps about them.
   */
  static read(db: Database, mayRepair: boolean, trustsKept: boolean, job: JobControl): TwinStore {
    job.progress(null, 'project-file:stage.reading')
    const states = new Map(TWIN_TABLES.map(table => [table, tableState(db, table)] as const))
    const stale = TWIN_TABLES.filter(table => !trustsKept || !states.get(table)!.isCurrent)
    const rehashed = new Map(stale.map(table => [table, hashTable(db, table)] as const))
    const tables = new Map(TWIN_TABLES.map(table => {
      const rows = rehashed.get(table)
      return [table, rows ? { count: rows.count, bytes: rows.bytes() } : states.get(table)!] as const
    }))
    let settings = readSettings(db)
    const label = cacheLabel(tables.get('assets')!.bytes, settings.origin)
    const cached = readColumnCache(db, label)
    let columns = cached
    const contextLabel = surroundingsLabel(table => tables.get(table)!.bytes)
    // What older versions left without a cache gets one where reading rows is slow.
    const lacksContext = mayRepair && SURROUNDING_TABLES.reduce((sum, table) => sum + tables.get(table)!.count, 0) > SLOW_ROWS && !hasContextCache(db, contextLabel)
    if (!columns || stale.length > 0) {
      job.progress(null, 'project-file:stage.rebuilding')
      const built = columnsFromTable(db, settings.origin)
      columns = built.columns
      const surroundings = readSurroundings(db)
      const extent = joinExtents(extentOf(columns), extentOf(surroundings.nodes.map(node => node.at)))
      settings = { ...settings, extent, unusableAssets: built.unusable }
      if (mayRepair) repair(db, { rehashed, columns, label, contextLabel, surroundings, settings })
    } else if (lacksContext) {
      job.progress(null, 'project-file:stage.rebuilding')
      db.transaction(() => cacheSurroundings(db, readSurroundings(db), contextLabel))
    }
    return new TwinStore(db, { settings, columns, hash: twinHashOf(settings.crs, tables), nodeCount: tables.get('nodes')!.count, attributes: new Map() }, trustsKept)
  }

  get settings(): Settings {
    return this.#held.settings
  }

  get columns(): AssetColumns {
    return this.#held.columns
  }

  get hash(): string {
    return this.#held.hash
  }

  get nodeCount(): number {
    return this.#held.nodeCount
  }

  /** Over every data table but that of the assets. */
  get surroundingsHash(): string {
    return hashAround(this.#db)
  }

  get srsId(): number {
    return referenceOf(this.#held.settings.crs).srsId
  }

  /** True while nothing has coordinates: the coordinate system can still be chosen. */
  get isEmpty(): boolean {
    return this.#db.get(`SELECT ${TWIN_TABLES.map(table => `EXISTS (SELECT 1 FROM ${table})`).join(' OR ')} AS filled`)?.['filled'] === 0
  }

  /** Small changes beside the data. Memory follows at once: the caller reads anew if its transaction fails. */
  change(changes: Partial<Settings>): void {
    writeSettings(this.#db, changes)
    this.#held = { ...this.#held, settings: { ...this.#held.settings, ...changes } }
  }

  /**
   * Adds records, inside the caller's transaction; memory follows with `settle`. The first coordinates fix the local
   * frame, and the coordinate system where none was chosen.
   */
  async add(batch: TwinBatch, options: { readonly crs: string | null; readonly importId: number | null; readonly synthetic?: boolean; readonly job: JobControl }): Promise<void> {
    const { job, importId } = options
    let { settings } = this.#held
    if (this.isEmpty) {
      const crs = options.crs ?? settings.crs
      settings = { ...settings, crs, origin: [...originOf(batch)] }
      if (options.synthetic !== undefined) settings = { ...settings, synthetic: options.synthetic }
      setReference(this.#db, referenceOf(crs))
    } else if (options.crs !== settings.crs) {
      throw new CallFailure('invalid', { reason: 'crs_differs', project: settings.crs ?? '', records: options.crs ?? '' })
    }
    await writeTwin(this.#db, batch, { srsId: referenceOf(settings.crs).srsId, importId, job, share: [0, 0.9] })
    job.progress(0.9, 'project-file:stage.columns')
    const columns = this.#held.columns.count === 0 ? buildAssetColumns(batch.assets, settings.origin) : appendAssetColumns(this.#held.columns, batch.assets)
    const added = joinExtents(extentOf(batch.assets.flatMap(asset => asset.axis)), extentOf(batch.nodes.map(node => node.at)))
    settings = { ...settings, extent: joinExtents(settings.extent, added) }
    writeSettings(this.#db, settings)
    writeColumnCache(this.#db, columns, cacheLabel(tableState(this.#db, 'assets').bytes, settings.origin))
    keepSurroundings(this.#db)
    this.#adding = { settings, columns, hash: currentHash(this.#db, settings), nodeCount: tableState(this.#db, 'nodes').count, attributes: new Map() }
  }

  /** Changes records, inside the caller's transaction; memory follows with `settle`. @throws CancelledError */
  async edit(editId: number, changes: Iterable<TwinChange>, options: { readonly importId: number | null; readonly total: number | null; readonly job: JobControl }): Promise<EditedRows> {
    const edited = await new TwinEditor(this.#db, editId, options.job).apply(changes, { srsId: this.srsId, importId: options.importId, total: options.total, groundAt: this.#groundAt() })
    this.#follow(edited)
    return edited
  }

  /** Takes an edit back or does it again, inside the caller's transaction. @throws CancelledError */
  async replay(editId: number, direction: 'undo' | 'redo', importId: number | null, job: JobControl): Promise<EditedRows> {
    const edited = await new TwinEditor(this.#db, editId, job).replay(direction, importId)
    this.#follow(edited)
    return edited
  }

  #follow(edited: EditedRows): void {
    const { columns, replaced } = editedColumns(this.#db, this.#held.columns, edited)
    const attributes = new Map(replaced && [...this.#held.attributes].map(([role, column]) => [role, editedAttributeColumn(column, role, replaced)] as const))
    // An edit that takes nothing away only widens the extent; else everything is looked at again.
    const extent = edited.counts.removed > 0
      ? joinExtents(extentOf(columns), extentOf(readNodes(this.#db).map(node => node.at)))
      : joinExtents(this.#held.settings.extent, extentOf(axesOf(edited.assets.values())))
    const settings = { ...this.#held.settings, extent }
    writeSettings(this.#db, { extent })
    this.#adding = { settings, columns, hash: currentHash(this.#db, settings), nodeCount: tableState(this.#db, 'nodes').count, attributes }
    this.#isCacheStale = true
  }

  get isCacheStale(): boolean {
    return this.#isCacheStale
  }

  /** Inside the caller's transaction. */
  writeCache(): void {
    const { columns, settings } = this.#held
    if (!this.#isCacheStale) return
    writeColumnCache(this.#db, columns, cacheLabel(tableState(this.#db, 'assets').bytes, settings.origin))
    keepSurroundings(this.#db)
    this.#isCacheStale = false
  }

  /** Records of these assets with their attributes; those that are not there any more are left out. */
  *assetRecords(assets: Iterable<number>): Generator<AssetRecord> {
    const { columns } = this.#held
    for (const asset of assets) {
      const record = asset < columns.count ? this.assetNamed(assetId(columns, asset)) : null
      if (record) yield record
    }
  }

  assetNamed(id: string): AssetRecord | null {
    const row = this.#db.get(`SELECT ${TWIN_COLUMNS.assets.join(', ')} FROM assets WHERE asset_id = ?`, id)
    return row ? assetFromRow(row) : null
  }

  /** Every node, project CRS. */
  nodes(): readonly NodeRecord[] {
    return readNodes(this.#db)
  }

  settle(): void {
    if (this.#adding) this.#held = this.#adding
    this.#adding = null
  }

  forget(): void {
    this.#adding = null
    this.#held = { ...this.#held, settings: readSettings(this.#db) }
  }

  hasId(table: 'assets' | 'nodes' | 'blocks', id: string): boolean {
    const column = { assets: 'asset_id', nodes: 'node_id', blocks: 'block_id' }[table]
    return this.#db.get(`SELECT 1 FROM ${table} WHERE ${column} = ?`, id) !== undefined
  }

  /** What surrounds the lines; records are made by whoever asks for them. */
  context(): TwinContext {
    return this.#around.context(this.#held.settings.origin, this.#adding === null)
  }

  /** Everything as records with their attributes, coordinates as stored. For exports: it holds the whole twin at once. */
  records(): TwinRecords {
    const { nodes, surfaceFeatures, blocks } = this.context()
    const { crs, synthetic } = this.#held.settings
    const assets = present(this.#db.all(`SELECT ${TWIN_COLUMNS.assets.join(', ')} FROM assets ORDER BY fid`), assetFromRow)
    return { crs, synthetic, assets, ground: usedGround(this.#db), nodes, surfaceFeatures, blocks }
  }

  async attributeColumn(role: AttributeRole, job: JobControl): Promise<CallOutput<'twin.attributeColumn'>> {
    const kept = this.#held.attributes.get(role)
    if (kept) return attributeColumnOutput(role, kept)
    const { hash, columns } = this.#held
    const read = await readAttributeColumn(this.#db, columns, role, job)
    // An edit between two turns of reading leaves rows of before and after side by side.
    if (hash === this.#held.hash) this.#held = { ...this.#held, attributes: new Map([...this.#held.attributes, [role, read]]) }
    return attributeColumnOutput(role, read)
  }

  /** The ground in use, read when first asked for: most edits never do. */
  #groundAt(): GroundSampler {
    let sample: GroundSampler | null = null
    return (x, y) => {
      if (!sample) {
        const ground = usedGround(this.#db)
        sample = ground ? groundSampler(ground) : () => null
      }
      return sample(x, y)
    }
  }
}

const referenceOf = (crs: string | null) => spatialReference(crs, crs === null ? '' : crsName(crs))

const currentHash = (db: Database, settings: Settings) => twinHashOf(settings.crs, new Map(TWIN_TABLES.map(table => [table, tableState(db, table)])))

const cacheLabel = (assetsHash: Uint8Array, origin: Vec3) => `${Buffer.from(assetsHash).toString('hex')}@${origin.join(',')}`

function repair(db: Database, found: { rehashed: ReadonlyMap<TwinTable, ReturnType<typeof hashTable>>; columns: AssetColumns; label: string; contextLabel: string; surroundings: Surroundings; settings: Settings }): void {
  db.transaction(() => {
    for (const [table, rows] of found.rehashed) {
      for (const { name, sql } of changeTriggers(table)) {
        db.exec(`DROP TRIGGER IF EXISTS ${name}`)
        db.exec(sql)
      }
      recordTableHash(db, table, rows)
    }
    writeColumnCache(db, found.columns, found.label)
    cacheSurroundings(db, found.surroundings, found.contextLabel)
    writeSettings(db, { extent: found.settings.extent, unusableAssets: found.settings.unusableAssets })
  })
}

function* axesOf(assets: Iterable<AssetRecord | null>): Generator<Vec3> {
  for (const asset of assets) if (asset) yield* asset.axis
}

/** Low corner of the assets; of nodes or the ground where there are no assets. */
function originOf(batch: TwinBatch): Vec3 {
  const extent = extentOf(batch.assets.flatMap(asset => asset.axis)) ?? extentOf(batch.nodes.map(node => node.at))
  if (extent) return originFor(extent[0], extent[1])
  const plan = batch.surfaceFeatures.flatMap(feature => feature.points).concat(batch.grounds.map(groundCorner))
  return originFor(plan.reduce((low, [x]) => Math.min(low, x), Infinity), plan.reduce((low, [, y]) => Math.min(low, y), Infinity))
}

const groundCorner = (ground: GroundSurface): readonly [number, number] => (ground.type === 'grid' ? [ground.x0, ground.y0] : [ground.xyz[0] ?? 0, ground.xyz[1] ?? 0])

