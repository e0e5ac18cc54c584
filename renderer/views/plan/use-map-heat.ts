import { useMemo } from 'react'
import { useStore } from 'zustand'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { groundOf } from '#renderer/state/twin/ground-levels.ts'
import { attributeStore } from '#renderer/state/colouring/attribute-store.ts'
import { useHoldingResults } from '#renderer/state/colouring/use-colouring.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { coverFigure, findingHeat, lengthHeat, missingFigure, type Heat, type HeatGrid } from './heat-grid.ts'
import { heatClasses, type HeatClass } from './heat-scale.ts'
import type { PlanBox } from '#shared/geometry/plan-box.ts'

export interface ShownHeat {
  readonly heat: Exclude<Heat, 'none'>
  readonly grid: HeatGrid
  readonly classes: readonly HeatClass[]
}

/** The heat map asked for, of what is shown now; null for none, or while its attribute is being read. */
export function useMapHeat(model: SceneModel, extent: PlanBox): ShownHeat | null {
  const heat = useStore(viewStore, view => view.heat)
  const palette = useStore(viewStore, view => view.colours)
  const hiddenKinds = useStore(viewStore, view => view.hiddenKinds)
  const hiddenOwners = useStore(viewStore, view => view.hiddenOwners)
  const results = useHoldingResults(heat === 'findings')
  const year = useStore(attributeStore, state => (heat === 'age' ? (state.year?.column ?? null) : null))
  return useMemo(() => {
    if (heat === 'none' || (heat === 'age' && !year)) return null
    const { columns } = model
    const [ox, oy] = columns.origin
    const isShown = (asset: number) => !hiddenKinds.has(assetKind(columns, asset)) && !hiddenOwners.has(columns.owners[columns.owner[asset]!] ?? '')
    const years = year?.values.map(Number) ?? []
    const grid =
      heat === 'findings' ? findingHeat(extent, results.flatMap(({ findings }) => findings.map(({ at }) => [(at.a[0] + at.b[0]) / 2 - ox, (at.a[1] + at.b[1]) / 2 - oy] as const)))
      : lengthHeat(extent, columns, heat === 'depth' ? coverFigure(columns, groundOf(model.context.ground)) : heat === 'missing' ? missingFigure(columns) : asset => years[year!.codes[asset]! - 1] ?? NaN, isShown)
    return { heat, grid, classes: heatClasses(heat, grid, palette) }
  }, [heat, model, extent, results, year, hiddenKinds, hiddenOwners, palette])
}
