import type { Vec3 } from '../asset.ts'
import { junctionPoint, meetingAt, type Meeting } from './junctions.ts'
import { surveyed, type Ledger, type Quality } from './ledger.ts'
import type { LaidLine } from './mains.ts'
import { beside } from './street-edge.ts'
import type { StreetEdge, StreetNetwork, StreetNode } from './street-graph.ts'
import { designSizes, OUTFALL_SLOPE } from './storm-sizes.ts'
import { SEWERS, SEWER_COVER_M, type SewerSpec } from './street-section.ts'

/** Along the street; outside a bend the pipe is longer and keeps 3 ‰. */
const MIN_SLOPE = 0.0035
const MAX_SLOPE = 0.1
/** Outer surfaces of a foul sewer below the storm sewer of the same street or node. */
const FOUL_BELOW_STORM_M = 0.32
/** Pipes run straight between manholes; one stands at every station where the street bends more than this from the chord. */
const MAX_BULGE_M = 0.2
const LEAST_DROP_M = 0.1
const OUTFALL_REACH_M = 26

/** A manhole of a reach; `inM` and `outM` are axis levels, apart where the manhole has a drop. */
interface Manhole {
  readonly x: number
  readonly y: number
  /** Station index of the edge, in flow direction. */
  readonly station: number
  readonly groundM: number
  inM: number
  outM: number
}

interface Reach {
  readonly edge: StreetEdge
  readonly spec: SewerSpec
  readonly upper: StreetNode
  readonly lower: StreetNode
  /** Station indices run with the edge or against it. */
  readonly reversed: boolean
  readonly manholes: Manhole[]
  /** Joined to the upper node's junction; else its first manhole is a head of the network. */
  readonly continues: boolean
}

type SewerKind = SewerSpec['kind']

/**
 * Lays storm, then foul sewers: a forest that falls from the ridge to the quay. At every node one reach leads on, others
 * start anew below it. Storm water leaves at each quay node; foul water follows the quay to the pumping station at the tip.
 * @returns the lines by edge index, plan frame.
 */
export function laySewers(network: StreetNetwork, ledger: Ledger, qualityOf: (edge: StreetEdge) => Quality): LaidLine[][] {
  const meetings = network.nodes.map(meetingAt)
  const laid: LaidLine[][] = network.edges.map(() => [])
  let storms: Reach[] = []
  for (const kind of ['sewer_storm', 'sewer_foul'] as const) {
    const ceiling = stormCeiling(network, storms)
    const asUsual = planReaches(network, meetings, kind, ceiling, edge => specOf(edge, kind))
    // Storm sewers are sized for the water that comes to them, but those of old lanes, which nobody renewed.
    const sizes = kind === 'sewer_storm' ? designSizes(network, asUsual, edge => qualityOf(edge) === 'detected') : null
    const reaches = sizes === null ? asUsual : planReaches(network, meetings, kind, ceiling, edge => ({ ...specOf(edge, kind), outerRadiusM: sizes.radiusM[edge.index]! }))
    for (const reach of reaches) {
      laid[reach.edge.index]!.push(recordReach(reach, ledger, qualityOf(reach.edge)))
    }
    recordEnds(network, meetings, kind, reaches, ledger, sizes?.outfallRadiusM ?? null)
    if (kind === 'sewer_storm') storms = reaches
  }
  return laid
}

const specOf = (edge: StreetEdge, kind: SewerKind): SewerSpec => SEWERS[edge.street.class].find(sewer => sewer.kind === kind)!

/** Highest axis level a pipe may have at a station of an edge, or at a node, whatever flows there. */
interface Ceiling {
  station(edge: StreetEdge, station: number, radiusM: number): number
  node(node: StreetNode, radiusM: number): number
}

function coverCeiling(node: StreetNode): number {
  const special = node.edges.find(edge => edge.street.special)?.street.special
  const cover = special === 'heat' ? SEWER_COVER_M.underHeat : special === 'quay' ? SEWER_COVER_M.underReclaimed : SEWER_COVER_M.usual
  return node.levelM - cover
}

