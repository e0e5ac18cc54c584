import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { differencesOf } from '#shared/rules/edit-pack.ts'
import { LISTED_FIGURES, listedDifferences, type ListedCell, type ListedTable } from '#shared/rules/listed-cells.ts'
import type { Basis, RulePack } from '#shared/rules/rule-pack.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { EmptyState } from '../../ui/display.tsx'
import { classTitle, toWords } from './pack-words.ts'

interface PackCompareProps {
  readonly pack: RulePack
  readonly other: RulePack
}

/** Where two packs ask for different things. */
export function PackCompare({ pack, other }: PackCompareProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const holder = (id: string) => (pack.classes.some(known => known.id === id) ? pack : other)
  const name = (id: string) => toWords(t, holder(id), id, language)
  const cellWords = (cell: { readonly clause: string; readonly basis: Basis } | null, figures: string) =>
    (cell ? <>{figures} <span className="soft">· {[cell.clause, t(`basisShort.${cell.basis}`)].filter(words => words !== '').join(' · ')}</span></> : <span className="faint">–</span>)
  const listed = (table: ListedTable, cell: ListedCell | null) =>
    cellWords(cell, LISTED_FIGURES[table].flatMap(([key, unit]) => (cell?.figures[key] === undefined ? [] : [`${t(`figure.${key}`)} ${figure(cell.figures[key], 2)}${unit && ` ${unit}`}`])).join(', '))
  const rows = [
    ...differencesOf(pack, other).map(({ table, a, b, left, right }) => ({
      key: `${table} ${a} ${b}`, table: t(table === 'surroundings' ? 'listed.surroundings' : `tab.${table}`), between: `${name(a)} – ${name(b)}`,
      left: cellWords(left, left ? `${figure(left.minM, 3)} m` : ''), right: cellWords(right, right ? `${figure(right.minM, 3)} m` : ''),
    })),
    ...listedDifferences(pack, other).map(({ table, class: classId, to, left, right }) => ({
      key: `${table} ${classId} ${to.join(' ')}`, table: t(`listed.${table}`), between: [classTitle(holder(classId), classId, language), ...to.map(name)].join(' – '),
      left: listed(table, left), right: listed(table, right),
    })),
  ]
  if (rows.length === 0) return <EmptyState icon={null} title={t('same')} />
  return (
    <div className="pack-matrix__scroll">
      <table className="pack-cover">
        <thead><tr><th scope="col">{t('table')}</th><th scope="col">{t('between')}</th><th scope="col">{pack.title[language]}</th><th scope="col">{other.title[language]}</th></tr></thead>
        <tbody>{rows.map(row => <tr key={row.key}><td className="soft">{row.table}</td><th scope="row">{row.between}</th><td>{row.left}</td><td>{row.right}</td></tr>)}</tbody>
      </table>
    </div>
  )
}
