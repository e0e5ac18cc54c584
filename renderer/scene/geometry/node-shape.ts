import type { NodeRecord } from '#shared/twin/asset.ts'
import { axisFrames } from './axis-frames.ts'
import { addBoxSweep } from './box-sweep.ts'
import { addFrustum } from './frustum.ts'
import type { MeshBuffer } from './mesh-buffer.ts'
import { addTube } from './tube.ts'

type Origin = readonly [number, number, number]

/** A node as drawn: an upright body from bottom to top (local frame), round or square. Null: nothing worth drawing. */
export interface NodeBody {
  readonly x: number
  readonly y: number
  readonly bottomZ: number
  readonly topZ: number
  readonly radiusM: number
  readonly round: boolean
  /** A cover or box top at ground level. */
  readonly coverRadiusM: number
}

/** Depths and sizes where the source tells none: for the picture only, never used in a test. */
const DRAWN_DEPTH_M = 2
const MANHOLE_RADIUS_M = 0.45
const COVER_RADIUS_M = 0.35

/** What to draw for a node whose `at` is given in the local frame. */
export function nodeBody(node: Pick<NodeRecord, 'nodeType' | 'diameterM'>, at: Origin, bottomZ: number | null): NodeBody | null {
  const [x, y, z] = at
  const radius = (node.diameterM ?? 0) / 2
  const below = (depth: number) => Math.min(bottomZ ?? z - depth, z - 0.1)
  switch (node.nodeType) {
    case 'manhole':
      return { x, y, bottomZ: below(DRAWN_DEPTH_M), topZ: z - 0.05, radiusM: radius || MANHOLE_RADIUS_M, round: true, coverRadiusM: COVER_RADIUS_M }
    case 'chamber': case 'tank': case 'pump':
      return { x, y, bottomZ: below(DRAWN_DEPTH_M), topZ: z - 0.1, radiusM: radius || 0.8, round: false, coverRadiusM: COVER_RADIUS_M }
    case 'gully':
      return { x, y, bottomZ: below(1), topZ: z - 0.02, radiusM: radius || 0.22, round: false, coverRadiusM: 0.25 }
    case 'valve':
      return { x, y, bottomZ: below(1.2), topZ: z - 0.05, radiusM: radius || 0.16, round: true, coverRadiusM: 0.14 }
    case 'hydrant':
      return { x, y, bottomZ: below(1.2), topZ: z + 0.75, radiusM: radius || 0.11, round: true, coverRadiusM: 0 }
    case 'source': case 'outfall':
      return { x, y, bottomZ: below(1), topZ: z, radiusM: radius || 0.6, round: false, coverRadiusM: 0 }
    // Joints and service connections are told by the lines themselves; poles stand among the surface features.
    default: return null
  }
}

/** The near form: body and cover. */
export function addNodeBody(mesh: MeshBuffer, body: NodeBody, item: number, origin: Origin): void {
  const frames = axisFrames([body.x, body.y, body.bottomZ, body.x, body.y, body.topZ], 0, 2)
  if (frames.count < 2) return
  if (hasNeck(body)) addNecked(mesh, body, item, origin)
  else if (body.round) addTube(mesh, frames, 0, 1, body.radiusM, item, origin)
  else addBoxSweep(mesh, frames, 0, 1, body.radiusM, 0, item, origin)
  if (body.coverRadiusM > 0) {
    const cover = axisFrames([body.x, body.y, body.topZ, body.x, body.y, body.topZ + 0.12], 0, 2)
    addTube(mesh, cover, 0, 1, body.coverRadiusM, item, origin)
  }
}

/** A manhole narrows to its cover: how high cone and neck are drawn, metres. */
const CONE_M = 0.5
const NECK_M = 0.25

/** Shallow ones are a plain shaft. */
const hasNeck = ({ round, radiusM, coverRadiusM, topZ, bottomZ }: NodeBody): boolean => round && coverRadiusM > 0 && radiusM > coverRadiusM * 1.05 && topZ - bottomZ > CONE_M + NECK_M + 0.4

function addNecked(mesh: MeshBuffer, { x, y, bottomZ, topZ, radiusM, coverRadiusM }: NodeBody, item: number, origin: Origin): void {
  const [coneZ, neckZ] = [topZ - NECK_M - CONE_M, topZ - NECK_M]
  addTube(mesh, axisFrames([x, y, bottomZ, x, y, coneZ], 0, 2), 0, 1, radiusM, item, origin)
  addFrustum(mesh, [x, y, coneZ], [x, y, neckZ], radiusM, coverRadiusM, item, origin)
  addTube(mesh, axisFrames([x, y, neckZ, x, y, topZ], 0, 2), 0, 1, coverRadiusM, item, origin)
}
