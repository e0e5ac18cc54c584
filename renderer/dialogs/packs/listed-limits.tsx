import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { confirmedListed, LISTED_FIGURES, listedCells, withListedCell, type ListedCell, type ListedTable } from '#shared/rules/listed-cells.ts'
import { isMandatory, noteWords, type RulePack } from '#shared/rules/rule-pack.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState, Section } from '../../ui/display.tsx'
import { Field, NumberInput, TextInput } from '../../ui/fields.tsx'
import { BasisWords, ConfirmForm, WeightBadge } from './cell-source.tsx'
import { classTitle, toWords } from './pack-words.ts'

interface ListedLimitsProps {
  readonly pack: RulePack
  readonly tables: readonly ListedTable[]
  readonly onChange: ((pack: RulePack) => void) | null
}

interface Place {
  readonly table: ListedTable
  readonly at: number
}

/** Limits a class keeps to by itself, one row each: cover, slope, bends, angles, structures. A row opens to be changed or confirmed. */
export function ListedLimits({ pack, tables, onChange }: ListedLimitsProps) {
  const { t } = useTranslation('packs')
  const [open, setOpen] = useState<Place | null>(null)
  const filled = tables.filter(table => pack[table].length > 0)
  const hasOrder = tables.includes('crossingAngle') && (pack.levelOrder !== null || pack.yielding.length > 0)
  if (filled.length === 0 && !hasOrder) return <EmptyState icon={null} title={t('noCells.title')} />
  const cell = open && listedCells(pack, open.table)[open.at]
  return (
    <div className="pack-listed">
      <div className="pack-matrix__scroll">
        {hasOrder && <Orders pack={pack} onChange={onChange} />}
        {filled.map(table => {
          const rows = <ListedTableRows key={table} pack={pack} table={table} open={open} onOpen={at => setOpen({ table, at })} />
          return tables.length === 1 ? rows : <Section key={table} title={t(`listed.${table}`)}>{rows}</Section>
        })}
      </div>
      {open && cell && (
        <ListedEditor
          key={`${open.table} ${open.at}`} pack={pack} table={open.table} cell={cell} onClose={() => setOpen(null)}
          onChange={onChange && (next => { if (next === null) setOpen(null); onChange(withListedCell(pack, open.table, open.at, next)) })}
        />
      )}
    </div>
  )
}

