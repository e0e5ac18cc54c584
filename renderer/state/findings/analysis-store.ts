import { createStore } from 'zustand/vanilla'
import type { z } from 'zod'
import type { analysisResultSchema } from '#shared/contract/analysis-shapes.ts'
import { ANALYSIS_METHODS, type AnalysisMethod, type Tone } from '#shared/hazards/analysis/outcome.ts'
import { PARAMETER_DEFAULTS } from '#shared/hazards/analysis/parameters.ts'
import type { RecordChange } from '#shared/register/collections.ts'

export type AnalysisResult = z.infer<typeof analysisResultSchema>
export type AnalysisGroup = AnalysisResult['outcome']['groups'][number]
export type DraftValue = string | number | null | readonly number[]
/** What a method is asked, as the form holds it; `asset` is null until one is taken. */
export type AnalysisDraft = Readonly<Record<string, DraftValue>>

/** Analyses of the open project: what is asked, the newest answer of each method, and whose is drawn in the view. */
export interface AnalysisState {
  readonly method: AnalysisMethod
  readonly drafts: Readonly<Record<AnalysisMethod, AnalysisDraft>>
  readonly results: Readonly<Partial<Record<AnalysisMethod, AnalysisResult>>>
  /** What each of the answers was asked. */
  readonly asked: Readonly<Partial<Record<AnalysisMethod, AnalysisDraft>>>
  /** Changes that take back what was done to catchments in this session, and those that do it again. */
  readonly catchmentSteps: { readonly past: readonly (readonly RecordChange[])[]; readonly next: readonly (readonly RecordChange[])[] }
  /** A catchment while a corner of it is dragged: what it would be, project CRS. */
  readonly catchmentDraft: { readonly id: string; readonly ring: readonly (readonly [number, number])[] } | null
  readonly running: AnalysisMethod | null
  readonly shown: AnalysisMethod | null
  /** An answer no view goes to: it came while something was being shaped in them. */
  readonly stillAnswer: AnalysisResult | null
}

const WITH_ASSET: ReadonlySet<AnalysisMethod> = new Set(['burst', 'trace', 'gas'])

const freshState = (): AnalysisState => ({
  method: 'lifeline', results: {}, asked: {}, catchmentSteps: { past: [], next: [] }, catchmentDraft: null, running: null, shown: null, stillAnswer: null,
  drafts: Object.fromEntries(ANALYSIS_METHODS.map(method => [method, { ...(WITH_ASSET.has(method) && { asset: null }), ...PARAMETER_DEFAULTS[method] }])) as AnalysisState['drafts'],
})

export const analysisStore = createStore<AnalysisState>(freshState)

export const resetAnalysisState = (): void => analysisStore.setState(freshState(), true)

/** The answer that is drawn in the view, or null. */
export const shownAnalysis = (state: AnalysisState): AnalysisResult | null => (state.shown === null ? null : (state.results[state.shown] ?? null))

/** Whether the views go to the answer that is drawn in them. */
export const bringsViews = (state: AnalysisState): boolean => shownAnalysis(state) !== state.stillAnswer

/** Colours of what an analysis marks: reds to blues that also differ in lightness. */
export const TONE_COLOURS: Readonly<Record<Tone, string>> = {
  subject: '#b06cf0', severe: '#e0403a', high: '#f08c1a', medium: '#e3c22b', low: '#7fa3b8', first: '#3b8eea', second: '#2fb58a',
}

/** Shapes of marked places, so that colour is not all that tells them apart. */
export const TONE_SHAPES = { subject: 'square', severe: 'diamond', high: 'disc', medium: 'ring', low: 'ring', first: 'ring', second: 'ring' } as const satisfies Readonly<Record<Tone, string>>
