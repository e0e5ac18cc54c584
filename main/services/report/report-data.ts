import palettes from '#assets/colours/kinds.json' with { type: 'json' }
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { ENGINE, isScreening, type Finding } from '#shared/clearance/findings/finding.ts'
import { rockHoles } from '#shared/excavation/rock.ts'
import { schemeDigs } from '#shared/excavation/scheme-digs.ts'
import type { IssueSummary } from '#shared/core/issues.ts'
import type { AnalysisOutcome } from '#shared/hazards/analysis/outcome.ts'
import type { AnyRecord, StoredRecord } from '#shared/register/collections.ts'
import type { Decision } from '#shared/register/decision.ts'
import type { FindingState } from '#shared/register/finding-state.ts'
import { ownerDirectory, type Owner } from '#shared/register/owner.ts'
import type { Picture } from '#shared/register/picture.ts'
import type { ComparedScheme, ReportData, ReportFinding } from '#shared/report/report-data.ts'
import { heaviestFirst } from '#shared/report/finding-words.ts'
import { reportNetwork } from '#shared/report/report-network.ts'
import type { Words } from '#shared/report/words.ts'
import { findingKey } from '#shared/review/finding-key.ts'
import { standingOf } from '#shared/review/standing.ts'
import { routeCostsOf, type RouteCosts } from '#shared/routing/search/route-costs.ts'
import { schemeFigures } from '#shared/review/scheme-figures.ts'
import type { Excavation, Proposal, ScenarioDocument } from '#shared/scenario/document.ts'
import type { CheckBaseline } from '../check/check-task.ts'
import type { HashedPack } from '../rule-packs.ts'

/** One check, and what was checked. */
export interface ReportRequest {
  readonly language: 'zh-CN' | 'en'
  readonly words: Words
  /** File name of what was checked. */
  readonly project: string
  /** What guids of its things come from. */
  readonly projectId: string
  readonly dataHash: string
  readonly crs: string | null
  readonly isSynthetic: boolean
  readonly baseline: CheckBaseline
  readonly proposals: readonly Proposal[]
  readonly excavations: readonly Excavation[]
  /** Per asset of the baseline: marked as a proposal in the file. */
  readonly isProposal: Uint8Array | null
  readonly scheme: { readonly id: string; readonly name: string; readonly revision: number; readonly hash: string } | null
  readonly pack: HashedPack
  readonly sets: string | null
  readonly issues: readonly IssueSummary[]
  readonly findings: readonly Finding[]
  readonly pairCount: number
  /** Of the collections `findingStates`, `decisions`, `pictures`, `owners` and `routeCosts`. */
  readonly records: readonly StoredRecord[]
  /** Schemes to set beside it, each with its check; `scheme` itself is the first. */
  readonly compared: readonly CheckedScheme[]
  /** Of the scheme; null where nobody asked. */
  readonly lifeline: AnalysisOutcome | null
  readonly now: Date
}

export interface CheckedScheme {
  readonly document: ScenarioDocument
  readonly findings: readonly Finding[]
}

/** Puts everything a report is made from together: findings in order, with where they stand. */
export function buildReportData(request: ReportRequest): ReportData {
  const { baseline, proposals, excavations, isProposal, pack, now } = request
  const network = reportNetwork(
    effectiveNetwork(baseline.columns, proposals), index => index >= baseline.columns.count || isProposal?.[index] === 1, proposals, baseline.ground, baseline.surfaceFeatures, excavations,
  )
  const replaced = proposals.flatMap(proposal => proposal.replaces ?? [])
  const digs = schemeDigs(effectiveNetwork(baseline.columns, [], replaced), baseline.ground, excavations, rockHoles(baseline.surfaceFeatures))
  const states = new Map<string, FindingState>()
  const decisions = new Map<string, Decision[]>()
  const pictures = new Map<string, Picture>()
  const owners: Owner[] = []
  for (const record of request.records as readonly AnyRecord[]) {
    if (record.collection === 'findingStates') states.set(record.id, record.body)
    if (record.collection === 'owners') owners.push(record.body)
    if (record.collection === 'pictures') pictures.set(record.id, record.body)
    if (record.collection === 'decisions' && record.body.subject.type === 'finding') {
      const { key } = record.body.subject
      decisions.set(key, [...(decisions.get(key) ?? []), record.body])
    }
  }
  const costs = routeCostsOf(request.records)
  const today = localDay(now)
  const context = { today, geometryOf: network.geometryOf, pack: { id: pack.pack.id, version: pack.pack.version, hash: pack.hash } }
  const findings = [...request.findings].sort(heaviestFirst).map((finding, i): ReportFinding => {
    const { key } = findingKey(finding, request.scheme?.id ?? null, network.isProposal)
    return { number: i + 1, finding, standing: standingOf(finding, states.get(key) ?? null, context), decisions: decisions.get(key) ?? [] }
  })
  const { language, words, project, projectId, dataHash, crs, isSynthetic, scheme, sets, issues, pairCount, lifeline } = request
  return {
    language, words, project, projectId, dataHash, crs, isSynthetic, scheme, pack, sets, issues, pairCount, findings, network, pictures, digs, lifeline, hazardStates: hazardStatesOf([...states.values()], scheme?.id ?? null), today, owners: ownerDirectory(owners),
    comparison: request.compared.map(scheme => comparedScheme(scheme, baseline, costs, id => network.assetOf(id)?.owner ?? '')),
    madeAt: now.toISOString(), engine: ENGINE, kindColour: kind => palettes.standard[kind],
  }
}

const hazardStatesOf = (states: readonly FindingState[], scenarioId: string | null): FindingState[] =>
  states.filter(({ seen, scenarioId: of }) => isScreening(seen.rule) && of === scenarioId).sort((p, q) => q.seen.shortfall - p.seen.shortfall)

function comparedScheme({ document, findings }: CheckedScheme, { columns, ground, surfaceFeatures }: CheckBaseline, costs: RouteCosts, ownerOf: (id: string) => string): ComparedScheme {
  const counted = findings.filter(({ rule }) => rule !== 'touching')
  const against = new Set(counted.flatMap(({ a, b }) => [...a, ...b]).filter(id => !Object.hasOwn(document.proposals, id)))
  const owners = new Set([...against].map(ownerOf).filter(owner => owner !== ''))
  return { id: document.id, name: document.name, figures: schemeFigures(document, ground, columns.origin, { costs, surfaceFeatures }), findings: counted, owners: owners.size }
}

/** The day it is where this runs. */
export const localDay = (at: Date): string => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