function stormCeiling(network: StreetNetwork, storms: readonly Reach[]): Ceiling {
  const nodeM = network.nodes.map(coverCeiling)
  const stationM = network.edges.map(edge => edge.stations.map(station => station.z - SEWER_COVER_M.usual))
  for (const reach of storms) {
    const levels = stationM[reach.edge.index]!
    const below = reach.spec.outerRadiusM + FOUL_BELOW_STORM_M
    for (let m = 1; m < reach.manholes.length; m++) {
      const [a, b] = [reach.manholes[m - 1]!, reach.manholes[m]!]
      for (let i = Math.min(a.station, b.station); i <= Math.max(a.station, b.station); i++) {
        const t = Math.abs(i - a.station) / Math.abs(b.station - a.station)
        levels[i] = Math.min(levels[i]!, a.outM + t * (b.inM - a.outM) - below)
      }
    }
    // Near a node every foul sewer may cross every storm sewer: all stay below the lowest.
    const [first, last] = [reach.manholes[0]!, reach.manholes.at(-1)!]
    const landing = (node: StreetNode, level: number) => { nodeM[node.index] = Math.min(nodeM[node.index]!, level - below) }
    if (reach.continues) landing(reach.upper, levelNear(reach, first))
    landing(reach.lower, last.outM)
  }
  return {
    station: (edge, station, radiusM) => {
      const last = edge.stations.length - 1
      const near = station <= 1 ? nodeM[edge.from.index]! : station >= last - 1 ? nodeM[edge.to.index]! : Infinity
      return Math.min(stationM[edge.index]![station]!, near) - radiusM
    },
    node: (node, radiusM) => nodeM[node.index]! - radiusM,
  }
}

/** Level of the reach's first pipe where the landing ends, on its way down from the junction. */
function levelNear(reach: Reach, first: Manhole): number {
  const second = reach.manholes[1]!
  const stations = reach.edge.stations
  const landing = reach.reversed ? stations.length - 2 : 1
  const span = Math.abs(stations[second.station]!.alongM - stations[first.station]!.alongM)
  const part = Math.abs(stations[landing]!.alongM - stations[first.station]!.alongM)
  return first.outM + (part / span) * (second.inM - first.outM)
}

function planReaches(network: StreetNetwork, meetings: readonly Meeting[], kind: SewerKind, ceiling: Ceiling, spec: (edge: StreetEdge) => SewerSpec): Reach[] {
  const order = [...network.nodes].sort((a, b) => b.levelM - a.levelM || a.index - b.index)
  const arrived: Reach[][] = network.nodes.map(() => [])
  const reaches: Reach[] = []
  for (const node of order) {
    const radiusM = Math.max(...node.edges.map(edge => spec(edge).outerRadiusM))
    let junctionM = ceiling.node(node, radiusM)
    for (const reach of arrived[node.index]!) junctionM = Math.min(junctionM, reach.manholes.at(-1)!.inM)
    for (const reach of arrived[node.index]!) settleEnd(reach, junctionM)
    const down = node.edges.filter(edge => (edge.from === node ? edge.to : edge.from).levelM < node.levelM).sort((a, b) => slopeOf(b) - slopeOf(a) || a.index - b.index)
    const onward = kind === 'sewer_storm' && arrived[node.index]!.length > 0 && isQuay(node) ? undefined : down[0]
    for (const edge of down) {
      const continues = edge === onward && arrived[node.index]!.length > 0
      const reach = planReach(edge, spec(edge), node, continues ? junctionM : null, meetings, ceiling)
      if (!reach) continue
      reaches.push(reach)
      arrived[reach.lower.index]!.push(reach)
    }
  }
  return reaches
}

const slopeOf = (edge: StreetEdge): number => Math.abs(edge.from.levelM - edge.to.levelM) / edge.lengthM
const isQuay = (node: StreetNode): boolean => node.edges.some(edge => edge.street.role === 'quay')

