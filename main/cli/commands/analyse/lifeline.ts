import type { Finding, RuleName } from '#shared/clearance/findings/finding.ts'
import { unitOf } from '#shared/clearance/findings/finding.ts'
import { LIFELINE_HAZARDS, lifelineOutcome } from '#shared/hazards/analysis/lifeline-method.ts'
import { AnalysisRefused, analysisSubject } from '#shared/hazards/analysis/subject.ts'
import { lifelineFindings } from '#shared/hazards/lifeline/lifeline-findings.ts'
import { CliFailure, EXIT } from '../../command.ts'
import { shortList, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'
import { stormFrom } from './rain.ts'
import { readBaseline } from './subject.ts'

const BOUNDS = { radius: [0.1, 200], years: [0.1, 1000], year: [1900, 2200] } as const
type Hazard = (typeof LIFELINE_HAZARDS)[number]
const HAZARD_OF: Partial<Record<RuleName, Hazard>> = { gas_space: 'gas', manhole_flooding: 'overflow', collapse_factors: 'collapse' }
const hazardOf = ({ rule }: Finding): Hazard => HAZARD_OF[rule] ?? 'dig'

/** `lifeline`: the four hazards per block, before and with a scheme, and what it makes worse; the exit code says whether it does. */
export const lifelineMethod: AnalyseMethod = {
  name: 'lifeline',
  options: ['radius', 'return', 'storm', 'year'],
  async run({ path, option, job, io, t }) {
    const storm = option('storm')
    const asked = { storm: storm === null ? {} : stormFrom(storm), radiusM: numberIn('radius', option('radius'), BOUNDS.radius), returnYears: numberIn('return', option('return'), BOUNDS.years) }
    const thisYear = numberIn('year', option('year'), BOUNDS.year) ?? new Date().getFullYear()
    const name = option('scenario')
    const { baseline, scheme, settings } = await readBaseline(path, name, io)
    const parameters = { method: 'lifeline' as const, ...settings, ...asked.storm, radiusM: asked.radiusM ?? settings.radiusM, returnYears: asked.returnYears ?? settings.returnYears }
    const outcome = (() => {
      try {
        return lifelineOutcome(baseline, name === null ? null : analysisSubject(baseline, scheme), parameters, thisYear, job)
      } catch (cause) {
        throw cause instanceof AnalysisRefused ? new CliFailure('cli-analyse:lifeline.empty', { file: path }) : cause
      }
    })()
    const worse = name === null ? [] : lifelineFindings(baseline, scheme, parameters, thisYear, job)
    const figure = (id: string): number => Number(outcome.figures.find(one => one.id === id)?.value ?? 0)
    const before = Object.fromEntries(LIFELINE_HAZARDS.map(hazard => [hazard, figure(hazard)]))
    const after = name === null ? null : Object.fromEntries(LIFELINE_HAZARDS.map(hazard => [hazard, figure(hazard) + figure(`${hazard}_change`)]))
    const blocks = outcome.tables[0]!.rows.map(({ cells: [block, responsible, verdict, ...counts], ref }) => {
      const was = LIFELINE_HAZARDS.map((hazard, k) => [hazard, Number(counts[2 * k])] as const)
      return { id: ref?.id ?? null, name: block, responsible, verdict: name === null ? null : verdict, before: Object.fromEntries(was), after: name === null ? null : Object.fromEntries(was.map(([hazard, count], k) => [hazard, count + Number(counts[2 * k + 1] ?? 0)])) }
    })
    const said = (hazard: Hazard): string => {
      const found = worse.filter(finding => hazardOf(finding) === hazard)
      return t('cli-analyse:lifeline.worse', { hazard: t(`analyses:word.hazard.${hazard}`), count: found.length, list: shortList([...new Set(found.flatMap(({ a, b }) => (hazard === 'overflow' ? b : a)))], t, 10) })
    }
    return {
      issues: outcome.issues.map(({ code, severity, example }) => ({ code, severity, ref: example })), exitCode: worse.length > 0 ? EXIT.findings : EXIT.done,
      json: tidy({
        method: 'lifeline', screening: true, scenario: name, before, after, blocks,
        worse: worse.map(finding => ({ id: finding.id, hazard: hazardOf(finding), rule: finding.rule, a: finding.a, b: finding.b, required: finding.required, found: finding.found, shortfall: finding.shortfall, unit: unitOf(finding.rule), verdict: finding.verdict, at: finding.at })),
        assumptions: { ...parameters, method: undefined, thisYear },
      }),
      lines: [
        t('cli-analyse:lifeline.screening'),
        ...LIFELINE_HAZARDS.map(hazard => t(after ? 'cli-analyse:lifeline.change' : 'cli-analyse:lifeline.now', { hazard: t(`analyses:figure.lifeline.${hazard}`), before: before[hazard], after: after?.[hazard] })),
        ...(name === null ? [] : worse.length === 0 ? [t('cli-analyse:lifeline.none', { scenario: name })] : LIFELINE_HAZARDS.filter(hazard => worse.some(finding => hazardOf(finding) === hazard)).map(said)),
      ],
    }
  },
}
