import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { IssueSummary } from '#shared/core/issues.ts'
import type { StoredRecord } from '#shared/register/collections.ts'
import type { SavedView } from '#shared/register/saved-view.ts'
import type { Excavation, Proposal } from '#shared/scenario/document.ts'
import type { CheckBaseline } from '../services/check/check-task.ts'
import type { HashedPack } from '../services/rule-packs.ts'
import type { NamedSets } from './asset-sets.ts'

export type NamedPack = HashedPack & { readonly file?: string }

/** What is checked, whether it came from a project or a file. */
export interface CheckSubject {
  /** The input as the command was given it. */
  readonly path: string
  /** What guids of its things come from: the project's own, or the name of a network file. */
  readonly projectId: string
  readonly baseline: CheckBaseline
  readonly proposals: readonly Proposal[]
  readonly excavations: readonly Excavation[]
  /** Per asset of the baseline: marked as a proposal in the file. */
  readonly isProposal: Uint8Array
  /** `file`: absolute path of a pack that was not shipped; `parts`: the packs of a combined one. */
  readonly pack: NamedPack & { readonly parts?: readonly NamedPack[] }
  readonly input: { readonly hash: string; readonly scenario?: { readonly name: string; readonly revision: number; readonly hash: string } }
  readonly issues: readonly IssueSummary[]
  readonly crs: string | null
  readonly isSynthetic: boolean
  /** Id of the scheme, for what is kept about its findings. */
  readonly scenarioId: string | null
  /** What people made of the findings (shared/register). */
  readonly records: readonly StoredRecord[]
  readonly views: readonly SavedView[]
  /** Queries saved in the project, over the baseline with the proposals after it; empty where no sets were asked for. */
  readonly namedSets: NamedSets
  /** What the project's ignore rules hide, each with its reason; empty where they were not asked for. */
  readonly ignoreRules: readonly AppliedIgnoreRule[]
}

/** An ignore rule with its sets looked up. */
export interface AppliedIgnoreRule {
  readonly reason: string
  /** Per finding whether it is hidden. */
  hides(findings: readonly Finding[]): boolean[]
}
