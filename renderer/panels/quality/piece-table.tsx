import { ClipboardCopy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PieceCount } from '#shared/quality/piece-counts.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { count, figure } from '../../i18n/format.ts'
import { IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableColumn } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'

/** What is built at the nodes of the network: bends, tees, wells and the like, by size and angle. */
export function PieceTable({ pieces }: { readonly pieces: readonly PieceCount[] }) {
  const { t } = useTranslation('quality')
  const column = (id: 'type' | 'kind' | 'size', width: string, text: (row: PieceCount) => string): TableColumn<PieceCount> => ({ id, title: t(`pieceColumn.${id}`), width, sortable: false, text, render: text })
  const columns: TableColumn<PieceCount>[] = [
    column('type', 'minmax(120px, 1fr)', row => t(`piece.${row.type}`)),
    column('kind', 'minmax(120px, 1fr)', row => t(`kinds:kind.${row.kind}`)),
    { ...column('size', 'minmax(140px, 1.4fr)', row => row.sizesMm.join(' × ')), unit: 'mm' },
    { id: 'angle', title: t('pieceColumn.angle'), unit: '°', width: '96px', align: 'right', sortable: false, text: row => (row.angleDeg === null ? '' : String(row.angleDeg)), render: row => (row.angleDeg === null ? <span className="faint">–</span> : figure(row.angleDeg, row.angleDeg % 1 === 0 ? 0 : 2)) },
    { id: 'count', title: t('pieceColumn.count'), width: '96px', align: 'right', sortable: false, text: row => String(row.count), render: row => count(row.count) },
  ]
  return (
    <>
      <div className="panel__bar">
        <span className="ledger__count" />
        <IconButton label={t('common:copyTable')} disabled={pieces.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(columns, pieces.length, i => pieces[i]!), 'app:toast.tableCopied', { count: pieces.length })} />
      </div>
      <DataTable
        label={t('view.pieces')} columns={columns} rowCount={pieces.length} rowAt={i => pieces[i]!} rowKey={i => String(i)} selectedIndex={null} sort={null} onSort={() => undefined}
        onOpen={() => undefined} empty={<EmptyState icon={null} title={t('nothing.title')} />}
      />
    </>
  )
}
