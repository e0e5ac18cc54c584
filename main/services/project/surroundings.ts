import { TWIN_TABLES, type TwinTable } from '#shared/project-format/layout.ts'
import type { NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import { packContext, unpackContext, type PackedContext, type TwinContext } from '#shared/twin/twin-context.ts'
import { hasContextCache, readContextCache, writeContextCache } from './column-store.ts'
import type { Database } from './database.ts'
import { extentOf } from './extent.ts'
import { blockFromRow, groundFromRow, nodeFromRow, present, surfaceFromRow, SURFACE_TABLES } from './twin-rows.ts'
import { tableState } from './twin-state.ts'

/** Beyond this many rows of nodes and features, reading them shows. */
export const SLOW_ROWS = 50_000
/** What the cache of surroundings is of. */
export const SURROUNDING_TABLES = ['nodes', 'surface_points', 'surface_lines', 'surface_areas'] as const satisfies readonly TwinTable[]
/** Everything but the lines. */
const AROUND_TABLES = TWIN_TABLES.filter(table => table !== 'assets')

export type Surroundings = Pick<TwinContext, 'nodes' | 'surfaceFeatures'>

/** What a cache of the surroundings is named by. */
export const surroundingsLabel = (hashOf: (table: TwinTable) => Uint8Array): string => SURROUNDING_TABLES.map(table => hex(hashOf(table))).join()

/** Every node, project CRS. */
export const readNodes = (db: Database): NodeRecord[] => present(db.all('SELECT * FROM nodes ORDER BY fid'), nodeFromRow)

/** Project CRS. */
export const readSurroundings = (db: Database): Surroundings => ({
  nodes: readNodes(db),
  surfaceFeatures: (['point', 'line', 'polygon'] as const).flatMap(geometry => present(db.all(`SELECT * FROM ${SURFACE_TABLES[geometry]} ORDER BY fid`), row => surfaceFromRow(row, geometry))),
})

/** Inside the caller's transaction. */
export const cacheSurroundings = (db: Database, surroundings: Surroundings, label: string): void => writeContextCache(db, packContext({ ...surroundings, ground: null, blocks: [] }), label)

/** As `cacheSurroundings`, unless the file has it already. */
export function keepSurroundings(db: Database): void {
  const label = labelNow(db)
  if (!hasContextCache(db, label)) cacheSurroundings(db, readSurroundings(db), label)
}

/** Over every data table but that of the assets. */
export const hashAround = (db: Database): string => AROUND_TABLES.map(table => hex(tableState(db, table).bytes)).join()

/** What surrounds the lines, kept packed until it changes, since every window, check and report asks for it. */
export class Around {
  readonly #db: Database
  readonly #trustsKept: boolean
  #kept: { readonly label: string; readonly packed: PackedContext } | null = null

  /** @param trustsKept false: nothing that the file keeps beside its rows is believed. */
  constructor(db: Database, trustsKept: boolean) {
    this.#db = db
    this.#trustsKept = trustsKept
  }

  /** Records are made by whoever asks for them, and are gone with him. @param isSettled False inside a transaction, whose rows may yet be taken back. */
  context(origin: Vec3, isSettled: boolean): TwinContext {
    const states = AROUND_TABLES.map(table => tableState(this.#db, table))
    // Another program's rows have no hash yet.
    if (!isSettled || !this.#trustsKept || !states.every(state => state.isCurrent)) return this.#read(origin)
    const label = `${states.map(({ bytes }) => hex(bytes)).join()}@${origin.join()}`
    if (this.#kept?.label !== label) this.#kept = { label, packed: packContext(this.#read(origin)) }
    return unpackContext(this.#kept.packed)
  }

  /** From the cache where it holds, the records made when asked for; else from the rows. */
  #read(origin: Vec3): TwinContext {
    const db = this.#db
    const ground = usedGround(db)
    const own = { ground: ground && localGround(ground, origin), blocks: present(db.all('SELECT * FROM blocks ORDER BY fid'), blockFromRow) }
    const isCurrent = this.#trustsKept && SURROUNDING_TABLES.every(table => tableState(db, table).isCurrent)
    const cached = isCurrent ? readContextCache(db, labelNow(db)) : null
    return cached ? unpackContext({ ...cached, ...own }) : { ...readSurroundings(db), ...own }
  }
}

/** The ground in use: of the last import that brought one, the surface that covers most. Project CRS. */
export function usedGround(db: Database): GroundSurface | null {
  const rows = db.all('SELECT * FROM ground_surfaces WHERE ifnull(import_id, 0) = (SELECT max(ifnull(import_id, 0)) FROM ground_surfaces)')
  return present(rows, groundFromRow).reduce<GroundSurface | null>((best, surface) => (best && groundArea(best) >= groundArea(surface) ? best : surface), null)
}

/** Ground surfaces by name, type and size, for `info`. */
export const groundSurfaces = (db: Database): ({ name: string; type: 'tin'; points: number; faces: number } | { name: string; type: 'grid'; cols: number; rows: number })[] =>
  present(db.all('SELECT name, type, shape_json, coordinates, faces FROM ground_surfaces ORDER BY id'), groundFromRow).map(surface =>
    surface.type === 'tin'
      ? { name: surface.name, type: 'tin', points: surface.xyz.length / 3, faces: surface.faces.length / 3 }
      : { name: surface.name, type: 'grid', cols: surface.cols, rows: surface.rows },
  )

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const labelNow = (db: Database): string => surroundingsLabel(table => tableState(db, table).bytes)

function groundArea(ground: GroundSurface): number {
  if (ground.type === 'grid') return ground.cols * ground.rows * ground.cellSizeM ** 2
  const extent = extentOf(Array.from({ length: ground.xyz.length / 3 }, (_, i): Vec3 => [ground.xyz[3 * i]!, ground.xyz[3 * i + 1]!, 0]))
  return extent ? (extent[3] - extent[0]) * (extent[4] - extent[1]) : 0
}

/** From the project's CRS into the local frame. */
function localGround(ground: GroundSurface, [ox, oy, oz]: Vec3): GroundSurface {
  if (ground.type === 'grid') return { ...ground, x0: ground.x0 - ox, y0: ground.y0 - oy, z: ground.z.map(z => z - oz) }
  return { ...ground, xyz: ground.xyz.map((value, i) => value - (i % 3 === 0 ? ox : i % 3 === 1 ? oy : oz)) }
}
