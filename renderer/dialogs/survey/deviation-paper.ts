import type { TFunction } from 'i18next'
import type { SurveyEntry, SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import type { DeviationPlace } from '#shared/ledger/survey/deviation.ts'
import { writeXlsx, type SheetCell } from '#shared/io/export/write-xlsx.ts'
import { PAPER } from '#shared/report/drawing.ts'
import { html, htmlPage, picture } from '#shared/report/markup.ts'
import { paperStyle } from '#shared/report/paper-style.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { figure } from '../../i18n/format.ts'
import type { SurveyAnswer } from '../../state/app/session-store.ts'
import { deviationPlan, deviationStrip, planHeight, type DeviationColours } from './deviation-drawings.ts'
import { beyond, lineName, pointNames, type BuiltDeviation } from './deviations.ts'
import { atCorner, beyondWords, planWords, signedMetres, stripWords } from './deviation-words.ts'

/** All a sheet of deviations says. */
export interface DeviationSheet {
  readonly survey: SurveyAnswer
  readonly lines: readonly BuiltDeviation[]
  readonly scheme: ScenarioDocument
  readonly options: SurveyOptions
  /** Of the local frame, in the project's system. */
  readonly origin: Vec3
  readonly project: string
  readonly crs: string
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly language: string
}

const INK: DeviationColours = { ...PAPER, within: '#0b62a8', beyond: '#b3261e', tolerance: '#2e7d32' }
const WIDTH = 720

/** What was built against what was designed, to print and sign: summed up, from above, along each line, point by point. */
export function deviationPage(sheet: DeviationSheet, t: TFunction): string {
  const { survey, lines, scheme, options, project, crs, day, language } = sheet
  const title = t('survey:deviation.paper')
  const heading = (...keys: string[]) => html`<thead><tr>${keys.map(key => html`<th>${t(`survey:deviation.column.${key}`)}</th>`)}</tr></thead>`
  const others = (group: SurveyEntry['group']) => survey.entries.filter(entry => entry.group === group).map(entry => (entry.id === null ? survey.ids[entry.survey!]! : lineName(scheme, entry.id)))
  const listed = (group: 'new' | 'gone') => {
    const names = others(group)
    return names.length === 0 ? null : html`<p><b>${t(`survey:scheme.${group}`)}</b> (${names.length}): ${names.join(t('survey:deviation.comma'))}</p>`
  }
  const body = html`<h1>${title}</h1><p>${scheme.name}<br><span class="soft">${[project, crs, day].filter(text => text !== '').join(' · ')}<br>${t('survey:deviation.source', { files: survey.files.join(t('survey:deviation.comma')) })}<br>${t('survey:deviation.tolerances', { plan: figure(options.planToleranceM, 3), level: figure(options.levelToleranceM, 3) })} ${t('survey:deviation.signs')}</span></p>
<table>${heading('line', 'length', 'points', 'worstPlan', 'worstLevel', 'beyond', 'result')}<tbody>${lines.map(line => html`<tr><td>${line.name}</td><td class="figure">${figure(line.lengthM, 2)}</td><td class="figure">${measured(line).length}</td><td class="figure">${worstText(line.worstPlan, ({ planM }) => planM, t)}</td><td class="figure">${worstText(line.worstLevel, ({ levelM }) => levelM, t)}</td><td>${isIn(line, options) ? '–' : beyondWords(line, options, t)}</td><td>${result(isIn(line, options), t)}</td></tr>`)}</tbody></table>
${[listed('new'), listed('gone')].flatMap(part => part ?? [])}
<figure class="plan">${picture(deviationPlan(lines, options, INK, planWords(t), WIDTH, planHeight(lines, WIDTH)))}</figure>
${lines.map(line => html`<section class="flow"><h2>${line.name}</h2>${picture(deviationStrip(line, options, INK, stripWords(line, t), WIDTH, 300))}
<table class="places">${heading('point', 'chainage', 'designed', 'built', 'plan', 'level', 'result')}<tbody>${rowsOf(sheet, line, t).map(({ name, place, designed, built }) => html`<tr><td>${name}</td><td class="figure">${figure(place.chainageM, 2)}</td><td class="figure">${coordinates(designed)}</td><td class="figure">${coordinates(built)}</td><td class="figure">${signedMetres(place.planM)}</td><td class="figure">${signedMetres(place.levelM)}</td><td>${result(!beyond(place, options), t)}</td></tr>`)}</tbody></table></section>`)}
<div class="signature">${['surveyor', 'supervisor', 'client'].map(who => html`<span>${t(`survey:deviation.signature.${who}`)}</span>`)}</div>`
  return htmlPage({ language, title: `${title} – ${scheme.name}`, style: `${paperStyle('')} .plan { margin: 4mm 0; } .places { font-size: 8pt; margin-top: 4mm; } th, td:last-child, td.figure { white-space: nowrap; } .places td, .places th { padding: 0.6mm 1.2mm; } b.out { color: ${INK.beyond}; }`, body })
}

/** The same point by point, as a workbook: coordinates and deviations in metres. */
export function deviationBook(sheet: DeviationSheet, t: TFunction): Uint8Array {
  const column = (key: string, decimals?: 2 | 3, width?: number) => ({ title: t(`survey:deviation.column.${key}`), ...(decimals !== undefined && { decimals }), ...(width !== undefined && { width }) })
  return writeXlsx([{
    name: t('survey:deviation.sheet'),
    columns: [
      column('line', undefined, 20), column('point', undefined, 14), column('chainage', 2),
      ...['designed', 'built'].flatMap(which => ['north', 'east', 'level'].map(axis => ({ title: t('survey:deviation.coordinate', { which: t(`survey:deviation.column.${which}`), axis: t(`survey:deviation.axis.${axis}`) }), decimals: 3 as const, width: 16 }))),
      column('plan', 3), column('level', 3), column('result'),
    ],
    rows: sheet.lines.flatMap(line => rowsOf(sheet, line, t).map(({ name, place, designed, built }): SheetCell[] => [
      line.name, name, place.chainageM, designed[1], designed[0], designed[2], built[1], built[0], built[2], place.planM, place.levelM, t(`survey:deviation.${beyond(place, sheet.options) ? 'out' : 'in'}`),
    ])),
  }])
}

interface PlaceRow {
  readonly name: string
  readonly place: DeviationPlace
  /** In the project's system. */
  readonly designed: Vec3
  readonly built: Vec3
}

function rowsOf({ survey, origin }: DeviationSheet, { places }: BuiltDeviation, t: TFunction): PlaceRow[] {
  const nameOf = pointNames(survey)
  const placed = ([x, y, z]: Vec3): Vec3 => [x + origin[0], y + origin[1], z + origin[2]]
  return places.map(place => ({ name: place.of === 'design' ? t('survey:deviation.corner') : nameOf(place), place, designed: placed(place.designed), built: placed(place.built) }))
}

const measured = ({ places }: BuiltDeviation) => places.filter(({ of }) => of === 'survey')
const isIn = ({ places }: BuiltDeviation, options: SurveyOptions): boolean => !places.some(place => beyond(place, options))

/** North, east and level, as survey tables have them. */
const coordinates = ([x, y, z]: Vec3) => html`${figure(y, 3)} ${figure(x, 3)} <b>${figure(z, 3)}</b>`

const result = (isGood: boolean, t: TFunction) => (isGood ? html`${t('survey:deviation.in')}` : html`<b class="out">${t('survey:deviation.out')}</b>`)

function worstText(place: DeviationPlace | null, of: (place: DeviationPlace) => number | null, t: TFunction): string {
  return place === null ? '–' : atCorner(place, t('survey:deviation.worst', { value: signedMetres(of(place)), chainage: figure(place.chainageM, 2) }), t)
}
