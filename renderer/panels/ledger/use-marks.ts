import type { TFunction } from 'i18next'
import { useMemo, useRef, useState } from 'react'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'

/** Rows marked to do something with all of them. Marks outlive a filter and an edit of fields, not a change of which lines there are. */
export function useMarks(columns: AssetColumns, rows: Uint32Array, t: TFunction) {
  const [held, setHeld] = useState<{ readonly of: string; readonly marks: ReadonlySet<number> }>({ of: '', marks: new Set() })
  const last = useRef<number | null>(null)
  const of = `${columns.count} ${columns.ids.bytes.length}`
  const marks = useMemo(() => (held.of === of ? held.marks : new Set<number>()), [held, of])
  const change = (edit: (marks: Set<number>) => void) => {
    const next = new Set(marks)
    edit(next)
    setHeld({ of, marks: next })
  }
  const shownMarks = useMemo(() => rows.reduce((sum, row) => sum + (marks.has(row) ? 1 : 0), 0), [rows, marks])
  return {
    marks: useMemo(() => [...marks], [marks]),
    clear: () => setHeld({ of, marks: new Set() }),
    marking: {
      label: t('ledger:mark'), labelAll: t('ledger:markAll'),
      marked: shownMarks === 0 ? ('none' as const) : shownMarks === rows.length ? ('all' as const) : ('some' as const),
      isMarked: (index: number) => marks.has(rows[index]!),
      toggle: (index: number, isRange: boolean) => {
        const isOn = !marks.has(rows[index]!)
        const from = isRange && last.current !== null ? Math.min(last.current, index) : index
        const to = isRange && last.current !== null ? Math.max(last.current, index) : index
        last.current = index
        change(next => {
          for (let i = from; i <= to && i < rows.length; i++) if (isOn) next.add(rows[i]!)
          else next.delete(rows[i]!)
        })
      },
      toggleAll: () => change(next => {
        for (const row of rows) if (shownMarks === rows.length) next.delete(row)
        else next.add(row)
      }),
    },
  }
}
