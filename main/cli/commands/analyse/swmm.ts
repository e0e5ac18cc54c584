import { resolve } from 'node:path'
import { compareWithSwmm, swmmRun } from '#shared/hazards/analysis/swmm-method.ts'
import { AnalysisRefused } from '#shared/hazards/analysis/subject.ts'
import { runSwmm, SwmmFailed } from '../../../services/analysis/run-swmm.ts'
import { canRun, findSwmm } from '../../../services/analysis/swmm-program.ts'
import { CliFailure } from '../../command.ts'
import { shortList, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'
import { RAIN_OPTIONS, rainFrom } from './rain.ts'
import { readSubject } from './subject.ts'

const YEARS = [0.1, 1000] as const

/** `swmm`: one storm through the user's SWMM program, beside the screening. */
export const swmmMethod: AnalyseMethod = {
  name: 'swmm',
  options: [...RAIN_OPTIONS, 'return', 'program'],
  async run({ path, option, job, io, t }) {
    const parameters = { method: 'swmm' as const, returnYear: numberIn('return', option('return'), YEARS) ?? 5, ...rainFrom(option) }
    const named = option('program')
    const program = named === null ? findSwmm() : resolve(named)
    if (program === null) throw new CliFailure('cli-analyse:swmm.none')
    if (!canRun(program)) throw new CliFailure('cli-analyse:swmm.notAProgram', { file: named ?? program })
    const subject = await readSubject(path, option('scenario'), job, io, t)
    try {
      const run = swmmRun(subject, parameters, job)
      const compared = compareWithSwmm(subject, run, await runSwmm(program, run.model.text, io.signal))
      const { report, links, nodes } = compared
      const flooded = nodes.filter(({ theirs }) => theirs !== null && theirs.floodedM3s > 0).map(({ node }) => node)
      const ours = nodes.filter(node => node.ours.flooded).map(({ node }) => node)
      return {
        issues: [...subject.issues, ...run.answer.issues],
        json: tidy({
          method: 'swmm', screening: true, engine: report.engine, routingErrorPercent: report.routingErrorPercent, drains: links,
          manholes: nodes.map(({ node, at, ours: screening, theirs }) => ({ node, at, screening: { waterM: screening.waterM, surcharged: screening.surcharged, excessM3s: screening.excessM3s }, swmm: theirs && { waterM: theirs.maxLevelM, surchargedHours: theirs.surchargedHours, floodedM3s: theirs.floodedM3s, floodedM3: theirs.floodedM3 } })), warnings: report.warnings,
        }),
        lines: [
          t('cli-analyse:swmm.engine', { engine: report.engine, error: report.routingErrorPercent ?? '–' }),
          t('cli-analyse:swmm.flooded', { count: flooded.length, list: shortList(flooded, t) }),
          t('cli-analyse:swmm.both', { count: ours.length, both: ours.filter(node => flooded.includes(node)).length }),
        ],
      }
    } catch (cause) {
      if (cause instanceof AnalysisRefused) throw new CliFailure('cli-analyse:overflow.noDrains', { file: path })
      if (cause instanceof SwmmFailed) throw new CliFailure('cli-analyse:swmm.failed', { reason: cause.reason })
      throw cause
    }
  },
}
