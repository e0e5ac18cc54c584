import { assetKind, type AssetColumns } from '../../twin/asset-columns.ts'
import { ASSUMED, type NodeRecord } from '../../twin/asset.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'

/** Ends this near in plan meet, metres: levels are what is not known here. */
const SAME_PLACE_M = 0.05

/** Where lines of one kind and owner end, in plan. */
export interface EndPlaces {
  /** Places of an asset's first and last vertex. */
  of(asset: number): readonly [first: number, last: number]
  /** Assets that end at a place. */
  at(place: number): readonly number[]
  isSameRun(a: number, b: number): boolean
  /** Level of the held side (bottom of sewers, top of others) where surveyed lines or floors give one, project datum. */
  readonly knownAt: ReadonlyMap<number, number>
}

/**
 * Puts the ends of lines together in plan. A place has a known level where a surveyed line of the kind and owner ends, the
 * lowest of several for sewers and their mean for others; else where a manhole with a surveyed floor stands, for sewers.
 */
export function endPlaces(columns: AssetColumns, nodes: readonly NodeRecord[]): EndPlaces {
  const { count, xyz, vertexStart, kind, owner, origin } = columns
  const places = new PlaceIndex()
  const ends = new Int32Array(2 * count)
  const assetsAt: number[][] = []
  const heldAt: number[][] = []
  for (let asset = 0; asset < count; asset++) {
    const isKnown = (columns.assumed[asset]! & (ASSUMED.level | ASSUMED.ground)) === 0
    const toHeldM = GRAVITY_KINDS.has(assetKind(columns, asset)) ? -columns.halfHeightM[asset]! : columns.halfHeightM[asset]!
    for (const [k, v] of [vertexStart[asset]!, vertexStart[asset + 1]! - 1].entries()) {
      const place = places.near(`${kind[asset]}:${owner[asset]}`, xyz[3 * v]!, xyz[3 * v + 1]!)
      ends[2 * asset + k] = place
      ;(assetsAt[place] ??= []).push(asset)
      if (isKnown) (heldAt[place] ??= []).push(xyz[3 * v + 2]! + origin[2] + toHeldM)
    }
  }
  const knownAt = new Map<number, number>()
  heldAt.forEach((levels, place) => {
    const isSewer = GRAVITY_KINDS.has(assetKind(columns, assetsAt[place]![0]!))
    knownAt.set(place, isSewer ? Math.min(...levels) : levels.reduce((sum, level) => sum + level, 0) / levels.length)
  })
  for (const { at, bottomZ } of nodes) {
    if (bottomZ === undefined) continue
    for (const place of places.around(at[0] - origin[0], at[1] - origin[1])) {
      if (!knownAt.has(place) && GRAVITY_KINDS.has(assetKind(columns, assetsAt[place]![0]!))) knownAt.set(place, bottomZ)
    }
  }
  return {
    of: asset => [ends[2 * asset]!, ends[2 * asset + 1]!],
    at: place => assetsAt[place] ?? [],
    isSameRun: (a, b) => kind[a] === kind[b] && owner[a] === owner[b],
    knownAt,
  }
}

/** Numbers for places in plan, one set for each run's name: the first point of a place is its middle. */
class PlaceIndex {
  #count = 0
  readonly #cells = new Map<string, { readonly run: string; readonly x: number; readonly y: number; readonly place: number }[]>()

  near(run: string, x: number, y: number): number {
    for (const point of this.#points(x, y)) if (point.run === run && Math.hypot(point.x - x, point.y - y) <= SAME_PLACE_M) return point.place
    const place = this.#count++
    const key = `${cell(x)}:${cell(y)}`
    const here = this.#cells.get(key)
    if (here) here.push({ run, x, y, place })
    else this.#cells.set(key, [{ run, x, y, place }])
    return place
  }

  around(x: number, y: number): number[] {
    return [...this.#points(x, y)].filter(point => Math.hypot(point.x - x, point.y - y) <= SAME_PLACE_M).map(({ place }) => place)
  }

  * #points(x: number, y: number) {
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) yield* this.#cells.get(`${cell(x) + dx}:${cell(y) + dy}`) ?? []
  }
}

const cell = (value: number): number => Math.floor(value / SAME_PLACE_M)
