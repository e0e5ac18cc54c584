import type { GroundPicture, SurroundingsMeshes, SurroundingsTwin } from '../scene/surroundings/surroundings.ts'

/** The twin first; then meshes once, and a picture of the ground for every look. */
export type SurroundingsRequest =
  | { readonly type: 'load'; readonly twin: SurroundingsTwin }
  | { readonly type: 'meshes' }
  | { readonly type: 'picture'; readonly serial: number; readonly picture: GroundPicture }

export type SurroundingsAnswer =
  | { readonly type: 'meshes'; readonly meshes: SurroundingsMeshes }
  | { readonly type: 'picture'; readonly serial: number; readonly bitmap: ImageBitmap }
