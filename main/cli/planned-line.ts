import type { Proposal } from '#shared/scenario/document.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { CliFailure } from './command.ts'

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/**
 * The line that `--kind`, `--diameter`, `--laying`, `--pressure`, `--voltage`, `--bend-radius` and `--owner` describe, but for where it lies.
 * @throws CliFailure where the kind or the diameter is missing, or a value is none of its option's.
 */
export function readPlannedLine(option: (name: string) => string | null): Omit<Proposal, 'axis'> {
  const kind = oneOf('kind', option('kind'), ASSET_KINDS)
  if (kind === null) throw new CliFailure('cli:missingArgument', { what: '--kind' })
  if (option('diameter') === null) throw new CliFailure('cli:missingArgument', { what: '--diameter' })
  const diameterM = numberOf('diameter', option('diameter'))
  if (!(diameterM > 0 && diameterM <= 100)) throw new CliFailure('cli-route:failure.diameter', { value: diameterM })
  const laying = oneOf('laying', option('laying'), LAYINGS)
  const pressureClass = oneOf('pressure', option('pressure'), PRESSURE_CLASSES)
  const voltageKv = option('voltage') === null ? null : numberOf('voltage', option('voltage'))
  const bendRadiusM = option('bend-radius') === null ? null : numberOf('bend-radius', option('bend-radius'))
  if (bendRadiusM !== null && !(bendRadiusM > 0 && bendRadiusM <= 1000)) throw new CliFailure('cli-route:failure.bendRadius', { value: bendRadiusM })
  return {
    id: 'route', name: '', kind, owner: option('owner') ?? '', section: { shape: 'circle', diameterM },
    ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== null && { voltageKv }), ...(bendRadiusM !== null && { bendRadiusM }),
  }
}

function oneOf<const T extends readonly string[]>(option: string, value: unknown, known: T): T[number] | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' && known.includes(value)) return value
  throw new CliFailure('cli-route:failure.notOneOf', { option: `--${option}`, value: String(value).slice(0, 100), known: known.join(', ') })
}

/** @throws CliFailure naming the option. */
export function numberOf(option: string, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
  if (!Number.isFinite(number)) throw new CliFailure('cli-route:failure.notANumber', { option: `--${option}`, value: String(value).slice(0, 100) })
  return number
}
