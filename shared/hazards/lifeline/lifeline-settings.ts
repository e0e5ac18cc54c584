import { z } from 'zod'
import { DEFAULT_RADIUS_M } from '../adjacent-spaces.ts'
import { DEFAULT_STORM, findStorm, intensityText, OWN_STORM, ownStorm, type StormFormula } from '../design-storm.ts'

/** A formula known by its id, or the user's own A (1 + C lg P) / (t + b)^n where that is `own`. */
export const stormFields = {
  storm: z.string().max(100), stormA: z.number().min(1).max(100_000), stormC: z.number().min(0).max(10), stormB: z.number().min(0).max(200), stormN: z.number().min(0.01).max(2),
} as const

/** What a project's findings, comparisons and reports of the four hazards are computed with. */
export const lifelineSettingsSchema = z.strictObject({ radiusM: z.number().min(0.1).max(200), returnYears: z.number().min(0.1).max(1000), ...stormFields })
export type LifelineSettings = z.infer<typeof lifelineSettingsSchema>

const { a: stormA, c: stormC, b: stormB, n: stormN } = findStorm(DEFAULT_STORM)!
/** Until somebody chooses. */
export const DEFAULT_LIFELINE: LifelineSettings = { radiusM: DEFAULT_RADIUS_M, returnYears: 5, storm: DEFAULT_STORM, stormA, stormC, stormB, stormN }

/** The one record of the project's collection `lifeline`. */
export const LIFELINE_RECORD = 'settings'

/** What a project says, or the defaults. @param records Of the collection `lifeline`. */
export const lifelineSettings = (records: readonly { readonly id: string; readonly body: LifelineSettings }[]): LifelineSettings =>
  records.find(({ id }) => id === LIFELINE_RECORD)?.body ?? DEFAULT_LIFELINE

/** The formula asked for: one that is known, or the user's own. */
export const formulaOf = ({ storm, stormA, stormC, stormB, stormN }: Pick<LifelineSettings, keyof typeof stormFields>): StormFormula =>
  storm === OWN_STORM ? ownStorm(stormA, stormC, stormB, stormN) : (findStorm(storm) ?? findStorm(DEFAULT_STORM)!)

/** The storm of a finding, in the language of formulas. */
export const stormClause = (settings: LifelineSettings): string => `q = ${intensityText(formulaOf(settings))}, P = ${settings.returnYears} a`
