import type { Vec3 } from '../asset.ts'
import type { GroundSampler } from '../ground.ts'
import type { CityShape } from './city-shape.ts'
import { surveyed, type Ledger } from './ledger.ts'
import type { Reserved } from './services.ts'
import { beside } from './street-edge.ts'
import type { StreetEdge, StreetNetwork } from './street-graph.ts'

const METRO_OUTER_DIAMETER_M = 6.6
const METRO_COVER_M = 19
const METRO_HALF_SPACING_M = 7.5
const TUNNEL_OFFSET_M = 4.7
const TUNNEL = { widthM: 4.2, heightM: 3, crownDepthM: 2.7 }

/** The metro's two bores: along the ridge from the neck, then across the hill towards the northern river. */
export function layMetro(shape: CityShape, ground: GroundSampler, ledger: Ledger): void {
  const stepM = 30
  const turnX = 0.62 * shape.spineM
  const radiusM = 0.45 * shape.quayM
  const track = (offsetM: number): [number, number][] => {
    const points: [number, number][] = []
    for (let x = -25; x < turnX; x += stepM) points.push([x, offsetM])
    const turns = Math.max(4, Math.round((radiusM * Math.PI) / 2 / stepM))
    for (let i = 0; i <= turns; i++) {
      const angle = ((i / turns) * Math.PI) / 2
      points.push([turnX + (radiusM - offsetM) * Math.sin(angle), radiusM - (radiusM - offsetM) * Math.cos(angle)])
    }
    const endY = 0.86 * shape.quayM
    for (let y = radiusM + stepM; y < endY; y += stepM) points.push([turnX + radiusM - offsetM, y])
    return points
  }
  for (const side of [-1, 1]) {
    const plan = track(side * METRO_HALF_SPACING_M).map(([x, y]) => shape.toPlan(x, y))
    // The steepest even gradient the cover allows, from the neck down to the river side.
    const lids = plan.map(([x, y]) => (ground(x, y) ?? 0) - METRO_COVER_M - METRO_OUTER_DIAMETER_M / 2)
    const end = lids.at(-1)!
    const start = Math.min(end + 0.02 * stepM * plan.length, lids[0]!)
    const dip = lids.reduce((most, lid, i) => Math.max(most, start + ((end - start) * i) / (plan.length - 1) - lid), 0)
    const axis = plan.map(([x, y], i): Vec3 => surveyed(x, y, start - dip + ((end - start) * i) / (plan.length - 1)))
    for (let i = 0; i + 1 < axis.length; i += 8) {
      ledger.addAsset({
        kind: 'tunnel', section: { shape: 'circle', diameterM: METRO_OUTER_DIAMETER_M }, axis: axis.slice(i, i + 9), laying: 'tunnel',
        material: 'segmental lining', part: 'structure', edge: null, depthM: 0.5,
      })
    }
  }
}

/** The edge of the ridge street that carries the utility tunnel under its right half: the longest. */
export function tunnelEdge(network: StreetNetwork): StreetEdge {
  return network.edges.filter(edge => edge.street.role === 'ridge').reduce((best, edge) => (edge.lengthM > best.lengthM ? edge : best))
}

/** What cannot lie in the tunnel's street: sewers across it, and services near its bends, where its zone of 3.6 m would bend too. */
export const reservedForTunnel = (edge: StreetEdge): Reserved => (slot, side, kind) =>
  slot.edge === edge && ((side === 1 && (kind === 'sewer_foul' || kind === 'sewer_storm')) || slot.fromBendM < 4.6)

export function layUtilityTunnel(edge: StreetEdge, ledger: Ledger): void {
  const last = edge.stations.length - 1
  const axis = edge.stations.slice(1, last).map((station, i) => surveyed(...beside(edge, i + 1, TUNNEL_OFFSET_M), station.z - TUNNEL.crownDepthM - TUNNEL.heightM / 2))
  ledger.addAsset({
    kind: 'trench', section: { shape: 'rectangle', widthM: TUNNEL.widthM, heightM: TUNNEL.heightM }, axis, laying: 'tunnel',
    material: 'RC', part: 'structure', edge, depthM: TUNNEL.crownDepthM,
  })
  for (const i of [1, last - 1]) {
    const station = edge.stations[i]!
    ledger.addNode('trench', 'chamber', surveyed(...beside(edge, i, TUNNEL_OFFSET_M), station.z), { bottomZ: station.z - TUNNEL.crownDepthM - TUNNEL.heightM, diameterM: TUNNEL.widthM })
  }
}