function planReach(edge: StreetEdge, spec: SewerSpec, upper: StreetNode, startM: number | null, meetings: readonly Meeting[], ceiling: Ceiling): Reach | null {
  const reversed = edge.to === upper
  const lower = reversed ? edge.from : edge.to
  const last = edge.stations.length - 1
  // A head stands clear of the node's crossing mains.
  const indices: number[] = [startM === null ? 2 : 0]
  if (startM === null && last < 4) return null
  while (indices.at(-1)! < last) {
    const at = indices.at(-1)!
    indices.push(at + 2 > last || bulge(edge, reversed ? last - at - 2 : at, spec.offsetM) > MAX_BULGE_M ? at + 1 : at + 2)
  }
  const manholes = indices.map((fromUpper): Manhole => {
    const station = reversed ? last - fromUpper : fromUpper
    const node = fromUpper === last ? lower : upper
    const [x, y] = fromUpper === 0 || fromUpper === last ? junctionPoint(node, meetings[node.index]!, spec.kind) : beside(edge, station, spec.offsetM)
    return { x, y, station, groundM: edge.stations[station]!.z, inM: Infinity, outM: Infinity }
  })
  const first = manholes[0]!
  first.inM = startM ?? ceiling.station(edge, first.station, spec.outerRadiusM)
  const alongM = (station: number) => edge.stations[station]!.alongM
  for (let m = 0; m + 1 < manholes.length; m++) {
    const [a, b] = [manholes[m]!, manholes[m + 1]!]
    const runM = (station: number) => Math.abs(alongM(station) - alongM(a.station))
    const between: number[] = []
    for (let i = Math.min(a.station, b.station); i <= Math.max(a.station, b.station); i++) if (i !== a.station) between.push(i)
    const lid = (station: number) => (station === (reversed ? 0 : last) ? ceiling.node(lower, spec.outerRadiusM) : ceiling.station(edge, station, spec.outerRadiusM))
    let outM = m === 0 && startM !== null ? startM : Math.min(a.inM, ceiling.station(edge, a.station, spec.outerRadiusM))
    const needed = (from: number) => between.reduce((most, i) => Math.max(most, (from - lid(i)) / runM(i)), MIN_SLOPE)
    let slope = needed(outM)
    if (slope > MAX_SLOPE && !(m === 0 && startM !== null)) {
      slope = MAX_SLOPE
      outM = Math.min(outM, ...between.map(i => lid(i) + MAX_SLOPE * runM(i)))
      // A step too small for a drop manhole is no step: the pipe above comes in lower instead.
      if (a.inM - outM < LEAST_DROP_M) a.inM = outM
    }
    if (m > 0 && a.inM - outM < LEAST_DROP_M) a.inM = outM
    if (m === 0) a.inM = outM
    a.outM = outM
    b.inM = outM - slope * runM(b.station)
    b.outM = b.inM
  }
  return { edge, spec, upper, lower, reversed, manholes, continues: startM !== null }
}

/** How far station i + 1 lies off the straight between its neighbours. */
function bulge(edge: StreetEdge, i: number, offsetM: number): number {
  const [a, b, c] = [beside(edge, i, offsetM), beside(edge, i + 1, offsetM), beside(edge, i + 2, offsetM)]
  const [dx, dy] = [c[0] - a[0], c[1] - a[1]]
  return Math.abs((b[0] - a[0]) * dy - (b[1] - a[1]) * dx) / Math.hypot(dx, dy)
}

/** All reaches of a node come in at one level: the last pipe falls more, or drops at the manhole before. */
function settleEnd(reach: Reach, junctionM: number): void {
  const [last, before] = [reach.manholes.at(-1)!, reach.manholes.at(-2)!]
  const stations = reach.edge.stations
  const runM = Math.abs(stations[last.station]!.alongM - stations[before.station]!.alongM)
  last.inM = junctionM
  last.outM = junctionM
  if (reach.manholes.length === 2) return
  const highest = junctionM + MAX_SLOPE * runM
  if (before.outM > highest + LEAST_DROP_M) before.outM = highest
}

