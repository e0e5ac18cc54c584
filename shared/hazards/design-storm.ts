import { z } from 'zod'
import stormsFile from '../../assets/hazards/storms.json' with { type: 'json' }

/** Storm intensity q = A (1 + C lg P) / (t + b)^n in L/(s·ha), P in years, t in minutes. */
const formulaSchema = z.strictObject({
  id: z.string(),
  title: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
  a: z.number().positive(), c: z.number().min(0), b: z.number().min(0), n: z.number().positive(),
  /** Return periods the source gives the formula for; null where it does not say. */
  returnYears: z.tuple([z.number(), z.number()]).nullable(),
})
const fileSchema = z.strictObject({ format: z.literal('underplan-storms/1'), formulas: z.array(formulaSchema) })

export type StormFormula = z.infer<typeof formulaSchema>

/** Chongqing's, both versions. */
export const STORM_FORMULAS: readonly StormFormula[] = fileSchema.parse(stormsFile).formulas
export const DEFAULT_STORM = 'shapingba-2017'

export const findStorm = (id: string): StormFormula | null => STORM_FORMULAS.find(formula => formula.id === id) ?? null

/** A formula of the user's own, without a range. */
export const ownStorm = (a: number, c: number, b: number, n: number): StormFormula => {
  const name = intensityText({ a, c, b, n })
  return { id: OWN_STORM, title: { 'zh-CN': name, en: name }, a, c, b, n, returnYears: null }
}

/** A formula as it is written down. */
export const intensityText = ({ a, c, b, n }: Pick<StormFormula, 'a' | 'c' | 'b' | 'n'>): string => `${a}(1+${c}lgP)/(t+${b})^${n}`

/** Stands for a formula of the user's own. */
export const OWN_STORM = 'own'

/** Whether the formula holds for a return period: its own range, or not known to. */
export const stormRange = ({ returnYears }: StormFormula, years: number): 'inside' | 'outside' | 'unknown' =>
  returnYears === null ? 'unknown' : years >= returnYears[0] && years <= returnYears[1] ? 'inside' : 'outside'

/**
 * Mean intensity of the storm of that return period over its first `minutes`, L/(s·ha).
 * @returns 0 where the formula falls below nothing, which it does for storms that come many times a year.
 */
export const intensityLsHa = ({ a, c, b, n }: StormFormula, years: number, minutes: number): number =>
  Math.max(0, a * (1 + c * Math.log10(years))) / (minutes + b) ** n

const MM_PER_MIN = 0.006

/** Depth of the storm of that return period and duration, millimetres. */
const depthMm = (formula: StormFormula, years: number, minutes: number): number => MM_PER_MIN * intensityLsHa(formula, years, minutes) * minutes

/**
 * Depths per step of the Chicago storm of a formula: whatever window is taken around its peak, it has the formula's depth.
 * @param peakShare Where in the duration the peak lies, 0 … 1.
 * @returns millimetres per step; their sum is the depth of the whole duration.
 * @source Keifer & Chu (1957): before and after the peak the depth within t is r · D(t / r) and (1 − r) · D(t / (1 − r)).
 */
export function chicagoDepthsMm(formula: StormFormula, years: number, durationMin: number, stepMin: number, peakShare: number): number[] {
  const peakAt = peakShare * durationMin
  const within = (share: number, minutes: number): number => (share === 0 || minutes <= 0 ? 0 : share * depthMm(formula, years, minutes / share))
  const total = within(peakShare, peakAt)
  const until = (minutes: number): number => (minutes <= peakAt ? total - within(peakShare, peakAt - minutes) : total + within(1 - peakShare, minutes - peakAt))
  return Array.from({ length: Math.ceil(durationMin / stepMin) }, (_, k) => until(Math.min(durationMin, (k + 1) * stepMin)) - until(k * stepMin))
}
