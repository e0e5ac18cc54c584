import { computeCollapse, schemeDigs } from '#shared/hazards/analysis/ground-methods.ts'
import { COLLAPSE_FACTORS, COLLAPSE_GRADES, DEFAULT_OLD_YEARS } from '#shared/hazards/collapse.ts'
import { TRENCH_DEFAULTS } from '#shared/hazards/digging.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { shortList, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'
import { readSubject } from './subject.ts'

const BOUNDS = { groundwater: [0, 200], years: [1, 500], year: [1900, 2200] } as const

/** `collapse`: which drains have most of what road collapses are known to come of; what a scheme's digging adds. */
export const collapseMethod: AnalyseMethod = {
  name: 'collapse',
  options: ['soil', 'groundwater', 'old-years', 'year'],
  async run({ path, option, job, io, t }) {
    const options = {
      soil: option('soil'), groundwaterDepthM: numberIn('groundwater', option('groundwater'), BOUNDS.groundwater),
      oldYears: numberIn('old-years', option('old-years'), BOUNDS.years) ?? DEFAULT_OLD_YEARS, thisYear: numberIn('year', option('year'), BOUNDS.year) ?? new Date().getFullYear(),
    }
    const subject = await readSubject(path, option('scenario'), job, io, t)
    const digs = schemeDigs(subject)
    const { rows, issues } = computeCollapse(subject, digs, options, job)
    const drains = rows.map(row => ({ ...row, asset: subject.ids[row.asset]!, kind: assetKind(subject.columns, row.asset) }))
    const counts = Object.fromEntries(COLLAPSE_GRADES.map(grade => [grade, drains.filter(row => row.grade === grade).length]))
    const worst = drains.filter(row => row.grade === 'III' || row.grade === 'IV')
    const dug = drains.filter(row => row.factors.digging === 'yes').map(row => row.asset)
    const said = (row: (typeof drains)[number]): string => COLLAPSE_FACTORS.filter(factor => row.factors[factor] === 'yes').map(factor => t(`analyses:word.${factor}`)).join(' + ')
    return {
      issues: [...subject.issues, ...issues],
      json: tidy({ method: 'collapse', screening: true, grades: counts, drains, dug, assumptions: { ...options, ...TRENCH_DEFAULTS, weights: 'counted' } }),
      lines: [
        t('cli-analyse:collapse.screening'),
        t('cli-analyse:collapse.grades', { list: COLLAPSE_GRADES.toReversed().map(grade => `${grade}: ${counts[grade]}`).join(', ') }),
        t('cli-analyse:collapse.worst', { count: worst.length, list: shortList(worst.map(row => `${row.asset} (${said(row)})`), t, 10) }),
        ...(digs.length > 0 ? [t('cli-analyse:collapse.dug', { count: dug.length, list: shortList(dug, t) })] : []),
      ],
    }
  },
}
