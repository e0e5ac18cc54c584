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

/**
 * Adds the lines with a vertex or a segment's middle in a place to the selection.
 * @param isIn Of a point of the local frame.
 * @returns how many lines lie there; beyond MOST_SELECTED the rest is left out.
 */
export function addToSelection(columns: AssetColumns, isIn: (x: number, y: number, z: number) => boolean, isShown: (asset: number) => boolean): number {
  const { xyz, vertexStart, count } = columns
  const found: number[] = []
  let total = 0
  for (let asset = 0; asset < count; asset++) {
    if (!isShown(asset)) continue
    const end = vertexStart[asset + 1]!
    for (let v = vertexStart[asset]!; v < end; v++) {
      const [x, y, z] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
      if (!isIn(x, y, z) && !(v + 1 < end && isIn((x + xyz[3 * v + 3]!) / 2, (y + xyz[3 * v + 4]!) / 2, (z + xyz[3 * v + 5]!) / 2))) continue
      total++
      if (found.length < MOST_SELECTED) found.push(asset)
      break
    }
  }
  if (total === 0) return 0
  const { selection, alsoSelected } = sessionStore.getState()
  const held = (selection && selection.type !== 'proposal' && selection.type !== 'excavation' ? [selection, ...alsoSelected] : alsoSelected)
  const known = new Set(held.map(({ type, id }) => `${type} ${id}`))
  const added = found.map(asset => ({ type: 'asset', id: assetId(columns, asset) } as const)).filter(({ type, id }) => !known.has(`${type} ${id}`))
  const all = [...held, ...added].slice(0, MOST_SELECTED)
  sessionStore.setState({ selection: all[0] ?? null, alsoSelected: all.slice(1) })
  return total
}
