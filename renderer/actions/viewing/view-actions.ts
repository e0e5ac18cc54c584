import type { AssetKind } from '#shared/twin/kinds.ts'
import type { BlockFigure } from '../../state/twin/block-figures.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { HEIGHT_SCALES, orderCamera, viewStore, type ViewState } from '../../state/view/view-store.ts'

/** What is shown. None of it is part of the document, none of it is undone. */

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(item)) next.add(item)
  return next
}

export const toggleKind = (kind: AssetKind): void =>
  viewStore.setState(state => ({ hiddenKinds: toggled(state.hiddenKinds, kind) }))

export const toggleOwner = (owner: string): void =>
  viewStore.setState(state => ({ hiddenOwners: toggled(state.hiddenOwners, owner) }))

export const showEverything = (): void => viewStore.setState({ hiddenKinds: new Set(), hiddenOwners: new Set() })

export const hideKinds = (kinds: readonly AssetKind[]): void => viewStore.setState({ hiddenKinds: new Set(kinds) })

type Switch = { [K in keyof ViewState]: ViewState[K] extends boolean ? K : never }[keyof ViewState]

export const toggleSwitch = (name: Switch): void => viewStore.setState(state => ({ [name]: !state[name] }))

export const setGroundOpacity = (groundOpacity: number): void => viewStore.setState({ groundOpacity })

export const setHeightScale = (heightScale: number): void => viewStore.setState({ heightScale })

/** The next step up, after the last back to true heights. */
export const stepHeightScale = (): void => setHeightScale(HEIGHT_SCALES.find(scale => scale > viewStore.getState().heightScale) ?? 1)

/** Colours blocks on the map by a figure, and shows the map: nothing else has them. */
export function colourBlocks(blockFigure: BlockFigure | null): void {
  viewStore.setState(state => ({ blockFigure, showBlocks: blockFigure === null ? state.showBlocks : true }))
  if (blockFigure !== null) sessionStore.setState(({ cutView: last }) => ({ cutView: { id: 'plan', serial: (last?.serial ?? 0) + 1, stays: true } }))
}

/** Moves the camera over a plan area (a block), local frame. */
export function flyToPlan(ring: readonly (readonly [number, number])[], zRange: readonly [number, number]): void {
  const [xs, ys] = [ring.map(point => point[0]), ring.map(point => point[1])]
  if (xs.length === 0) return
  orderCamera({ type: 'box', min: [Math.min(...xs), Math.min(...ys), zRange[0]], max: [Math.max(...xs), Math.max(...ys), zRange[1]] })
}
