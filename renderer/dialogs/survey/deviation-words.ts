import type { DeviationPlace } from '#shared/ledger/survey/deviation.ts'
import type { TFunction } from 'i18next'
import { count, figure } from '../../i18n/format.ts'
import type { StripWords } from './deviation-drawings.ts'
import type { SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import { beyondCounts, type BuiltDeviation } from './deviations.ts'

/** A deviation with its sign, three decimals; a dash where there is none. Metres. */
export const signedMetres = (value: number | null): string => (value !== null && value >= 5e-4 ? `+${figure(value, 3)}` : figure(value, 3))

export const stripWords = (line: BuiltDeviation, t: TFunction): StripWords => ({
  label: t('survey:deviation.strip', { name: line.name }), plan: t('survey:deviation.planTitle'), level: t('survey:deviation.levelTitle'),
  chainage: t('survey:deviation.chainageTitle'), tolerance: t('survey:deviation.toleranceMark'), noLevel: t('survey:deviation.noLevel'),
  point: t('survey:deviation.surveyed'), corner: t('survey:deviation.corner'),
})

export const planWords = (t: TFunction) => ({
  label: t('survey:deviation.planLabel'), times: (times: number) => timesWords(times, t), chainage: (chainageM: number) => t('survey:deviation.at', { chainage: figure(chainageM, 2) }),
})

/** How many surveyed points are beyond the tolerances, and how many corners that nobody surveyed. */
export function beyondWords(line: BuiltDeviation, options: SurveyOptions, t: TFunction): string {
  const { points, corners } = beyondCounts(line, options)
  const of = line.places.filter(place => place.of === 'survey').length
  return [t('survey:deviation.beyond', { count: points, of }), ...(corners > 0 ? [t('survey:deviation.corners', { count: corners })] : [])].join(t('survey:deviation.comma'))
}

/** How much larger deviations are drawn than they are. */
export const timesWords = (times: number, t: TFunction): string => (times > 1 ? t('survey:deviation.times', { times: count(times) }) : t('survey:deviation.trueSize'))

/** The furthest place in words, which say so where nobody surveyed there. */
export const atCorner = ({ of }: DeviationPlace, worst: string, t: TFunction): string => (of === 'design' ? t('survey:deviation.atCorner', { worst }) : worst)
