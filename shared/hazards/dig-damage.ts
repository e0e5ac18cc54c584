import type { Issue } from '../core/issues.ts'
import type { JobControl } from '../core/job.ts'
import type { ExcavationSite } from '../excavation/excavate.ts'
import { handDigM, safeDigM, unknownAccuracyM } from '../excavation/safe-dig.ts'
import { assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import { ASSUMED } from '../twin/asset.ts'
import { PRESSURE_CLASSES } from '../twin/kinds.ts'
import { digEffects, type Dig, type DigEffect } from './digging.ts'
import { distanceToRing } from './plan-points.ts'

/** What follows when a bucket meets it, worst first. */
export const CONSEQUENCES = ['gas_high', 'gas', 'power_high', 'power', 'industrial', 'heat', 'water_trunk', 'tunnel', 'sewer', 'water', 'telecom', 'trench', 'unknown'] as const
export type Consequence = (typeof CONSEQUENCES)[number]

export const PRECAUTIONS = ['owner_on_site', 'isolate_gas', 'make_dead', 'know_valves', 'trial_hole', 'hand_dig', 'no_machine', 'support', 'watch_settlement'] as const
export type Precaution = (typeof PRECAUTIONS)[number]

/** Above low voltage. */
const HIGH_VOLTAGE_KV = 1
/** Outer diameter from which a water main floods a street rather than a pit: ours. */
const TRUNK_M = 0.3
/** Gas classes above 0.4 MPa. */
const HIGH_PRESSURE = 1 + PRESSURE_CLASSES.indexOf('sub_high_b')

/** One asset in the reach of a dig. Lengths in metres. */
export interface DigRow extends DigEffect {
  readonly consequence: Consequence
  /** Its 95 % limits; null: not known, and then half a metre is dug by hand more. */
  readonly accuracyPlanM: number | null
  readonly accuracyLevelM: number | null
  /** Its level or size was filled in, not surveyed. */
  readonly isAssumed: boolean
  /** No machine nearer than this to its outer surface as drawn. */
  readonly safeDigM: number
  /** By hand within this of its outer surface as drawn: the safe band and its own uncertainty. */
  readonly handDigM: number
  readonly precautions: readonly Precaution[]
  /** Where to look for it first, local frame: its point nearest to the dig. Null where its place is known well enough. */
  readonly trialHole: readonly [number, number, number] | null
}

/** What every excavation of a list can hit, the worst consequence first. @throws CancelledError */
export function digDamage(digs: readonly Dig[], site: ExcavationSite, job: JobControl): { readonly rows: readonly DigRow[]; readonly issues: readonly Issue[] } {
  const { effects, issues } = digEffects(digs, site, job)
  const rows = effects.map(effect => rowOf(effect, digs, site.columns))
  const rank = ({ struck, exposed, undermined, consequence }: DigRow): number => (struck || exposed ? 0 : undermined ? 100 : 200) + CONSEQUENCES.indexOf(consequence)
  return { rows: rows.sort((a, b) => rank(a) - rank(b) || a.clearanceM - b.clearanceM || a.asset - b.asset), issues }
}

function rowOf(effect: DigEffect, digs: readonly Dig[], columns: AssetColumns): DigRow {
  const { asset } = effect
  const limit = (value: number): number | null => (Number.isNaN(value) ? null : value)
  const [accuracyPlanM, accuracyLevelM] = [limit(columns.accuracyPlanM[asset]!), limit(columns.accuracyLevelM[asset]!)]
  const isAssumed = (columns.assumed[asset]! & (ASSUMED.level | ASSUMED.size | ASSUMED.ground)) !== 0
  const consequence = consequenceOf(columns, asset)
  const bandM = handDigM + Math.max(accuracyPlanM ?? unknownAccuracyM, accuracyLevelM ?? unknownAccuracyM)
  const isUncertain = accuracyPlanM === null || accuracyLevelM === null || isAssumed
  // The drawn position says it will be met, or would not if it were right and nobody knows whether it is.
  const wantsHole = effect.struck || effect.exposed || (isUncertain && effect.clearanceM <= bandM)
  return {
    ...effect, consequence, accuracyPlanM, accuracyLevelM, isAssumed,
    safeDigM: safeDigM(assetKind(columns, asset), PRESSURE_CLASSES[columns.pressureClass[asset]! - 1] ?? null), handDigM: bandM,
    trialHole: wantsHole ? nearestToDigs(columns, asset, digs.filter(dig => effect.by.includes(dig.id))) : null,
    precautions: precautionsOf(effect, consequence, wantsHole),
  }
}

function consequenceOf(columns: AssetColumns, asset: number): Consequence {
  const kind = assetKind(columns, asset)
  switch (kind) {
    case 'gas': return columns.pressureClass[asset]! >= HIGH_PRESSURE ? 'gas_high' : 'gas'
    // A voltage nobody knows is taken for a high one.
    case 'power': return columns.voltageKv[asset]! <= HIGH_VOLTAGE_KV ? 'power' : 'power_high'
    case 'water': case 'reclaimed': return 2 * columns.halfWidthM[asset]! >= TRUNK_M ? 'water_trunk' : 'water'
    case 'sewer_foul': case 'sewer_storm': case 'sewer_combined': return 'sewer'
    default: return kind
  }
}

function precautionsOf(effect: DigEffect, consequence: Consequence, wantsHole: boolean): Precaution[] {
  const isMet = effect.struck || effect.exposed
  const wanted: Readonly<Record<Precaution, boolean>> = {
    owner_on_site: consequence === 'gas_high' || (isMet && (consequence === 'gas' || consequence === 'power_high' || consequence === 'tunnel')),
    isolate_gas: isMet && (consequence === 'gas' || consequence === 'gas_high'),
    make_dead: isMet && (consequence === 'power' || consequence === 'power_high'),
    know_valves: (isMet || effect.undermined) && (consequence === 'water' || consequence === 'water_trunk' || consequence === 'heat'),
    trial_hole: wantsHole,
    hand_dig: effect.handDig || isMet,
    no_machine: effect.withinSafeDig || isMet,
    support: effect.exposed,
    watch_settlement: effect.undermined,
  }
  return PRECAUTIONS.filter(precaution => wanted[precaution])
}

const STEP_M = 0.5

/** Of the points of an axis every half metre, the one nearest to the holes; of several inside them the middle one. Local frame; null for an axis without length or no hole. */
export function nearestToDigs({ xyz, vertexStart }: AssetColumns, asset: number, digs: readonly Dig[]): [number, number, number] | null {
  let [least, ties]: [number, [number, number, number][]] = [Infinity, []]
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const [x0, y0, z0, x1, y1, z1] = xyz.subarray(3 * v, 3 * v + 6) as unknown as [number, number, number, number, number, number]
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / STEP_M))
    for (let k = 0; k <= steps; k++) {
      const point: [number, number, number] = [x0 + (k / steps) * (x1 - x0), y0 + (k / steps) * (y1 - y0), z0 + (k / steps) * (z1 - z0)]
      const distance = digs.reduce((best, { outline }) => Math.min(best, distanceToRing(outline, point[0], point[1])), Infinity)
      if (distance < least - 1e-9) [least, ties] = [distance, [point]]
      else if (distance <= least + 1e-9) ties.push(point)
    }
  }
  return ties[Math.floor(ties.length / 2)] ?? null
}
