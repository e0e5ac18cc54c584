import { writeFileSync } from 'node:fs'
import { computeOverflow } from '#shared/hazards/analysis/overflow-method.ts'
import { formulaOf } from '#shared/hazards/lifeline/lifeline-settings.ts'
import { AnalysisRefused } from '#shared/hazards/analysis/subject.ts'
import { OVERFLOW_DEFAULTS } from '#shared/hazards/overflow/overflow.ts'
import { drainRows, manholeRows } from '#shared/hazards/overflow/overflow-rows.ts'
import { swmmModel } from '#shared/hazards/overflow/swmm-model.ts'
import { CliFailure } from '../../command.ts'
import { readCatchments } from './catchments.ts'
import { shortList, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'
import { RAIN_OPTIONS, rainFrom } from './rain.ts'
import { readSubject } from './subject.ts'

const YEARS = [0.1, 1000] as const

/** `overflow`: surcharge and flooding of storm and combined drains for design storms. A screening. */
export const overflowMethod: AnalyseMethod = {
  name: 'overflow',
  options: [...RAIN_OPTIONS, 'return', 'catchments', 'swmm'],
  async run({ path, option, job, io, t }) {
    const rain = rainFrom(option)
    const formula = formulaOf(rain)
    const returnYears = (option('return')?.split(',') ?? OVERFLOW_DEFAULTS.returnYears.map(String)).map(text => numberIn('return', text, YEARS)!).sort((a, b) => a - b)
    const subject = await readSubject(path, option('scenario'), job, io, t)
    const catchmentsFile = option('catchments')
    // A file of catchments stands for all of them, the project's own drawn ones included.
    const drawn = catchmentsFile === null ? null : { catchments: readCatchments(catchmentsFile, subject.columns.origin), withThiessen: false }
    const answer = (() => {
      try {
        return computeOverflow(subject, { ...rain, formula, returnYears, ...drawn }, job)
      } catch (cause) {
        throw cause instanceof AnalysisRefused ? new CliFailure('cli-analyse:overflow.noDrains', { file: path }) : cause
      }
    })()
    const swmm = option('swmm')
    if (swmm !== null) writeFileSync(swmm, swmmModel(answer, { formula, returnYears: returnYears.at(-1)!, durationMin: rain.durationMin, peakShare: rain.peakShare }).text)
    const [manholes, drains] = [manholeRows(answer, subject.ground, job), drainRows(answer, job)]
    const flooded = manholes.filter(row => row.floodsFromYears !== null)
    const overloaded = [...new Set(drains.filter(row => row.overloadedFromYears !== null).map(row => row.asset))]
    const { a, c, b, n } = formula
    const { inflow, durationMin, peakShare, runoffCoefficient, inletMinutes, roughness, reachM, tailwaterM, dryFlowLs } = rain
    return {
      issues: [...subject.issues, ...answer.issues],
      json: tidy({
        method: 'overflow', screening: true, returnYears, manholes: manholes.map(({ cells: _, ponds: __, pond, ...row }) => ({ ...row, pond: pond && { ...pond, outlines: undefined } })), drains,
        areaM2: [...answer.areaM2.values()].reduce((sum, area) => sum + area, 0),
        assumptions: {
          storm: { id: formula.id, a, c, b, n }, returnYears, inflow, durationMin, peakShare, runoffCoefficient, inletMinutes, roughness, reachM, tailwaterM, dryFlowLs,
          catchments: drawn ? 'drawn' : (subject.catchments?.length ?? 0) > 0 ? 'drawn+thiessen' : 'thiessen', wallPerInside: 0.1,
        },
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
