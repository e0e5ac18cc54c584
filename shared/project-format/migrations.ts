/**
 * Numbered migrations, one per step of the format version. Frozen once released: they name tables as they were then and
 * never refer to the current layout. They run on a copy; the original file is kept beside it.
 */
export interface Migration {
  readonly from: number
  readonly to: number
  readonly statements: readonly string[]
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
      `CREATE TABLE register (id INTEGER PRIMARY KEY, collection TEXT NOT NULL, record_id TEXT NOT NULL, body_json TEXT NOT NULL, revision INTEGER NOT NULL,
        changed_at TEXT NOT NULL, UNIQUE (collection, record_id))`,
      "CREATE INDEX journal_record ON journal (label_key) WHERE kind = 'record'",
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES ('register', 'attributes', 'register', 'Records kept beside twin and schemes')",
      'DELETE FROM underplan_column_cache',
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
