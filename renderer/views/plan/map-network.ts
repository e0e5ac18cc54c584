import { nodeKind, nodeType } from '#shared/twin/twin-context.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import type { ColourClasses } from '#renderer/state/colouring/colour-classes.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import type { Tile } from '#renderer/scene/tiles/tile-plan.ts'
import { type PlanBox, boxesMeet } from '#shared/geometry/plan-box.ts'
import { drawSymbol, SYMBOL_PX_PER_M } from './map-symbols.ts'

/** What decides how lines look on the map. */
export interface NetworkLook {
  readonly colouring: ColourClasses
  /** The one colour of all lines under a heat map, whose colours are then the only ones; null where there is none. */
  readonly quiet: string | null
  readonly hiddenKinds: ReadonlySet<string>
  readonly hiddenOwners: ReadonlySet<string>
  readonly showNodes: boolean
  readonly rim: string
}

/** Width of a line that is thinner than this on the map; from afar, where streets are a few pixels, thinner and clearer, or the kind drawn last covers all. */
const LEAST_WIDTH_PX = { near: 1.4, far: 0.6 } as const
const FAR_PX_PER_M = 0.25
const FAR_OPACITY = 0.55
/** Far out, lines shorter than this many pixels are left to the closer scales. */
const LEAST_LENGTH_PX = 0.8
/** Widths are drawn in these steps, so that many lines share a stroke. */
const WIDTH_STEP_PX = 0.5

export const boxOf = (tile: Tile): PlanBox => ({ minX: tile.min[0], minY: tile.min[1], maxX: tile.max[0], maxY: tile.max[1] })

/** Paints lines, then points, tile by tile of the twin; each step takes a few milliseconds at most. Metres of the local frame. */
export function* paintMapNetwork(context: OffscreenCanvasRenderingContext2D, model: SceneModel, box: PlanBox, pxPerM: number, look: NetworkLook): Generator {
  const { columns, nodes } = model
  const kindHidden = ASSET_KINDS.map(kind => look.hiddenKinds.has(kind))
  const ownerHidden = columns.owners.map(owner => look.hiddenOwners.has(owner))
  const tiles = model.tiles.filter(tile => boxesMeet(boxOf(tile), box))
  context.lineCap = context.lineJoin = 'round'
  const isFar = pxPerM < FAR_PX_PER_M
  const leastWidthPx = isFar ? LEAST_WIDTH_PX.far : LEAST_WIDTH_PX.near
  for (const tile of tiles) {
    const strokes = new Map<number, Path2D>()
    for (let p = 0; p < tile.pieces.length; p += 3) {
      const asset = tile.pieces[p]!
      if (kindHidden[columns.kind[asset]!] || ownerHidden[columns.owner[asset]!]) continue
      const width = Math.max(leastWidthPx, 2 * columns.halfWidthM[asset]! * pxPerM)
      const key = look.colouring.codes[asset]! + 256 * Math.max(1, Math.round(width / WIDTH_STEP_PX))
      let path = strokes.get(key)
      if (!path) strokes.set(key, (path = new Path2D()))
      addPiece(path, columns.xyz, tile.pieces[p + 1]!, tile.pieces[p + 2]!, LEAST_LENGTH_PX / pxPerM)
    }
    context.globalAlpha = isFar ? FAR_OPACITY : 1
    for (const [key, path] of [...strokes].sort((a, b) => b[0] - a[0])) {
      context.strokeStyle = look.quiet ?? look.colouring.classes[key % 256]!.colour
      context.lineWidth = (Math.floor(key / 256) * WIDTH_STEP_PX) / pxPerM
      context.stroke(path)
    }
    yield
  }
  context.globalAlpha = 1
  if (!look.showNodes || pxPerM < SYMBOL_PX_PER_M) return
  for (const tile of tiles) {
    for (const n of tile.nodes) {
      const [kind, owner] = [nodeKind(nodes, n), model.nodeOwners[nodes.owner.codes[n]!] ?? '']
      if (look.hiddenKinds.has(kind) || look.hiddenOwners.has(owner)) continue
      const colour = look.quiet ?? look.colouring.classes[look.colouring.nodeClass(kind, owner)]!.colour
      drawSymbol(context, nodeType(nodes, n), nodes.at[3 * n]! - columns.origin[0], nodes.at[3 * n + 1]! - columns.origin[1], pxPerM, colour, look.rim)
    }
    yield
  }
}

/** A stretch of an axis in plan; vertices nearer than `leastM` to the last one drawn are passed over, and so is a stretch that is shorter. */
function addPiece(path: Path2D, xyz: Float64Array, first: number, last: number, leastM: number): void {
  let [x, y] = [xyz[3 * first]!, xyz[3 * first + 1]!]
  let isOpen = false
  for (let v = first + 1; v <= last; v++) {
    const [nextX, nextY] = [xyz[3 * v]!, xyz[3 * v + 1]!]
    const isNear = Math.abs(nextX - x) < leastM && Math.abs(nextY - y) < leastM
    if (isNear && !(v === last && isOpen)) continue
    if (!isOpen) path.moveTo(x, y)
    path.lineTo(nextX, nextY)
    isOpen = true
    x = nextX
    y = nextY
  }
}
