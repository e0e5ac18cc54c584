import type { IssueSummary } from '../../core/issues.ts'
import type { Vec3 } from '../../twin/asset.ts'

/**
 * What any analysis answers, in one form that a table, a picture and a sheet can be made of without knowing the method.
 * Texts are not here: ids name them in the catalogue (`analyses:<method>.column.<id>` …).
 */
export interface AnalysisOutcome {
  readonly method: AnalysisMethod
  /** The method ranks and flags; it does not certify. */
  readonly isScreening: boolean
  /** The headline, a few figures. */
  readonly figures: readonly OutcomeFigure[]
  readonly tables: readonly OutcomeTable[]
  /** What the picture shows, one entry of the legend each; later ones lie over earlier ones. */
  readonly groups: readonly OutcomeGroup[]
  readonly assumptions: readonly OutcomeFigure[]
  readonly issues: readonly IssueSummary[]
}

export const ANALYSIS_METHODS = ['burst', 'connectivity', 'trace', 'flow', 'gas', 'overflow', 'collapse', 'swmm', 'dig', 'pressure', 'lifeline', 'holes', 'shift'] as const
export type AnalysisMethod = (typeof ANALYSIS_METHODS)[number]
/** Lifeline first: it is the summary of the others. */
export const METHODS_IN_ORDER: readonly AnalysisMethod[] = ['lifeline', ...ANALYSIS_METHODS.filter(method => method !== 'lifeline')]
/** Those that rank and flag; they do not certify. */
export const SCREENING_METHODS: ReadonlySet<AnalysisMethod> = new Set(['gas', 'overflow', 'collapse', 'swmm', 'dig', 'lifeline'])

export type OutcomeUnit = 'm' | 'm2' | 'm3' | 'mm' | 'm3s' | 'ls' | 'm3h' | 'kgs' | 'ms' | 'min' | 'h' | 'years' | 'permille' | 'percent' | 'kPa' | 'ha' | 'lsha' | ''

export interface OutcomeFigure {
  readonly id: string
  /** A number in `unit`; a word of `analyses:word`; null: not known. */
  readonly value: number | string | null
  readonly unit?: OutcomeUnit
  readonly decimals?: number
  /** Stands in the label: a return period. */
  readonly figure?: number
  /** The text is as it stands: an id or a name. */
  readonly isName?: boolean
  /** Stands for the value: a name that differs by language. */
  readonly title?: Readonly<Record<'zh-CN' | 'en', string>>
}

export interface OutcomeColumn {
  readonly id: string
  /** `id` and `text` are shown as they are, `kind` and `word` are looked up, `yes` is yes, no or not known. */
  readonly type: 'id' | 'text' | 'kind' | 'word' | 'words' | 'yes' | 'number'
  readonly unit?: OutcomeUnit
  readonly decimals?: number
  /** Stands in the title: a return period. */
  readonly figure?: number
}

export interface OutcomeRow {
  /** In the order of the columns; `words` are separated by blanks. */
  readonly cells: readonly (string | number | boolean | null)[]
  /** What a click on the row goes to. */
  readonly ref: { readonly type: 'asset' | 'node' | 'place' | 'block'; readonly id: string } | null
  /** Project CRS; where the row is about a place. */
  readonly at: Vec3 | null
}

export interface OutcomeTable {
  readonly id: string
  readonly columns: readonly OutcomeColumn[]
  readonly rows: readonly OutcomeRow[]
  /** Of which `rows` are the first. */
  readonly total: number
}

export const TONES = ['subject', 'severe', 'high', 'medium', 'low', 'first', 'second'] as const
export type Tone = (typeof TONES)[number]

export interface OutcomeGroup {
  readonly id: string
  readonly tone: Tone
  readonly assets: readonly string[]
  /** Places to mark, project CRS. */
  readonly points: readonly Vec3[]
  readonly areas?: readonly OutcomeArea[]
  /** [x, y, z, dx, dy, …]: places in the project CRS and the way water flows there, a unit vector in plan. */
  readonly arrows?: readonly number[]
}

/** Ground that a result is about: what drains to a manhole, a pond. */
export interface OutcomeArea {
  /** [x, y, …] in the project CRS; those that run clockwise inside others are holes. */
  readonly rings: readonly (readonly number[])[]
  /** Level of the water where it stands; null: it lies on the ground. */
  readonly levelM: number | null
}

/** More rows than anybody reads; what is beyond is counted. */
export const MOST_ROWS = 2000
