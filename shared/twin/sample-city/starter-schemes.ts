import type { OuterSection, Vec3 } from '../asset.ts'
import type { AssetKind, Laying, PressureClass } from '../kinds.ts'
import { openings } from './junctions.ts'
import { surveyed, UTILITIES } from './ledger.ts'
import type { Reserved } from './services.ts'
import { beside } from './street-edge.ts'
import type { StreetEdge, StreetNetwork } from './street-graph.ts'

/**
 * A scheme the sample project opens with. The same shape as `ScenarioDocument`, spelt out here because the twin may not
 * know the scenario folder that is built on it.
 */
export interface StarterScheme {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly proposals: Readonly<Record<string, StarterProposal>>
  readonly excavations: Readonly<Record<string, never>>
  readonly removals: Readonly<Record<string, never>>
}

interface StarterProposal {
  readonly id: string
  readonly name: string
  readonly kind: AssetKind
  readonly owner: string
  readonly section: OuterSection
  readonly axis: readonly Vec3[]
  readonly laying: Laying
  readonly pressureClass: PressureClass
}

/** Two consecutive stretches of the heated avenue with one side street from uphill between them: the crowded crossing. */
export interface SchemeSite {
  readonly edges: readonly StreetEdge[]
}

const OUTER_DIAMETER_M = 0.325
/** Between heat and gas, at the usual depth of gas: short, and in everyone's way. */
const CROWDED = { offsetM: 6.05, depthM: 1.83 }
/** On the other side of the carriageway, below the services and above the sewers. */
const CLEAR = { offsetM: -5.7, depthM: 2.66 }

export function schemeSite(network: StreetNetwork): SchemeSite | null {
  const heated = network.edges.filter(edge => edge.street.special === 'heat' && edge.stations.length >= 6)
  const middle = heated.length * 0.62
  const byDistance = heated.map((edge, i) => ({ edge, i })).sort((a, b) => Math.abs(a.i - middle) - Math.abs(b.i - middle) || a.i - b.i)
  for (const { edge } of byDistance) {
    const next = heated.find(other => other.from === edge.to && other.street === edge.street)
    const sides = openings(edge, edge.to)
    if (next && sides.length === 1 && sides[0]!.side === -1 && sides[0]!.class === 'street') return { edges: [edge, next] }
  }
  return byDistance[0] ? { edges: [byDistance[0].edge] } : null
}

/** Few gas services cross the crowded alignment: enough to see the problem, not so many that it drowns. */
export const reservedForSchemes = (site: SchemeSite | null): Reserved => ({ edge, alongM }, side, kind) =>
  kind === 'gas' && side === -1 && site !== null && site.edges.includes(edge) && (edge !== site.edges[0] || alongM > edge.stations[3]!.alongM)

/** A planned medium-pressure gas main: along the crowded side, and the cleaner way round. */
export function starterSchemes(site: SchemeSite | null): StarterScheme[] {
  if (!site) return []
  const street = site.edges[0]!.street
  const gas = (id: string, { offsetM, depthM }: { offsetM: number; depthM: number }): StarterProposal => ({
    id, name: '', kind: 'gas', owner: UTILITIES.gas.owner,
    section: { shape: 'circle', diameterM: OUTER_DIAMETER_M }, laying: 'direct', pressureClass: 'medium_a', axis: alignment(site.edges, offsetM, depthM),
  })
  const scheme = (id: string, name: string, description: string, proposal: StarterProposal): StarterScheme => ({ id, name, description, proposals: { [proposal.id]: proposal }, excavations: {}, removals: {} })
  return [
    scheme('sample-scheme-a', '方案A · Scheme A', `${street.nameZh}（${street.nameEn}）：沿热力管与现状燃气管之间直埋 DN300 中压A燃气管。Laid between the heating main and the existing gas main.`, gas('GH-A-01', CROWDED)),
    scheme('sample-scheme-b', '方案B · Scheme B', `${street.nameZh}（${street.nameEn}）：改到道路另一侧，埋深加大，避开热力管与支管。Across the carriageway and deeper, clear of the heating main and the services.`, gas('GH-B-01', CLEAR)),
  ]
}

function alignment(edges: readonly StreetEdge[], offsetM: number, depthM: number): Vec3[] {
  return edges.flatMap((edge, e) => {
    const last = edge.stations.length - 1
    const [from, to] = [e === 0 ? 2 : 1, e === edges.length - 1 ? last - 2 : last - 1]
    return edge.stations.slice(from, to + 1).map((station, i) => surveyed(...beside(edge, from + i, offsetM), station.z - depthM))
  })
}
