/**
 * Table layout of a project file (design §4): one GeoPackage 1.3 whose feature tables any GIS opens.
 * Data only; main/services/project turns it into a file. A change here needs a new format version and a migration.
 */

/** Versions above are refused; older ones are migrated on a copy. */
export const FORMAT_VERSION = 3
/** Additions that an older program may read but not write: above this, the file opens read-only. */
export const FORMAT_MINOR = 0

/** "GPKG" in ASCII, and GeoPackage 1.3.0: what the file's header says it is. */
export const GPKG_APPLICATION_ID = 0x47504b47
export const GPKG_USER_VERSION = 10300

export type ColumnType = 'TEXT' | 'INTEGER' | 'DOUBLE' | 'BLOB' | 'BOOLEAN'
export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly notNull?: boolean
  readonly unique?: boolean
}

export interface FeatureTable {
  readonly name: string
  readonly geometry: 'LINESTRING' | 'POINT' | 'POLYGON'
  readonly description: string
  /** After `fid` and `geom`. Coordinates in the project's CRS, metres, z up. */
  readonly columns: readonly Column[]
}

const text = (name: string): Column => ({ name, type: 'TEXT' })
const metres = (name: string): Column => ({ name, type: 'DOUBLE' })
const section = [text('shape'), metres('diameter_m'), metres('width_m'), metres('height_m')]
const surfaceColumns = [{ ...text('feature_id'), notNull: true }, text('type'), text('name'), metres('height_m'), text('attributes'), { name: 'import_id', type: 'INTEGER' }] as const

const excavationColumns = [{ ...text('scenario_id'), notNull: true }, text('scenario'), { ...text('excavation_id'), notNull: true }, text('name'), text('type')] as const
const stageColumns = [{ name: 'stage_order', type: 'INTEGER' }, text('stage_from'), text('stage_to')] as const

export const FEATURE_TABLES: readonly FeatureTable[] = [
  {
    name: 'assets', geometry: 'LINESTRING', description: 'Buried lines: axis of the outer section',
    columns: [
      { name: 'asset_id', type: 'TEXT', notNull: true, unique: true }, text('kind'), text('owner'), ...section, text('status'),
      text('pressure_class'), text('laying'), { name: 'voltage_kv', type: 'DOUBLE' }, metres('accuracy_plan_m'), metres('accuracy_level_m'),
      // Sum of ASSUMED flags (shared/twin/asset.ts).
      { name: 'assumed', type: 'INTEGER' }, text('attributes'), { name: 'import_id', type: 'INTEGER' },
    ],
  },
  {
    name: 'nodes', geometry: 'POINT', description: 'Manholes, chambers, valves and other point objects',
    columns: [
      { name: 'node_id', type: 'TEXT', notNull: true, unique: true }, text('node_type'), text('kind'), text('owner'), metres('bottom_z'), metres('diameter_m'),
      text('attributes'), { name: 'import_id', type: 'INTEGER' },
    ],
  },
  { name: 'surface_points', geometry: 'POINT', description: 'Trees, poles and other points above ground', columns: surfaceColumns },
  { name: 'surface_lines', geometry: 'LINESTRING', description: 'Kerbs, rails, street centre lines', columns: surfaceColumns },
  { name: 'surface_areas', geometry: 'POLYGON', description: 'Roadways, footways, green, buildings', columns: surfaceColumns },
  { name: 'blocks', geometry: 'POLYGON', description: 'Blocks of responsibility', columns: [{ ...text('block_id'), notNull: true }, text('name'), text('responsible')] },
  {
    name: 'scenario_assets', geometry: 'LINESTRING', description: 'Proposals of every scenario (a copy of the scenarios table for viewing)',
    columns: [
      { ...text('scenario_id'), notNull: true }, text('scenario'), { ...text('proposal_id'), notNull: true }, text('name'), text('kind'), text('owner'), ...section,
      text('laying'), text('pressure_class'), { name: 'voltage_kv', type: 'DOUBLE' },
    ],
  },
  {
    name: 'excavations', geometry: 'POLYGON', description: 'Pits and trenches of every scenario: outline of the bottom (a copy of the scenarios table for viewing)',
    columns: [
      ...excavationColumns, metres('depth_m'), metres('bottom_z'), { name: 'slope_ratio', type: 'DOUBLE' }, text('soil'), metres('trench_width_m'),
      metres('bench_every_m'), metres('bench_width_m'), ...stageColumns,
    ],
  },
  {
    name: 'bores', geometry: 'LINESTRING', description: 'Bores of every scenario: axis (a copy of the scenarios table for viewing)',
    columns: [...excavationColumns, metres('diameter_m'), metres('min_radius_m'), text('soil'), ...stageColumns],
  },
  {
    name: 'findings', geometry: 'POINT', description: 'Findings of the last checks, midway between the nearest points',
    columns: [
      { name: 'check_id', type: 'INTEGER', notNull: true }, { ...text('finding_id'), notNull: true }, text('rule'), text('verdict'), { name: 'mandatory', type: 'BOOLEAN' },
      metres('required_m'), metres('found_m'), metres('shortfall_m'), text('clause'), text('side_a'), text('side_b'), text('detail'),
    ],
  },
]

export interface AttributeTable {
  readonly name: string
  readonly description: string
  readonly sql: string
}

