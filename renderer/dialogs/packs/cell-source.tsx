import { BadgeCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PairCell } from '#shared/rules/edit-pack.ts'
import { isMandatory, type Basis } from '#shared/rules/rule-pack.ts'
import { dateTime } from '../../i18n/format.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/display.tsx'
import { Field } from '../../ui/fields.tsx'

/** Whether a limit binds, as a word. */
export function WeightBadge({ basis }: { readonly basis: Basis }) {
  const { t } = useTranslation('packs')
  return <Badge tone={isMandatory(basis) ? 'danger' : 'warning'}>{t(isMandatory(basis) ? 'mandatory' : 'advisory')}</Badge>
}

/** How a limit is known, and who looked it up when. */
export function BasisWords({ basis, confirmed }: Pick<PairCell, 'basis' | 'confirmed'>) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  return <p className="soft">{t(`findings:basis.${basis}`)}{confirmed && ` ${t('confirmedBy', { by: confirmed.by, at: dateTime(confirmed.at, language) })} ${t('confirmedWas', { was: t(`basisShort.${confirmed.was}`) })}`}</p>
}

interface ConfirmFormProps {
  readonly basis: Basis
  readonly note: string | undefined
  readonly onConfirm: (by: string, note: string | undefined, at: string) => void
}

/** Who looked the limit up in the print, with a note: it binds from then on. Nothing where it does already. */
export function ConfirmForm({ basis, note, onConfirm }: ConfirmFormProps) {
  const { t } = useTranslation('packs')
  const [by, setBy] = useState('')
  const [words, setWords] = useState(note ?? '')
  if (isMandatory(basis)) return null
  return (
    <form className="cell-editor__confirm" onSubmit={event => { event.preventDefault(); if (by.trim()) onConfirm(by.trim(), words.trim() || undefined, new Date().toISOString()) }}>
      <Field label={t('confirmName')}><input className="input" value={by} maxLength={200} onChange={event => setBy(event.target.value)} /></Field>
      <Field label={t('confirmNote')}><input className="input" value={words} maxLength={1000} placeholder={t('confirmNoteHint')} onChange={event => setWords(event.target.value)} /></Field>
      <Button type="submit" icon={<BadgeCheck size={14} />} disabled={by.trim() === ''}>{t('confirm')}</Button>
    </form>
  )
}
