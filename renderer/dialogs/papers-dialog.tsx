import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { PAPER_FORMS, type PaperRequest } from '#shared/contract/paper-shapes.ts'
import { shownOrder } from '../actions/check/finding-actions.ts'
import { makePaper } from '../actions/files/paper-actions.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { FIRST_SHEETS, selectedLine, SheetFields, sheetOrder, type SheetChoice } from './sheet-fields.tsx'
import './dialogs.css'

const OFFERED = ['report', 'findings', 'exceptions', 'letters', 'conflicts', 'scene', 'sheets'] as const
type Offered = (typeof OFFERED)[number]

/** What leaves the program: the report and its kin, in the form and language wanted. */
export function PapersDialog({ paper: first, onClose }: { readonly paper: Offered; readonly onClose: () => void }) {
  const { t } = useTranslation('review')
  const [paper, setPaper] = useState<Offered>(first)
  const [form, setForm] = useState<PaperRequest['form']>(PAPER_FORMS[first][0])
  const [language, setLanguage] = useState(viewStore.getState().language)
  const [range, setRange] = useState<'all' | 'shown'>('all')
  const scope = useStore(sessionStore, state => state.findingsScope)
  const shown = shownOrder()
  const choose = (next: Offered) => {
    setPaper(next)
    if (!(PAPER_FORMS[next] as readonly string[]).includes(form)) setForm(PAPER_FORMS[next][0])
  }
  const [sheets, setSheets] = useState<SheetChoice>(FIRST_SHEETS)
  const selected = useStore(sessionStore, selectedLine)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onClose()
    void makePaper({ paper, form, language, findingIds: range === 'shown' ? [...shown] : null, ...(paper === 'sheets' && { sheets: sheetOrder(sheets, selected) }) })
  }
  return (
    <Dialog
      title={t('papers.title')} closeLabel={t('common:close')} onClose={onClose} width={520}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" form="make-paper">{t('papers.make')}</Button>
      </>}
    >
      <form id="make-paper" className="form" onSubmit={submit}>
        <Field label={t('papers.paper')}><Select value={paper} options={OFFERED.map(value => ({ value, label: t(`papers.sort.${value}`) }))} onChange={choose} /></Field>
        <p className="soft small">{t(`papers.text.${paper}`)}</p>
        <Field label={t('papers.form')}><Segmented label={t('papers.form')} value={form} options={PAPER_FORMS[paper].map(value => ({ value: value as PaperRequest['form'], label: t(`papers.ending.${paper === 'findings' && value === 'zip' ? 'coordination' : value}`) }))} onChange={setForm} /></Field>
        {paper === 'sheets' && <SheetFields choice={sheets} selected={selected} onChange={setSheets} />}
        <Field label={t('papers.language')}><Segmented label={t('papers.language')} value={language} options={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]} onChange={setLanguage} /></Field>
        <Field label={t('papers.range')}><Segmented label={t('papers.range')} value={range} options={[{ value: 'all', label: scope.startsWith('job:') ? t('ledger:jobs.allFindings') : t(`papers.all.${scope}`) }, { value: 'shown', label: t('papers.shown', { count: shown.length }) }]} onChange={setRange} /></Field>
      </form>
    </Dialog>
  )
}