/** Pipes from manhole to manhole; a drop is a vertical end of the upper pipe, so that the ends still meet. */
function recordReach(reach: Reach, ledger: Ledger, quality: Quality): LaidLine {
  const { edge, spec, manholes } = reach
  const points: Vec3[] = []
  for (let m = 0; m < manholes.length; m++) {
    const b = manholes[m]!
    if (m > 0) {
      const a = manholes[m - 1]!
      const axis = [surveyed(a.x, a.y, a.outM), surveyed(b.x, b.y, b.inM)]
      if (b.inM - b.outM >= LEAST_DROP_M) axis.push(surveyed(b.x, b.y, b.outM))
      ledger.addAsset({
        kind: spec.kind, section: { shape: 'circle', diameterM: 2 * spec.outerRadiusM }, axis, laying: 'direct', material: spec.material,
        part: 'main', edge, quality, depthM: b.groundM - b.inM,
      })
      points.push([b.x, b.y, b.inM])
    } else points.push([b.x, b.y, b.outM])
    if (m > 0 && b.inM - b.outM >= LEAST_DROP_M) points.push([b.x, b.y, b.outM])
    const isJunction = m === manholes.length - 1 || (m === 0 && reach.continues)
    if (!isJunction) addManhole(spec, b.x, b.y, b.groundM, b.outM, ledger)
  }
  return { role: spec.kind, points }
}

function addManhole(spec: SewerSpec, x: number, y: number, groundM: number, axisM: number, ledger: Ledger): void {
  const [px, py, z] = surveyed(x, y, groundM)
  ledger.addNode(spec.kind, 'manhole', [px, py, z], { bottomZ: Math.round((axisM - spec.outerRadiusM) * 1000) / 1000, diameterM: spec.outerRadiusM > 0.5 ? Math.round(20 * spec.outerRadiusM + 4) / 10 : spec.outerRadiusM > 0.4 ? 1.5 : 1.2 })
}

/** Junction manholes, outfalls to the river and the pumping station. */
function recordEnds(network: StreetNetwork, meetings: readonly Meeting[], kind: SewerKind, reaches: readonly Reach[], ledger: Ledger, outfallRadiusM: Float64Array | null): void {
  const ends = new Map<number, Reach>()
  for (const reach of reaches) ends.set(reach.lower.index, reach)
  const ongoing = new Set(reaches.filter(reach => reach.continues).map(reach => reach.upper.index))
  for (const [index, reach] of ends) {
    const node = network.nodes[index]!
    const [x, y] = junctionPoint(node, meetings[index]!, kind)
    const levelM = reach.manholes.at(-1)!.outM
    addManhole(reach.spec, x, y, node.levelM, levelM, ledger)
    if (ongoing.has(index)) continue
    if (kind === 'sewer_foul') {
      ledger.addNode(kind, 'pump', surveyed(x, y, node.levelM), { bottomZ: levelM - 2, diameterM: 3 })
      continue
    }
    const [outX, outY] = [node.tangent[1], -node.tangent[0]]
    const reachM = OUTFALL_REACH_M - SEWERS.avenue[0]!.offsetM
    const end: Vec3 = [x + outX * reachM, y + outY * reachM, levelM - OUTFALL_SLOPE * reachM]
    ledger.addAsset({
      kind, section: { shape: 'circle', diameterM: 2 * (outfallRadiusM?.[index] ?? reach.spec.outerRadiusM) }, axis: [surveyed(x, y, levelM), surveyed(...end)],
      laying: 'direct', material: reach.spec.material, part: 'main', edge: reach.edge, depthM: 4,
    })
    ledger.addNode(kind, 'outfall', surveyed(end[0], end[1], node.levelM), { bottomZ: end[2] })
  }
}

