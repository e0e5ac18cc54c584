import type { FeatureTable } from './layout.ts'

/** What every GeoPackage holds (OGC 12-128r17, annex C), as SQL. */
export const GPKG_CORE_TABLES: readonly string[] = [
  `CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)`,
  `CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))`,
  `CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))`,
  `CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))`,
]

const WGS84_WKT =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],' +
  'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'

/** A row of gpkg_spatial_ref_sys. */
export interface SpatialReference {
  readonly srsName: string
  readonly srsId: number
  readonly organization: string
  readonly organizationCode: number
  /** WKT 1, or `undefined` in words. */
  readonly definition: string
}

/** A project without a named system: metres in a frame of its own. */
export const LOCAL_FRAME: SpatialReference = { srsName: 'Undefined cartesian SRS', srsId: -1, organization: 'NONE', organizationCode: -1, definition: 'undefined' }

/** The three rows the standard asks for. */
export const REQUIRED_REFERENCES: readonly SpatialReference[] = [
  LOCAL_FRAME,
  { srsName: 'Undefined geographic SRS', srsId: 0, organization: 'NONE', organizationCode: 0, definition: 'undefined' },
  { srsName: 'WGS 84 geodetic', srsId: 4326, organization: 'EPSG', organizationCode: 4326, definition: WGS84_WKT },
]

const RTREE_EXTENSION = { name: 'gpkg_rtree_index', definition: 'http://www.geopackage.org/spec121/#extension_rtree', scope: 'write-only' } as const

export function createFeatureTableSql(table: FeatureTable): string {
  const columns = table.columns.map(({ name, type, notNull, unique }) => `${name} ${type}${notNull ? ' NOT NULL' : ''}${unique ? ' UNIQUE' : ''}`)
  return `CREATE TABLE ${table.name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom ${table.geometry}, ${columns.join(', ')})`
}

export const rtreeTable = (table: string): string => `rtree_${table}_geom`

export function createRtreeSql(table: string): readonly string[] {
  const { name, definition, scope } = RTREE_EXTENSION
  return [
    `CREATE VIRTUAL TABLE ${rtreeTable(table)} USING rtree(id, minx, maxx, miny, maxy)`,
    `INSERT INTO gpkg_extensions VALUES ('${table}', 'geom', '${name}', '${definition}', '${scope}')`,
  ]
}

/**
 * Triggers that keep a table's R-tree (extension `gpkg_rtree_index`, worded and named as in GeoPackage 1.3, which is what
 * the file says it is). They call ST_MinX … ST_IsEmpty, which whoever writes must supply.
 */
export function rtreeTriggers(table: string): readonly { readonly name: string; readonly sql: string }[] {
  const rtree = rtreeTable(table)
  const filled = '(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))'
  const blank = '(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))'
  const insert = `INSERT OR REPLACE INTO ${rtree} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));`
  const trigger = (suffix: string, event: string, when: string, body: string) => {
    const name = `${rtree}_${suffix}`
    return { name, sql: `CREATE TRIGGER ${name} AFTER ${event} ON ${table} WHEN ${when} BEGIN ${body} END` }
  }
  return [
    trigger('insert', 'INSERT', filled, insert),
    trigger('update1', 'UPDATE OF geom', `OLD.fid = NEW.fid AND ${filled}`, insert),
    trigger('update2', 'UPDATE OF geom', `OLD.fid = NEW.fid AND ${blank}`, `DELETE FROM ${rtree} WHERE id = OLD.fid;`),
    trigger('update3', 'UPDATE', `OLD.fid != NEW.fid AND ${filled}`, `DELETE FROM ${rtree} WHERE id = OLD.fid; ${insert}`),
    trigger('update4', 'UPDATE', `OLD.fid != NEW.fid AND ${blank}`, `DELETE FROM ${rtree} WHERE id IN (OLD.fid, NEW.fid);`),
    trigger('delete', 'DELETE', 'OLD.geom NOT NULL', `DELETE FROM ${rtree} WHERE id = OLD.fid;`),
  ]
}