/** Tables without geometry that a GIS lists as plain tables. Texts named *_json hold JSON. */
export const ATTRIBUTE_TABLES: readonly AttributeTable[] = [
  { name: 'settings', description: 'Settings of the project', sql: 'CREATE TABLE settings (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value_json TEXT NOT NULL)' },
  {
    name: 'scenarios', description: 'Schemes: document_json is the state at snapshot_revision, the journal leads on from there',
    sql: `CREATE TABLE scenarios (id INTEGER PRIMARY KEY, scenario_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, revision INTEGER NOT NULL,
      snapshot_revision INTEGER NOT NULL, document_json TEXT NOT NULL, created_at TEXT NOT NULL, removed_at TEXT)`,
  },
  {
    name: 'journal', description: 'Every durable change since the project was made',
    sql: `CREATE TABLE journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, scenario_id TEXT, revision INTEGER,
      label_key TEXT, command_json TEXT, forward_json TEXT, inverse_json TEXT)`,
  },
  { name: 'revisions', description: 'Named states of the project', sql: 'CREATE TABLE revisions (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL, journal_seq INTEGER NOT NULL)' },
  {
    name: 'imports', description: 'What was imported, from which files, how, and what was noticed',
    sql: 'CREATE TABLE imports (id INTEGER PRIMARY KEY, at TEXT NOT NULL, files_json TEXT NOT NULL, crs TEXT, mapping_json TEXT, issues_json TEXT NOT NULL, counts_json TEXT NOT NULL, undone_at TEXT)',
  },
  {
    name: 'twin_edits', description: 'Every change of the twin: what, who, why; done, undone or dropped',
    sql: `CREATE TABLE twin_edits (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, detail_json TEXT NOT NULL,
      counts_json TEXT NOT NULL, state TEXT NOT NULL, import_id INTEGER, scenario_id TEXT)`,
  },
  {
    name: 'twin_edit_rows', description: 'Rows of the twin before and after each change: only the columns that differ, the whole row where it came or went',
    sql: `CREATE TABLE twin_edit_rows (id INTEGER PRIMARY KEY, edit_id INTEGER NOT NULL, table_name TEXT NOT NULL, row_fid INTEGER NOT NULL, object_id TEXT,
      before_json TEXT, before_blob BLOB, after_json TEXT, after_blob BLOB)`,
  },
  { name: 'mappings', description: 'Mappings made for sources, offered again for files with the same fields', sql: 'CREATE TABLE mappings (id INTEGER PRIMARY KEY, signature TEXT NOT NULL UNIQUE, mapping_json TEXT NOT NULL)' },
  {
    name: 'rule_packs', description: 'Rule packs results were computed with',
    sql: 'CREATE TABLE rule_packs (id INTEGER PRIMARY KEY, pack_id TEXT NOT NULL, version TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, first_used_at TEXT NOT NULL)',
  },
  {
    name: 'checks', description: 'Last check per scenario and scope; its findings are in the layer findings',
    sql: `CREATE TABLE checks (id INTEGER PRIMARY KEY, scenario_id TEXT NOT NULL, scope TEXT NOT NULL, checked_at TEXT NOT NULL, result_json TEXT NOT NULL,
      UNIQUE (scenario_id, scope))`,
  },
  {
    name: 'register', description: 'Records kept beside twin and schemes: saved views, decisions, exceptions and others by collection',
    sql: `CREATE TABLE register (id INTEGER PRIMARY KEY, collection TEXT NOT NULL, record_id TEXT NOT NULL, body_json TEXT NOT NULL, revision INTEGER NOT NULL,
      changed_at TEXT NOT NULL, UNIQUE (collection, record_id))`,
  },
  {
    name: 'ground_surfaces', description: 'Ground surfaces: grids and TINs, project CRS',
    sql: `CREATE TABLE ground_surfaces (id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, shape_json TEXT NOT NULL,
      coordinates BLOB NOT NULL, faces BLOB, import_id INTEGER)`,
  },
]

/** Ours alone: the version, what the twin's hash was taken over, and the column cache. Not listed by a GIS. */
export const INTERNAL_TABLES: readonly AttributeTable[] = [
  { name: 'underplan_format', description: 'Version of the layout', sql: 'CREATE TABLE underplan_format (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, minor INTEGER NOT NULL)' },
  {
    name: 'underplan_twin_tables', description: 'Per data table: changes seen by triggers, and the hash taken at a number of changes',
    sql: `CREATE TABLE underplan_twin_tables (table_name TEXT PRIMARY KEY, changes INTEGER NOT NULL, hashed_changes INTEGER NOT NULL,
      row_count INTEGER NOT NULL, hash BLOB NOT NULL) WITHOUT ROWID`,
  },
  { name: 'underplan_column_cache', description: 'The assets as packed columns, for opening fast', sql: 'CREATE TABLE underplan_column_cache (name TEXT NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, chunk))' },
]

/** Indexes beyond those of keys. */
export const INDEXES: readonly string[] = [
  'CREATE INDEX journal_scenario ON journal (scenario_id, seq)',
  "CREATE INDEX journal_record ON journal (label_key) WHERE kind = 'record'",
  'CREATE INDEX twin_edit_rows_edit ON twin_edit_rows (edit_id)',
  'CREATE INDEX twin_edit_rows_object ON twin_edit_rows (object_id, table_name)',
  'CREATE UNIQUE INDEX scenario_assets_proposal ON scenario_assets (scenario_id, proposal_id)',
  'CREATE UNIQUE INDEX excavations_excavation ON excavations (scenario_id, excavation_id)',
  'CREATE UNIQUE INDEX bores_excavation ON bores (scenario_id, excavation_id)',
  'CREATE INDEX findings_check ON findings (check_id)',
]

/** Tables that are the twin: its hash is taken over these and nothing else. */
export const TWIN_TABLES = ['assets', 'nodes', 'surface_points', 'surface_lines', 'surface_areas', 'blocks', 'ground_surfaces'] as const
export type TwinTable = (typeof TWIN_TABLES)[number]

export const featureTable = (name: string): FeatureTable => {
  const table = FEATURE_TABLES.find(candidate => candidate.name === name)
  if (!table) throw new Error(`no feature table ${name}`)
  return table
}
