import type { Random } from '../../core/random.ts'
import type { OuterSection, Vec3 } from '../asset.ts'
import type { AssetKind, Laying, PressureClass } from '../kinds.ts'
import type { Plot } from './buildings.ts'
import { surveyed, type Ledger, type NewAsset, type Quality } from './ledger.ts'
import type { LaidLine } from './mains.ts'
import { directionAt } from './street-edge.ts'
import type { StreetEdge, StreetNetwork, Vec2 } from './street-graph.ts'
import { WIDTHS } from './street-section.ts'

/**
 * Services: what joins buildings, gullies and hydrants to the mains, one per slot, at right angles to the street.
 * Slots are far enough apart for every horizontal distance, and clear of bends by more than any crossing zone.
 */
export interface Slot {
  readonly edge: StreetEdge
  readonly segment: number
  readonly alongM: number
  /** To the nearer of the two bends of its segment. */
  readonly fromBendM: number
  /** On the centre line. */
  readonly at: Vec2
  /** Right of the street. */
  readonly right: Vec2
}

const SLOT_FROM_BEND_M = 2.5
const SLOT_STEP_M = 1.9
const TEE_OUTWARDS_M = 5e-6
/** Where a street bends on a slope a straight service would leave its band of depth: none there. */
const MAX_TWIST_M = 0.03

/** Kinds whose horizontal distance is 2.0 m: two slots apart. */
const FAR_APART: Readonly<Partial<Record<AssetKind, readonly AssetKind[]>>> = { power: ['telecom', 'heat'], telecom: ['power'], heat: ['power'] }
const FAR_APART_M = 3
const FAR_FROM_BEND_M = 3

interface ServiceSpec {
  readonly role: string
  readonly kind: AssetKind
  readonly section: OuterSection
  readonly laying: Laying
  readonly material: string
  readonly pressureClass?: PressureClass
  readonly voltageKv?: number
  /** Rise per metre towards the building on top of the street's own levels. */
  readonly rise: number
  /** Depth of the axis at the building's face. */
  readonly endDepthM: number
  /** Depth of the axis below the street, where it does not come from a fall. */
  readonly depthM: number
}

const round = (diameterM: number): OuterSection => ({ shape: 'circle', diameterM })
const duct = (widthM: number, heightM: number): OuterSection => ({ shape: 'rectangle', widthM, heightM })

const FOUL: ServiceSpec = { role: 'sewer_foul', kind: 'sewer_foul', section: round(0.2), laying: 'direct', material: 'HDPE', rise: 0.015, endDepthM: 1.6, depthM: 4 }
const STORM: ServiceSpec = { role: 'sewer_storm', kind: 'sewer_storm', section: round(0.2), laying: 'direct', material: 'HDPE', rise: 0.01, endDepthM: 1.5, depthM: 3.2 }
const WATER: ServiceSpec = { role: 'water', kind: 'water', section: round(0.063), laying: 'direct', material: 'PE100', rise: 0, endDepthM: 1.2, depthM: 2.3 }
const GAS: ServiceSpec = { role: 'gas', kind: 'gas', section: round(0.063), laying: 'direct', material: 'PE100', pressureClass: 'low', rise: 0, endDepthM: 1.2, depthM: 1.8 }
const POWER: ServiceSpec = { role: 'power10', kind: 'power', section: duct(0.2, 0.18), laying: 'duct', material: 'MPP', voltageKv: 0.4, rise: 0, endDepthM: 0.85, depthM: 0.8 }
const TELECOM: ServiceSpec = { role: 'telecom', kind: 'telecom', section: duct(0.2, 0.14), laying: 'duct', material: 'PVC-U', rise: 0, endDepthM: 1.2, depthM: 1.4 }
const HEAT: ServiceSpec = { role: 'heat', kind: 'heat', section: round(0.16), laying: 'direct', material: 'steel, PUR, HDPE casing', rise: 0, endDepthM: 1.4, depthM: 2.8 }

/** In the order in which a building gets its slots. */
const BUILDING_SERVICES: readonly ServiceSpec[] = [FOUL, WATER, POWER, TELECOM, GAS, STORM, HEAT]
const GULLY: ServiceSpec = { ...STORM, section: round(0.2), endDepthM: 0.95 }
const HYDRANT: ServiceSpec = { ...WATER, section: round(0.114), material: 'DI', endDepthM: 0.85 }

/** A service ready to be recorded. */
export interface ServicePlan {
  readonly sort: 'building' | 'gully' | 'hydrant'
  readonly edge: StreetEdge
  readonly side: -1 | 1
  readonly spec: ServiceSpec
  readonly slot: Slot
  /** Plan frame, from the main outwards. */
  readonly points: readonly Vec3[]
  readonly groundM: number
}

/** Says which slots must stay empty: other works are there. */
export type Reserved = (slot: Slot, side: -1 | 1, kind: AssetKind) => boolean

