import { useMemo } from 'react'
import { useStore } from 'zustand'
import { count, networkLength } from '../../i18n/format.ts'
import { figureOf } from '../../state/twin/block-figures.ts'
import { useBlockFigures } from '../../state/twin/use-block-figures.ts'
import { viewStore } from '../../state/view/view-store.ts'
import type { BlockShades } from './map-overlay.ts'

/** Shades of the blocks by the chosen figure, the greatest darkest; null where none is chosen. */
export function useBlockShades(): BlockShades | null {
  const by = useStore(viewStore, state => state.blockFigure)
  const figures = useBlockFigures()
  return useMemo(() => {
    if (by === null) return null
    const values = figures.map(of => figureOf(of, by))
    const most = Math.max(0, ...values.map(value => value ?? 0))
    return {
      isAlarm: by === 'findings' || by === 'exceptions',
      shares: values.map(value => (value === null ? null : most === 0 ? 0 : value / most)),
      words: values.map(value => (value === null ? '–' : by === 'length' ? networkLength(value) : count(value))),
    }
  }, [by, figures])
}
