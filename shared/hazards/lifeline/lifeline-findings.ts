import { isMaximum, unitOf, type Against, type Finding, type RuleName } from '../../clearance/findings/finding.ts'
import { compareText, inProject } from '../../clearance/network/order-and-frame.ts'
import type { JobControl } from '../../core/job.ts'
import { excavationFindings } from '../../excavation/excavation-findings.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { nearestOnAxis } from '../../twin/plan-chainage.ts'
import { analysisSubject, type AnalysisBaseline, type AnalysisSubject, type SchemeChanges } from '../analysis/subject.ts'
import { metLengthM, type Dig } from '../digging.ts'
import { nearestToDigs } from '../dig-damage.ts'
import { hazardChanges, middleOfAsset, type HazardChange } from './hazard-changes.ts'
import { hazardsNow, hazardsWith, type HazardsThere } from './hazards-there.ts'
import { stormClause, type LifelineSettings } from './lifeline-settings.ts'

/** What of a scheme's own excavations is damage; what is only near them is for their own check. */
const DAMAGE: ReadonlySet<RuleName> = new Set(['dig_struck', 'dig_undermined', 'bore_struck'])

/**
 * What a scheme adds to the four hazards or makes worse, as findings: spaces that come near gas, manholes that flood or flood
 * more, drains that get more of what collapses come of, assets its trenches strike or undermine. Screening: possible, never
 * mandatory. What the scheme's own excavations strike or undermine is not screened but measured: those are the very findings
 * its check lists, with the same identity.
 * @returns sorted by identity. @throws CancelledError
 */
export function lifelineFindings(baseline: AnalysisBaseline, scheme: SchemeChanges, parameters: LifelineSettings, thisYear: number, job: JobControl): Finding[] {
  const subject = analysisSubject(baseline, scheme)
  const now = hazardsNow(baseline, parameters, thisYear, job)
  const then = hazardsWith(subject, now, parameters, thisYear, baseline, job)
  const isDrawn = scheme.excavations.length > 0
  const changes = hazardChanges(now, then, subject).filter(({ hazard }) => !(hazard === 'dig' && isDrawn))
  const causes = new Map(then.dug.map(({ asset, by }) => [asset, by]))
  const found = changes.map(change => findingOf(change, { subject, parameters, digs: then.digs, causes, watered: then.watered }))
  const { columns, proposalsFrom, ground } = subject
  const ofCuts = excavationFindings({ columns: proposalsFrom === columns.count ? columns : { ...columns, count: proposalsFrom }, ground, excavations: scheme.excavations }).filter(({ rule }) => DAMAGE.has(rule))
  return [...found, ...ofCuts].sort((m, n) => compareText(m.id, n.id))
}

interface Setting {
  readonly subject: AnalysisSubject
  readonly parameters: LifelineSettings
  readonly digs: readonly Dig[]
  /** What digs into a drain. */
  readonly causes: ReadonlyMap<number, readonly string[]>
  readonly watered: HazardsThere['watered']
}

function findingOf(change: HazardChange, setting: Setting): Finding {
  const { subject, parameters } = setting
  const { ids, columns: { origin } } = subject
  switch (change.hazard) {
    case 'gas': {
      const { pipe, space } = change.exposure
      const sides = { asset: pipe, at: { a: inProject(space.at.pipe, origin), b: inProject(space.at.space, origin) } }
      const limit = { rule: 'gas_space', required: parameters.radiusM, found: space.distanceM, clause: `${parameters.radiusM} m` } as const
      if (space.sort === 'line') return built(setting, sides, [ids[space.index]!], limit)
      const node = space.sort === 'node' ? subject.nodes[space.index]! : null
      if (node) return built(setting, sides, [node.id], limit, { sort: 'node', type: node.nodeType })
      const { id, name } = subject.surfaceFeatures[space.index]!
      return built(setting, sides, [id], limit, { sort: 'feature', type: 'building', ...(name && { name }) })
    }
    case 'overflow': {
      const { flooding: { node, nodeType, at, drain, excessM3s }, beforeM3s } = change
      const on = nearestOnAxis(subject.columns, drain, at[0] - origin[0], at[1] - origin[1])
      return built(setting, { asset: drain, at: { a: inProject(on.at, origin), b: at } }, [node], { rule: 'manhole_flooding', required: 1000 * beforeM3s, found: 1000 * excessM3s, clause: stormClause(parameters) }, { sort: 'node', type: nodeType })
    }
    case 'collapse': {
      const { drain: { asset, present }, before } = change
      const [dugBy, water] = [setting.causes.get(asset) ?? [], setting.watered.get(asset)]
      const by = dugBy.length > 0 || water === undefined ? dugBy : [ids[water]!]
      const at = dugBy.length > 0 ? atDigs(setting, asset, dugBy) : water === undefined ? inTheMiddle(subject, asset) : besideWater(subject, asset, water)
      return built(setting, { asset, at }, by, { rule: 'collapse_factors', required: before, found: present, clause: '' }, excavationOf(subject, by))
    }
    case 'dig': {
      const { asset, by, struck, exposed, overInfluenceM } = change.effect
      const limit = struck || exposed ? { rule: 'trench_struck', found: metLengthM(change.effect) } as const : { rule: 'trench_undermined', found: overInfluenceM } as const
      return built(setting, { asset, at: atDigs(setting, asset, by) }, by, { ...limit, required: 0, clause: '' })
    }
  }
}

interface Sides {
  readonly asset: number
  readonly at: Finding['at']
}

function built({ subject }: Setting, { asset, at }: Sides, b: readonly string[], { rule, required, found, clause }: Pick<Finding, 'rule' | 'required' | 'found' | 'clause'>, against?: Against): Finding {
  const { columns, ids } = subject
  const { chainageM } = nearestOnAxis(columns, asset, at.a[0] - columns.origin[0], at.a[1] - columns.origin[1])
  const unit = unitOf(rule)
  return {
    rule, required, found, shortfall: isMaximum(rule) ? found - required : required - found, clause, basis: 'memory', at,
    id: `${ids[asset]!}|${b[0] ?? ''}|${rule}|1`, a: [ids[asset]!], b, ...(against && { against }), ...(unit !== 'm' && { unit }),
    verdict: 'possible', mandatory: false, uncertaintyM: null, yields: null, others: [],
    stretch: { from: at.a, to: at.a, fromChainageM: chainageM, toChainageM: chainageM },
  }
}

function atDigs({ subject: { columns }, digs }: Setting, asset: number, by: readonly string[]): Finding['at'] {
  const point = nearestToDigs(columns, asset, digs.filter(({ id }) => by.includes(id)))
  const at = inProject(point ?? [0, 0, 0], columns.origin)
  return { a: at, b: at }
}

/** Of the drain, what is nearest to the middle of the water line, and that middle. */
function besideWater(subject: AnalysisSubject, drain: number, water: number): Finding['at'] {
  const { columns: { origin }, columns } = subject
  const b = middleOfAsset(subject, water)
  return { a: inProject(nearestOnAxis(columns, drain, b[0] - origin[0], b[1] - origin[1]).at, origin), b }
}

function inTheMiddle(subject: AnalysisSubject, asset: number): Finding['at'] {
  const at: Vec3 = middleOfAsset(subject, asset)
  return { a: at, b: at }
}

/** The excavation that is the cause, where the scheme draws its own. */
function excavationOf({ excavations }: AnalysisSubject, by: readonly string[]): Against | undefined {
  const excavation = excavations.find(({ id }) => id === by[0])
  return excavation && { sort: 'excavation', type: excavation.shape.type, ...(excavation.name !== '' && { name: excavation.name }) }
}
