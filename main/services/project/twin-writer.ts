import type { SQLInputValue } from 'node:sqlite'
import type { JobControl } from '#shared/core/job.ts'
import { rtreeTable, rtreeTriggers } from '#shared/project-format/gpkg-tables.ts'
import { geometryEnvelope } from '#shared/project-format/gpkg-geometry.ts'
import { TWIN_TABLES, type TwinTable } from '#shared/project-format/layout.ts'
import type { AssetRecord, NodeRecord } from '#shared/twin/asset.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import type { Block, SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { Database } from './database.ts'
import { RowHash } from './row-hash.ts'
import { assetValues, blockValues, groundValues, nodeValues, surfaceValues, TWIN_COLUMNS } from './twin-rows.ts'
import { changeTriggers, recordTableHash, tableState } from './twin-state.ts'

/** Records to add to the twin, project CRS. */
export interface TwinBatch {
  readonly assets: readonly AssetRecord[]
  readonly nodes: readonly NodeRecord[]
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly blocks: readonly Block[]
  readonly grounds: readonly GroundSurface[]
}

/** Long enough to be quick, short enough that progress, cancel and other calls get their turn. */
const SLICE_MS = 25

/**
 * Inserts records into the feature tables with their R-trees and hashes. Runs inside the caller's transaction and lets
 * the event loop turn now and then; throws CancelledError (or SQLite's error) for the caller to roll back.
 * @param share Part of the job's progress this work stands for.
 */
export async function writeTwin(
  db: Database, batch: TwinBatch, options: { readonly srsId: number; readonly importId: number | null; readonly job: JobControl; readonly share: readonly [number, number] },
): Promise<void> {
  const { srsId, importId, job, share } = options
  const ground = batch.grounds[0] ? groundSampler(batch.grounds[0]) : () => null
  const inserts: Readonly<Record<TwinTable, Iterable<SQLInputValue[]>>> = {
    assets: mapped(batch.assets, asset => assetValues(asset, srsId)),
    nodes: mapped(batch.nodes, node => nodeValues(node, srsId)),
    surface_points: surfaces(batch, 'point', feature => surfaceValues(feature, ground, srsId)),
    surface_lines: surfaces(batch, 'line', feature => surfaceValues(feature, ground, srsId)),
    surface_areas: surfaces(batch, 'polygon', feature => surfaceValues(feature, ground, srsId)),
    blocks: mapped(batch.blocks, block => blockValues(block, ground, srsId)),
    ground_surfaces: mapped(batch.grounds, groundValues),
  }
  const total = batch.assets.length + batch.nodes.length + batch.surfaceFeatures.length + batch.blocks.length + batch.grounds.length
  let done = 0
  let sliceEnd = performance.now() + SLICE_MS
  for (const table of TWIN_TABLES) {
    const insert = tableInserter(db, table, importId)
    for (const values of inserts[table]) {
      insert.add(values)
      done++
      if (performance.now() < sliceEnd) continue
      job.progress(share[0] + ((share[1] - share[0]) * done) / Math.max(1, total), 'project-file:stage.writing')
      await new Promise(resolve => setImmediate(resolve))
      job.throwIfCancelled()
      sliceEnd = performance.now() + SLICE_MS
    }
    insert.finish()
  }
}

function* mapped<T>(items: readonly T[], toValues: (item: T) => SQLInputValue[]): Iterable<SQLInputValue[]> {
  for (const item of items) yield toValues(item)
}

const surfaces = (batch: TwinBatch, geometry: SurfaceFeature['geometry'], toValues: (feature: SurfaceFeature) => SQLInputValue[]) =>
  mapped(batch.surfaceFeatures.filter(feature => feature.geometry === geometry), toValues)

/** Rows into one table: triggers rest meanwhile, since row by row they cost more than the rows. */
function tableInserter(db: Database, table: TwinTable, importId: number | null) {
  const hasGeometry = table !== 'ground_surfaces'
  const state = tableState(db, table)
  const rows = RowHash.from(state.count, state.bytes)
  const columns = [...TWIN_COLUMNS[table], ...(table === 'blocks' ? [] : ['import_id'])]
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  const triggers = [...changeTriggers(table), ...(hasGeometry ? rtreeTriggers(table) : [])]
  let isResting = false
  const extent = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  return {
    add(values: SQLInputValue[]): void {
      if (!isResting) for (const { name } of triggers) db.exec(`DROP TRIGGER IF EXISTS ${name}`)
      isResting = true
      rows.add(values)
      const { lastId } = table === 'blocks' ? db.run(sql, ...values) : db.run(sql, ...values, importId)
      if (!hasGeometry) return
      const box = geometryEnvelope(values.at(-1) as Uint8Array)
      if (!box) return
      db.run(`INSERT INTO ${rtreeTable(table)} VALUES (?, ?, ?, ?, ?)`, lastId, ...box)
      extent.minX = Math.min(extent.minX, box[0])
      extent.maxX = Math.max(extent.maxX, box[1])
      extent.minY = Math.min(extent.minY, box[2])
      extent.maxY = Math.max(extent.maxY, box[3])
    },
    finish(): void {
      if (!isResting) return
      for (const { sql: trigger } of triggers) db.exec(trigger)
      recordTableHash(db, table, rows)
      if (!hasGeometry || extent.minX > extent.maxX) return
      db.run(
        `UPDATE gpkg_contents SET min_x = min(ifnull(min_x, ?1), ?1), min_y = min(ifnull(min_y, ?2), ?2), max_x = max(ifnull(max_x, ?3), ?3),
          max_y = max(ifnull(max_y, ?4), ?4), last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?5`,
        extent.minX, extent.minY, extent.maxX, extent.maxY, table,
      )
    },
  }
}
