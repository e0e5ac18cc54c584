import type { AssetRecord, Vec3 } from '../asset.ts'
import type { AssetKind } from '../kinds.ts'
import { planOf, surveyed, type Ledger } from './ledger.ts'
import type { LaidLine } from './mains.ts'
import { besideSlot, levelAt, meet, recordService, slotsOf, type Reserved, type ServicePlan, type Slot } from './services.ts'
import { beside } from './street-edge.ts'
import type { StreetEdge, StreetNetwork } from './street-graph.ts'
import { AXIS_DEPTH_M, WIDTHS } from './street-section.ts'

/** What is wrong on purpose, so that there is something to find: told to the user in the note about the data. */
export const PLANTED_PROBLEMS = [
  'sewer-over-water', 'gas-beside-power', 'shallow-cable', 'heat-through-telecom', 'unknown-old-water', 'culvert-through-sewer',
] as const
export type PlantedProblemId = (typeof PLANTED_PROBLEMS)[number]

export interface PlantedProblem {
  readonly id: PlantedProblemId
  /** The rule of the GB 50289 pack it breaks. */
  readonly rule: 'hard' | 'vertical' | 'horizontal' | 'cover'
  /** The culprit, and what it comes too near to (absent for cover). */
  readonly assets: readonly string[]
  /** Project CRS, on the culprit's axis. */
  readonly at: Vec3
}

/** The streets in which problems are planted; null where the city is too small to have one. */
export interface ProblemSites {
  /** Wherever on these streets a building has the service that is bent. */
  readonly sewerOverWater: readonly StreetEdge[]
  readonly shallowCable: readonly StreetEdge[]
  readonly heatThroughTelecom: readonly StreetEdge[]
  readonly gasBesidePower: StreetEdge | null
  readonly oldWater: StreetEdge | null
  readonly culvert: StreetEdge | null
}

const OLD_GAS = { offsetM: -7.56, diameterM: 0.108 }
const OLD_WATER = { offsetM: 6.02, diameterM: 0.222 }
const CULVERT = { widthM: 0.9, heightM: 1.1, belowFoulM: 0.3, reachM: 9.2 }
const WATER_RADIUS_M = 0.111
const SERVICE_SEWER_RADIUS_M = 0.1
const SERVICE_HEAT_RADIUS_M = 0.08
const DUCT_HALF_HEIGHT_M = 0.11
const SHALLOW_DEPTH_M = 0.37
const NOTE = 'planted on purpose'
const LEAST_STATIONS = 9

/** Picks long stretches of ordinary contour streets, spread over the city. */
export function problemSites(network: StreetNetwork, schemeStreets: readonly StreetEdge[]): ProblemSites {
  const long = (edge: StreetEdge) => edge.stations.length >= LEAST_STATIONS
  const ordinary = network.edges.filter(edge => edge.street.role === 'contour' && edge.street.class === 'street' && long(edge))
  const pick = (share: number) => (ordinary.length < 8 ? null : (ordinary[Math.floor(share * ordinary.length)] ?? null))
  return {
    sewerOverWater: ordinary.slice(0, Math.floor(0.25 * ordinary.length)), shallowCable: ordinary.slice(Math.ceil(0.3 * ordinary.length), Math.floor(0.6 * ordinary.length)),
    gasBesidePower: pick(0.27), oldWater: pick(0.61), culvert: pick(0.8),
    heatThroughTelecom: network.edges.filter(edge => edge.street.special === 'heat' && !schemeStreets.includes(edge)),
  }
}

const stretch = (edge: StreetEdge): [number, number] => [3, edge.stations.length - 4]

/** Where a planted main runs beside others: those run straight, so that the distance is the one told. */
export const runsStraight = (sites: ProblemSites) => (edge: StreetEdge): boolean => edge === sites.gasBesidePower || edge === sites.oldWater

/** Keeps honest services out of the way of the planted works: each problem is to be one problem. */
export function reservedForProblems(sites: ProblemSites): Reserved {
  return ({ edge, alongM }, side, kind) => {
    const within = (marginM: number) => {
      const [from, to] = stretch(edge)
      return alongM > edge.stations[from]!.alongM - marginM && alongM < edge.stations[to]!.alongM + marginM
    }
    if (edge === sites.gasBesidePower) return kind === 'gas' && side === -1 && within(4)
    if (edge === sites.oldWater) return kind === 'water' && side === 1 && within(4)
    if (edge === sites.culvert) return Math.abs(alongM - middleSlot(edge).alongM) < 3.2
    return false
  }
}

