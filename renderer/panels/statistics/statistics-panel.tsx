import { ChartColumn, ClipboardCopy, FileDown, Printer } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { TwinContext } from '#shared/twin/twin-context.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { download } from '../../actions/files/download.ts'
import { longCall } from '../../actions/long-call.ts'
import { count, figure, networkLength } from '../../i18n/format.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { localDay } from '../../state/findings/standings.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableColumn, type TableSort } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { Select } from '../../ui/fields.tsx'
import { ACCURACY_BANDS_M, COVER_BANDS_M, groupLedger, GROUPINGS, SIZE_BANDS_M, UNKNOWN, type AttributeColumn, type Grouping, type LedgerGroup } from './ledger-groups.ts'
import { statisticsBook, statisticsPage, type StatisticsTable } from './statistics-papers.ts'
import './statistics.css'

type T = ReturnType<typeof useTranslation<'statistics'>>['t']

/** The ledger summed up by what is asked: number and length of lines, with a bar that shows the kinds. */
export function StatisticsPanel() {
  const { t, i18n } = useTranslation('statistics')
  const columns = useStore(projectStore, state => state.columns)
  const context = useStore(projectStore, state => state.context)
  const palette = useStore(viewStore, state => state.colours)
  const [by, setBy] = useState<Grouping>('kind')
  const [sort, setSort] = useState<TableSort>({ columnId: 'length', descending: true })
  const attribute = useAttribute(by, columns)
  const words = useMemo(() => wordsOf(by, t, context?.blocks ?? []), [by, t, context])
  const groups = useMemo(
    () => (columns && context && attribute !== 'pending' ? groupLedger(by, { columns, blocks: context.blocks, ground: context.ground, attribute }) : []),
    [by, columns, context, attribute],
  )
  const rows = useMemo(() => arrange(groups, sort, words, i18n.language), [groups, sort, words, i18n.language])
  if (!columns || !context) return null
  const longestM = Math.max(0, ...groups.map(group => group.lengthM))
  const totalM = groups.reduce((sum, group) => sum + group.lengthM, 0)
  const give = async (form: 'book' | 'page') => {
    const tables = await allTables({ columns, context }, t, i18n.language)
    if (!tables) return
    const name = `${t('paper.title')} ${localDay(new Date())}`
    if (form === 'book') download(statisticsBook(tables, t), `${name}.xlsx`, 'application/octet-stream')
    else download(statisticsPage(tables, { project: projectStore.getState().info?.name.replace(/\.gpkg$/i, '') ?? '', day: localDay(new Date()), language: i18n.language }, t), `${name}.html`, 'text/html')
  }
  const tableColumns: TableColumn<LedgerGroup>[] = [
    { id: 'name', title: t(`by.${by}`), width: 'minmax(150px, 1fr)', text: row => words(row.key), render: row => (row.key === UNKNOWN ? <span className="faint">{words(row.key)}</span> : words(row.key)) },
    { id: 'count', title: t('column.count'), width: '84px', align: 'right', text: row => String(row.count), render: row => count(row.count) },
    { id: 'length', title: t('column.length'), unit: 'km', width: '96px', align: 'right', text: row => (row.lengthM / 1000).toFixed(3), render: row => figure(row.lengthM / 1000, 2) },
    { id: 'share', title: t('column.share'), width: '64px', align: 'right', sortable: false, text: row => share(row, totalM), render: row => share(row, totalM) },
    { id: 'bar', title: '', width: 'minmax(200px, 2.4fr)', sortable: false, text: () => '', render: row => <KindBar group={row} longestM={longestM} palette={palette} t={t} /> },
  ]
  return (
    <div className="panel">
      <div className="panel__bar">
        <label className="check-row">{t('groupBy')}<Select value={by} onChange={setBy} options={GROUPINGS.map(value => ({ value, label: t(`by.${value}`) }))} /></label>
        <span className="soft ledger__count">{t('total', { groups: groups.length, count: count(columns.count), length: networkLength(totalM) })}</span>
        <Button look="quiet" icon={<FileDown size={14} />} disabled={columns.count === 0} onClick={() => void give('book')}>{t('paper.book')}</Button>
        <Button look="quiet" icon={<Printer size={14} />} disabled={columns.count === 0} onClick={() => void give('page')}>{t('paper.page')}</Button>
        <IconButton label={t('common:copyTable')} disabled={rows.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(tableColumns.slice(0, -1), rows.length, i => rows[i]!), 'app:toast.tableCopied', { count: rows.length })} />
      </div>
      <DataTable
        label={t('panel')} columns={tableColumns} rowCount={rows.length} rowAt={i => rows[i]!} rowKey={i => rows[i]!.key} selectedIndex={null} sort={sort} onSort={setSort}
        onOpen={() => undefined} empty={<EmptyState icon={<ChartColumn size={24} />} title={t(attribute === 'pending' ? 'reading' : 'empty')} />}
      />
    </div>
  )
}

