import type { GroundPicture, SquareMeshes, SquarePlace, SurroundingsTwin } from '../scene/surroundings/surroundings.ts'

/** The twin first, which answers its squares; then one square's meshes, or a picture of the ground, whenever it is wanted. */
export type SurroundingsRequest =
  | { readonly type: 'load'; readonly twin: SurroundingsTwin }
  | { readonly type: 'meshes'; readonly square: number }
  | { readonly type: 'picture'; readonly serial: number; readonly picture: GroundPicture }

export type SurroundingsAnswer =
  | { readonly type: 'squares'; readonly squares: readonly SquarePlace[] }
  | { readonly type: 'meshes'; readonly square: number; readonly meshes: SquareMeshes }
  | { readonly type: 'picture'; readonly serial: number; readonly bitmap: ImageBitmap }
