import { assetId, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { sessionStore, type Selection } from './session-store.ts'

/** More than this many lines are not listed one by one; the rest is said to be left out. */
export const MOST_SELECTED = 500

/** Adds to the selection, or takes away what is selected already; nothing under the pointer changes nothing. */
export function extendSelection(ref: Selection | null): void {
  if (!ref || ref.type === 'proposal' || ref.type === 'excavation') return
  const { selection, alsoSelected } = sessionStore.getState()
  const isSame = (other: { readonly type: string; readonly id: string }) => other.type === ref.type && other.id === ref.id
  if (selection && isSame(selection)) sessionStore.setState({ selection: alsoSelected[0] ?? null, alsoSelected: alsoSelected.slice(1) })
  else if (alsoSelected.some(isSame)) sessionStore.setState({ alsoSelected: alsoSelected.filter(other => !isSame(other)) })
  else sessionStore.setState({ selection: ref, alsoSelected: selection && selection.type !== 'proposal' && selection.type !== 'excavation' ? [selection, ...alsoSelected].slice(0, MOST_SELECTED) : alsoSelected })
}

/** Selects the lines with a vertex or a segment's middle in a box of the plan. Local frame. */
export function boxSelection(columns: AssetColumns, box: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }, isShown: (asset: number) => boolean): void {
  const { xyz, vertexStart, count } = columns
  const found: Selection[] = []
  const isIn = (x: number, y: number) => x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY
  for (let asset = 0; asset < count && found.length <= MOST_SELECTED; asset++) {
    if (!isShown(asset)) continue
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]!; v++) {
      const [x, y] = [xyz[3 * v]!, xyz[3 * v + 1]!]
      const hasNext = v + 1 < vertexStart[asset + 1]!
      if (!isIn(x, y) && !(hasNext && isIn((x + xyz[3 * v + 3]!) / 2, (y + xyz[3 * v + 4]!) / 2))) continue
      found.push({ type: 'asset', id: assetId(columns, asset) })
      break
    }
  }
  sessionStore.setState({ selection: found[0] ?? null, alsoSelected: found.slice(1, MOST_SELECTED) as Exclude<Selection, { type: 'proposal' | 'excavation' }>[] })
}