const middleSlot = (edge: StreetEdge): Slot => {
  const slots = slotsOf(edge)
  return slots[Math.floor(slots.length / 2)]!
}

/** What the planted works are built from. Services that are bent on purpose leave `plans`. */
interface Works {
  readonly sites: ProblemSites
  readonly lines: readonly LaidLine[][]
  readonly plans: ServicePlan[]
  readonly ledger: Ledger
}

/** Builds the planted works into the ledger; what a small city has no street for is left out. */
export function plantProblems(sites: ProblemSites, lines: readonly LaidLine[][], plans: ServicePlan[], ledger: Ledger): PlantedProblem[] {
  const works: Works = { sites, lines, plans, ledger }
  return [sewerOverWater, gasBesidePower, shallowCable, heatThroughTelecom, unknownOldWater, culvertThroughSewer].flatMap(plant => plant(works) ?? [])
}

function sewerOverWater(works: Works): PlantedProblem | null {
  const sewer = takeService(works, works.sites.sewerOverWater, 'sewer_storm', -1)
  const main = sewer && meetMain(works, sewer.slot, 'water')
  if (!sewer || !main) return null
  const [offsetM, waterZ] = main
  const z = waterZ + WATER_RADIUS_M + 0.12 + SERVICE_SEWER_RADIUS_M
  const points = [
    sewer.points[0]!, besideSlot(sewer.slot, -4, z - 0.02), besideSlot(sewer.slot, offsetM, z), besideSlot(sewer.slot, offsetM - 1.4, z + 0.01), sewer.points.at(-1)!,
  ]
  return told(works, 'sewer-over-water', 'vertical', recordBent(works, sewer, points), surveyed(...points[2]!), 'water')
}

function gasBesidePower(works: Works): PlantedProblem | null {
  const edge = works.sites.gasBesidePower
  if (!edge) return null
  const axis = alongStretch(edge, OLD_GAS.offsetM, AXIS_DEPTH_M.gas)
  const { id } = works.ledger.addAsset({
    kind: 'gas', section: { shape: 'circle', diameterM: OLD_GAS.diameterM }, axis, laying: 'direct', pressureClass: 'low', material: 'steel',
    part: 'main', edge, depthM: AXIS_DEPTH_M.gas, note: NOTE,
  })
  return told(works, 'gas-beside-power', 'horizontal', id, middleOf(axis), 'power')
}

function shallowCable(works: Works): PlantedProblem | null {
  const cable = takeService(works, works.sites.shallowCable, 'power', 1)
  if (!cable) return null
  const [tee, ...rest] = cable.points
  const under = (offsetM: number, depthM: number) => besideSlot(cable.slot, offsetM, levelAt(cable.slot, offsetM) - depthM)
  const innerM = WIDTHS[cable.edge.street.class].kerbM - 0.3
  const points = [tee!, under(-innerM, AXIS_DEPTH_M.power), under(-2.4, SHALLOW_DEPTH_M), under(2.4, SHALLOW_DEPTH_M), under(innerM, AXIS_DEPTH_M.power), ...rest]
  return told(works, 'shallow-cable', 'cover', recordBent(works, cable, points), surveyed(...under(0, SHALLOW_DEPTH_M)), null)
}

function heatThroughTelecom(works: Works): PlantedProblem | null {
  const heat = takeService(works, works.sites.heatThroughTelecom, 'heat', 1)
  const ducts = heat && meetMain(works, heat.slot, 'telecom')
  if (!heat || !ducts) return null
  const [ductM, ductZ] = ducts
  const [tee, line, face] = heat.points
  const z = ductZ - DUCT_HALF_HEIGHT_M - SERVICE_HEAT_RADIUS_M + 0.1
  const points = [tee!, besideSlot(heat.slot, ductM - 1.55, tee![2] + 0.7 * (line![2] - tee![2])), besideSlot(heat.slot, ductM - 0.5, z), besideSlot(heat.slot, ductM + 1.4, z), face!]
  return told(works, 'heat-through-telecom', 'hard', recordBent(works, heat, points), surveyed(...besideSlot(heat.slot, ductM, z)), 'telecom')
}

