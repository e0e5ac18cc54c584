import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync } from 'node:zlib'

/** A scheme as formats 0 and 1 held it. */
interface OldScenario {
  readonly id: string
  readonly name: string
}

/** `aSmallTwin` of this folder as format 1 wrote it: frozen, a fixture must not move with the layout. */
export function writeFormat1Project(path: string, scenarios: readonly OldScenario[] = []): void {
  writeFileSync(path, gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/format-1.gpkg.gz'))))
  const db = new DatabaseSync(path)
  const insert = db.prepare("INSERT INTO scenarios (scenario_id, name, revision, snapshot_revision, document_json, created_at) VALUES (?, ?, 0, 0, ?, '2026-11-24T00:00:00Z')")
  for (const scenario of scenarios) insert.run(scenario.id, scenario.name, JSON.stringify(scenario))
  db.close()
}

/** The same as format 0 had it: without what format 1 added. */
export function writeFormat0Project(path: string, scenarios: readonly OldScenario[] = []): void {
  writeFormat1Project(path, scenarios)
  const db = new DatabaseSync(path)
  db.exec(`
    ALTER TABLE assets DROP COLUMN assumed;
    DROP TABLE mappings;
    DELETE FROM gpkg_contents WHERE table_name = 'mappings';
    UPDATE underplan_format SET version = 0`)
  db.close()
}

/** The same as format 2 had it, with a scheme `方案一` of one proposal and an import of one node: frozen too. */
export function writeFormat2Project(path: string): void {
  writeFileSync(path, gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/format-2.gpkg.gz'))))
}
