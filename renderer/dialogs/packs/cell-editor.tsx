import { BadgeCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { confirmedCell, type PairCell } from '#shared/rules/edit-pack.ts'
import { isMandatory } from '#shared/rules/rule-pack.ts'
import { dateTime } from '../../i18n/format.ts'
import { viewStore } from '../../state/view-store.ts'
import { Button } from '../../ui/button.tsx'
import { Badge, Properties, Property } from '../../ui/display.tsx'
import { Field, NumberInput, TextInput } from '../../ui/fields.tsx'

type Cell = Omit<PairCell, 'a' | 'b'>

interface CellEditorProps {
  readonly title: string
  readonly cell: PairCell | null
  readonly isVertical: boolean
  readonly onChange: ((cell: Cell | null) => void) | null
}

/** What one limit is and where it comes from; in a pack of one's own, to be changed or confirmed against the print. */
export function CellEditor({ title, cell, isVertical, onChange }: CellEditorProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const [by, setBy] = useState('')
  const bare: Cell = cell ? { minM: cell.minM, clause: cell.clause, basis: cell.basis, note: cell.note, either: cell.either, confirmed: cell.confirmed } : { minM: 0, clause: '', basis: 'memory', ...(isVertical && { either: false }) }
  // A figure that was changed is no longer the one that was looked up.
  const edited = (changes: Partial<Cell>): Cell => ({ ...bare, ...changes, ...('minM' in changes && { basis: 'memory' as const, confirmed: undefined }) })
  return (
    <section className="cell-editor" aria-label={title}>
      <header><h3>{title}</h3>{cell && <Badge tone={isMandatory(cell.basis) ? 'danger' : 'warning'}>{t(isMandatory(cell.basis) ? 'mandatory' : 'advisory')}</Badge>}</header>
      {onChange ? (
        <div className="cell-editor__fields">
          <Field label={t('field.min')}><NumberInput value={cell?.minM ?? null} decimals={3} min={0} max={1000} unit="m" onCommit={minM => onChange(edited({ minM }))} /></Field>
          <Field label={t('field.clause')}><TextInput value={bare.clause} maxLength={200} disabled={!cell} onCommit={clause => onChange(edited({ clause }))} /></Field>
          <Field label={t('field.note')}><TextInput value={bare.note ?? ''} maxLength={1000} disabled={!cell} onCommit={note => onChange(edited({ note }))} /></Field>
          {isVertical && <label className="check-row"><input type="checkbox" checked={bare.either === true} disabled={!cell} onChange={() => onChange(edited({ either: bare.either !== true }))} />{t('field.either')}</label>}
          {cell && <Button look="quiet" onClick={() => onChange(null)}>{t('clearCell')}</Button>}
        </div>
      ) : cell && (
        <Properties>
          <Property name={t('field.min')}>{cell.minM} m</Property>
          <Property name={t('field.clause')}>{cell.clause || '–'}</Property>
          {cell.note && <Property name={t('field.note')}>{cell.note}</Property>}
        </Properties>
      )}
      {cell && <p className="soft">{t(`findings:basis.${cell.basis}`)}{cell.confirmed && ` ${t('confirmedBy', { by: cell.confirmed.by, at: dateTime(cell.confirmed.at, language) })}`}</p>}
      {cell && onChange && !isMandatory(cell.basis) && (
        <form className="cell-editor__confirm" onSubmit={event => { event.preventDefault(); if (by.trim()) onChange(confirmedCell(bare, by.trim(), new Date().toISOString())) }}>
          <Field label={t('confirmName')}><input className="input" value={by} maxLength={200} onChange={event => setBy(event.target.value)} /></Field>
          <Button type="submit" icon={<BadgeCheck size={14} />} disabled={by.trim() === ''}>{t('confirm')}</Button>
        </form>
      )}
    </section>
  )
}
