import { ClipboardList, FileDown, Users } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { LEDGER_FACTS, type QualityReport } from '#shared/quality/quality-report.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { download } from '../../actions/files/download.ts'
import { count, networkLength } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { useOwners } from '../../state/twin/use-responsibility.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, type TableColumn, type TableSort } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { percent } from '../../ui/percent.ts'
import { ActionButton } from '../action-button.tsx'
import { Score } from './score.tsx'
import { blockRows, ownerRows, todoBook, todoRows, todoSheet, type GroupRow } from './quality-rows.ts'

interface GroupTableProps {
  readonly by: 'owner' | 'block'
  readonly report: QualityReport
  readonly columns: AssetColumns
}

/** How complete each owner's or block's lines are, the least complete first. */
export function GroupTable({ by, report, columns }: GroupTableProps) {
  const { t, i18n } = useTranslation('quality')
  const blocks = useStore(projectStore, state => state.context?.blocks)
  const owners = useOwners()
  const [sort, setSort] = useState<TableSort>({ columnId: 'score', descending: false })
  const rows = useMemo(() => {
    const all = by === 'owner' ? ownerRows(report, columns, owners, t) : blockRows(report, blocks ?? [], t)
    const collator = new Intl.Collator(i18n.language, { numeric: true })
    const sign = sort.descending ? -1 : 1
    return all.sort((a, b) => sign * compare(a, b, sort.columnId, collator) || collator.compare(a.name, b.name))
  }, [by, report, columns, blocks, owners, sort, t, i18n.language])
  const copyTodo = (row: GroupRow) => {
    const todo = todoRows(report, columns, row.owner ?? [], t)
    void copyText(todoSheet(row, todo, t), 'quality:todoCopied', { count: todo.length })
  }
  const tableColumns: TableColumn<GroupRow>[] = [
    { id: 'name', title: t(by === 'owner' ? 'column.owner' : 'column.block'), width: 'minmax(120px, 1.4fr)', text: row => row.name, render: row => row.name },
    ...(by === 'owner' ? [{ id: 'reach', title: t('owners:field.reach'), width: 'minmax(110px, 1.3fr)', sortable: false, text: (row: GroupRow) => row.reach, render: (row: GroupRow) => (row.reach ? <span title={row.reach}>{row.reach}</span> : <span className="faint">–</span>) }] : []),
    ...(by === 'block' ? [{ id: 'responsible', title: t('column.responsible'), width: 'minmax(120px, 1fr)', text: (row: GroupRow) => row.responsible, render: (row: GroupRow) => row.responsible }] : []),
    { id: 'count', title: t('column.lines'), width: '72px', align: 'right', text: row => String(row.count), render: row => count(row.count) },
    { id: 'length', title: t('column.length'), width: '84px', align: 'right', text: row => row.lengthM.toFixed(1), render: row => networkLength(row.lengthM) },
    { id: 'score', title: t('column.score'), width: '124px', text: row => percent(row.score), render: row => <Score share={row.score} /> },
    { id: 'flaws', title: t('column.flaws'), width: '60px', align: 'right', text: row => String(row.flaws), render: row => (row.flaws ? count(row.flaws) : <span className="faint">–</span>) },
    ...LEDGER_FACTS.map((fact, k): TableColumn<GroupRow> => ({
      id: fact, title: t(`fact.${fact}`), width: '56px', align: 'right', text: row => String(row.lacking[k]!), render: row => (row.lacking[k] ? `−${count(row.lacking[k])}` : <span className="faint">–</span>),
    })),
    ...(by === 'owner' ? [{
      id: 'todo', title: '', width: '32px', sortable: false, text: () => '',
      render: (row: GroupRow) => <IconButton size="small" label={t('todo', { owner: row.name })} icon={<ClipboardList size={14} />} onClick={event => { event.stopPropagation(); copyTodo(row) }} />,
    }] : []),
  ]
  return (<>
    {by === 'owner' && (
      <div className="panel__bar">
        <ActionButton id="ledger.owners" icon={<Users size={14} />} />
        <span className="ledger__count" />
        <Button look="quiet" icon={<FileDown size={14} />} onClick={() => download(todoBook(report, columns, rows, t), `${t('todoFile')}.xlsx`, 'application/octet-stream')}>{t('todoAll')}</Button>
      </div>
    )}
    <DataTable
      label={t(`view.${by}`)} columns={tableColumns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => rows[i]!.key} selectedIndex={null} sort={sort} onSort={setSort}
      onOpen={() => undefined} empty={<EmptyState icon={null} title={t('nothing.title')} />}
    />
  </>)
}

function compare(a: GroupRow, b: GroupRow, by: string, collator: Intl.Collator): number {
  const fact = LEDGER_FACTS.findIndex(name => name === by)
  if (fact >= 0) return a.lacking[fact]! - b.lacking[fact]!
  if (by === 'name' || by === 'responsible') return collator.compare(a[by], b[by])
  return by === 'count' ? a.count - b.count : by === 'length' ? a.lengthM - b.lengthM : by === 'flaws' ? a.flaws - b.flaws : a.score - b.score
}
