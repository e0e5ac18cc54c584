import { FileSpreadsheet, Printer } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { download } from '../../actions/files/download.ts'
import { figure } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import type { SurveyAnswer } from '../../state/app/session-store.ts'
import { localDay } from '../../state/findings/standings.ts'
import { Button } from '../../ui/button.tsx'
import { Picture } from '../../ui/picture.tsx'
import { useSize } from '../../views/cut/use-size.ts'
import { deviationStrip, type DeviationColours } from './deviation-drawings.ts'
import { deviationBook, deviationPage, type DeviationSheet } from './deviation-paper.ts'
import { atCorner, beyondWords, signedMetres, stripWords } from './deviation-words.ts'
import { beyondCounts, type BuiltDeviation } from './deviations.ts'

/** The theme's own colours, so that the picture follows a change of theme. */
const SCREEN: DeviationColours = { paper: 'var(--bg-field)', ink: 'var(--ink)', soft: 'var(--ink-soft)', line: 'var(--line)', earth: 'var(--bg-raised)', ground: 'var(--ink-soft)', within: 'var(--accent)', beyond: 'var(--danger)', tolerance: 'var(--good)' }
const LEAST_PX = { width: 320, height: 180 }

interface DeviationViewProps {
  readonly survey: SurveyAnswer
  readonly scheme: ScenarioDocument
  readonly options: SurveyOptions
  readonly lines: readonly BuiltDeviation[]
  /** The line whose deviations are drawn. */
  readonly line: BuiltDeviation
  readonly onLine: (id: string) => void
}

/** One line's deviations along its chainage, what is worst and where; all lines' as sheets to sign. */
export function DeviationView({ survey, scheme, options, lines, line, onLine }: DeviationViewProps) {
  const { t, i18n } = useTranslation('survey')
  const ref = useRef<HTMLDivElement>(null)
  const size = useSize(ref)
  const info = useStore(projectStore, state => state.info)
  const [width, height] = [Math.max(LEAST_PX.width, size.width), Math.max(LEAST_PX.height, size.height)]
  const drawing = useMemo(() => deviationStrip(line, options, SCREEN, stripWords(line, t), width, height), [line, options, t, width, height])
  const give = (form: 'page' | 'book') => {
    if (!info) return
    const sheet: DeviationSheet = { survey, lines, scheme, options, origin: info.origin, project: info.name.replace(/\.gpkg$/i, ''), crs: info.crs ?? '', day: localDay(new Date()), language: i18n.language }
    const name = `${t('deviation.paper')} ${scheme.name} ${sheet.day}`
    if (form === 'page') download(deviationPage(sheet, t), `${name}.html`, 'text/html')
    else download(deviationBook(sheet, t), `${name}.xlsx`, 'application/octet-stream')
  }
  const { points, corners } = beyondCounts(line, options)
  const isIn = points + corners === 0
  return (
    <div className="deviation">
      <div className="deviation__head">
        <select className="input deviation__line" aria-label={t('deviation.choose')} value={line.id} onChange={event => onLine(event.target.value)}>
          {lines.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
        <span className={`deviation__result ${isIn ? 'is-good' : 'is-warning'}`}>{isIn ? t('deviation.allIn') : beyondWords(line, options, t)}</span>
        <Button icon={<Printer size={14} />} onClick={() => give('page')}>{t('deviation.print')}</Button>
        <Button icon={<FileSpreadsheet size={14} />} onClick={() => give('book')}>{t('deviation.book')}</Button>
      </div>
      <span className="soft deviation__worst">{atCorner(line.worstPlan, t('deviation.worstOf', { plan: signedMetres(line.worstPlan.planM), planAt: figure(line.worstPlan.chainageM, 1) }), t)}{line.worstLevel && ` · ${atCorner(line.worstLevel, t('deviation.worstLevelOf', { level: signedMetres(line.worstLevel.levelM), levelAt: figure(line.worstLevel.chainageM, 1) }), t)}`}</span>
      <div ref={ref} className="deviation__strip"><Picture drawing={drawing} /></div>
    </div>
  )
}
