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

/** Builds the planted works into the ledger. Services that are bent on purpose leave `plans`. */
export function plantProblems(sites: ProblemSites, lines: readonly LaidLine[][], plans: ServicePlan[], ledger: Ledger): PlantedProblem[] {
  const problems: PlantedProblem[] = []
  const add = (id: PlantedProblemId, rule: PlantedProblem['rule'], asset: string, at: Vec3, other: AssetKind | null) => {
    const near = other ? assetNear(ledger.assets, other, at, asset) : null
    problems.push({ id, rule, assets: near ? [asset, near.id] : [asset], at })
  }
  const take = (edges: readonly StreetEdge[], kind: AssetKind, side: -1 | 1): ServicePlan | null => {
    const fits = plans.filter(plan => edges.includes(plan.edge) && plan.sort === 'building' && plan.spec.kind === kind && plan.side === side)
    const plan = fits[Math.floor(fits.length / 2)]
    if (!plan) return null
    plans.splice(plans.indexOf(plan), 1)
    return plan
  }
  const mainOf = (plan: { edge: StreetEdge; slot: Slot }, role: string) => meet(plan.slot, lines[plan.edge.index]!.find(line => line.role === role)?.points ?? [])

  const sewer = take(sites.sewerOverWater, 'sewer_storm', -1)
  const waterMain = sewer && mainOf(sewer, 'water')
  if (sewer && waterMain) {
    const [offsetM, waterZ] = waterMain
    const z = waterZ + 0.111 + 0.12 + 0.1
    const [tee, face] = [sewer.points[0]!, sewer.points.at(-1)!]
    const points = [tee, besideSlot(sewer.slot, -4, z - 0.02), besideSlot(sewer.slot, offsetM, z), besideSlot(sewer.slot, offsetM - 1.4, z + 0.01), face]
    add('sewer-over-water', 'vertical', recordService({ ...sewer, points }, ledger, 'as_built', { note: 'planted' }), surveyed(...points[2]!), 'water')
  }

  if (sites.gasBesidePower) {
    const edge = sites.gasBesidePower
    const axis = alongStretch(edge, OLD_GAS.offsetM, AXIS_DEPTH_M.gas)
    const record = ledger.addAsset({
      kind: 'gas', section: { shape: 'circle', diameterM: OLD_GAS.diameterM }, axis, laying: 'direct', pressureClass: 'low', material: 'steel', part: 'main', edge, depthM: AXIS_DEPTH_M.gas, note: 'planted',
    })
    add('gas-beside-power', 'horizontal', record.id, axis[Math.floor(axis.length / 2)]!, 'power')
  }

  const cable = take(sites.shallowCable, 'power', 1)
  if (cable) {
    const { slot } = cable
    const [tee, ...rest] = cable.points
    const under = (offsetM: number, depthM: number) => besideSlot(slot, offsetM, levelAt(slot, offsetM) - depthM)
    const kerbM = WIDTHS[cable.edge.street.class].kerbM
    const points = [tee!, under(-kerbM + 0.3, AXIS_DEPTH_M.power), under(-2.4, 0.37), under(2.4, 0.37), under(kerbM - 0.3, AXIS_DEPTH_M.power), ...rest]
    add('shallow-cable', 'cover', recordService({ ...cable, points }, ledger, 'as_built', { note: 'planted' }), surveyed(...under(0, 0.37)), null)
  }

  const heat = take(sites.heatThroughTelecom, 'heat', 1)
  const ducts = heat && mainOf(heat, 'telecom')
  if (heat && ducts) {
    const [ductM, ductZ] = ducts
    const [tee, line, face] = heat.points
    const z = ductZ - 0.11 - 0.08 + 0.1
    const points = [tee!, besideSlot(heat.slot, ductM - 1.55, tee![2] + (line![2] - tee![2]) * 0.7), besideSlot(heat.slot, ductM - 0.5, z), besideSlot(heat.slot, ductM + 1.4, z), face!]
    add('heat-through-telecom', 'hard', recordService({ ...heat, points }, ledger, 'as_built', { note: 'planted' }), surveyed(...besideSlot(heat.slot, ductM, z)), 'telecom')
  }

  if (sites.oldWater) {
    const edge = sites.oldWater
    const axis = alongStretch(edge, OLD_WATER.offsetM, AXIS_DEPTH_M.water)
    const record = ledger.addAsset({
      kind: 'water', section: { shape: 'circle', diameterM: OLD_WATER.diameterM }, axis, laying: 'direct', material: 'cast iron', part: 'main', edge, depthM: AXIS_DEPTH_M.water, quality: 'unknown', note: 'planted',
    })
    add('unknown-old-water', 'horizontal', record.id, axis[Math.floor(axis.length / 2)]!, 'gas')
  }

  const culvert = sites.culvert
  const foul = culvert && mainOf({ edge: culvert, slot: middleSlot(culvert) }, 'sewer_foul')
  if (culvert && foul) {
    const slot = middleSlot(culvert)
    const [foulM, foulZ] = foul
    const at = (offsetM: number) => surveyed(...besideSlot(slot, offsetM, foulZ - CULVERT.belowFoulM - 0.01 * (offsetM - foulM)))
    const record = ledger.addAsset({
      kind: 'sewer_combined', section: { shape: 'rectangle', widthM: CULVERT.widthM, heightM: CULVERT.heightM }, axis: [at(-CULVERT.reachM), at(CULVERT.reachM)],
      laying: 'direct', material: 'stone', part: 'main', edge: culvert, depthM: 4, quality: 'detected', note: 'planted',
    })
    add('culvert-through-sewer', 'hard', record.id, at(foulM), 'sewer_foul')
  }
  return problems
}

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

