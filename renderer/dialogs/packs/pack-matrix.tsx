import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { classUses } from '#shared/rules/edit-classes.ts'
import { cellAt, matrixCells, withCell, type MatrixTable, type PairCell, type PairTable } from '#shared/rules/edit-pack.ts'
import { isMandatory, noteWords, type Basis, type RulePack } from '#shared/rules/rule-pack.ts'
import { LEVEL_WORDS, SITE_WORDS } from '#shared/rules/site-words.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { EmptyState } from '../../ui/display.tsx'
import { CellEditor } from './cell-editor.tsx'
import { classHeadings, siteHeadings, type Heading } from './pack-words.ts'

interface PackMatrixProps {
  readonly pack: RulePack
  readonly table: PairTable
  /** Null where the pack cannot be edited. */
  readonly onChange: ((pack: RulePack) => void) | null
}

/** Small signs behind an advisory figure, and behind one that somebody looked up: how it is known. */
const BASIS_SIGNS: Readonly<Record<Basis, string>> = { quoted: '', confirmed: '✓', sister: '†', memory: '‡', conflict: '?' }

/**
 * A table of limits between classes as the code prints it: numbered rows against columns under the headings they share,
 * what stands on the ground behind the lines, metres, the clause above and the notes below.
 */
export function PackMatrix({ pack, table, onChange }: PackMatrixProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const [open, setOpen] = useState<{ readonly table: MatrixTable; readonly a: string; readonly b: string } | null>(null)
  const [showsAll, setShowsAll] = useState(false)
  const ids = useMemo(() => shownClasses(pack, table, onChange !== null, showsAll), [pack, table, onChange, showsAll])
  const sites = useMemo(() => shownSites(pack, table, onChange !== null), [pack, table, onChange])
  const rows = classHeadings(t, pack, ids, language)
  const columns = [...rows, ...siteHeadings(t, sites, t(table === 'vertical' ? 'underneath' : 'onGround'))]
  const tableOf = (column: number): MatrixTable => (column < rows.length ? table : 'surroundings')
  const notes = useMemo(() => footnotes(pack, table, sites), [pack, table, sites])
  if (rows.length === 0) return <EmptyState icon={null} title={t('noCells.title')} text={t(onChange ? 'noCells.own' : 'noCells.text')} />
  const clauses = [...new Set([...matrixCells(pack, table), ...matrixCells(pack, 'surroundings').filter(({ b }) => sites.includes(b))].map(({ clause }) => clause).filter(clause => clause !== ''))]
  const title = (heading: Heading) => heading.title
  const noteOf = (note: string) => noteWords(pack, note, language)
  return (
    <div className="pack-matrix">
      <p className="pack-matrix__caption"><b className="strong">{t(`matrix.${table}`)}</b><span className="soft">{clauses.length > 0 && t('matrix.clauses', { clauses: clauses.join(language === 'zh-CN' ? '、' : ', ') })}</span>
        {onChange && <label className="check-row"><input type="checkbox" checked={showsAll} onChange={() => setShowsAll(!showsAll)} />{t('allClasses')}</label>}
      </p>
      <div className="pack-matrix__scroll">
        <table>
          <caption className="visually-hidden">{t(`tab.${table}`)}</caption>
          <thead>
            <tr>
              <th scope="col" className="pack-matrix__corner" colSpan={3} rowSpan={3}>{t(table === 'vertical' ? 'upperLower' : 'between')}</th>
              {columns.map(heading => heading.span > 0 && <th key={heading.id} scope="colgroup" colSpan={heading.span} rowSpan={heading.label === null ? 2 : 1} title={heading.group} className={heading.id === sites[0] ? 'pack-matrix__first-site' : ''}><span>{heading.group}</span></th>)}
            </tr>
            <tr>{columns.map(heading => heading.label !== null && <th key={heading.id} scope="col" title={title(heading)}>{heading.label}</th>)}</tr>
            <tr className="pack-matrix__numbers">{columns.map((heading, k) => <th key={heading.id} aria-hidden>{k + 1}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={row.id}>
                <th className="pack-matrix__number" aria-hidden>{r + 1}</th>
                {row.span > 0 && <th scope="rowgroup" className="pack-matrix__group" rowSpan={row.span} colSpan={row.label === null ? 2 : 1} title={row.group}><span>{row.group}</span></th>}
                {row.label !== null && <th scope="row" className="pack-matrix__label" title={title(row)}>{row.label}</th>}
                {columns.map((column, k) => {
                  const at = { table: tableOf(k), a: row.id, b: column.id }
                  const cell = cellAt(pack, at.table, at.a, at.b)
                  const isOpen = open?.a === at.a && open.b === at.b
                  const note = cell?.note === undefined ? undefined : notes.get(cell.note)
                  return (
                    <td key={column.id} className={`${cell ? (isMandatory(cell.basis) ? 'pack-cell--mandatory' : 'pack-cell--advisory') : ''} ${isOpen ? 'pack-cell--open' : ''} ${k === rows.length ? 'pack-matrix__first-site' : ''}`}>
                      {(cell || onChange) && (
                        <button
                          type="button" aria-pressed={isOpen} title={cell ? cellTip(t, cell, noteOf) : undefined} onClick={() => setOpen(at)}
                          aria-label={`${title(row)} – ${title(column)}${cell ? `: ${figure(cell.minM, 2)} m, ${t(isMandatory(cell.basis) ? 'mandatory' : 'advisory')}` : ''}`}
                        >
                          {cell && <>{figure(cell.minM, 2)}<sup>{BASIS_SIGNS[cell.basis]}{note}</sup></>}
                        </button>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {notes.size > 0 && <ol className="pack-matrix__notes soft small">{[...notes].map(([note, k]) => <li key={k} value={k}>{noteOf(note)}</li>)}</ol>}
      </div>
      <MatrixLegend />
      {open && (
        <CellEditor
          key={`${open.table} ${open.a} ${open.b}`} noteOf={noteOf} title={`${nameOf(rows, open.a)} – ${nameOf(columns, open.b)}`} cell={cellAt(pack, open.table, open.a, open.b)} isVertical={open.table === 'vertical'}
          onClose={() => setOpen(null)} onChange={onChange && (cell => onChange(withCell(pack, open.table, open.a, open.b, cell)))}
        />
      )}
    </div>
  )
}

const nameOf = (headings: readonly Heading[], id: string): string => headings.find(heading => heading.id === id)?.title ?? id

const cellTip = (t: (key: string) => string, { clause, basis, note, maxDepthM }: PairCell, noteOf: (note: string) => string): string =>
  [clause, t(`findings:basis.${basis}`), maxDepthM === undefined ? '' : `≤ ${figure(maxDepthM, 2)} m`, note === undefined ? '' : noteOf(note)].filter(words => words !== '').join(' · ')

function MatrixLegend() {
  const { t } = useTranslation('packs')
  return (
    <p className="pack-matrix__legend soft small">
      <span><b className="pack-cell--mandatory">0.50</b> {t('mandatory')}</span>
      <span><b className="pack-cell--mandatory">0.50<sup>✓</sup></b> {t('legend.confirmed')}</span>
      <span className="pack-matrix__advisory"><i className="pack-cell--advisory">0.50</i> {t('advisory')}: † {t('legend.sister')} · ‡ {t('legend.memory')} · ? {t('legend.conflict')}</span>
      <span className="faint">{t('openHint')}</span>
    </p>
  )
}

/** Classes a table speaks of, in the order of the pack; where cells can be added, also those no table speaks of yet. */
function shownClasses(pack: RulePack, table: PairTable, isEditable: boolean, showsAll: boolean): string[] {
  const used = new Set(matrixCells(pack, table).flatMap(({ a, b }) => [a, b]))
  return pack.classes.map(({ id }) => id).filter(id => used.has(id) || (isEditable && (showsAll || used.size === 0 || classUses(pack, id) === 0)))
}

/** Things on the ground the pack keeps lines off, in plan or in level; all of them where cells can be added. */
function shownSites(pack: RulePack, table: PairTable, isEditable: boolean): string[] {
  if (table === 'distance') return []
  const used = new Set<string>(pack.surroundings.map(({ feature }) => feature))
  return SITE_WORDS.filter(word => LEVEL_WORDS.has(word) === (table === 'vertical') && (used.has(word) || isEditable))
}

/** Notes of a table's cells by their number, each said once. */
function footnotes(pack: RulePack, table: PairTable, sites: readonly string[]): ReadonlyMap<string, number> {
  const notes = new Map<string, number>()
  for (const { note, b } of [...matrixCells(pack, table), ...matrixCells(pack, 'surroundings').filter(cell => sites.includes(cell.b))]) {
    if (note !== undefined && note !== '' && b !== '' && !notes.has(note)) notes.set(note, notes.size + 1)
  }
  return notes
}
