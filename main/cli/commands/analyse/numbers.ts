import { CliFailure } from '../../command.ts'

/** A number option within bounds, null where it is not given. @throws CliFailure naming the option and its bounds. */
export function numberIn(option: string, text: string | null, [low, high]: readonly [number, number]): number | null {
  if (text === null) return null
  const value = Number(text)
  if (text.trim() === '' || !(value >= low && value <= high)) throw new CliFailure('cli-analyse:badNumber', { option, value: text, low, high })
  return value
}

/** Figures in an answer: enough digits for any use, and none of the noise behind. */
export function tidy<T>(value: T): T {
  if (typeof value === 'number') return (Number.isFinite(value) ? Number(value.toFixed(6)) : null) as T
  if (Array.isArray(value)) return value.map(tidy) as T
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tidy(one)])) as T
  return value
}
