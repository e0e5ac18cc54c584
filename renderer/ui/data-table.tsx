import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { ROW_HEIGHT, useRows } from './use-rows.ts'
import './data-table.css'

export interface TableColumn<Row> {
  readonly id: string
  readonly title: string
  readonly unit?: string
  /** CSS grid track, e.g. `120px` or `minmax(160px, 1fr)`. */
  readonly width: string
  readonly align?: 'left' | 'right'
  readonly sortable?: boolean
  render(row: Row): ReactNode
  /** The cell as a sheet takes it: plain text, figures bare. */
  text(row: Row): string
}

export interface TableSort {
  readonly columnId: string
  readonly descending: boolean
}

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rowCount: number
  readonly rowAt: (index: number) => Row
  readonly rowKey: (index: number) => string
  /** Key of the row that is open elsewhere (selected, framed). */
  readonly selectedIndex: number | null
  readonly sort: TableSort | null
  readonly onSort: (sort: TableSort) => void
  readonly onOpen: (row: Row) => void
  /** With Ctrl or Command held: adds the row to what is selected, or takes it away. */
  readonly onAdd?: (row: Row) => void
  /** Rows selected beside the one that is open. */
  readonly isAlso?: (row: Row) => boolean
  readonly empty: ReactNode
  /** Rows that can be marked, to do something with all of them. */
  readonly marking?: RowMarking
}

interface RowMarking {
  readonly label: string
  readonly labelAll: string
  /** Of all rows. */
  readonly marked: 'none' | 'some' | 'all'
  isMarked(index: number): boolean
  /** @param isRange Shift was held: from the row marked last to this one. */
  toggle(index: number, isRange: boolean): void
  toggleAll(): void
}

/** The table as tab-separated text, which every spreadsheet takes from the clipboard: a heading with units, then every row. */
export function tableText<Row>(columns: readonly TableColumn<Row>[], rowCount: number, rowAt: (index: number) => Row): string {
  const cell = (text: string) => text.replace(/[\t\r\n]+/g, ' ')
  const lines = [columns.map(column => cell(column.unit ? `${column.title} (${column.unit})` : column.title)).join('\t')]
  for (let i = 0; i < rowCount; i++) lines.push(columns.map(column => cell(column.text(rowAt(i)))).join('\t'))
  return lines.join('\n')
}

/** A table of any length: only the rows in sight are in the page. Up, Down, Home, End, Page keys move, Enter opens, Space marks. */
export function DataTable<Row>({ label, columns, rowCount, rowAt, rowKey, selectedIndex, sort, onSort, onOpen, onAdd, isAlso, empty, marking }: DataTableProps<Row>) {
  const scrollRef = useRef<HTMLDivElement>(null)
  const [activeIndex, setActiveIndex] = useState(0)
  const id = useId()
  const { inSight, heightPx, scrollTo } = useRows(scrollRef, rowCount)
  const template = { gridTemplateColumns: [...(marking ? ['16px'] : []), ...columns.map(column => column.width)].join(' ') }
  const active = Math.min(activeIndex, Math.max(0, rowCount - 1))

  useEffect(() => {
    if (selectedIndex !== null) scrollTo(selectedIndex)
  }, [selectedIndex, scrollTo])

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
    const from = selectedIndex !== null && selectedIndex !== active && event.key.startsWith('Arrow') ? selectedIndex : active
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: rowCount - 1, PageDown: active + page, PageUp: active - page,
    }
    const target = targets[event.key]
    if (event.key === ' ' && marking && rowCount > 0) {
      event.preventDefault()
      return marking.toggle(active, event.shiftKey)
    }
    if (rowCount === 0 || (target === undefined && event.key !== 'Enter')) return
    event.preventDefault()
    event.stopPropagation()
    if (target === undefined) return onOpen(rowAt(active))
    const next = Math.min(rowCount - 1, Math.max(0, target))
    setActiveIndex(next)
    scrollTo(next)
  }

  return (
    <div className="table" ref={scrollRef} role="grid" aria-label={label} aria-rowcount={rowCount + 1} tabIndex={0} aria-activedescendant={rowCount > 0 ? `${id}-${active}` : undefined} onKeyDown={move}>
      <div className="table__head" role="row" style={template}>
        {marking && <span role="columnheader"><MarkAll marking={marking} /></span>}
        {columns.map(column => <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />)}
      </div>
      {rowCount === 0 ? empty : (
        <div className="table__body" style={{ height: heightPx }}>
          {inSight.map(({ index, top }) => (
            <div
              key={rowKey(index)}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === selectedIndex || isAlso?.(rowAt(index)) === true}
              className={`table__row ${index === active ? 'table__row--active' : ''}`}
              style={{ ...template, height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
              onClick={({ ctrlKey, metaKey }) => {
                setActiveIndex(index)
                if (onAdd && (ctrlKey || metaKey)) onAdd(rowAt(index))
                else onOpen(rowAt(index))
              }}
            >
              {marking && (
                <span role="gridcell" onClick={event => event.stopPropagation()}>
                  <input type="checkbox" tabIndex={-1} aria-label={marking.label} checked={marking.isMarked(index)} onChange={event => marking.toggle(index, (event.nativeEvent as MouseEvent).shiftKey)} />
                </span>
              )}
              {columns.map(column => (
                <div key={column.id} role="gridcell" className={`table__cell truncate ${column.align === 'right' ? 'table__cell--right' : ''}`}>
                  {column.render(rowAt(index))}
                </div>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function HeadCell<Row>({ column, sort, onSort }: { readonly column: TableColumn<Row>; readonly sort: TableSort | null; readonly onSort: (sort: TableSort) => void }) {
  const isSorted = sort?.columnId === column.id
  const title = <><span className="truncate">{column.title}</span>{column.unit && <span className="table__unit">{column.unit}</span>}</>
  return (
    <div role="columnheader" aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'} aria-hidden={column.title === '' || undefined} className={`table__cell ${column.align === 'right' ? 'table__cell--right' : ''}`}>
      {column.sortable === false ? title : (
        <button type="button" tabIndex={-1} onClick={() => onSort({ columnId: column.id, descending: isSorted ? !sort.descending : false })}>
          {title}
          {isSorted && (sort.descending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
        </button>
      )}
    </div>
  )
}

/** Marks every row, or none; shows where only some are. */
function MarkAll({ marking: { marked, labelAll, toggleAll } }: { readonly marking: RowMarking }) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = marked === 'some'
  }, [marked])
  return <input ref={box} type="checkbox" tabIndex={-1} aria-label={labelAll} title={labelAll} checked={marked === 'all'} onChange={toggleAll} />
}
