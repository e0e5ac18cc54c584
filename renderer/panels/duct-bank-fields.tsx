import { Grid3x3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { bankSection, type DuctBank } from '#shared/twin/duct-bank.ts'
import type { OuterSection } from '#shared/twin/asset.ts'
import { Button } from '../ui/button.tsx'
import { Field, NumberInput } from '../ui/fields.tsx'
import { Popover } from '../ui/popover.tsx'

interface DuctBankFieldsProps {
  readonly bank: DuctBank | null
  readonly disabled?: boolean
  /** The outside follows from the layout. */
  readonly onChange: (bank: DuctBank, section: OuterSection) => void
}

/** What a bank begins as: six ducts of 160 mm. */
const USUAL: DuctBank = { columns: 3, rows: 2, ductM: 0.16, gapM: 0.05, casingM: 0.1 }
const MM = 1000

/** A bank by its layout: how many ducts beside and above each other, how wide, how far apart, in what casing. */
export function DuctBankFields({ bank, disabled = false, onChange }: DuctBankFieldsProps) {
  const { t } = useTranslation('app')
  const shown = bank ?? USUAL
  const set = (change: Partial<DuctBank>) => onChange({ ...shown, ...change }, bankSection({ ...shown, ...change }))
  const count = (name: 'columns' | 'rows') => <Field label={t(`bank.${name}`)}><NumberInput aria-label={t(`bank.${name}`)} value={shown[name]} decimals={0} min={1} max={30} onCommit={value => set({ [name]: value })} /></Field>
  const mm = (name: 'ductM' | 'gapM' | 'casingM', min: number) => <Field label={t(`bank.${name}`)}><NumberInput aria-label={t(`bank.${name}`)} value={shown[name] * MM} decimals={0} min={min} max={2000} unit="mm" onCommit={value => set({ [name]: value / MM })} /></Field>
  return (
    <Popover trigger={<Button look="quiet" icon={<Grid3x3 size={14} />} disabled={disabled}>{bank ? t('bank.laid', { columns: bank.columns, rows: bank.rows, duct: Math.round(bank.ductM * MM) }) : t('bank.lay')}</Button>}>
      <div className="form pipeline-options__further">
        {count('columns')}{count('rows')}{mm('ductM', 10)}{mm('gapM', 0)}{mm('casingM', 0)}
        {!bank && <Button onClick={() => set({})}>{t('bank.take')}</Button>}
      </div>
    </Popover>
  )
}
