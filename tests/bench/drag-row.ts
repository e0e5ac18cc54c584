import type { ClearancePreview, PreviewRoute } from '#shared/clearance/preview.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { summarise, type Samples } from './measure.ts'

/** Vertex in the hand, the segments that move with it, and how many frames each route is dragged. */
const VERTEX = 10
const MOVED = { segments: [VERTEX - 1, VERTEX] }
const FRAMES = 4

/**
 * Frames of a drag: the route has been laid, as when the hand takes hold of it (`route-20` is that); then a vertex goes
 * from place to place and each frame asks about the two segments that move. Every frame counts.
 */
export function measureDrags(routes: readonly PreviewRoute[], preview: ClearancePreview, seed: number): Samples {
  const random = seededRandom(seed + 2)
  const times: number[] = []
  const drag = (route: PreviewRoute, isCounted: boolean): void => {
    preview.previewRoute(route)
    const [x, y, z] = route.axis[VERTEX]!
    for (let frame = 0; frame < FRAMES; frame++) {
      const axis = route.axis.with(VERTEX, [x + random.range(-2, 2), y + random.range(-2, 2), z] satisfies Vec3)
      const start = performance.now()
      preview.previewRoute({ ...route, axis }, MOVED)
      if (isCounted) times.push(performance.now() - start)
    }
  }
  const dragged = routes.slice(0, Math.ceil(routes.length / FRAMES))
  for (const route of dragged.slice(0, Math.ceil(dragged.length / 10))) drag(route, false)
  for (const route of dragged) drag(route, true)
  return summarise(times)
}
