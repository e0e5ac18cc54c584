import type { Random } from '../../core/random.ts'
import type { CityShape } from './city-shape.ts'
import { directionAt } from './street-edge.ts'
import type { StreetEdge, StreetNetwork, Vec2 } from './street-graph.ts'
import { WIDTHS } from './street-section.ts'

/** A plot along a street: a building, or a pocket park where `heightM` is 0. Plan frame. */
export interface Plot {
  readonly corners: readonly Vec2[]
  readonly centre: Vec2
  readonly heightM: number
  readonly edge: StreetEdge
  /** −1 left, 1 right of the edge's direction. */
  readonly side: -1 | 1
  /** Front along the street, metres from the edge's start; null for buildings behind the first row. */
  readonly front: { readonly fromM: number; readonly toM: number } | null
}

const HASH_CELL_M = 40

/** Building masses aligned to their streets, stepping up the hill; taller towards the tip. */
export function placeBuildings(shape: CityShape, network: StreetNetwork, random: Random): Plot[] {
  const streets = streetHash(network)
  const plots: Plot[] = []
  const byCell = new Map<number, Plot[]>()
  const free = (plot: Plot): boolean => isClearOfStreets(plot, streets) && neighbours(plot.centre).every(key => (byCell.get(key) ?? []).every(other => !overlap(plot.corners, other.corners)))
  const keep = (plot: Plot): boolean => {
    if (!free(plot)) return false
    plots.push(plot)
    const key = cellKey(plot.centre)
    const cell = byCell.get(key)
    if (cell) cell.push(plot)
    else byCell.set(key, [plot])
    return true
  }
  for (const edge of network.edges) {
    for (const side of [-1, 1] as const) {
      // The river side of the quay is a promenade.
      if (edge.street.role === 'quay' && side === 1) continue
      let at = edge.stations[1]!.alongM - 2
      const end = edge.stations.at(-2)!.alongM + 2
      while (at < end - 10) {
        const widthM = Math.min(end - at, random.chance(0.62) ? random.range(15, 25) : random.range(27, 44))
        const depthM = random.range(12, 18)
        const park = random.chance(0.07)
        const height = park ? 0 : storeys(shape, network, edge, random)
        const plot = plotAt(edge, side, at, at + widthM, 0, depthM, height)
        if (keep(plot) && edge.street.class !== 'steps') {
          const behindM = depthM + random.range(5, 9)
          keep({ ...plotAt(edge, side, at + 1, at + widthM - random.range(0, 4), behindM, random.range(10, 15), storeys(shape, network, edge, random)), front: null })
        }
        at += widthM + random.range(3, 7)
      }
    }
  }
  return plots
}

/** Height in metres by storeys of 3 m: a low old town, towers at the tip and now and then on the ridge. */
function storeys(shape: CityShape, network: StreetNetwork, edge: StreetEdge, random: Random): number {
  const [x, y] = [edge.stations[0]!.x - network.outlet.at[0], edge.stations[0]!.y - network.outlet.at[1]]
  const nearTip = Math.max(0, 1 - Math.hypot(x, y) / (0.75 * shape.quayM + 220))
  if (edge.street.class !== 'steps' && random.chance(0.05 + 0.4 * nearTip)) return 3 * Math.round(random.range(14, 24 + 22 * nearTip))
  return 3 * Math.round(random.range(3, edge.street.class === 'steps' ? 6 : 9))
}

function plotAt(edge: StreetEdge, side: -1 | 1, fromM: number, toM: number, behindM: number, depthM: number, heightM: number): Plot {
  const { halfM, setbackM } = WIDTHS[edge.street.class]
  const middleM = (fromM + toM) / 2
  const i = Math.max(0, Math.min(edge.stations.length - 2, edge.stations.findIndex(station => station.alongM > middleM) - 1))
  const [dx, dy] = directionAt(edge, i)
  const station = edge.stations[i]!
  const corner = (alongM: number, outM: number): Vec2 => {
    const [a, o] = [alongM - station.alongM, side * outM]
    return [station.x + a * dx + o * dy, station.y + a * dy - o * dx]
  }
  const [near, far] = [halfM + setbackM + behindM, halfM + setbackM + behindM + depthM]
  const corners = [corner(fromM, near), corner(toM, near), corner(toM, far), corner(fromM, far)]
  return { corners: side === 1 ? [...corners].reverse() : corners, centre: corner(middleM, (near + far) / 2), heightM, edge, side, front: { fromM, toM } }
}

