import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { SURVEY_GROUPS, type SurveyEntry, type SurveyGroup, type SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { OUTSIDE_SCOPE, type OutsideScope } from '#shared/ledger/survey/survey-scope.ts'
import { acceptSurvey } from '../../actions/files/import-actions.ts'
import { count, figure } from '../../i18n/format.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore, type SurveyAnswer } from '../../state/app/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { SignedFields } from '../ledger/signed-fields.tsx'
import { DeviationView } from './deviation-view.tsx'
import { lineName, surveyDeviations, type BuiltDeviation } from './deviations.ts'
import { SurveyMap } from './survey-map.tsx'
import '../dialogs.css'
import './survey.css'

interface SurveyDialogProps {
  readonly survey: SurveyAnswer
  /** The scheme it is held against; null for the twin. */
  readonly asBuilt: string | null
  /** What it was held against with. */
  readonly options: SurveyOptions
  readonly onClose: () => void
}

/** What is accepted unless somebody says otherwise: what a survey misses is left in, for it may only have been overlooked. */
const ACCEPTED: ReadonlySet<SurveyGroup> = new Set(['new', 'moved', 'changed', 'same'])

/** What a newer survey, or what was built, says otherwise: on a map and in a table, before anything of it is taken. */
export function SurveyDialog({ survey, asBuilt, options, onClose }: SurveyDialogProps) {
  const { t } = useTranslation('survey')
  const { entries } = survey
  const [group, setGroup] = useState<SurveyGroup | null>(null)
  const [open, setOpen] = useState<number | null>(null)
  const [off, setOff] = useState<ReadonlySet<number>>(() => new Set(entries.flatMap((entry, i) => (ACCEPTED.has(entry.group) ? [] : [i]))))
  const [widened, setWidened] = useState<ReadonlySet<OutsideScope>>(new Set())
  const [withNodes, setWithNodes] = useState(true)
  const [why, setWhy] = useState('')
  const isChanging = useStore(ledgerStore, state => state.isChanging)
  const word = (key: string) => t(`${asBuilt === null ? 'twin' : 'scheme'}.${key}`)
  // What the survey may not have gone over is nobody's loss until somebody says that it did.
  const inScope = useMemo(() => entries.flatMap((entry, i) => (entry.outside === undefined || widened.has(entry.outside) ? [i] : [])), [entries, widened])
  const shown = useMemo(() => inScope.filter(i => group === null || entries[i]!.group === group), [entries, inScope, group])
  const ofGroup = (name: SurveyGroup) => inScope.filter(i => entries[i]!.group === name)
  const counts = SURVEY_GROUPS.map(name => ({ name, n: ofGroup(name).length, taken: ofGroup(name).filter(i => !off.has(i)).length })).filter(({ n }) => n > 0)
  const outside = OUTSIDE_SCOPE.map(why => ({ why, n: entries.filter(entry => entry.outside === why).length })).filter(({ n }) => n > 0)
  const inPieces = inScope.filter(i => entries[i]!.pieces !== undefined)
  const taken = entries.length - off.size
  const toggle = (indices: readonly number[], isOn: boolean) => {
    const next = new Set(off)
    for (const i of indices) if (isOn) next.delete(i)
    else next.add(i)
    setOff(next)
  }
  const widen = (why: OutsideScope) => {
    const next = new Set(widened)
    if (!next.delete(why)) next.add(why)
    else toggle(entries.flatMap((entry, i) => (entry.outside === why ? [i] : [])), false)
    setWidened(next)
  }
  const scheme = useStore(scenarioStore, state => (asBuilt === null ? null : (state.byId[asBuilt]?.document ?? null)))
  const origin = useStore(projectStore, state => state.info?.origin ?? null)
  const deviations = useMemo(() => (scheme && origin ? surveyDeviations(survey, scheme, origin) : null), [survey, scheme, origin])
  const [lineId, setLineId] = useState<string | null>(null)
  const line = deviations?.lines.find(({ id }) => id === lineId) ?? deviations?.lines[0]
  const openEntry = (entry: number | null) => {
    setOpen(entry)
    const id = entry === null ? null : entries[entry]!.id
    if (id !== null) setLineId(id)
  }
  const columns = useMemo(() => entryColumns(survey, scheme, deviations?.chainageM ?? null, t), [survey, scheme, deviations, t])
  const submit = () => {
    const accepted = Uint32Array.from(entries.flatMap((_, i) => (off.has(i) ? [] : [i])))
    void acceptSurvey(survey.comparison, accepted, withNodes && survey.nodeChanges > 0, { who: sessionStore.getState().person.trim(), why: why.trim() }).then(isTaken => {
      if (!isTaken) return
      // What was built is signed next, so that the scheme no longer counts beside its own lines.
      if (asBuilt !== null) sessionStore.setState({ dialog: { type: 'schemeStage', id: asBuilt } })
      else onClose()
    })
  }
  const shownTaken = shown.filter(i => !off.has(i)).length
  return (
    <Dialog
      title={word('title')} closeLabel={t('common:close')} onClose={onClose} width={1240}
      footer={<>
        <span className="survey__sum soft">{asBuilt === null && t('same', { count: survey.same, shown: count(survey.same) })}</span>
        <Button onClick={onClose}>{t('leave')}</Button>
        <Button look="primary" disabled={isChanging || (taken === 0 && !(withNodes && survey.nodeChanges > 0))} onClick={submit}>{t('take', { count: taken, shown: count(taken) })}</Button>
      </>}
    >
      <div className="survey">
        <div className="survey__pictures">
          <SurveyMap survey={survey} asBuilt={asBuilt} shown={shown} open={open} onOpen={openEntry} deviations={deviations?.lines ?? NO_LINES} options={options} />
          {scheme && deviations && line && <DeviationView survey={survey} scheme={scheme} options={options} lines={deviations.lines} line={line} onLine={setLineId} />}
        </div>
        <div className="survey__side">
          <div className="survey__groups" role="group" aria-label={t('groups')}>
            {counts.map(({ name, n, taken: some }) => (
              <div key={name} className={`survey__group ${group === name ? 'survey__group--on' : ''}`}>
                <input type="checkbox" aria-label={t('takeAll', { what: word(name) })} checked={some === n} onChange={() => toggle(ofGroup(name), some < n)} />
                <button type="button" aria-pressed={group === name} onClick={() => setGroup(group === name ? null : name)}>
                  <span className={`survey__mark survey__mark--${name}`} />{word(name)}<span className="survey__count">{some === n ? count(n) : `${count(some)} / ${count(n)}`}</span>
                </button>
              </div>
            ))}
          </div>
          <DataTable<number>
            label={word('title')} columns={columns} rowCount={shown.length} rowAt={i => shown[i]!} rowKey={i => String(shown[i])} selectedIndex={open === null ? null : shown.indexOf(open)} sort={null} onSort={() => undefined} onOpen={openEntry}
            marking={{
              label: t('takeThis'), labelAll: t('takeShown'), marked: shownTaken === 0 ? 'none' : shownTaken === shown.length ? 'all' : 'some', isMarked: i => !off.has(shown[i]!),
              toggle: i => toggle([shown[i]!], off.has(shown[i]!)), toggleAll: () => toggle(shown, shownTaken < shown.length),
            }}
            empty={<EmptyState icon={null} title={t('nothing')} />}
          />
          {outside.length > 0 && (
            <fieldset className="survey__scope">
              <legend>{t('scope.legend')}</legend>
              {outside.map(({ why, n }) => (
                <label key={why} className="check-row"><input type="checkbox" checked={widened.has(why)} onChange={() => widen(why)} />{t(`scope.${why}`, { count: n, shown: count(n) })}</label>
              ))}
            </fieldset>
          )}
          {inPieces.length > 0 && (
            <label className="check-row"><input type="checkbox" checked={inPieces.every(i => !off.has(i))} onChange={event => toggle(inPieces, event.target.checked)} />{t('inPieces', { count: inPieces.length, shown: count(inPieces.length) })}</label>
          )}
          {survey.nodeChanges > 0 && <label className="check-row"><input type="checkbox" checked={withNodes} onChange={() => setWithNodes(!withNodes)} />{t('nodes', { count: survey.nodeChanges, shown: count(survey.nodeChanges) })}</label>}
          <SignedFields why={why} onWhy={setWhy} />
        </div>
      </div>
    </Dialog>
  )
}

const NO_LINES: readonly BuiltDeviation[] = []

/** @param chainageM Of each entry, where along its line of the scheme it is furthest off; null for an update of the twin. */
function entryColumns({ entries, ids }: SurveyAnswer, scheme: ScenarioDocument | null, chainageM: readonly (number | null)[] | null, t: ReturnType<typeof useTranslation<'survey'>>['t']): TableColumn<number>[] {
  const word = (entry: SurveyEntry) => t(`${scheme ? 'scheme' : 'twin'}.${entry.group}`)
  // Of a line in pieces the piece is what tells one row from the next.
  const name = ({ id, survey, pieceOf, pieces }: SurveyEntry) => (id === null ? (pieceOf === undefined ? ids[survey!]! : t('pieceOf', { piece: ids[survey!]!, line: pieceOf })) : pieces !== undefined ? t('piecesOf', { line: lineName(scheme, id), count: pieces }) : survey === null || ids[survey] === id ? lineName(scheme, id) : scheme ? `${ids[survey]} · ${lineName(scheme, id)}` : `${id} ← ${ids[survey]}`)
  const fields = ({ fields: list }: SurveyEntry) => list.map(field => t(`field.${field}`)).join(t('ledger:and'))
  const metre = (value: number | null) => (value === null ? '' : figure(value, 3))
  const column = (id: string, width: string, text: (entry: SurveyEntry, i: number) => string, extra: Partial<TableColumn<number>> = {}): TableColumn<number> =>
    ({ id, title: t(`column.${id}`), width, sortable: false, text: i => text(entries[i]!, i), render: i => text(entries[i]!, i) || <span className="faint">–</span>, ...extra })
  return [
    column('group', '92px', word, { render: i => <span className="finding-severity"><span className={`survey__mark survey__mark--${entries[i]!.group}`} />{word(entries[i]!)}</span> }),
    column('line', 'minmax(130px, 2fr)', name),
    column('plan', '64px', entry => metre(entry.planM), { unit: 'm', align: 'right' }),
    ...(chainageM ? [column('chainage', '68px', (_, i) => (chainageM[i] == null ? '' : figure(chainageM[i], 1)), { unit: 'm', align: 'right' as const })] : []),
    column('level', '64px', entry => metre(entry.levelM), { unit: 'm', align: 'right' }),
    column('fields', 'minmax(84px, 0.8fr)', fields),
  ]
}
