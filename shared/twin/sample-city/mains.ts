import type { Random } from '../../core/random.ts'
import type { Vec3 } from '../asset.ts'
import { junctionPoint, meetingAt, type Meeting } from './junctions.ts'
import { surveyed, type Ledger, type Quality } from './ledger.ts'
import { beside } from './street-edge.ts'
import type { StreetEdge, StreetNetwork, StreetNode } from './street-graph.ts'
import { MAINS, SPECIAL_MAINS, type MainSpec } from './street-section.ts'

/** A main as laid along one edge, plan frame: what services are connected to. */
export interface LaidLine {
  readonly role: string
  readonly points: readonly Vec3[]
}

/** Longest stretch between two survey points that is one asset. */
const SEGMENTS_PER_ASSET = 4
const WANDER_M = 0.09

/** Lays every pressure main and duct bank. @returns the lines by edge index. */
export function layMains(network: StreetNetwork, ledger: Ledger, random: Random, qualityOf: (edge: StreetEdge) => Quality, isStraight: (edge: StreetEdge) => boolean): LaidLine[][] {
  const meetings = network.nodes.map(meetingAt)
  const laid = network.edges.map(edge => specsOf(edge).map((spec): LaidLine => {
    const line = { role: spec.role, points: mainPoints(edge, spec, meetings, isStraight(edge) ? 0 : WANDER_M, random) }
    splitIntoAssets(line.points, edge, spec, ledger, qualityOf(edge))
    return line
  }))
  for (const node of network.nodes) addNodeFittings(node, meetings[node.index]!, ledger)
  return laid
}

const specsOf = (edge: StreetEdge): readonly MainSpec[] =>
  edge.street.special ? [...MAINS[edge.street.class], ...SPECIAL_MAINS[edge.street.special]] : MAINS[edge.street.class]

function mainPoints(edge: StreetEdge, spec: MainSpec, meetings: readonly Meeting[], wanderM: number, random: Random): Vec3[] {
  const last = edge.stations.length - 1
  const phase = random.range(0, 2 * Math.PI)
  return edge.stations.map((station, i): Vec3 => {
    const z = station.z - spec.depthM
    if (i === 0 || i === last) {
      const node = i === 0 ? edge.from : edge.to
      return [...junctionPoint(node, meetings[node.index]!, spec.role, isSpecial(spec) ? spec.offsetM : undefined), z]
    }
    // Nobody lays a main dead straight; near the nodes it is, so that crossings stay square.
    const wander = i <= 2 || i >= last - 2 ? 0 : wanderM * Math.sin(phase + station.alongM / 23)
    return [...beside(edge, i, spec.offsetM + wander), z]
  })
}

const isSpecial = (spec: MainSpec): boolean => Object.values(SPECIAL_MAINS).some(list => (list as readonly MainSpec[]).includes(spec))

function splitIntoAssets(points: readonly Vec3[], edge: StreetEdge, spec: MainSpec, ledger: Ledger, quality: Quality): void {
  const axis = points.map(point => surveyed(...point))
  const last = axis.length - 1
  const { kind, section, laying, pressureClass, voltageKv, material, depthM } = spec
  // Valves stand where the landing ends, so that each stretch of street can be shut off.
  const cuts = [0]
  if (last > 2 && (kind === 'water' || kind === 'gas')) cuts.push(1)
  while (cuts.at(-1)! < last) cuts.push(Math.min(last, cuts.at(-1)! + SEGMENTS_PER_ASSET))
  for (let c = 1; c < cuts.length; c++) {
    const [from, to] = [cuts[c - 1]!, cuts[c]!]
    ledger.addAsset({
      kind, section, laying, material, depthM, quality, part: 'main', edge, axis: axis.slice(from, to + 1),
      ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
    })
    if (to === last) continue
    const [x, y] = axis[to]!
    const type = to === 1 ? 'valve' : kind === 'telecom' || kind === 'power' ? 'manhole' : kind === 'heat' ? 'chamber' : 'junction'
    ledger.addNode(kind, type, [x, y, edge.stations[to]!.z], type === 'manhole' ? { bottomZ: axis[to]![2] - 0.5, diameterM: 1.2 } : {})
  }
}

/** Tees and crosses of mains at a node. */
function addNodeFittings(node: StreetNode, meeting: Meeting, ledger: Ledger): void {
  if (!meeting.side) return
  for (const spec of MAINS[meeting.side.class]) {
    const [x, y, z] = surveyed(...junctionPoint(node, meeting, spec.role), node.levelM)
    const duct = spec.kind === 'power' || spec.kind === 'telecom'
    ledger.addNode(spec.kind, duct ? 'manhole' : 'junction', [x, y, z], duct ? { bottomZ: z - spec.depthM - 0.5, diameterM: 1.2 } : {})
  }
}