interface StreetPiece {
  readonly edge: StreetEdge
  readonly a: Vec2
  readonly b: Vec2
  readonly halfM: number
}

const cellKey = ([x, y]: Vec2): number => (Math.floor(x / HASH_CELL_M) + 4096) * 16384 + Math.floor(y / HASH_CELL_M) + 4096

function neighbours([x, y]: Vec2): number[] {
  const keys: number[] = []
  for (let i = -1; i <= 1; i++) for (let j = -1; j <= 1; j++) keys.push(cellKey([x + i * HASH_CELL_M, y + j * HASH_CELL_M]))
  return keys
}

function streetHash(network: StreetNetwork): Map<number, StreetPiece[]> {
  const hash = new Map<number, StreetPiece[]>()
  for (const edge of network.edges) {
    for (let i = 1; i < edge.stations.length; i++) {
      const [a, b] = [edge.stations[i - 1]!, edge.stations[i]!]
      const piece: StreetPiece = { edge, a: [a.x, a.y], b: [b.x, b.y], halfM: WIDTHS[edge.street.class].halfM }
      const key = cellKey([(a.x + b.x) / 2, (a.y + b.y) / 2])
      const cell = hash.get(key)
      if (cell) cell.push(piece)
      else hash.set(key, [piece])
    }
  }
  return hash
}

function isClearOfStreets(plot: Plot, streets: ReadonlyMap<number, StreetPiece[]>): boolean {
  const { corners } = plot
  const probes: Vec2[] = corners.flatMap((corner, i) => {
    const next = corners[(i + 1) % corners.length]!
    return [corner, [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2] as Vec2]
  })
  for (const key of neighbours(plot.centre)) {
    for (const piece of streets.get(key) ?? []) {
      for (const probe of probes) if (distanceToPiece(probe, piece) < piece.halfM + 2) return false
    }
  }
  return true
}

function distanceToPiece([x, y]: Vec2, { a, b }: StreetPiece): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const t = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy)
}

/** Whether two convex quadrilaterals overlap: no edge of either separates them (with 2 m to spare). */
function overlap(a: readonly Vec2[], b: readonly Vec2[]): boolean {
  for (const [one, two] of [[a, b], [b, a]] as const) {
    for (let i = 0; i < one.length; i++) {
      const [p, q] = [one[i]!, one[(i + 1) % one.length]!]
      const lengthM = Math.hypot(q[0] - p[0], q[1] - p[1])
      const [nx, ny] = [(q[1] - p[1]) / lengthM, (p[0] - q[0]) / lengthM]
      const reach = (polygon: readonly Vec2[]) => polygon.map(v => (v[0] - p[0]) * nx + (v[1] - p[1]) * ny)
      const [mine, theirs] = [reach(one), reach(two)]
      if (Math.max(...mine) + 2 < Math.min(...theirs) || Math.max(...theirs) + 2 < Math.min(...mine)) return false
    }
  }
  return true
}

/** Whether a plan point lies on any plot, with a metre to spare; for trees on the open slopes. */
export function plotFinder(plots: readonly Plot[]): (point: Vec2) => boolean {
  const hash = new Map<number, Plot[]>()
  for (const plot of plots) {
    const key = cellKey(plot.centre)
    const cell = hash.get(key)
    if (cell) cell.push(plot)
    else hash.set(key, [plot])
  }
  return point => neighbours(point).some(key => (hash.get(key) ?? []).some(plot => isInside(point, plot.corners)))
}

function isInside([x, y]: Vec2, corners: readonly Vec2[]): boolean {
  return corners.every((p, i) => {
    const q = corners[(i + 1) % corners.length]!
    const lengthM = Math.hypot(q[0] - p[0], q[1] - p[1])
    return ((q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])) / lengthM > -1
  })
}

/** Distance test against streets, for anything scattered on the slopes. */
export function streetFinder(network: StreetNetwork, marginM: number): (point: Vec2) => boolean {
  const hash = streetHash(network)
  return point => neighbours(point).some(key => (hash.get(key) ?? []).some(piece => distanceToPiece(point, piece) < piece.halfM + marginM))
}
