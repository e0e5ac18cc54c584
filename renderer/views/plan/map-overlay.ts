import type { Proposal } from '#shared/scenario/document.ts'
import type { Block, SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { CutResult } from '#renderer/state/scheme/excavation-store.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import { featuresIn, type GroundIndex } from './map-ground.ts'
import { heatColour, type HeatClass } from './heat-scale.ts'
import type { Heat, HeatGrid } from './heat-grid.ts'
import { seenBox, toPixels, type MapPose, type MapSize } from './map-pose.ts'

/** What is drawn over the painted squares at every frame. Everything in pixels; `place` brings the local frame there. */
export interface Overlay {
  readonly context: CanvasRenderingContext2D
  readonly pose: MapPose
  readonly size: MapSize
  readonly colours: SceneColours
}

const place = ({ pose, size }: Overlay, x: number, y: number) => toPixels(pose, size, x, y)

/** An asset's axis, wide and bright over the others. */
export function drawAsset(over: Overlay, { columns }: SceneModel, asset: number, colour: string, extraPx: number): void {
  const axis: [number, number][] = []
  for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]!; v++) axis.push(place(over, columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!))
  strokeAxis(over, axis, colour, Math.max(2, 2 * columns.halfWidthM[asset]! * over.pose.pxPerM) + extraPx, [])
}

/** What a scheme takes out of the ground: faded, and crossed out every so often. */
export function drawRemoved(over: Overlay, { columns }: SceneModel, asset: number): void {
  const { context, colours } = over
  const axis: (readonly [number, number])[] = []
  for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]!; v++) axis.push(place(over, columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!))
  strokeAxis(over, axis, colours.soil, Math.max(2, 2 * columns.halfWidthM[asset]! * over.pose.pxPerM) + 2, [])
  strokeAxis(over, axis, colours.contour, 1.5, [4, 4])
  context.strokeStyle = colours.mandatory
  context.lineWidth = 1.5
  context.beginPath()
  let left = CROSS_EVERY_PX / 2
  for (let i = 1; i < axis.length; i++) {
    const [[x0, y0], [x1, y1]] = [axis[i - 1]!, axis[i]!]
    const length = Math.hypot(x1 - x0, y1 - y0)
    for (; left <= length; left += CROSS_EVERY_PX) {
      const [x, y] = [x0 + (left / length) * (x1 - x0), y0 + (left / length) * (y1 - y0)]
      context.moveTo(x - 3.5, y - 3.5)
      context.lineTo(x + 3.5, y + 3.5)
      context.moveTo(x - 3.5, y + 3.5)
      context.lineTo(x + 3.5, y - 3.5)
    }
    left -= length
  }
  context.stroke()
}

const CROSS_EVERY_PX = 36

const VERTEX_APART_PX = 14

/** Proposals are dashed, so that they are told from what is in the ground. */
export function drawProposal(over: Overlay, proposal: Proposal, origin: readonly number[], colour: string, isSelected: boolean): void {
  const axis = proposal.axis.map(([x, y]) => place(over, x - origin[0]!, y - origin[1]!))
  strokeAxis(over, axis, over.colours.outline, isSelected ? 7 : 5, [])
  strokeAxis(over, axis, colour, 3.5, [9, 4])
  const { context } = over
  context.fillStyle = over.colours.outline
  // Vertices that would touch each other would hide the line.
  let last: readonly [number, number] | null = null
  for (const [x, y] of axis) {
    if (last && Math.hypot(x - last[0], y - last[1]) < VERTEX_APART_PX) continue
    context.fillRect(x - 2, y - 2, 4, 4)
    last = [x, y]
  }
}

function strokeAxis({ context }: Overlay, axis: readonly (readonly [number, number])[], colour: string, width: number, dash: readonly number[]): void {
  context.beginPath()
  axis.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
  context.lineCap = dash.length > 0 ? 'butt' : 'round'
  context.lineJoin = 'round'
  context.setLineDash([...dash])
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke()
  context.setLineDash([])
}

/** A pit or trench: what is open at the ground, and the toe; a bore: its hole. Selected in the accent. */
export function drawExcavation(over: Overlay, { excavation: { shape }, mesh, solid }: CutResult, origin: readonly number[], isSelected: boolean): void {
  const { context, colours } = over
  const colour = isSelected ? colours.accent : DIG_COLOUR
  if (shape.type === 'bore') {
    const axis = shape.axis.map(([x, y]) => place(over, x - origin[0]!, y - origin[1]!))
    strokeAxis(over, axis, over.colours.outline, Math.max(4, shape.diameterM * over.pose.pxPerM + 2), [])
    return strokeAxis(over, axis, colour, Math.max(2.5, shape.diameterM * over.pose.pxPerM), [3, 3])
  }
  if (!solid) return
  const ringPath = (ring: ArrayLike<number>): void => {
    for (let i = 0; i < ring.length; i += 2) context.lineTo(...place(over, ring[i]!, ring[i + 1]!))
    context.closePath()
  }
  context.fillStyle = DIG_COLOUR
  context.globalAlpha = 0.35
  context.beginPath()
  for (const ring of mesh?.openings ?? []) {
    context.moveTo(...place(over, ring[0]!, ring[1]!))
    ringPath(ring)
  }
  context.fill('nonzero')
  context.globalAlpha = 1
  context.beginPath()
  ringPath(solid.toe)
  context.lineWidth = isSelected ? 3 : 2
  context.strokeStyle = colour
  context.stroke()
}

