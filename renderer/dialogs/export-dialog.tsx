import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { EXPORT_CHOICES, type ExportChoice } from '#shared/contract/export-shapes.ts'
import { exportData } from '../actions/files/export-actions.ts'
import { activeScenario, scenarioStore } from '../state/scheme/scenario-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import './dialogs.css'

/** The twin, with a scheme's lines if wanted, as a file for other programs. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('export')
  const scheme = useStore(scenarioStore, activeScenario)
  const [format, setFormat] = useState<ExportChoice>('geojson')
  const [with_, setWith] = useState<'scheme' | 'none'>(scheme ? 'scheme' : 'none')
  const [language, setLanguage] = useState(viewStore.getState().language)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onClose()
    void exportData({ format, language, scenarioId: with_ === 'scheme' ? (scheme?.document.id ?? null) : null })
  }
  return (
    <Dialog
      title={t('title')} closeLabel={t('common:close')} onClose={onClose} width={520}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" form="export-data">{t('make')}</Button>
      </>}
    >
      <form id="export-data" className="form" onSubmit={submit}>
        <Field label={t('format')}><Select value={format} options={EXPORT_CHOICES.map(value => ({ value, label: t(`choice.${value}`) }))} onChange={setFormat} /></Field>
        <p className="soft small">{t(`text.${format}`)}</p>
        {scheme && format !== 'epanet' && format !== 'swmm' && <Field label={t('scheme')}><Segmented label={t('scheme')} value={with_} options={[{ value: 'scheme', label: scheme.document.name }, { value: 'none', label: t('withoutScheme') }]} onChange={setWith} /></Field>}
        <Field label={t('language')}><Segmented label={t('language')} value={language} options={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]} onChange={setLanguage} /></Field>
        <p className="soft small">{t('losses')}</p>
      </form>
    </Dialog>
  )
}
