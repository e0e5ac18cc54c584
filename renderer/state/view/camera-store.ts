import { createStore } from 'zustand/vanilla'
import type { Vec3 } from '#shared/twin/asset.ts'

/** Where the 3D view's camera came to rest, project CRS; null before there is a picture. */
export interface CameraPlace {
  readonly position: Vec3
  readonly target: Vec3
}

export const cameraStore = createStore<{ readonly place: CameraPlace | null }>(() => ({ place: null }))