function ListedTableRows({ pack, table, open, onOpen }: { readonly pack: RulePack; readonly table: ListedTable; readonly open: Place | null; readonly onOpen: (at: number) => void }) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const cells = listedCells(pack, table)
  const figures = LISTED_FIGURES[table].filter(([key]) => cells.some(cell => cell.figures[key] !== undefined))
  const hasTo = cells.some(({ to }) => to.length > 0)
  return (
    <table className="pack-cover">
      <thead><tr><th scope="col">{t('class')}</th>{hasTo && <th scope="col">{t(`listedTo.${table}`)}</th>}{figures.map(([key, unit]) => <th key={key} scope="col" className="pack-cover__figure">{t(`figure.${key}`)}{unit && ` (${unit})`}</th>)}<th scope="col">{t('field.clause')}</th><th scope="col">{t('known')}</th></tr></thead>
      <tbody>
        {cells.map((cell, at) => (
          <tr key={at} className={open?.table === table && open.at === at ? 'pack-cover--open' : ''} onClick={() => onOpen(at)}>
            <th scope="row"><button type="button" className="link" onClick={() => onOpen(at)}>{classTitle(pack, cell.class, language)}</button></th>
            {hasTo && <td>{cell.to.map(word => toWords(t, pack, word, language)).join(' · ')}</td>}
            {figures.map(([key, unit]) => <td key={key} className={`pack-cover__figure ${isMandatory(cell.basis) ? 'pack-cell--mandatory' : 'pack-cell--advisory'}`}>{cell.figures[key] === undefined ? '' : figure(cell.figures[key], decimalsOf(unit))}</td>)}
            <td className="soft">{cell.clause}</td>
            <td className="soft"><WeightBadge basis={cell.basis} /> {t(`basisShort.${cell.basis}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const decimalsOf = (unit: string): number => (unit === '°' ? 0 : unit === '' ? 3 : 2)

interface ListedEditorProps {
  readonly pack: RulePack
  readonly table: ListedTable
  readonly cell: ListedCell
  readonly onClose: () => void
  readonly onChange: ((cell: ListedCell | null) => void) | null
}

function ListedEditor({ pack, table, cell, onClose, onChange }: ListedEditorProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const title = [classTitle(pack, cell.class, language), ...cell.to.map(word => toWords(t, pack, word, language))].join(' – ')
  // A figure that was changed is no longer the one that was looked up.
  const withFigure = (key: string, value: number | undefined): ListedCell => ({ ...cell, figures: { ...cell.figures, [key]: value }, basis: 'memory', confirmed: undefined })
  return (
    <section className="cell-editor" aria-label={title}>
      <header><h3>{title}</h3><WeightBadge basis={cell.basis} /><span className="cell-editor__space" /><IconButton size="small" label={t('common:close')} icon={<X size={14} />} onClick={onClose} /></header>
      {onChange ? (
        <div className="cell-editor__fields cell-editor__fields--listed">
          {LISTED_FIGURES[table].map(([key, unit]) => (
            <Field key={key} label={t(`figure.${key}`)}>
              <NumberInput value={cell.figures[key] ?? null} decimals={3} min={0} max={10_000} unit={unit} onCommit={value => onChange(withFigure(key, value))} onClear={() => onChange(withFigure(key, undefined))} />
            </Field>
          ))}
          <Field label={t('field.clause')}><TextInput value={cell.clause} maxLength={200} onCommit={clause => onChange({ ...cell, clause })} /></Field>
          <Field label={t('field.note')}><TextInput value={cell.note === undefined ? '' : noteWords(pack, cell.note, language)} maxLength={1000} onCommit={note => onChange({ ...cell, note })} /></Field>
          <Button look="quiet" onClick={() => onChange(null)}>{t('clearCell')}</Button>
        </div>
      ) : cell.note && <p>{noteWords(pack, cell.note, language)}</p>}
      <BasisWords {...cell} />
      {onChange && <ConfirmForm basis={cell.basis} note={cell.note && noteWords(pack, cell.note, language)} onConfirm={(by, note, at) => onChange(confirmedListed({ ...cell, note }, by, at))} />}
    </section>
  )
}

/** From the ground down, and who gives way to whom. */
function Orders({ pack, onChange }: { readonly pack: RulePack; readonly onChange: ListedLimitsProps['onChange'] }) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const { levelOrder, yielding } = pack
  const word = (name: string) => (pack.classes.some(({ id }) => id === name) ? classTitle(pack, name, language) : t(`findings:yield.${name}`, { defaultValue: t(`kinds:kind.${name}`, { defaultValue: name }) }))
  return (
    <>
      {levelOrder && (
        <Section title={t('listed.levelOrder')} action={<WeightBadge basis={levelOrder.basis} />}>
          <ol className="pack-order">{levelOrder.ranks.map((rank, k) => <li key={k}>{rank.map(id => classTitle(pack, id, language)).join(language === 'zh-CN' ? '、' : ', ')}</li>)}</ol>
          <p className="soft">{[levelOrder.clause, levelOrder.plannedOnly ? t('plannedOnly') : '', levelOrder.note === undefined ? '' : noteWords(pack, levelOrder.note, language)].filter(words => words !== '').join(' · ')}</p>
          <BasisWords {...levelOrder} />
          {onChange && <ConfirmForm basis={levelOrder.basis} note={levelOrder.note && noteWords(pack, levelOrder.note, language)} onConfirm={(by, note, at) => onChange({ ...pack, levelOrder: { ...levelOrder, ...(note !== undefined && { note }), basis: 'confirmed', confirmed: { by, at, was: levelOrder.basis } } })} />}
        </Section>
      )}
      {yielding.length > 0 && (
        <Section title={t('listed.yielding')}>
          <ol className="pack-order">{yielding.map(({ yields, to, clause, basis }, k) => <li key={k}>{t('yields', { yields: word(yields), to: word(to) })} <span className="soft">{[clause, basis && t(`basisShort.${basis}`)].filter(Boolean).join(' · ')}</span></li>)}</ol>
        </Section>
      )}
    </>
  )
}
