import { ERODIBLE_SOILS } from '#shared/hazards/collapse.ts'
import { OWN_STORM, STORM_FORMULAS } from '#shared/hazards/design-storm.ts'
import { INFLOW_METHODS } from '#shared/hazards/overflow/overflow.ts'
import type { AnalysisMethod, OutcomeUnit } from '#shared/hazards/analysis/outcome.ts'
import { ASSET_KINDS, GRAVITY_KINDS } from '#shared/twin/kinds.ts'

/** One input of a method's form. Bounds are the schema's. */
export type MethodField = FieldType & {
  /** Of the text, where it is not the field's own. */
  readonly label?: string
  /** Asked only where another field has this value. */
  readonly when?: { readonly id: string; readonly value: string }
}

type FieldType =
  | { readonly id: string; readonly type: 'asset'; readonly isOptional: boolean }
  | { readonly id: string; readonly type: 'choice'; readonly options: readonly { readonly value: string | null; readonly label: FieldLabel }[] }
  /** `blank`: what an empty field means (`analyses:option.<blank>`); without it a figure must stand. */
  | { readonly id: string; readonly type: 'number'; readonly unit: OutcomeUnit; readonly decimals: number; readonly min: number; readonly max: number; readonly blank?: string }
  | { readonly id: string; readonly type: 'numbers'; readonly unit: OutcomeUnit }

/** A key of the catalogue, or a text in both languages. */
export type FieldLabel = string | { readonly 'zh-CN': string; readonly en: string }

const asset = (isOptional = false, id = 'asset'): MethodField => ({ id, type: 'asset', isOptional })
const number = (id: string, unit: OutcomeUnit, decimals: number, min: number, max: number, blank?: string): MethodField => ({ id, type: 'number', unit, decimals, min, max, ...(blank !== undefined && { blank }) })
const kinds = (of: readonly string[], withAll: boolean): MethodField => ({ id: 'kind', type: 'choice', options: [...(withAll ? [{ value: null, label: 'analyses:option.allKinds' }] : []), ...of.map(value => ({ value, label: `kinds:kind.${value}` }))] })
const options = (id: string, values: readonly string[]): MethodField => ({ id, type: 'choice', options: values.map(value => ({ value, label: `analyses:option.${value}` })) })
const formulas = STORM_FORMULAS.map(formula => ({ value: formula.id, label: formula.title }))
const only = (id: string, value: string, fields: readonly MethodField[]): MethodField[] => fields.map(field => ({ ...field, when: { id, value } }))
/** The storm, one's own formula included. */
const rain: readonly MethodField[] = [
  { id: 'storm', type: 'choice', options: [...formulas, { value: OWN_STORM, label: 'analyses:option.ownStorm' }] },
  ...only('storm', OWN_STORM, [number('stormA', '', 3, 1, 100_000), number('stormC', '', 3, 0, 10), number('stormB', 'min', 3, 0, 200), number('stormN', '', 3, 0.01, 2)]),
]
const runoff: readonly MethodField[] = [
  options('inflow', INFLOW_METHODS), number('runoffCoefficient', '', 2, 0, 1), number('inletMinutes', 'min', 0, 0, 120), number('roughness', '', 3, 0.005, 0.1), number('reachM', 'm', 0, 5, 1000),
  number('tailwaterM', 'm', 2, -1000, 10_000, 'free'), number('dryFlowLs', 'ls', 3, 0, 1000),
]
const course: readonly MethodField[] = [number('durationMin', 'min', 0, 5, 1440), number('peakShare', '', 2, 0, 1)]
const trench = [number('sideM', 'm', 2, 0, 10), number('beddingM', 'm', 2, 0, 5)]

export const METHOD_FIELDS: Readonly<Record<AnalysisMethod, readonly MethodField[]>> = {
  lifeline: [...rain, { ...number('returnYears', 'years', 1, 0.1, 1000), label: 'returnYear' }, number('radiusM', 'm', 1, 0.1, 200)],
  burst: [asset()],
  connectivity: [kinds(ASSET_KINDS, true)],
  trace: [asset(), options('direction', ['up', 'down', 'both']), asset(true, 'to')],
  flow: [kinds([...GRAVITY_KINDS], true)],
  gas: [asset(true), number('holeMm', 'mm', 1, 0.1, 2000), number('pressureKPa', 'kPa', 1, 0, 10_000, 'fromClass'), number('radiusM', 'm', 1, 0.1, 200), number('alongM', 'm', 0, 0, 1000)],
  overflow: [...rain, { id: 'returnYears', type: 'numbers', unit: 'years' }, ...runoff.slice(0, 1), ...only('inflow', 'unit_hydrograph', course), ...runoff.slice(1)],
  swmm: [...rain, number('returnYear', 'years', 1, 0.1, 1000), ...course, ...runoff],
  collapse: [{ id: 'soil', type: 'choice', options: [null, ...ERODIBLE_SOILS, 'clay', 'rock'].map(value => ({ value, label: `analyses:option.${value ?? 'notKnown'}` })) }, number('groundwaterDepthM', 'm', 1, 0, 200, 'notKnown'), number('oldYears', 'years', 0, 1, 500), ...trench],
  dig: trench,
  pressure: [kinds(['water', 'reclaimed'], false), number('demandLs', 'ls', 3, 0, 1000), asset(true, 'closed')],
  holes: [number('tellsM', 'm', 1, 0.5, 50)],
  shift: [asset(), number('leftM', 'm', 2, -20, 20), number('upM', 'm', 2, -20, 20)],
}