/** All services the streets can take, street by street. */
export function planServices(network: StreetNetwork, mains: readonly LaidLine[][], plots: readonly Plot[], reserved: Reserved): ServicePlan[] {
  const plotsByEdge = network.edges.map((): Plot[] => [])
  for (const plot of plots) if (plot.front && plot.heightM > 0) plotsByEdge[plot.edge.index]!.push(plot)
  return network.edges.flatMap(edge => servicesOf(edge, mains[edge.index]!, plotsByEdge[edge.index]!, reserved))
}

function servicesOf(edge: StreetEdge, mains: readonly LaidLine[], plots: readonly Plot[], reserved: Reserved): ServicePlan[] {
  const plans: ServicePlan[] = []
  const wanted = new Map(plots.map(plot => [plot, BUILDING_SERVICES.filter(spec => isServed(edge, plot.side, spec, mains))]))
  const lastGully = { [-1]: -20, 1: -8 }
  const lastOf = new Map<AssetKind, number>()
  const apart = (spec: ServiceSpec, slot: Slot) => (FAR_APART[spec.kind] ?? []).every(kind => slot.fromBendM > FAR_FROM_BEND_M && slot.alongM - (lastOf.get(kind) ?? -Infinity) > FAR_APART_M)
  let lastHydrant = -60
  let turn: -1 | 1 = 1
  for (const slot of slotsOf(edge)) {
    turn = turn === 1 ? -1 : 1
    const near = plots.filter(plot => plot.front && plot.front.fromM + 1 < slot.alongM && plot.front.toM - 1 > slot.alongM)
    const carriage = WIDTHS[edge.street.class].kerbM > 0
    for (const side of [turn, -turn as -1 | 1]) {
      const free = (spec: ServiceSpec) => apart(spec, slot) && !reserved(slot, side, spec.kind)
      const build = (sort: ServicePlan['sort'], spec: ServiceSpec): boolean => {
        const points = free(spec) ? servicePoints(sort, slot, side, spec, mains) : null
        if (!points) return false
        lastOf.set(spec.kind, slot.alongM)
        plans.push({ sort, edge, side, spec, slot, points, groundM: levelAt(slot, 0) })
        return true
      }
      if (carriage && slot.alongM - lastGully[side] > 26 && build('gully', GULLY)) {
        lastGully[side] = slot.alongM
        break
      }
      if (side === -1 && slot.alongM - lastHydrant > 100 && build('hydrant', HYDRANT)) {
        lastHydrant = slot.alongM
        break
      }
      const plot = near.find(candidate => candidate.side === side)
      const spec = plot && wanted.get(plot)?.find(free)
      if (plot && spec && build('building', spec)) {
        wanted.set(plot, wanted.get(plot)!.filter(other => other !== spec))
        break
      }
    }
  }
  return plans
}

/** What a street's special mains do not allow: storm services cannot pass the quay's reclaimed main, heat serves its own side. */
function isServed(edge: StreetEdge, side: -1 | 1, spec: ServiceSpec, mains: readonly LaidLine[]): boolean {
  if (!mains.some(line => line.role === spec.role)) return false
  if (spec === STORM) return edge.street.special !== 'quay'
  return spec !== HEAT || side === 1
}

/** Slots lie between the landings, two metres and more from every bend. */
export function slotsOf(edge: StreetEdge): Slot[] {
  const slots: Slot[] = []
  for (let i = 1; i + 2 < edge.stations.length; i++) {
    const [a, b] = [edge.stations[i]!, edge.stations[i + 1]!]
    const [dx, dy] = directionAt(edge, i)
    const lengthM = b.alongM - a.alongM
    const count = Math.floor((lengthM - 2 * SLOT_FROM_BEND_M) / SLOT_STEP_M) + 1
    for (let k = 0; k < count; k++) {
      const t = lengthM / 2 + (k - (count - 1) / 2) * SLOT_STEP_M
      const slot: Slot = { edge, segment: i, alongM: a.alongM + t, fromBendM: Math.min(t, lengthM - t), at: [a.x + t * dx, a.y + t * dy], right: [dy, -dx] }
      if (twist(slot) < MAX_TWIST_M) slots.push(slot)
    }
  }
  return slots
}

/** Plan-frame point on a slot's line, `offsetM` right of the centre line. */
export const besideSlot = (slot: Slot, offsetM: number, z: number): Vec3 => [slot.at[0] + offsetM * slot.right[0], slot.at[1] + offsetM * slot.right[1], z]

/** How far the street's surface at a slot is from level or evenly tilted across: steep bends are. */
function twist(slot: Slot): number {
  const { halfM } = WIDTHS[slot.edge.street.class]
  return Math.abs(levelAt(slot, halfM) + levelAt(slot, -halfM) - 2 * levelAt(slot, 0))
}