function unknownOldWater(works: Works): PlantedProblem | null {
  const edge = works.sites.oldWater
  if (!edge) return null
  const axis = alongStretch(edge, OLD_WATER.offsetM, AXIS_DEPTH_M.water)
  const { id } = works.ledger.addAsset({
    kind: 'water', section: { shape: 'circle', diameterM: OLD_WATER.diameterM }, axis, laying: 'direct', material: 'cast iron', part: 'main', edge,
    depthM: AXIS_DEPTH_M.water, quality: 'unknown', note: NOTE,
  })
  return told(works, 'unknown-old-water', 'horizontal', id, middleOf(axis), 'gas')
}

function culvertThroughSewer(works: Works): PlantedProblem | null {
  const edge = works.sites.culvert
  const slot = edge && middleSlot(edge)
  const foul = slot && meetMain(works, slot, 'sewer_foul')
  if (!slot || !foul) return null
  const [foulM, foulZ] = foul
  const at = (offsetM: number) => surveyed(...besideSlot(slot, offsetM, foulZ - CULVERT.belowFoulM - 0.01 * (offsetM - foulM)))
  const { id } = works.ledger.addAsset({
    kind: 'sewer_combined', section: { shape: 'rectangle', widthM: CULVERT.widthM, heightM: CULVERT.heightM }, axis: [at(-CULVERT.reachM), at(CULVERT.reachM)],
    laying: 'direct', material: 'stone', part: 'main', edge, depthM: 4, quality: 'detected', note: NOTE,
  })
  return told(works, 'culvert-through-sewer', 'hard', id, at(foulM), 'sewer_foul')
}

/** The middle one of a street's services of a kind, taken out of the plans to be bent. */
function takeService({ plans }: Works, edges: readonly StreetEdge[], kind: AssetKind, side: -1 | 1): ServicePlan | null {
  const fits = plans.filter(plan => edges.includes(plan.edge) && plan.sort === 'building' && plan.spec.kind === kind && plan.side === side)
  const plan = fits[Math.floor(fits.length / 2)]
  if (!plan) return null
  plans.splice(plans.indexOf(plan), 1)
  return plan
}

const meetMain = ({ lines }: Works, slot: Slot, role: string) => meet(slot, lines[slot.edge.index]!.find(line => line.role === role)?.points ?? [])

const recordBent = ({ ledger }: Works, plan: ServicePlan, points: readonly Vec3[]): string => recordService({ ...plan, points }, ledger, 'as_built', { note: NOTE })

function told({ ledger }: Works, id: PlantedProblemId, rule: PlantedProblem['rule'], asset: string, at: Vec3, other: AssetKind | null): PlantedProblem {
  const near = other && assetNear(ledger.assets, other, at, asset)
  return { id, rule, assets: near ? [asset, near.id] : [asset], at }
}

const middleOf = (axis: readonly Vec3[]): Vec3 => axis[Math.floor(axis.length / 2)]!

function alongStretch(edge: StreetEdge, offsetM: number, depthM: number): Vec3[] {
  const [from, to] = stretch(edge)
  return edge.stations.slice(from, to + 1).map((station, i) => surveyed(...beside(edge, from + i, offsetM), station.z - depthM))
}

/** The asset of a kind nearest to a point in plan, other than the culprit itself. */
function assetNear(assets: readonly AssetRecord[], kind: AssetKind, at: Vec3, except: string): AssetRecord | null {
  const [x, y] = planOf(at)
  let best: AssetRecord | null = null
  let bestM = Infinity
  for (const asset of assets) {
    if (asset.kind !== kind || asset.id === except) continue
    for (let i = 1; i < asset.axis.length; i++) {
      const [a, b] = [planOf(asset.axis[i - 1]!), planOf(asset.axis[i]!)]
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      const t = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)))
      const distanceM = Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy)
      if (distanceM < bestM) [best, bestM] = [asset, distanceM]
    }
  }
  return best
}

