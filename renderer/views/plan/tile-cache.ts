import { seenBox, type MapPose, type MapSize } from './map-pose.ts'
import { type PlanBox, boxesMeet } from '#shared/geometry/plan-box.ts'

/** Paints one square of the map in small steps; the context is set to metres, north up. */
export type TilePainter = (context: OffscreenCanvasRenderingContext2D, box: PlanBox, pxPerM: number) => Generator

interface MapTile {
  readonly level: number
  readonly column: number
  readonly row: number
  readonly box: PlanBox
  picture: OffscreenCanvas | null
  /** Style the picture was painted in. */
  style: number
  work: { readonly canvas: OffscreenCanvas; readonly steps: Generator; readonly style: number } | null
  lastUse: number
}

const TILE_PX = 512
const TILES_KEPT = 120
const COARSEST = 2 ** -12

/**
 * Squares of the map painted ahead at scales a factor of two apart, in slices between frames, nearest the middle first: the map
 * follows the hand at any size of the twin, and sharpens when the hand rests. A change of style keeps the old picture until the new one is there.
 */
export class TileCache {
  private readonly tiles = new Map<string, MapTile>()
  private painter: TilePainter
  private style = 0
  private turn = 0

  constructor(painter: TilePainter) {
    this.painter = painter
  }

  /** Everything is to be painted anew. */
  repaint(painter: TilePainter): void {
    this.painter = painter
    this.style++
    for (const tile of this.tiles.values()) tile.work = null
  }

  /** Draws what is there of the seen area, coarser squares below finer ones. @param ratio Device pixels per CSS pixel. */
  draw(context: CanvasRenderingContext2D, pose: MapPose, size: MapSize, ratio: number): void {
    const seen = seenBox(pose, size)
    const drawn = [...this.tiles.values()].filter(tile => tile.picture && boxesMeet(tile.box, seen)).sort((a, b) => this.rank(a, pose, ratio) - this.rank(b, pose, ratio) || a.level - b.level)
    context.imageSmoothingQuality = 'high'
    for (const { box, picture } of drawn) {
      const left = size.width / 2 + (box.minX - pose.x) * pose.pxPerM
      const top = size.height / 2 - (box.maxY - pose.y) * pose.pxPerM
      const side = (box.maxX - box.minX) * pose.pxPerM
      context.drawImage(picture!, left, top, side + 0.5, side + 0.5)
    }
  }

  /** Paints for a while. @returns whether there is something new to draw, and whether something seen is still to be painted. */
  work(pose: MapPose, size: MapSize, ratio: number, budgetMs: number): { readonly isNew: boolean; readonly isMissing: boolean } {
    this.turn++
    const wanted = this.wanted(pose, size, ratio)
    const until = performance.now() + budgetMs
    let isNew = false
    for (const tile of wanted) {
      tile.lastUse = this.turn
      if (tile.picture && tile.style === this.style) continue
      tile.work ??= this.begin(tile)
      while (performance.now() < until) {
        if (!tile.work.steps.next().done) continue
        tile.picture = tile.work.canvas
        tile.style = tile.work.style
        tile.work = null
        isNew = true
        break
      }
      if (tile.work) return { isNew, isMissing: true }
    }
    this.forget()
    return { isNew, isMissing: false }
  }

  /** Pictures of the wanted scale are drawn last, over the others. */
  private rank(tile: MapTile, pose: MapPose, ratio: number): number {
    return tile.level === levelFor(pose.pxPerM * ratio) ? 1 : 0
  }

  private wanted(pose: MapPose, size: MapSize, ratio: number): MapTile[] {
    const level = levelFor(pose.pxPerM * ratio)
    const side = TILE_PX / 2 ** level
    const seen = seenBox(pose, size)
    const tiles: MapTile[] = []
    for (let row = Math.floor(seen.minY / side); row <= Math.floor(seen.maxY / side); row++) {
      for (let column = Math.floor(seen.minX / side); column <= Math.floor(seen.maxX / side); column++) tiles.push(this.tile(level, column, row, side))
    }
    const away = ({ box }: MapTile) => Math.hypot((box.minX + box.maxX) / 2 - pose.x, (box.minY + box.maxY) / 2 - pose.y)
    return tiles.sort((a, b) => away(a) - away(b))
  }

  private tile(level: number, column: number, row: number, side: number): MapTile {
    const key = `${level}/${column}/${row}`
    let tile = this.tiles.get(key)
    if (!tile) {
      const box = { minX: column * side, minY: row * side, maxX: (column + 1) * side, maxY: (row + 1) * side }
      this.tiles.set(key, (tile = { level, column, row, box, picture: null, style: -1, work: null, lastUse: 0 }))
    }
    return tile
  }

  private begin({ box, level }: MapTile): NonNullable<MapTile['work']> {
    const canvas = new OffscreenCanvas(TILE_PX, TILE_PX)
    const context = canvas.getContext('2d')!
    const pxPerM = 2 ** level
    context.setTransform(pxPerM, 0, 0, -pxPerM, -box.minX * pxPerM, box.maxY * pxPerM)
    return { canvas, steps: this.painter(context, box, pxPerM), style: this.style }
  }

  private forget(): void {
    if (this.tiles.size <= TILES_KEPT) return
    const oldest = [...this.tiles].sort((a, b) => a[1].lastUse - b[1].lastUse)
    for (const [key] of oldest.slice(0, this.tiles.size - TILES_KEPT)) this.tiles.delete(key)
  }
}

/** The painted scale for a shown one: the next power of two above, so that pictures are only ever made smaller. */
const levelFor = (pxPerM: number): number => Math.ceil(Math.log2(Math.max(COARSEST, pxPerM)) - 0.15)
