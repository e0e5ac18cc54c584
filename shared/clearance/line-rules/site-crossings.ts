import { buildBoxGrid, queryBoxGrid } from '../../geometry/box-grid.ts'
import { planMeeting } from '../../geometry/plan-meeting.ts'
import { newSegmentPair } from '../../geometry/segment-pair.ts'
import { LEVEL_WORDS, type SiteWord } from '../../rules/site-words.ts'
import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import type { NodeType } from '../../twin/kinds.ts'
import { lengthOf, VERTICAL_M, type ClearanceNetwork } from '../network/network.ts'
import { firstTouching } from '../network/parts.ts'
import type { World } from '../worlds/world.ts'
import { isInside, type SiteIndex } from './site-index.ts'

/** A place where an axis meets the edge of a surface feature in plan. */
export interface SiteCrossing {
  readonly feature: number
  readonly chainageM: number
  /** First vertex of the segment it was found on, and the share along it. */
  readonly segment: number
  readonly share: number
  /** Largest sine of the parts that meet there. */
  readonly sine: number
  /** The line goes on to the other side of the edge. */
  readonly passes: boolean
}

/** A line's open end at what it serves: a house connection at its building, a gully or hydrant at the kerb. */
export interface SiteConnection {
  readonly feature: number
  /** Of one feature alone; of a kerb, from every kerb there. */
  readonly isAlone: boolean
  readonly chainageM: number
  readonly sine: number
  /** How far inside the building the end is: its zone is measured from the wall. */
  readonly insideM: number
}

/** Chainages this near are one place. */
const SAME_M = 1e-6
/** An open end this near to a building, or inside it, is its connection, also without a node that says so; metres. Ours: no code says it. */
const CONNECTION_M = 1

const pair = newSegmentPair()
const found = new Float64Array(4)

/** Where an asset meets features in plan, each place once per feature, ascending. Stretches along an edge are no meeting. */
export function siteCrossings(network: ClearanceNetwork, site: SiteIndex, asset: number): SiteCrossing[] {
  const { xyz, chainageM, vertexStart } = network
  const crossings: SiteCrossing[] = []
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
    for (const e of queryBoxGrid(site.edgeGrid, Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1))) {
      loadEdge(network, v, site, e)
      if (planMeeting(pair, VERTICAL_M, found) !== 'point') continue
      const chainage = chainageM[v]! + found[0]! * (chainageM[v + 1]! - chainageM[v]!)
      crossings.push({ feature: site.edgeFeature[e]!, chainageM: chainage, segment: v, share: found[0]!, sine: sineOf(), passes: passes(network, asset, chainage) })
    }
  }
  return merged(crossings)
}

/** Writes a segment and an edge into the scratch pair, both at level 0. */
function loadEdge({ xyz }: ClearanceNetwork, v: number, { edges }: SiteIndex, e: number): void {
  pair.set([xyz[3 * v]!, xyz[3 * v + 1]!, 0, xyz[3 * v + 3]!, xyz[3 * v + 4]!, 0, edges[4 * e]!, edges[4 * e + 1]!, 0, edges[4 * e + 2]!, edges[4 * e + 3]!, 0])
}

function sineOf(): number {
  const [ux, uy, wx, wy] = [pair[3]! - pair[0]!, pair[4]! - pair[1]!, pair[9]! - pair[6]!, pair[10]! - pair[7]!]
  return Math.min(1, Math.abs(ux * wy - uy * wx) / (Math.hypot(ux, uy) * Math.hypot(wx, wy)))
}

/** Whether the asset lies on both sides of the edge in the scratch pair, just before and just behind a chainage. */
function passes({ xyz, chainageM, vertexStart }: ClearanceNetwork, asset: number, chainage: number): boolean {
  const side = (vertex: number): number =>
    (pair[9]! - pair[6]!) * (xyz[3 * vertex + 1]! - pair[7]!) - (pair[10]! - pair[7]!) * (xyz[3 * vertex]! - pair[6]!)
  let before = vertexStart[asset]!
  while (before + 1 < vertexStart[asset + 1]! && chainageM[before + 1]! < chainage - SAME_M) before++
  let behind = vertexStart[asset + 1]! - 1
  while (behind > vertexStart[asset]! && chainageM[behind - 1]! > chainage + SAME_M) behind--
  return side(before) * side(behind) < 0
}

function merged(crossings: SiteCrossing[]): SiteCrossing[] {
  const kept: SiteCrossing[] = []
  for (const crossing of crossings.sort((m, n) => m.feature - n.feature || m.chainageM - n.chainageM || m.segment - n.segment)) {
    const last = kept.at(-1)
    if (last?.feature !== crossing.feature || crossing.chainageM - last.chainageM > SAME_M) kept.push(crossing)
    else kept[kept.length - 1] = { ...last, sine: Math.max(last.sine, crossing.sine), passes: last.passes || crossing.passes }
  }
  return kept
}

