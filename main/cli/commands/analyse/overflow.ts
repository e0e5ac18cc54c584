import { writeFileSync } from 'node:fs'
import { computeOverflow } from '#shared/hazards/analysis/overflow-method.ts'
import { AnalysisRefused } from '#shared/hazards/analysis/subject.ts'
import { DEFAULT_STORM, findStorm, ownStorm, STORM_FORMULAS, type StormFormula } from '#shared/hazards/design-storm.ts'
import { INFLOW_METHODS, OVERFLOW_DEFAULTS, type InflowMethod } from '#shared/hazards/overflow/overflow.ts'
import { drainRows, manholeRows } from '#shared/hazards/overflow/overflow-rows.ts'
import { swmmModel } from '#shared/hazards/overflow/swmm-model.ts'
import { CliFailure } from '../../command.ts'
import { readCatchments } from './catchments.ts'
import { shortList, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'
import { readSubject } from './subject.ts'

const BOUNDS = { durationMin: [5, 1440], peakShare: [0, 1], runoff: [0, 1], inletMinutes: [0, 120], roughness: [0.005, 0.1], reach: [5, 1000], tailwater: [-1000, 10_000], dryFlow: [0, 1000], years: [0.1, 1000] } as const

/** `overflow`: surcharge and flooding of storm and combined drains for design storms. A screening. */
export const overflowMethod: AnalyseMethod = {
  name: 'overflow',
  options: ['storm', 'return', 'inflow', 'duration', 'peak', 'runoff', 'inlet-minutes', 'roughness', 'reach', 'tailwater', 'dry-flow', 'catchments', 'swmm'],
  async run({ path, option, job, io, t }) {
    const formula = stormFrom(option('storm') ?? DEFAULT_STORM)
    const returnYears = (option('return')?.split(',') ?? OVERFLOW_DEFAULTS.returnYears.map(String)).map(text => numberIn('return', text, BOUNDS.years)!).sort((a, b) => a - b)
    const subject = await readSubject(path, option('scenario'), job, io, t)
    const catchmentsFile = option('catchments')
    // A file of catchments stands for all of them, the project's own drawn ones included.
    const drawn = catchmentsFile === null ? null : { catchments: readCatchments(catchmentsFile, subject.columns.origin), withThiessen: false }
    const options = {
      formula, returnYears, ...drawn,
      inflow: inflowFrom(option('inflow') ?? OVERFLOW_DEFAULTS.inflow), durationMin: numberIn('duration', option('duration'), BOUNDS.durationMin) ?? OVERFLOW_DEFAULTS.durationMin,
      peakShare: numberIn('peak', option('peak'), BOUNDS.peakShare) ?? OVERFLOW_DEFAULTS.peakShare,
      runoffCoefficient: numberIn('runoff', option('runoff'), BOUNDS.runoff) ?? OVERFLOW_DEFAULTS.runoffCoefficient,
      inletMinutes: numberIn('inlet-minutes', option('inlet-minutes'), BOUNDS.inletMinutes) ?? OVERFLOW_DEFAULTS.inletMinutes,
      roughness: numberIn('roughness', option('roughness'), BOUNDS.roughness) ?? OVERFLOW_DEFAULTS.roughness,
      reachM: numberIn('reach', option('reach'), BOUNDS.reach) ?? OVERFLOW_DEFAULTS.reachM,
      tailwaterM: numberIn('tailwater', option('tailwater'), BOUNDS.tailwater), dryFlowLs: numberIn('dry-flow', option('dry-flow'), BOUNDS.dryFlow) ?? 0,
    }
    const answer = (() => {
      try {
        return computeOverflow(subject, options, job)
      } catch (cause) {
        throw cause instanceof AnalysisRefused ? new CliFailure('cli-analyse:overflow.noDrains', { file: path }) : cause
      }
    })()
    const swmm = option('swmm')
    if (swmm !== null) writeFileSync(swmm, swmmModel(answer, { formula, returnYears: returnYears.at(-1)!, durationMin: options.durationMin, peakShare: options.peakShare }).text)
    const [manholes, drains] = [manholeRows(answer, subject.ground), drainRows(answer)]
    const flooded = manholes.filter(row => row.floodsFromYears !== null)
    const overloaded = [...new Set(drains.filter(row => row.overloadedFromYears !== null).map(row => row.asset))]
    const { a, c, b, n } = formula
    return {
      issues: [...subject.issues, ...answer.issues],
      json: tidy({
        method: 'overflow', screening: true, returnYears, manholes: manholes.map(({ cells: _, ponds: __, pond, ...row }) => ({ ...row, pond: pond && { ...pond, outlines: undefined } })), drains, areaM2: [...answer.areaM2.values()].reduce((sum, area) => sum + area, 0),
        assumptions: { storm: { id: formula.id, a, c, b, n }, ...options, formula: undefined, withThiessen: undefined, catchments: drawn ? 'drawn' : (subject.catchments?.length ?? 0) > 0 ? 'drawn+thiessen' : 'thiessen', wallPerInside: 0.1 },
      }),
      lines: [
        t('cli-analyse:overflow.screening'),
        t('cli-analyse:overflow.storm', { storm: formula.title[io.language], years: returnYears.join(', ') }),
        t('cli-analyse:overflow.flooded', { count: flooded.length, list: shortList(flooded.map(row => `${row.node} (P ${row.floodsFromYears})`), t) }),
        t('cli-analyse:overflow.overloaded', { count: overloaded.length, list: shortList(overloaded, t) }),
        ...(swmm === null ? [] : [t('cli-analyse:overflow.swmm', { file: swmm })]),
      ],
    }
  },
}

/** A formula by its id, or `A,C,b,n` of one's own. */
function stormFrom(text: string): StormFormula {
  const known = findStorm(text)
  if (known) return known
  const [a, c, b, n, ...more] = text.split(',').map(Number)
  if (more.length === 0 && [a, c, b, n].every(value => value !== undefined && Number.isFinite(value) && value >= 0) && a! > 0 && n! > 0) return ownStorm(a!, c!, b!, n!)
  throw new CliFailure('cli-analyse:overflow.badStorm', { storm: text.slice(0, 100), storms: STORM_FORMULAS.map(({ id }) => id).join(', ') })
}

function inflowFrom(text: string): InflowMethod {
  const known = INFLOW_METHODS.find(method => method === text.replaceAll('-', '_'))
  if (known) return known
  throw new CliFailure('cli-analyse:overflow.badInflow', { value: text.slice(0, 100) })
}
