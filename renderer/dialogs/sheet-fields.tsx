import { useTranslation } from 'react-i18next'
import type { PaperRequest } from '#shared/contract/paper-shapes.ts'
import { PLAN_SCALES, SHEET_SIZES, type SheetOrder, type SheetSize, type TitleEntries } from '#shared/report/sheets/sheet-order.ts'
import { sessionStore, type SessionState } from '../state/app/session-store.ts'
import { Field, Select, TextInput } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'

/** How sheets are to be drawn, as the dialog holds it. */
export interface SheetChoice extends Omit<SheetOrder, 'lineIds'> {
  readonly lines: 'scheme' | 'selected'
}

export const FIRST_SHEETS = (): SheetChoice => ({ size: 'A3', scale: 500, lines: 'scheme', title: { number: '', revision: '', drawn: sessionStore.getState().person, checked: '', approved: '' } })

/** Id of the line or proposal in hand; null where none is. */
export const selectedLine = ({ selection }: SessionState): string | null => (selection && selection.type !== 'node' ? selection.id : null)

export const sheetOrder = ({ lines, ...order }: SheetChoice, selected: string | null): NonNullable<PaperRequest['sheets']> =>
  ({ ...order, lineIds: lines === 'selected' && selected !== null ? [selected] : null })

const ENTRIES = ['number', 'revision', 'drawn', 'checked', 'approved'] as const satisfies readonly (keyof TitleEntries)[]

/** Paper, scale, lines and what the title block says. */
export function SheetFields({ choice, selected, onChange }: { readonly choice: SheetChoice; readonly selected: string | null; readonly onChange: (choice: SheetChoice) => void }) {
  const { t } = useTranslation('review')
  return <>
    <div className="sheet-fields">
      <Field label={t('papers.sheets.size')}><Segmented label={t('papers.sheets.size')} value={choice.size} options={(Object.keys(SHEET_SIZES) as SheetSize[]).map(value => ({ value, label: value }))} onChange={size => onChange({ ...choice, size })} /></Field>
      <Field label={t('papers.sheets.scale')}><Select value={String(choice.scale)} options={PLAN_SCALES.map(value => ({ value: String(value), label: `1 : ${value}` }))} onChange={value => onChange({ ...choice, scale: PLAN_SCALES.find(scale => String(scale) === value) ?? 500 })} /></Field>
    </div>
    {selected !== null && <Field label={t('papers.sheets.lines')}><Segmented label={t('papers.sheets.lines')} value={choice.lines} options={[{ value: 'scheme', label: t('papers.sheets.scheme') }, { value: 'selected', label: t('papers.sheets.selected', { id: selected }) }]} onChange={lines => onChange({ ...choice, lines })} /></Field>}
    <div className="sheet-fields">
      {ENTRIES.map(name => <Field key={name} label={t(`sheets:title.${name}`)}><TextInput value={choice.title[name]} maxLength={100} onCommit={value => onChange({ ...choice, title: { ...choice.title, [name]: value } })} /></Field>)}
    </div>
  </>
}
