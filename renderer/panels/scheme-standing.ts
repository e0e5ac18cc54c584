import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { pointsBox } from '#shared/geometry/plan-box.ts'
import { routeCostsOf } from '#shared/routing/search/route-costs.ts'
import { STREET_USES } from '#shared/routing/search/street-space.ts'
import { surfacesNear } from '#shared/twin/surfaces-near.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { schemeFigures, type SchemeFigures } from '#shared/review/scheme-figures.ts'
import { findingsStore, resultOf } from '../state/findings/findings-store.ts'
import { freshness } from '../state/findings/freshness.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'
import { subjectOf } from '../state/twin/subjects.ts'

/** How heavily a finding weighs; what is no duty is advisory however certain. */
export type FindingWeight = 'certain' | 'possible' | 'advisory'

/** How a scheme stands: what it comes to, and what its newest check says. */
export interface SchemeStanding {
  readonly name: string
  readonly figures: SchemeFigures
  /** Without touching, which is no problem; null while no check speaks of the scheme as it is. */
  readonly findings: readonly Finding[] | null
  /** Of existing lines that take part in a finding; null as `findings`. */
  readonly owners: readonly string[] | null
  /** Findings of one weight; null as `findings`. */
  count(weight: FindingWeight): number | null
}

const findingWeight = ({ mandatory, verdict }: Pick<Finding, 'mandatory' | 'verdict'>): FindingWeight => (!mandatory ? 'advisory' : verdict === 'certain' ? 'certain' : 'possible')

/** The standing of a scheme, followed as it changes; null where there is no such scheme. */
export function useSchemeStanding(id: string): SchemeStanding | null {
  const project = useStore(projectStore)
  const scenario = useStore(scenarioStore, state => state.byId[id] ?? null)
  const result = useStore(findingsStore, state => resultOf(state, id, 'proposals'))
  const document = scenario?.document ?? null
  const records = useStore(registerStore, state => state.routeCosts)
  const figures = useMemo(() => {
    if (!document || !project.info) return null
    const box = pointsBox(Object.values(document.proposals).flatMap(({ axis }) => axis))
    const surfaceFeatures = project.context && box.minX <= box.maxX ? surfacesNear(packContext(project.context).surfaceFeatures, STREET_USES, box) : []
    return schemeFigures(document, project.context?.ground ?? null, project.info.origin, { costs: routeCostsOf(Object.values(records)), surfaceFeatures })
  }, [document, project.info, project.context, records])
  const isFresh = freshness(result, project, scenario) === 'fresh'
  const findings = useMemo(() => (result && isFresh ? result.findings.filter(finding => finding.rule !== 'touching') : null), [result, isFresh])
  const owners = useMemo(() => findings && [...new Set(findings.flatMap(({ a, b }) => [...a, ...b].flatMap(asset => {
    const subject = document && !Object.hasOwn(document.proposals, asset) ? subjectOf(asset, project.columns, null) : null
    return subject?.owner ? [subject.owner] : []
  })))], [findings, document, project.columns])
  return document && figures && { name: document.name, figures, findings, owners, count: weight => findings && findings.filter(finding => findingWeight(finding) === weight).length }
}
