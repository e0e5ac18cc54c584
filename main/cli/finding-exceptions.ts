import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { AnyRecord, StoredRecord } from '#shared/register/collections.ts'
import type { FindingException, FindingState } from '#shared/register/finding-state.ts'
import { reportNetwork } from '#shared/report/report-network.ts'
import { findingKey } from '#shared/review/finding-key.ts'
import { reopeningOf } from '#shared/review/standing.ts'
import type { Excavation, Proposal } from '#shared/scenario/document.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { HashedPack } from '../services/rule-packs.ts'

/** What was checked, as far as exceptions are judged by it. */
interface Checked {
  readonly records: readonly StoredRecord[]
  readonly baseline: { readonly columns: AssetColumns }
  readonly proposals: readonly Proposal[]
  readonly excavations: readonly Excavation[]
  readonly isProposal: Uint8Array
  readonly pack: HashedPack
  readonly scenarioId: string | null
}

/** A finding of a report with the exception under which it was accepted. */
export type ReportedFinding = Finding & { readonly exception?: Pick<FindingException, 'reason' | 'measure' | 'person' | 'date' | 'expires'> }

/**
 * Findings with their exceptions, those that hold for the geometry and the rules that were checked. Whether their day has
 * passed is for the reader to say: a report must not change with the calendar.
 */
export function withExceptions(findings: readonly Finding[], { records, baseline, proposals, excavations, isProposal, pack, scenarioId }: Checked): readonly ReportedFinding[] {
  const states = new Map<string, FindingState>()
  for (const record of records as readonly AnyRecord[]) if (record.collection === 'findingStates' && record.body.exception && record.body.status === 'accepted') states.set(record.id, record.body)
  if (states.size === 0) return findings
  const network = reportNetwork(effectiveNetwork(baseline.columns, proposals), i => i >= baseline.columns.count || isProposal[i] === 1, proposals, null, [], excavations)
  const context = { today: '', geometryOf: network.geometryOf, pack: { id: pack.pack.id, version: pack.pack.version, hash: pack.hash } }
  return findings.map(finding => {
    const state = states.get(findingKey(finding, scenarioId, network.isProposal).key)
    if (!state?.exception || reopeningOf(finding, state, context) !== null) return finding
    const { reason, measure, person, date, expires } = state.exception
    return { ...finding, exception: { reason, measure, person, date, expires } }
  })
}
