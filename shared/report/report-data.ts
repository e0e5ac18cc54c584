import type { FindingState } from '../register/finding-state.ts'
import type { Finding } from '../clearance/findings/finding.ts'
import type { IssueSummary } from '../core/issues.ts'
import type { SchemeDig } from '../excavation/scheme-digs.ts'
import type { Decision } from '../register/decision.ts'
import type { OwnerDirectory } from '../register/owner.ts'
import type { Picture } from '../register/picture.ts'
import type { SchemeFigures } from '../review/scheme-figures.ts'
import type { Standing } from '../review/standing.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { AssetKind } from '../twin/kinds.ts'
import type { AnalysisOutcome } from '../hazards/analysis/outcome.ts'
import type { ReportNetwork } from './report-network.ts'
import type { Words } from './words.ts'

/** A finding as reports number it: the heaviest first. */
export interface ReportFinding {
  readonly number: number
  readonly finding: Finding
  readonly standing: Standing
  readonly decisions: readonly Decision[]
}

/** One scheme beside the others. */
export interface ComparedScheme {
  readonly id: string
  readonly name: string
  readonly figures: SchemeFigures
  /** Of its check under the report's pack, without those that only touch. */
  readonly findings: readonly Finding[]
  /** Owners of what it is in conflict with. */
  readonly owners: number
}

/** Everything a report of one check is made from. */
export interface ReportData {
  readonly language: 'zh-CN' | 'en'
  readonly words: Words
  /** ISO 8601. */
  readonly madeAt: string
  /** `YYYY-MM-DD`: exceptions are judged by it. */
  readonly today: string
  /** File name of what was checked. */
  readonly project: string
  /** What guids of its things come from: the same in every copy of a project; of a network file its name. */
  readonly projectId: string
  readonly scheme: { readonly name: string; readonly revision: number; readonly hash: string } | null
  /** Hash over the data tables. */
  readonly dataHash: string
  readonly crs: string | null
  readonly isSynthetic: boolean
  readonly engine: string
  readonly pack: { readonly pack: RulePack; readonly hash: string }
  /** Text of the sets that were asked about; null for everything. */
  readonly sets: string | null
  readonly issues: readonly IssueSummary[]
  readonly findings: readonly ReportFinding[]
  readonly pairCount: number
  readonly network: ReportNetwork
  /** Pictures that comments and decisions name, by their id. */
  readonly pictures: ReadonlyMap<string, Picture>
  /** Who is registered as an owner of lines. */
  readonly owners: OwnerDirectory
  /** What the scheme digs, and what that does. */
  readonly digs: readonly SchemeDig[]
  /** The reported scheme and the others beside it; empty where none was asked for. */
  readonly comparison: readonly ComparedScheme[]
  /** The four hazards now and with the scheme; null where they were not asked for. */
  readonly lifeline: AnalysisOutcome | null
  /** Findings of the four hazards that somebody worked on in this scheme, as they were last seen: the heaviest first. */
  readonly hazardStates: readonly FindingState[]
  readonly kindColour: (kind: AssetKind) => string
}
