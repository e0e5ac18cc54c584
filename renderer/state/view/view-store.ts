import { createStore } from 'zustand/vanilla'
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { BlockFigure } from '../twin/block-figures.ts'
import type { ColourBy } from '../colouring/colour-classes.ts'

/** A camera order for the 3D view; `serial` makes the same order twice two orders. Points in the local frame. */
export type CameraOrder =
  | { readonly type: 'fit' }
  | { readonly type: 'top' }
  | { readonly type: 'below' }
  | { readonly type: 'oblique' }
  | { readonly type: 'box'; readonly min: readonly [number, number, number]; readonly max: readonly [number, number, number] }
  /** All of these places are in the picture and fill it. */
  | { readonly type: 'points'; readonly points: readonly (readonly [number, number, number])[] }
  /** Stand at a place and look at another. */
  | { readonly type: 'pose'; readonly position: readonly [number, number, number]; readonly target: readonly [number, number, number] }
  /** Look where a conflict can be seen: the spot, and the direction of each axis there. */
  | { readonly type: 'spot'; readonly at: readonly [number, number, number]; readonly radiusM: number; readonly alongA: readonly [number, number, number] }

/** What is cut away of the 3D view. Local frame, metres. */
export type Clip =
  /** An upright plane: what lies beyond it in the bearing (radians, 0 north) is kept. */
  | { readonly type: 'plane'; readonly at: readonly [number, number]; readonly bearing: number; readonly offsetM: number }
  /** What lies inside is kept. */
  | { readonly type: 'box'; readonly min: readonly [number, number, number]; readonly max: readonly [number, number, number] }

/** What is shown and how; not part of the document, never undone. */
export interface ViewState {
  readonly hiddenKinds: ReadonlySet<AssetKind>
  readonly hiddenOwners: ReadonlySet<string>
  readonly showGround: boolean
  /** 0 invisible … 1 solid. */
  readonly groundOpacity: number
  readonly showBuildings: boolean
  readonly showNodes: boolean
  readonly showBlocks: boolean
  /** Everything is seen through everything; what is selected stands out. */
  readonly isXray: boolean
  /** How much taller heights are drawn in the 3D view than they are. */
  readonly heightScale: number
  /** Where the open findings of the list are, in the 3D view and on the map. */
  readonly showFindings: boolean
  readonly clip: Clip | null
  /** Draw calls and times over the 3D view, for developers. */
  readonly showCounters: boolean
  /** Soft shade in corners: where the machine is fast enough, always, never. */
  readonly shade: 'auto' | 'on' | 'off'
  readonly theme: 'dark' | 'light' | 'system'
  readonly language: 'zh-CN' | 'en'
  readonly colours: 'standard' | 'colour_blind'
  /** What the colour of a line says, in every view. */
  readonly colourBy: ColourBy
  /** What blocks are coloured by on the map; null: outlines alone. */
  readonly blockFigure: BlockFigure | null
  /** What the squares over the map say. */
  readonly heat: 'none' | 'findings' | 'missing' | 'depth' | 'age'
  readonly camera: { readonly order: CameraOrder; readonly serial: number } | null
}

export const viewStore = createStore<ViewState>(() => ({
  hiddenKinds: new Set(),
  hiddenOwners: new Set(),
  showGround: true,
  groundOpacity: 0.55,
  showBuildings: true,
  showNodes: true,
  showBlocks: false,
  isXray: false,
  heightScale: 1,
  showFindings: true,
  clip: null,
  showCounters: false,
  shade: 'auto',
  theme: 'system',
  language: 'en',
  colours: 'standard',
  colourBy: 'kind',
  blockFigure: null,
  heat: 'none',
  camera: null,
}))

/** Steps of the height scale. */
export const HEIGHT_SCALES = [1, 2, 3, 5, 10] as const

export const orderCamera = (order: CameraOrder): void =>
  viewStore.setState(state => ({ camera: { order, serial: (state.camera?.serial ?? 0) + 1 } }))
