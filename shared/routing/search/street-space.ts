import { groundSampler, type GroundSampler, type GroundSurface } from '../../twin/ground.ts'
import { BandedRing } from '../lines/banded-ring.ts'
import { segmentMeetsRing } from '../lines/ring.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { SurfaceFeature, SurfaceFeatureType } from '../../twin/surface-feature.ts'

interface Area {
  readonly type: SurfaceFeatureType
  /** [x, y, …], local frame. */
  readonly ring: Float64Array
  /** Made when a point within its box is asked about. */
  banded: BandedRing | null
  readonly box: readonly [number, number, number, number]
}

/** What the street surface says about where a line may lie: ground, what the ground is used for, buildings. Local frame, metres. */
export interface StreetSpace {
  readonly level: GroundSampler | null
  /**
   * The greatest of figures by use of the ground at a point (uses without one do not count); −Infinity where none is known.
   * Asked at every metre of every line that is tried: makes nothing.
   */
  greatestOf(figures: Readonly<Partial<Record<SurfaceFeatureType, number>>>, x: number, y: number): number
  /** The building, or area to keep out of (`KEEP_OUT`), that a straight line in plan meets, by id; null for none. */
  buildingOn(x0: number, y0: number, x1: number, y1: number): string | null
  /** Whether any street surface is known at all. */
  readonly hasStreets: boolean
}

/** What of a surface feature says where a line may lie. */
export type StreetFeature = Pick<SurfaceFeature, 'id' | 'type' | 'geometry' | 'points'>

/** Uses of the ground that lines cost differently by. */
export const STREET_USES: ReadonlySet<SurfaceFeatureType> = new Set(['roadway', 'footway', 'green', 'water_body'])
const CELL_M = 25

/** Stands for the id of a building where the planner's own areas close the way. */
export const KEEP_OUT = 'keep-out'

/** @param features Project CRS. @param origin Of the local frame. @param keepOut Rings a line stays out of, project CRS. */
export function streetSpace(ground: GroundSurface | null, features: readonly StreetFeature[], origin: Vec3, keepOut: readonly (readonly (readonly [number, number])[])[] = []): StreetSpace {
  const uses = new AreaGrid()
  const buildings = new AreaGrid()
  const ids: string[] = []
  for (const { id, type, geometry, points } of features) {
    if (geometry !== 'polygon' || points.length < 3) continue
    const ring = Float64Array.from(points.flatMap(([x, y]) => [x - origin[0], y - origin[1]]))
    if (type === 'building') {
      buildings.add(type, ring)
      ids.push(id)
    } else if (STREET_USES.has(type)) uses.add(type, ring)
  }
  for (const ring of keepOut) {
    buildings.add('building', Float64Array.from(ring.flatMap(([x, y]) => [x - origin[0], y - origin[1]])))
    ids.push(KEEP_OUT)
  }
  return {
    level: ground && groundSampler(ground),
    hasStreets: uses.areas.some(({ type }) => type === 'roadway' || type === 'footway'),
    greatestOf: (figures, x, y) => uses.greatestAt(x, y, figures),
    buildingOn: (x0, y0, x1, y1) => {
      const hit = buildings.first(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1), ({ ring }) => segmentMeetsRing(ring, x0, y0, x1, y1))
      return hit < 0 ? null : ids[hit]!
    },
  }
}

class AreaGrid {
  readonly areas: Area[] = []
  readonly #cells = new Map<number, number[]>()

  add(type: SurfaceFeatureType, ring: Float64Array): void {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let i = 0; i < ring.length; i += 2) {
      minX = Math.min(minX, ring[i]!)
      maxX = Math.max(maxX, ring[i]!)
      minY = Math.min(minY, ring[i + 1]!)
      maxY = Math.max(maxY, ring[i + 1]!)
    }
    const k = this.areas.push({ type, ring, banded: null, box: [minX, minY, maxX, maxY] }) - 1
    eachCell(minX, minY, maxX, maxY, key => {
      const list = this.#cells.get(key)
      if (list) list.push(k)
      else this.#cells.set(key, [k])
    })
  }

  /** The first area whose box meets a box and that passes a test; −1 where none does. Asked at every try of a move: makes nothing. */
  first(minX: number, minY: number, maxX: number, maxY: number, test: (area: Area) => boolean): number {
    let least = -1
    eachCell(minX, minY, maxX, maxY, key => {
      for (const k of this.#cells.get(key) ?? NOTHING) {
        if (least >= 0 && k >= least) break
        const [x0, y0, x1, y1] = this.areas[k]!.box
        if (x0 <= maxX && x1 >= minX && y0 <= maxY && y1 >= minY && test(this.areas[k]!)) least = k
      }
    })
    return least
  }

  /** The greatest of figures by type of the areas that a point lies in; −Infinity where it lies in none that has one. */
  greatestAt(x: number, y: number, figures: Readonly<Partial<Record<SurfaceFeatureType, number>>>): number {
    let most = -Infinity
    for (const k of this.#cells.get(keyOf(Math.floor(x / CELL_M), Math.floor(y / CELL_M))) ?? NOTHING) {
      const area = this.areas[k]!
      const { box } = area
      const figure = figures[area.type]
      if (figure === undefined || figure <= most || box[0] > x || box[2] < x || box[1] > y || box[3] < y) continue
      if ((area.banded ??= new BandedRing(area.ring)).contains(x, y)) most = figure
    }
    return most
  }
}

const NOTHING: readonly number[] = []

const keyOf = (column: number, row: number): number => column * 1_048_576 + row

function eachCell(minX: number, minY: number, maxX: number, maxY: number, visit: (key: number) => void): void {
  for (let i = Math.floor(minX / CELL_M); i <= Math.floor(maxX / CELL_M); i++) {
    for (let j = Math.floor(minY / CELL_M); j <= Math.floor(maxY / CELL_M); j++) visit(keyOf(i, j))
  }
}