const DIG_COLOUR = '#b98a5e'

/** Near enough to the legend's own colours, and streets still show. */
const HEAT_OPACITY = 0.78

/** The squares of a heat map. */
export function drawHeat(over: Overlay, heat: Exclude<Heat, 'none'>, grid: HeatGrid, classes: readonly HeatClass[]): void {
  const { context, pose } = over
  const side = grid.cellM * pose.pxPerM
  context.globalAlpha = HEAT_OPACITY
  for (let row = 0; row < grid.rows; row++) {
    for (let col = 0; col < grid.cols; col++) {
      const value = grid.values[row * grid.cols + col]!
      if (Number.isNaN(value)) continue
      const [x, y] = place(over, grid.minX + col * grid.cellM, grid.minY + (row + 1) * grid.cellM)
      if (x > over.size.width || y > over.size.height || x + side < 0 || y + side < 0) continue
      context.fillStyle = heatColour(heat, classes, value)
      context.fillRect(x, y, side - 0.5, side - 0.5)
    }
  }
  context.globalAlpha = 1
}

/** What blocks are coloured by: 0 … 1 per block, null where nothing is known, and how the figure is said. */
export interface BlockShades {
  readonly isAlarm: boolean
  readonly shares: readonly (number | null)[]
  readonly words: readonly string[]
}

export function drawBlocks(over: Overlay, blocks: readonly Block[], shades: BlockShades | null, origin: readonly number[], font: string): void {
  const { context } = over
  blocks.forEach((block, i) => {
    const share = shades?.shares[i]
    if (share == null) return
    context.beginPath()
    block.ring.forEach(([x, y]) => context.lineTo(...place(over, x - origin[0]!, y - origin[1]!)))
    context.closePath()
    context.globalAlpha = share === 0 ? 0.04 : 0.12 + 0.43 * share
    context.fillStyle = shades!.isAlarm ? over.colours.mandatory : over.colours.accent
    context.fill()
    context.globalAlpha = 1
  })
  context.strokeStyle = over.colours.accent
  context.lineWidth = 1.5
  context.setLineDash([8, 5])
  for (const block of blocks) {
    context.beginPath()
    block.ring.forEach(([x, y]) => context.lineTo(...place(over, x - origin[0]!, y - origin[1]!)))
    context.closePath()
    context.stroke()
  }
  context.setLineDash([])
  for (const [i, block] of blocks.entries()) {
    const mean = block.ring.reduce(([sx, sy], [x, y]) => [sx + x / block.ring.length, sy + y / block.ring.length] as const, [0, 0] as const)
    const [x, y] = place(over, mean[0] - origin[0]!, mean[1] - origin[1]!)
    const width = Math.max(...block.ring.map(point => place(over, point[0] - origin[0]!, 0)[0])) - Math.min(...block.ring.map(point => place(over, point[0] - origin[0]!, 0)[0]))
    const note = shades ? shades.words[i]! : block.responsible
    context.font = `600 11px ${font}`
    // The longest that fits; squeezed letters read worse than fewer.
    const label = blockLabels(block.name, note).find(text => context.measureText(text).width <= width - 12)
    if (label !== undefined) halo(over, label, x, y, context.font)
  }
}

/** What may stand in a block, longest first: its name with the note, its first word, the note alone where that is a figure. */
function blockLabels(name: string, note: string): string[] {
  const [first = name] = name.split(/\s+/)
  const joined = (text: string) => (note === '' ? text : `${text} · ${note}`)
  return [...new Set([joined(name), joined(first), ...(/^[\d.,\s%]+$/.test(note) ? [note] : [name, first])])]
}

/** Names of streets along them, none over another. */
export function drawStreetNames(over: Overlay, index: GroundIndex, nameOf: (feature: SurfaceFeature) => string, font: string): void {
  const { pose, size, context } = over
  if (pose.pxPerM < 0.25) return
  const taken: [number, number, number][] = []
  const seen = featuresIn(index, seenBox(pose, size))
  for (const feature of seen) {
    if (feature.type !== 'street_centreline' || feature.points.length < 2) continue
    const name = nameOf(feature)
    if (name === '') continue
    const middle = feature.points.length >> 1
    const [a, b] = [feature.points[Math.max(0, middle - 1)]!, feature.points[Math.min(feature.points.length - 1, middle)]!]
    const [ax, ay] = place(over, a[0] - index.origin[0], a[1] - index.origin[1])
    const [bx, by] = place(over, b[0] - index.origin[0], b[1] - index.origin[1])
    const [x, y] = [(ax + bx) / 2, (ay + by) / 2]
    context.font = `11px ${font}`
    const reach = context.measureText(name).width / 2 + 6
    if (x < 0 || y < 0 || x > size.width || y > size.height || taken.some(([tx, ty, r]) => Math.hypot(tx - x, ty - y) < r + reach)) continue
    taken.push([x, y, reach])
    let angle = Math.atan2(by - ay, bx - ax)
    if (Math.abs(angle) > Math.PI / 2) angle += Math.PI
    context.save()
    context.translate(x, y)
    context.rotate(angle)
    halo(over, name, 0, 0, `11px ${font}`)
    context.restore()
  }
}

function halo({ context, colours }: Overlay, text: string, x: number, y: number, font: string): void {
  context.font = font
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = colours.soil
  context.strokeText(text, x, y)
  context.fillStyle = colours.outline
  context.fillText(text, x, y)
}