/** Open ends of an asset that serve what stands there. @param reachM How near it matters, from the axis. */
export function siteConnections(world: World, site: SiteIndex, ends: ServiceEnds, asset: number, reachM: number): SiteConnection[] {
  const { network } = world
  const { xyz, vertexStart, chainageM } = network
  const connections: SiteConnection[] = []
  for (const vertex of [vertexStart[asset]!, vertexStart[asset + 1]! - 1]) {
    if (isJoined(world, asset, vertex)) continue
    const [x, y] = [xyz[3 * vertex]!, xyz[3 * vertex + 1]!]
    const node = ends.at(x, y)
    for (const feature of queryBoxGrid(site.featureGrid, x - reachM, y - reachM, x + reachM, y + reachM)) {
      const near = nearestEdge(site, feature, x, y)
      const isBuilding = site.words[feature]!.includes('building')
      const insideM = isBuilding && isInside(site, feature, x, y) ? near.distanceM : 0
      const isServed = isBuilding
        ? near.distanceM <= (node === 'connection' ? reachM : CONNECTION_M) || insideM > 0
        : (node === 'gully' || node === 'hydrant') && site.words[feature]!.includes('kerb') && near.distanceM <= reachM
      if (isServed) connections.push({ feature, isAlone: isBuilding, chainageM: chainageM[vertex]!, sine: endSine(network, asset, vertex, site, near.edge), insideM })
    }
  }
  return connections
}

/** Nodes at which services end, found by place. */
export interface ServiceEnds {
  at(x: number, y: number): NodeType | null
}

const SERVICE_ENDS: ReadonlySet<NodeType> = new Set(['connection', 'gully', 'hydrant'])

export const isServiceEnd = ({ nodeType }: NodeRecord): boolean => SERVICE_ENDS.has(nodeType)

/** @param kept Nodes at which services end. @param origin Project CRS of the local frame. @param snapM How near to a node an end is at it, in plan. */
export function serviceEnds(kept: readonly NodeRecord[], origin: Vec3, snapM: number): ServiceEnds {
  const boxes = new Float64Array(4 * kept.length)
  kept.forEach(({ at: [x, y] }, k) => boxes.set([x - origin[0] - snapM, y - origin[1] - snapM, x - origin[0] + snapM, y - origin[1] + snapM], 4 * k))
  const grid = buildBoxGrid(boxes)
  return { at: (x, y) => kept[queryBoxGrid(grid, x, y, x, y)[0] ?? -1]?.nodeType ?? null }
}

/** Whether anything else is joined at an end. */
function isJoined(world: World, asset: number, vertex: number): boolean {
  const end = vertex === world.network.vertexStart[asset]! ? 0 : 1
  return world.placesOf(asset).some(place => place.members.some(member => member.asset === asset && member.end === end))
}

function nearestEdge({ edges, edgeStart }: SiteIndex, feature: number, x: number, y: number): { edge: number; distanceM: number } {
  let [edge, distanceM] = [edgeStart[feature]!, Infinity]
  for (let e = edgeStart[feature]!; e < edgeStart[feature + 1]!; e++) {
    const [px, py, wx, wy] = [x - edges[4 * e]!, y - edges[4 * e + 1]!, edges[4 * e + 2]! - edges[4 * e]!, edges[4 * e + 3]! - edges[4 * e + 1]!]
    const t = Math.min(1, Math.max(0, (px * wx + py * wy) / (wx * wx + wy * wy || 1)))
    const distance = Math.hypot(px - t * wx, py - t * wy)
    if (distance < distanceM) [edge, distanceM] = [e, distance]
  }
  return { edge, distanceM }
}

/** Sine at which the last part with plan length comes to an edge; at least that of 30°, as at a joint. */
function endSine(network: ClearanceNetwork, asset: number, vertex: number, { edges }: SiteIndex, e: number): number {
  const { xyz, chainageM, vertexStart } = network
  const v = vertex === vertexStart[asset]! ? firstWithLength(network, asset) : firstTouching(network, asset, lengthOf(network, asset))
  if (chainageM[v + 1]! - chainageM[v]! <= VERTICAL_M) return 1
  const [ux, uy, wx, wy] = [xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, edges[4 * e + 2]! - edges[4 * e]!, edges[4 * e + 3]! - edges[4 * e + 1]!]
  const lengths = Math.hypot(ux, uy) * Math.hypot(wx, wy)
  return lengths === 0 ? 1 : Math.max(0.5, Math.min(1, Math.abs(ux * wy - uy * wx) / lengths))
}

function firstWithLength({ chainageM, vertexStart }: ClearanceNetwork, asset: number): number {
  let v = vertexStart[asset]!
  while (v < vertexStart[asset + 1]! - 2 && chainageM[v + 1]! - chainageM[v]! <= VERTICAL_M) v++
  return v
}

/** Words that hold in plan. */
export const planWords = (words: readonly SiteWord[]): readonly SiteWord[] => words.filter(word => !LEVEL_WORDS.has(word))
