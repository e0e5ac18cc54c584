import { DEFAULT_STORM, findStorm, OWN_STORM, STORM_FORMULAS } from '#shared/hazards/design-storm.ts'
import { PARAMETER_DEFAULTS, type ParametersOf } from '#shared/hazards/analysis/parameters.ts'
import { INFLOW_METHODS, type InflowMethod } from '#shared/hazards/overflow/overflow.ts'
import { CliFailure } from '../../command.ts'
import { numberIn } from './numbers.ts'

export type RainParameters = Omit<ParametersOf<'swmm'>, 'method' | 'returnYear'>

const BOUNDS = { durationMin: [5, 1440], peakShare: [0, 1], runoff: [0, 1], inletMinutes: [0, 120], roughness: [0.005, 0.1], reach: [5, 1000], tailwater: [-1000, 10_000], dryFlow: [0, 1000] } as const

/** Options of the methods that rain falls in. */
export const RAIN_OPTIONS = ['storm', 'inflow', 'duration', 'peak', 'runoff', 'inlet-minutes', 'roughness', 'reach', 'tailwater', 'dry-flow'] as const

/** The storm and how it comes to the drains, as the interface asks for it. @throws CliFailure naming the option that is wrong. */
export function rainFrom(option: (name: string) => string | null): RainParameters {
  const defaults = withoutYear(PARAMETER_DEFAULTS.swmm)
  const figure = (name: string, bounds: readonly [number, number], instead: number): number => numberIn(name, option(name), bounds) ?? instead
  return {
    ...defaults, ...stormFrom(option('storm') ?? DEFAULT_STORM), inflow: inflowFrom(option('inflow') ?? defaults.inflow),
    durationMin: figure('duration', BOUNDS.durationMin, defaults.durationMin), peakShare: figure('peak', BOUNDS.peakShare, defaults.peakShare), runoffCoefficient: figure('runoff', BOUNDS.runoff, defaults.runoffCoefficient),
    inletMinutes: figure('inlet-minutes', BOUNDS.inletMinutes, defaults.inletMinutes), roughness: figure('roughness', BOUNDS.roughness, defaults.roughness), reachM: figure('reach', BOUNDS.reach, defaults.reachM),
    tailwaterM: numberIn('tailwater', option('tailwater'), BOUNDS.tailwater), dryFlowLs: figure('dry-flow', BOUNDS.dryFlow, defaults.dryFlowLs),
  }
}

const withoutYear = ({ returnYear: _, ...rain }: typeof PARAMETER_DEFAULTS.swmm): RainParameters => rain

/** A formula by its id, or `A,C,b,n` of one's own. @throws CliFailure it is neither. */
export function stormFrom(text: string): Pick<RainParameters, 'storm'> & Partial<Pick<RainParameters, 'stormA' | 'stormC' | 'stormB' | 'stormN'>> {
  if (findStorm(text)) return { storm: text }
  const [stormA, stormC, stormB, stormN, ...more] = text.split(',').map(Number)
  if (more.length === 0 && [stormA, stormC, stormB, stormN].every(value => value !== undefined && Number.isFinite(value) && value >= 0) && stormA! > 0 && stormN! > 0) return { storm: OWN_STORM, stormA: stormA!, stormC: stormC!, stormB: stormB!, stormN: stormN! }
  throw new CliFailure('cli-analyse:overflow.badStorm', { storm: text.slice(0, 100), storms: STORM_FORMULAS.map(({ id }) => id).join(', ') })
}

function inflowFrom(text: string): InflowMethod {
  const known = INFLOW_METHODS.find(method => method === text.replaceAll('-', '_'))
  if (known) return known
  throw new CliFailure('cli-analyse:overflow.badInflow', { value: text.slice(0, 100) })
}
