import { unpackStrings } from '#shared/core/packed-strings.ts'
import { segmentCount, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { assumedGround } from '#shared/twin/assumed-ground.ts'
import { groundSampler, type GroundSampler } from '#shared/twin/ground.ts'
import { packContext, type PackedNodes, type TwinContext } from '#shared/twin/twin-context.ts'
import type { SceneAnswer, SceneRequest } from '#renderer/workers/scene-messages.ts'
import { cellsOf } from './camera/network-cells.ts'
import { groundSheet } from './ground/ground-detail.ts'
import { groundRay, type GroundRay } from './picking/ground-ray.ts'
import { PickIndex } from './picking/pick-index.ts'
import { sceneFrame, type SceneFrame } from './scene-frame.ts'
import { sceneParts, type SceneParts } from './scene-parts.ts'

/** Everything the scene derives from a twin once, framework-free: frames, tiles, what can be pointed at. */
export interface SceneModel extends SceneParts {
  readonly columns: AssetColumns
  readonly context: TwinContext
  readonly frame: SceneFrame
  /** Project CRS. */
  readonly nodes: PackedNodes
  /** Texts of the nodes' owner codes. */
  readonly nodeOwners: readonly string[]
  readonly groundAt: GroundSampler | null
  /** What lines are laid out from: the ground, or one assumed over the lines there are. Local frame. */
  readonly layoutAt: GroundSampler | null
  /** Meets the surface of `layoutAt`. Local frame. */
  readonly groundRay: GroundRay | null
  /** What is pointed at, made when first asked for. */
  readonly picks: () => PickIndex
}

/** Usual cover over the uppermost line of a street, for twins that come without ground. */
const ASSUMED_COVER_M = 1
/** Below this many segments everything is derived where it stands, within a frame or two. */
const INLINE_SEGMENTS = 100_000

let last: SceneModel | null = null
let worker: Worker | null = null

/** The model of the open twin: the 3D view and the map share one. */
export function sceneModelOf(columns: AssetColumns, context: TwinContext): SceneModel {
  if (last?.columns !== columns || last.context !== context) last = sceneModel(columns, context)
  return last
}

/** Derives the model of a twin that is about to be shown, a large one in a worker, so that the interface stays alive. */
export async function prepareSceneModel(columns: AssetColumns, context: TwinContext): Promise<void> {
  worker?.terminate()
  worker = null
  if (segmentCount(columns) < INLINE_SEGMENTS || typeof Worker === 'undefined') return
  const own = (worker = new Worker(new URL('../workers/scene-worker.ts', import.meta.url), { type: 'module', name: 'scene' }))
  const answer = new Promise<SceneAnswer | null>(resolve => {
    own.addEventListener('error', () => resolve(null))
    own.addEventListener('message', ({ data }: MessageEvent<SceneAnswer>) => resolve(data))
  })
  const { nodes } = packContext(context)
  const frame = sceneFrame(columns, context.ground, columns.origin)
  own.postMessage({ columns, nodes, viewOrigin: frame.origin } satisfies SceneRequest)
  const rest = around(columns, context, frame)
  // The first picture asks for these at once; the page has nothing else to do while the worker is at it.
  cellsOf(columns, frame)
  if (context.ground) groundSheet(context.ground, frame.origin)
  // Findings are named as soon as they are known: the index of all ids is made by the first question.
  assetIndexOf(columns, '')
  const parts = await answer
  own.terminate()
  // Without a worker it takes longer, and is the same.
  if (!parts) return
  last = { ...rest, ...parts, picks: picksOf(columns, parts) }
}

export function sceneModel(columns: AssetColumns, context: TwinContext): SceneModel {
  const frame = sceneFrame(columns, context.ground, columns.origin)
  const parts = sceneParts(columns, packContext(context).nodes, frame.origin)
  return { ...around(columns, context, frame), ...parts, picks: picksOf(columns, parts) }
}

function picksOf(columns: AssetColumns, { bodies, tiles }: SceneParts): () => PickIndex {
  let picks: PickIndex | null = null
  return () => (picks ??= new PickIndex(columns, bodies, tiles))
}

function around(columns: AssetColumns, context: TwinContext, frame: SceneFrame): Omit<SceneModel, keyof SceneParts | 'picks'> {
  const groundAt = context.ground ? groundSampler(context.ground) : null
  const layout = context.ground ?? assumedGround(columns, ASSUMED_COVER_M)
  const { nodes } = packContext(context)
  return {
    columns, context, frame, nodes, nodeOwners: unpackStrings(nodes.owner.texts), groundAt,
    layoutAt: context.ground ? groundAt : layout && groundSampler(layout),
    groundRay: layout && groundRay(layout),
  }
}
