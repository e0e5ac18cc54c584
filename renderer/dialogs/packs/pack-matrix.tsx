import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { cellAt, pairCells, withCell, type PairTable } from '#shared/rules/edit-pack.ts'
import { isMandatory, type RulePack } from '#shared/rules/rule-pack.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view-store.ts'
import { EmptyState } from '../../ui/display.tsx'
import { CellEditor } from './cell-editor.tsx'

interface PackMatrixProps {
  readonly pack: RulePack
  readonly table: PairTable
  /** Null where the pack cannot be edited. */
  readonly onChange: ((pack: RulePack) => void) | null
}

/** A table of limits between classes, as the code prints it: rows against columns, in metres. */
export function PackMatrix({ pack, table, onChange }: PackMatrixProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const [open, setOpen] = useState<{ readonly a: string; readonly b: string } | null>(null)
  const classes = useMemo(() => usedClasses(pack, table, onChange !== null), [pack, table, onChange])
  const title = (id: string) => pack.classes.find(ruleClass => ruleClass.id === id)?.title?.[language] ?? id
  if (classes.length === 0) return <EmptyState icon={null} title={t('noCells.title')} text={t('noCells.text')} />
  return (
    <div className="pack-matrix">
      <div className="pack-matrix__scroll">
        <table>
          <caption className="visually-hidden">{t(`tab.${table}`)}</caption>
          <thead>
            <tr>
              <th scope="col" className="pack-matrix__corner">{t(table === 'vertical' ? 'upperLower' : 'between')}</th>
              {classes.map(id => <th key={id} scope="col"><span title={title(id)}>{title(id)}</span></th>)}
            </tr>
          </thead>
          <tbody>
            {classes.map(a => (
              <tr key={a}>
                <th scope="row" title={title(a)}>{title(a)}</th>
                {classes.map(b => {
                  const cell = cellAt(pack, table, a, b)
                  const isOpen = open?.a === a && open.b === b
                  return (
                    <td key={b} className={`${cell ? (isMandatory(cell.basis) ? 'pack-cell--mandatory' : 'pack-cell--advisory') : ''} ${isOpen ? 'pack-cell--open' : ''}`}>
                      {(cell || onChange) && (
                        <button type="button" aria-label={`${title(a)} – ${title(b)}${cell ? `: ${figure(cell.minM, 2)} m` : ''}`} aria-pressed={isOpen} onClick={() => setOpen({ a, b })}>
                          {cell ? figure(cell.minM, 2) : ''}
                        </button>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open ? (
        <CellEditor
          key={`${open.a} ${open.b}`} title={`${title(open.a)} – ${title(open.b)}`} cell={cellAt(pack, table, open.a, open.b)} isVertical={table === 'vertical'}
          onChange={onChange && (cell => onChange(withCell(pack, table, open.a, open.b, cell)))}
        />
      ) : <p className="pack-matrix__legend soft"><span className="pack-cell--mandatory">0.50</span> {t('mandatory')} <span className="pack-cell--advisory">0.50</span> {t('advisory')} · {t('openHint')}</p>}
    </div>
  )
}

/** Classes a table speaks of, in the order of the pack; all of them where cells can be added. */
function usedClasses(pack: RulePack, table: PairTable, wantsAll: boolean): string[] {
  const used = new Set(pairCells(pack, table).flatMap(({ a, b }) => [a, b]))
  return pack.classes.map(({ id }) => id).filter(id => used.has(id) || (wantsAll && used.size === 0))
}
