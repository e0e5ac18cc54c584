import type { Issue } from '../../core/issues.ts'
import type { JobControl } from '../../core/job.ts'
import { CARRIER_BY_KIND, CARRIERS } from '../../network/carriers.ts'
import { nodesOf } from '../../network/topology.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { groundSampler } from '../../twin/ground.ts'
import { ASSET_STATUSES, type NodeType } from '../../twin/kinds.ts'
import { digSite, schemeDigs } from '../analysis/ground-methods.ts'
import { computeOverflow } from '../analysis/overflow-method.ts'
import { AnalysisRefused, analysisSubject, NO_CHANGES, type AnalysisBaseline, type AnalysisSubject } from '../analysis/subject.ts'
import { collapseRows, DEFAULT_OLD_YEARS, withFactor, type CollapseFactor, type CollapseRow } from '../collapse.ts'
import { digEffects, type Dig, type DigEffect } from '../digging.ts'
import { gasExposures, type Exposure } from '../gas-exposure.ts'
import { OVERFLOW_DEFAULTS } from '../overflow/overflow.ts'
import { drainsBesideWater } from '../water-beside.ts'
import { formulaOf, type LifelineSettings } from './lifeline-settings.ts'

/** A manhole that floods at the return period asked for. */
export interface Flooding {
  readonly node: string
  readonly nodeType: NodeType
  /** On the ground, project CRS. */
  readonly at: Vec3
  /** The drain that leaves it. */
  readonly drain: number
  /** What comes and cannot leave, m³/s. */
  readonly excessM3s: number
}

/** The four hazards as they stand. Assets are indices; those of the baseline are the same with and without a scheme. */
export interface HazardsThere {
  readonly gas: readonly Exposure[]
  readonly flooding: readonly Flooding[]
  /** Every drain, whatever its grade. */
  readonly drains: readonly CollapseRow[]
  /** Assets that are struck, laid bare or undermined. */
  readonly dug: readonly DigEffect[]
  readonly digs: readonly Dig[]
  /** Drains that the scheme lays a line of pressurised water beside, and that line. */
  readonly watered: ReadonlyMap<number, number>
  readonly issues: readonly Issue[]
}

const kept = new WeakMap<AnalysisBaseline, { readonly key: string; readonly there: HazardsThere }>()

/** The hazards of a twin as it is. Kept with the baseline, for a scheme is looked at again and again over the same one. @throws CancelledError */
export function hazardsNow(baseline: AnalysisBaseline, parameters: LifelineSettings, thisYear: number, job: JobControl): HazardsThere {
  const key = JSON.stringify([parameters.radiusM, parameters.returnYears, formulaOf(parameters), thisYear])
  const known = kept.get(baseline)
  if (known?.key === key) return known.there
  const subject = analysisSubject(baseline, NO_CHANGES)
  const overflow = floodingOf(subject, parameters, job)
  const collapse = drainsOf(subject, thisYear, 0)
  const there: HazardsThere = {
    gas: gasExposures(subject, parameters.radiusM, subject.proposalsFrom, job), flooding: overflow.flooding, drains: collapse.rows, dug: [], digs: [], watered: new Map(),
    issues: [...overflow.issues, ...collapse.issues],
  }
  kept.set(baseline, { key, there })
  return there
}

/**
 * The hazards with a scheme, made of those before it: only what the scheme touches is computed again.
 * @param now Of the same baseline and parameters.
 * @throws CancelledError
 */
export function hazardsWith(subject: AnalysisSubject, now: HazardsThere, parameters: LifelineSettings, thisYear: number, before: AnalysisBaseline, job: JobControl): HazardsThere {
  const { columns, proposalsFrom } = subject
  const digs = schemeDigs(subject)
  const dug = digs.length === 0 ? [] : digEffects(digs, digSite(subject), job).effects.filter(effect => effect.struck || effect.exposed || effect.undermined)
  const isDug = new Set(dug.map(({ asset }) => asset))
  // Water lines the scheme lays beside drains that are there already; its own drains were asked about all of them.
  const watered = drainsBesideWater(columns, proposalsFrom) ?? new Map<number, number>()
  const drains = [...now.drains.filter(({ asset }) => columns.status[asset] !== REMOVED), ...drainsOf(subject, thisYear, proposalsFrom).rows]
  return {
    gas: gasExposures(subject, parameters.radiusM, proposalsFrom, job, now.gas),
    flooding: changesDrains(subject, before) ? floodingOf(subject, parameters, job).flooding : now.flooding,
    drains: drains.map(row => withFactors(row, isDug.has(row.asset) && 'digging', watered.has(row.asset) && 'water')), dug, digs, watered, issues: [],
  }
}

const withFactors = (row: CollapseRow, ...factors: readonly (CollapseFactor | false | undefined)[]): CollapseRow => factors.reduce<CollapseRow>((so, factor) => (factor ? withFactor(so, factor) : so), row)

const REMOVED = ASSET_STATUSES.indexOf('removed')
const SEWER = CARRIERS.indexOf('sewer')

/** Whether a scheme lays or takes out anything that water from the streets runs in. */
function changesDrains({ columns, proposalsFrom }: AnalysisSubject, { columns: before }: AnalysisBaseline): boolean {
  for (let asset = 0; asset < columns.count; asset++) {
    if (CARRIER_BY_KIND[columns.kind[asset]!] === SEWER && (asset >= proposalsFrom || columns.status[asset] !== before.status[asset])) return true
  }
  return false
}

function floodingOf(subject: AnalysisSubject, settings: LifelineSettings, job: JobControl): { readonly flooding: readonly Flooding[]; readonly issues: readonly Issue[] } {
  try {
    const answer = computeOverflow(subject, { ...OVERFLOW_DEFAULTS, formula: formulaOf(settings), returnYears: [settings.returnYears], tailwaterM: null, dryFlowLs: 0 }, job)
    const { graph: { topology, order, out, into, cutOff } } = answer
    const [ox, oy, oz] = subject.columns.origin
    const flooding = order.flatMap((place): Flooding[] => {
      const { flooded, groundM, excessM3s } = answer.runs[0]!.levels.get(place)!
      const [node, drain] = [nodesOf(topology, place)[0], out.get(place)?.[0] ?? (cutOff.has(place) ? into.get(place)?.[0] : undefined)]
      if (!flooded || !node || !drain) return []
      return [{ node: node.id, nodeType: node.nodeType, at: [topology.placeXyz[3 * place]! + ox, topology.placeXyz[3 * place + 1]! + oy, groundM! + oz], drain: drain.asset, excessM3s }]
    })
    return { flooding, issues: answer.issues }
  } catch (cause) {
    // A twin without drains has no overflow; the other hazards are still asked for.
    if (!(cause instanceof AnalysisRefused)) throw cause
    return { flooding: [], issues: [] }
  }
}

function drainsOf(subject: AnalysisSubject, thisYear: number, from: number): ReturnType<typeof collapseRows> {
  const { columns, surfaceFeatures, ground, attributesOf, proposalsFrom } = subject
  return collapseRows({ columns, surfaceFeatures, groundAt: ground && groundSampler(ground), attributesOf, dug: new Set(), proposalsFrom, from }, { soil: null, groundwaterDepthM: null, oldYears: DEFAULT_OLD_YEARS, thisYear })
}
