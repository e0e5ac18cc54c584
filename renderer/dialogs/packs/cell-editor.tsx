import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { confirmedCell, type PairCell } from '#shared/rules/edit-pack.ts'
import { figure } from '../../i18n/format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Properties, Property } from '../../ui/display.tsx'
import { Field, NumberInput, TextInput } from '../../ui/fields.tsx'
import { BasisWords, ConfirmForm, WeightBadge } from './cell-source.tsx'

type Cell = Omit<PairCell, 'a' | 'b'>

interface CellEditorProps {
  readonly title: string
  readonly cell: PairCell | null
  readonly isVertical: boolean
  /** A note in the reader's language. */
  readonly noteOf: (note: string) => string
  readonly onClose: () => void
  readonly onChange: ((cell: Cell | null) => void) | null
}

/** What one limit is and where it comes from; in a pack of one's own, to be changed or confirmed against the print. */
export function CellEditor({ title, cell, isVertical, noteOf, onClose, onChange }: CellEditorProps) {
  const { t } = useTranslation('packs')
  const bare: Cell = cell ? { minM: cell.minM, clause: cell.clause, basis: cell.basis, note: cell.note, either: cell.either, confirmed: cell.confirmed, maxDepthM: cell.maxDepthM, pack: cell.pack } : { minM: 0, clause: '', basis: 'memory', ...(isVertical && { either: false }) }
  // A figure that was changed is no longer the one that was looked up.
  const edited = (changes: Partial<Cell>): Cell => ({ ...bare, ...changes, ...('minM' in changes && { basis: 'memory' as const, confirmed: undefined }) })
  return (
    <section className="cell-editor" aria-label={title}>
      <header><h3>{title}</h3>{cell && <WeightBadge basis={cell.basis} />}<span className="cell-editor__space" /><IconButton size="small" label={t('common:close')} icon={<X size={14} />} onClick={onClose} /></header>
      {onChange ? (
        <div className="cell-editor__fields">
          <Field label={t('field.min')}><NumberInput value={cell?.minM ?? null} decimals={3} min={0} max={1000} unit="m" onCommit={minM => onChange(edited({ minM }))} /></Field>
          <Field label={t('field.clause')}><TextInput value={bare.clause} maxLength={200} disabled={!cell} onCommit={clause => onChange(edited({ clause }))} /></Field>
          <Field label={t('field.note')}><TextInput value={bare.note === undefined ? '' : noteOf(bare.note)} maxLength={1000} disabled={!cell} onCommit={note => onChange(edited({ note }))} /></Field>
          {isVertical && <label className="check-row"><input type="checkbox" checked={bare.either === true} disabled={!cell} onChange={() => onChange(edited({ either: bare.either !== true }))} />{t('field.either')}</label>}
          {cell && <Button look="quiet" onClick={() => onChange(null)}>{t('clearCell')}</Button>}
        </div>
      ) : cell && (
        <Properties>
          <Property name={t('field.min')}>{figure(cell.minM, 3)} m{cell.maxDepthM !== undefined && ` · ${t('field.maxDepth', { depth: figure(cell.maxDepthM, 2) })}`}</Property>
          <Property name={t('field.clause')}>{cell.clause || '–'}</Property>
          {cell.note && <Property name={t('field.note')}>{noteOf(cell.note)}</Property>}
        </Properties>
      )}
      {cell && <BasisWords {...cell} />}
      {cell && onChange && <ConfirmForm basis={cell.basis} note={bare.note && noteOf(bare.note)} onConfirm={(by, note, at) => onChange(confirmedCell({ ...bare, note }, by, at))} />}
    </section>
  )
}
