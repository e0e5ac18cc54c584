/**
 * Numbered migrations, one per step of the format version. Frozen once released: they name tables as they were then and
 * never refer to the current layout. They run on a copy; the original file is kept beside it.
 */
export interface Migration {
  readonly from: number
  readonly to: number
  readonly statements: readonly string[]
}

/** A layer as GeoPackage 1.3 lays it out, with its R-tree, in the coordinate system of the layer beside it. */
function layerStatements(table: string, geometry: string, columns: string, description: string): readonly string[] {
  const rtree = `rtree_${table}_geom`
  const filled = '(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))'
  const blank = '(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))'
  const insert = `INSERT OR REPLACE INTO ${rtree} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));`
  const trigger = (suffix: string, event: string, when: string, body: string) => `CREATE TRIGGER ${rtree}_${suffix} AFTER ${event} ON ${table} WHEN ${when} BEGIN ${body} END`
  return [
    `CREATE TABLE ${table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom ${geometry}, ${columns})`,
    `INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) SELECT '${table}', 'features', '${table}', '${description}', srs_id FROM gpkg_contents WHERE table_name = 'scenario_assets'`,
    `INSERT INTO gpkg_geometry_columns SELECT '${table}', 'geom', '${geometry}', srs_id, 1, 0 FROM gpkg_contents WHERE table_name = 'scenario_assets'`,
    `CREATE VIRTUAL TABLE ${rtree} USING rtree(id, minx, maxx, miny, maxy)`,
    `INSERT INTO gpkg_extensions VALUES ('${table}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec121/#extension_rtree', 'write-only')`,
    trigger('insert', 'INSERT', filled, insert),
    trigger('update1', 'UPDATE OF geom', `OLD.fid = NEW.fid AND ${filled}`, insert),
    trigger('update2', 'UPDATE OF geom', `OLD.fid = NEW.fid AND ${blank}`, `DELETE FROM ${rtree} WHERE id = OLD.fid;`),
    trigger('update3', 'UPDATE', `OLD.fid != NEW.fid AND ${filled}`, `DELETE FROM ${rtree} WHERE id = OLD.fid; ${insert}`),
    trigger('update4', 'UPDATE', `OLD.fid != NEW.fid AND ${blank}`, `DELETE FROM ${rtree} WHERE id IN (OLD.fid, NEW.fid);`),
    trigger('delete', 'DELETE', 'OLD.geom NOT NULL', `DELETE FROM ${rtree} WHERE id = OLD.fid;`),
    `CREATE UNIQUE INDEX ${table}_excavation ON ${table} (scenario_id, excavation_id)`,
  ]
}

export const MIGRATIONS: readonly Migration[] = [
  {
    // Version 0, before the first release: nothing said what was assumed, and mappings were not remembered.
    from: 0,
    to: 1,
    statements: [
      'ALTER TABLE assets ADD COLUMN assumed INTEGER',
      'UPDATE assets SET assumed = 0',
      'CREATE TABLE mappings (id INTEGER PRIMARY KEY, signature TEXT NOT NULL UNIQUE, mapping_json TEXT NOT NULL)',
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES ('mappings', 'attributes', 'mappings', 'Mappings made for sources, offered again for files with the same fields')",
      'DELETE FROM underplan_column_cache',
    ],
  },
  {
    // Version 1, of one week before the first release: schemes held proposals alone, and nothing was kept beside them.
    from: 1,
    to: 2,
    statements: [
      `CREATE TABLE IF NOT EXISTS register (id INTEGER PRIMARY KEY, collection TEXT NOT NULL, record_id TEXT NOT NULL, body_json TEXT NOT NULL, revision INTEGER NOT NULL,
        changed_at TEXT NOT NULL, UNIQUE (collection, record_id))`,
      "CREATE INDEX IF NOT EXISTS journal_record ON journal (label_key) WHERE kind = 'record'",
      "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, description) VALUES ('register', 'attributes', 'register', 'Records kept beside twin and schemes')",
      ...layerStatements(
        'excavations', 'POLYGON',
        'scenario_id TEXT NOT NULL, scenario TEXT, excavation_id TEXT NOT NULL, name TEXT, type TEXT, depth_m DOUBLE, bottom_z DOUBLE, slope_ratio DOUBLE, soil TEXT, trench_width_m DOUBLE, bench_every_m DOUBLE, bench_width_m DOUBLE, stage_order INTEGER, stage_from TEXT, stage_to TEXT',
        'Pits and trenches of every scenario: outline of the bottom (a copy of the scenarios table for viewing)',
      ),
      ...layerStatements(
        'bores', 'LINESTRING',
        'scenario_id TEXT NOT NULL, scenario TEXT, excavation_id TEXT NOT NULL, name TEXT, type TEXT, diameter_m DOUBLE, min_radius_m DOUBLE, soil TEXT, stage_order INTEGER, stage_from TEXT, stage_to TEXT',
        'Bores of every scenario: axis (a copy of the scenarios table for viewing)',
      ),
    ],
  },
  {
    // Version 2: the twin was imported and never edited.
    from: 2,
    to: 3,
    statements: [
      'ALTER TABLE imports ADD COLUMN undone_at TEXT',
      `CREATE TABLE twin_edits (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, detail_json TEXT NOT NULL,
        counts_json TEXT NOT NULL, state TEXT NOT NULL, import_id INTEGER, scenario_id TEXT)`,
      `CREATE TABLE twin_edit_rows (id INTEGER PRIMARY KEY, edit_id INTEGER NOT NULL, table_name TEXT NOT NULL, row_fid INTEGER NOT NULL, object_id TEXT,
        before_json TEXT, before_blob BLOB, after_json TEXT, after_blob BLOB)`,
      'CREATE INDEX twin_edit_rows_edit ON twin_edit_rows (edit_id)',
      'CREATE INDEX twin_edit_rows_object ON twin_edit_rows (object_id, table_name)',
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES ('twin_edits', 'attributes', 'twin_edits', 'Every change of the twin: what, who, why; done, undone or dropped')",
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES ('twin_edit_rows', 'attributes', 'twin_edit_rows', 'Rows of the twin before and after each change')",
    ],
  },
]

/** The steps that lead from one version to another; null where there is no way. */
export function migrationPath(from: number, to: number, migrations: readonly Migration[] = MIGRATIONS): readonly Migration[] | null {
  const path: Migration[] = []
  for (let version = from; version !== to; ) {
    const step = migrations.find(migration => migration.from === version && migration.to > version && migration.to <= to)
    if (!step) return null
    path.push(step)
    version = step.to
  }
  return path
}