/** The ledger summed up in every way there is; null where the host could not tell material or year (and said so). */
async function allTables({ columns, context }: { readonly columns: AssetColumns; readonly context: Pick<TwinContext, 'blocks' | 'ground'> }, t: T, language: string): Promise<StatisticsTable[] | null> {
  const [material, year] = [await longCall('twin.attributeColumn', { role: 'material' }, 'statistics:reading'), await longCall('twin.attributeColumn', { role: 'year' }, 'statistics:reading')]
  if (!material || !year) return null
  return GROUPINGS.filter(by => by !== 'block' || context.blocks.length > 0).map(by => {
    const words = wordsOf(by, t, context.blocks)
    const groups = groupLedger(by, { columns, blocks: context.blocks, ground: context.ground, attribute: by === 'material' ? material : by === 'decade' ? year : null })
    return { by, rows: arrange(groups, { columnId: ['decade', 'size', 'cover', 'accuracy'].includes(by) ? 'name' : 'length', descending: !['decade', 'size', 'cover', 'accuracy'].includes(by) }, words, language).map(group => ({ name: words(group.key), group })) }
  })
}

/** The attribute a grouping needs, fetched when it is asked for; null where it needs none. */
function useAttribute(by: Grouping, columns: object | null): AttributeColumn | null | 'pending' {
  const role = by === 'material' ? 'material' : by === 'decade' ? 'year' : null
  const [held, setHeld] = useState<{ readonly role: string; readonly columns: object; readonly column: AttributeColumn | null } | null>(null)
  useEffect(() => {
    if (!role || !columns) return undefined
    const controller = new AbortController()
    void longCall('twin.attributeColumn', { role }, 'statistics:reading', controller).then(column => {
      if (!controller.signal.aborted) setHeld({ role, columns, column })
    })
    return () => controller.abort()
  }, [role, columns])
  if (!role) return null
  return held?.role === role && held.columns === columns ? held.column : 'pending'
}

const share = (row: LedgerGroup, totalM: number) => (totalM > 0 ? `${figure((100 * row.lengthM) / totalM, 1)} %` : '–')

function KindBar({ group, longestM, palette, t }: { readonly group: LedgerGroup; readonly longestM: number; readonly palette: 'standard' | 'colour_blind'; readonly t: T }) {
  const parts = ASSET_KINDS.map((kind, k) => ({ kind, lengthM: group.lengthByKindM[k]! })).filter(part => part.lengthM > 0)
  const words = parts.map(part => `${t(`kinds:kind.${part.kind}`)} ${networkLength(part.lengthM)}`).join(' · ')
  return (
    <span className="kind-bar" title={words} role="img" aria-label={words}>
      {parts.map(part => <span key={part.kind} style={{ width: `${(100 * part.lengthM) / (longestM || 1)}%`, background: kindColour(part.kind, palette) }} />)}
    </span>
  )
}

/** Names of groups as people read them. */
function wordsOf(by: Grouping, t: T, blocks: readonly Pick<Block, 'id' | 'name'>[]): (key: string) => string {
  const names = new Map(blocks.map(({ id, name }) => [id, name || id]))
  const band = (bounds: readonly number[], scale: number, unit: string) => (key: string) => {
    const k = Number(key)
    const bound = (i: number) => figure(bounds[i]! * scale, scale === 1 ? 2 : 0)
    return k === 0 ? `≤ ${bound(0)} ${unit}` : k === bounds.length ? `> ${bound(k - 1)} ${unit}` : `${bound(k - 1)} … ${bound(k)} ${unit}`
  }
  const known: Readonly<Record<Grouping, (key: string) => string>> = {
    kind: key => t(`kinds:kind.${key as 'water'}`), status: key => t(`kinds:status.${key as 'in_use'}`), owner: key => key, material: key => key,
    decade: key => t('decade', { from: key, to: Number(key) + 9 }), block: key => names.get(key) ?? key,
    size: band(SIZE_BANDS_M, 1000, 'mm'), cover: band(COVER_BANDS_M, 1, 'm'), accuracy: band(ACCURACY_BANDS_M, 1, 'm'),
  }
  return key => (key === UNKNOWN ? t(by === 'block' ? 'nowhere' : 'unknown') : known[by](key))
}

function arrange(groups: readonly LedgerGroup[], { columnId, descending }: TableSort, words: (key: string) => string, language: string): LedgerGroup[] {
  const collator = new Intl.Collator(language, { numeric: true })
  // What has an order of its own (bands, decades) is sorted by key; the unknown comes last.
  const byName = (a: LedgerGroup, b: LedgerGroup) => Number(a.key === UNKNOWN) - Number(b.key === UNKNOWN) || (/^\d+$/.test(a.key) && /^\d+$/.test(b.key) ? Number(a.key) - Number(b.key) : collator.compare(words(a.key), words(b.key)))
  const compare = (a: LedgerGroup, b: LedgerGroup) => (columnId === 'count' ? a.count - b.count : columnId === 'length' ? a.lengthM - b.lengthM : byName(a, b))
  return groups.toSorted((a, b) => (descending ? -1 : 1) * compare(a, b) || byName(a, b))
}
