import { createFeatureTableSql, createRtreeSql, GPKG_CORE_TABLES, LOCAL_FRAME, REQUIRED_REFERENCES, rtreeTriggers, type SpatialReference } from '#shared/project-format/gpkg-tables.ts'
import {
  ATTRIBUTE_TABLES, FEATURE_TABLES, FORMAT_MINOR, FORMAT_VERSION, GPKG_APPLICATION_ID, GPKG_USER_VERSION, INDEXES, INTERNAL_TABLES, TWIN_TABLES,
} from '#shared/project-format/layout.ts'
import type { Database } from './database.ts'
import { RowHash } from './row-hash.ts'
import { changeTriggers, recordTableHash } from './twin-state.ts'

/** Lays out an empty project: every table of the current format, empty, in a local frame. Inside the caller's transaction. */
export function createSchema(db: Database): void {
  db.exec(`PRAGMA application_id = ${GPKG_APPLICATION_ID}`)
  db.exec(`PRAGMA user_version = ${GPKG_USER_VERSION}`)
  for (const sql of GPKG_CORE_TABLES) db.exec(sql)
  for (const reference of REQUIRED_REFERENCES) addReference(db, reference)
  for (const table of FEATURE_TABLES) {
    db.exec(createFeatureTableSql(table))
    db.run("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?1, 'features', ?1, ?2, ?3)", table.name, table.description, LOCAL_FRAME.srsId)
    db.run('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 1, 0)', table.name, 'geom', table.geometry, LOCAL_FRAME.srsId)
    for (const sql of createRtreeSql(table.name)) db.exec(sql)
    for (const { sql } of rtreeTriggers(table.name)) db.exec(sql)
  }
  for (const { name, description, sql } of ATTRIBUTE_TABLES) {
    db.exec(sql)
    db.run("INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?1, 'attributes', ?1, ?2)", name, description)
  }
  for (const { name, description, sql } of INTERNAL_TABLES) {
    db.exec(sql)
    db.run("INSERT INTO gpkg_extensions VALUES (?, NULL, 'underplan_project', ?, 'read-write')", name, description)
  }
  for (const sql of INDEXES) db.exec(sql)
  for (const table of TWIN_TABLES) {
    for (const { sql } of changeTriggers(table)) db.exec(sql)
    recordTableHash(db, table, new RowHash())
  }
  db.run('INSERT INTO underplan_format VALUES (1, ?, ?)', FORMAT_VERSION, FORMAT_MINOR)
}

function addReference(db: Database, { srsName, srsId, organization, organizationCode, definition }: SpatialReference): void {
  db.run('INSERT OR REPLACE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)', srsName, srsId, organization, organizationCode, definition)
}

/** Puts every feature table into this coordinate system; for a project that holds no coordinates yet. */
export function setReference(db: Database, reference: SpatialReference): void {
  if (reference.srsId !== 4326) addReference(db, reference)
  const names = FEATURE_TABLES.map(table => `'${table.name}'`).join(', ')
  db.run(`UPDATE gpkg_contents SET srs_id = ? WHERE table_name IN (${names})`, reference.srsId)
  db.run(`UPDATE gpkg_geometry_columns SET srs_id = ? WHERE table_name IN (${names})`, reference.srsId)
}