function servicePoints(sort: ServicePlan['sort'], slot: Slot, side: -1 | 1, spec: ServiceSpec, mains: readonly LaidLine[]): Vec3[] | null {
  const main = mains.find(line => line.role === spec.role)
  const tee = main && meet(slot, main.points)
  if (!tee) return null
  const { halfM, kerbM, setbackM } = WIDTHS[slot.edge.street.class]
  const [axisM, teeM] = tee
  const endM =
    sort === 'gully' ? side * (kerbM - 0.35)
    : sort === 'hydrant' ? axisM + (slot.edge.street.class === 'steps' ? -0.7 : 0.9)
    : side * (halfM + setbackM - 0.05)
  if (sort === 'gully' && Math.abs(endM - axisM) < 1.5) return null
  // A hair outwards: rounding must not put the tee beyond the main's axis, where the service would start by crossing it.
  const mainM = axisM + Math.sign(endM - axisM) * TEE_OUTWARDS_M
  const at = (offsetM: number, z: number) => besideSlot(slot, offsetM, z)
  const ground = (offsetM: number) => levelAt(slot, offsetM)
  const end = at(endM, ground(endM) - spec.endDepthM)
  if (sort === 'gully') {
    // Up beside the main first, then shallow to the kerb: above the deep mains of the avenue.
    const bendM = mainM + 0.4 * (endM - mainM)
    return [at(mainM, teeM), at(bendM, Math.max(teeM + 0.2, ground(bendM) - 1.35)), end]
  }
  if (sort === 'hydrant') return [at(mainM, teeM), at(endM, teeM + ground(endM) - ground(mainM)), end]
  const lineM = side * (halfM + 0.6)
  const lineZ = teeM + ground(lineM) - ground(mainM) + spec.rise * Math.abs(lineM - mainM)
  return [at(mainM, teeM), at(lineM, lineZ), at(endM, Math.max(lineZ, end[2]))]
}

/** Where a slot's line across the street meets a main, as [offset from the centre line, level]; null where the main is not there. */
export function meet(slot: Slot, points: readonly Vec3[]): [number, number] | null {
  const [rx, ry] = slot.right
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    // Along the street, before and beyond the slot's line.
    const from = -(a[0] - slot.at[0]) * ry + (a[1] - slot.at[1]) * rx
    const to = -(b[0] - slot.at[0]) * ry + (b[1] - slot.at[1]) * rx
    if (from === to || from * to > 0) continue
    const t = from / (from - to)
    const offsetM = (a[0] + t * (b[0] - a[0]) - slot.at[0]) * rx + (a[1] + t * (b[1] - a[1]) - slot.at[1]) * ry
    // A tee right at a joint or manhole would crowd it.
    const lengthM = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (Math.abs(offsetM) < 20 && Math.min(t, 1 - t) * lengthM > 1) return [offsetM, a[2] + t * (b[2] - a[2])]
  }
  return null
}

/** Street level at a slot beside the centre line: between the mitred points of its two stations, as the mains run. */
export function levelAt(slot: Slot, offsetM: number): number {
  const [a, b] = [slot.edge.stations[slot.segment]!, slot.edge.stations[slot.segment + 1]!]
  const [dx, dy] = [-slot.right[1], slot.right[0]]
  const along = (station: typeof a) => (station.x + offsetM * station.side[0] - slot.at[0]) * dx + (station.y + offsetM * station.side[1] - slot.at[1]) * dy
  const [from, to] = [along(a), along(b)]
  return a.z + (from / (from - to)) * (b.z - a.z)
}

/** Records as many services as fit the wanted number of segments, spread evenly over the city. */
export function recordServices(plans: readonly ServicePlan[], segmentBudget: number, ledger: Ledger, random: Random, qualityOf: (edge: StreetEdge) => Quality): void {
  const rank = plans.map((_, i) => i)
  for (let i = rank.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[rank[i], rank[j]] = [rank[j]!, rank[i]!]
  }
  const chosen = new Uint8Array(plans.length)
  let left = segmentBudget
  for (const i of rank) {
    const cost = plans[i]!.points.length - 1
    if (cost > left) continue
    chosen[i] = 1
    left -= cost
  }
  plans.forEach((plan, i) => {
    if (chosen[i] === 1) recordService(plan, ledger, qualityOf(plan.edge))
  })
}

export function recordService(plan: ServicePlan, ledger: Ledger, quality: Quality, changes: Partial<NewAsset> = {}): string {
  const { spec, points, edge } = plan
  const axis = points.map(point => surveyed(...point))
  const record = ledger.addAsset({
    kind: spec.kind, section: spec.section, laying: spec.laying, material: spec.material, depthM: spec.depthM, part: 'service', edge, quality, axis,
    ...(spec.pressureClass && { pressureClass: spec.pressureClass }), ...(spec.voltageKv !== undefined && { voltageKv: spec.voltageKv }), ...changes,
  })
  const end = axis.at(-1)!
  const groundM = Math.round((plan.sort === 'building' ? plan.groundM : end[2] + spec.endDepthM) * 1000) / 1000
  ledger.addNode(spec.kind, plan.sort === 'building' ? 'connection' : plan.sort, [end[0], end[1], Math.max(groundM, end[2])])
  return record.id
}
