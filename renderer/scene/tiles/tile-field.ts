import { Box3, Frustum, Group, Matrix4, Mesh, Vector3, type BufferGeometry, type Camera, type ShaderMaterial } from 'three'
import { RENDER_ORDER } from '../layers.ts'
import type { SegmentForm } from '../materials/segment-material.ts'
import { SHADED_LAYER } from '../shade/contact-shade.ts'
import { localToView, type SceneFrame } from '../scene-frame.ts'
import type { MeshArrays } from '../geometry/mesh-buffer.ts'
import { packedGeometry } from './packed-geometry.ts'
import { SegmentRuns, type SegmentLists } from './segment-runs.ts'
import type { SegmentList, SegmentSupply } from './segment-supply.ts'
import { LEVEL, TileLevels } from './tile-choice.ts'
import type { Tile } from './tile-plan.ts'

/** Pieces between lines are made within this many metres per pixel of screen height: further off they are no thicker than their pipes. */
const FITTED_WITHIN_M_PER_PX = 0.08
/** Tiles whose tubes, or whose pieces, are being made at once: the nearest come first, also where the eye moves on meanwhile. */
const MOST_ASKED = 2
/** Tubes kept although out of sight, most recently used first. */
const SOLIDS_KEPT = 40
/** Bands of packed segments a frame brings for what it shows; the first frame brings all of it, so that the first picture is whole. */
const BANDS_A_FRAME = 2

export interface TileMaterials {
  readonly solid: { readonly plain: ShaderMaterial; readonly ghost: ShaderMaterial }
  readonly fine: { readonly plain: ShaderMaterial; readonly ghost: ShaderMaterial }
  readonly coarse: { readonly plain: ShaderMaterial; readonly ghost: ShaderMaterial }
  readonly coarseForm: SegmentForm
}

interface Slot {
  readonly tile: Tile
  readonly box: Box3
  mesh: Mesh | null
  ghost: Mesh | null
  lastUse: number
  isAsked: boolean
  /** Pieces between its lines: drawn with the tubes once they are there. */
  fittings: 'none' | 'asked' | readonly [plain: Mesh, ghost: Mesh]
}

/** What a near tile consists of: lines and nodes as bodies, and the pieces between its lines. */
export type TilePart = 'tubes' | 'pieces'

/** Makes a part of a tile and gives it at once or later, or never where that fails. */
export interface TileSource {
  make(part: TilePart, tile: number, then: (mesh: MeshArrays) => void): void
}

/**
 * The whole network in a bounded number of draw calls: tubes for the tiles near the eye, ribbons pulled from the packed
 * segments for runs of tiles further on, thinned axes beyond. The picture is whole from the first frame; tubes come
 * when they have been made, nearest first, and are ribbons until then. Where the eye turns to what the graphics do not
 * have yet, thinned axes stand in for a few frames. A frame allocates nothing.
 */
export class TileField {
  readonly group = new Group()
  private readonly slots: readonly Slot[]
  private readonly frame: SceneFrame
  private readonly materials: TileMaterials
  private readonly choice: TileLevels
  private readonly fine: SegmentRuns
  private readonly coarse: SegmentRuns
  private readonly frustum = new Frustum()
  private readonly matrix = new Matrix4()
  private readonly isSeen: (tile: number) => boolean
  private readonly eye: [number, number, number] = [0, 0, 0]
  private frameNumber = 0
  private solids = 0
  private readonly source: TileSource
  private readonly supply: SegmentSupply
  /** Bands that this frame may still bring. */
  private bandsLeft = 0
  /** Whether this frame lacks something it would show. */
  private lacks = false
  /** Being made now. */
  private readonly asked: Record<TilePart, number> = { tubes: 0, pieces: 0 }
  /** Whether the last frame has none of its tiles in the picture, though there are some. */
  seesNothing = false
  /** Told when something came that a frame would show. */
  onArrival: () => void = () => undefined

  constructor(tiles: readonly Tile[], frame: SceneFrame, lists: SegmentLists, materials: TileMaterials, source: TileSource, supply: SegmentSupply) {
    this.source = source
    this.supply = supply
    this.frame = frame
    this.materials = materials
    this.choice = new TileLevels(tiles)
    this.slots = tiles.map(tile => ({
      tile, box: new Box3(new Vector3(...localToView(frame, tile.min)), new Vector3(...localToView(frame, tile.max))), mesh: null, ghost: null, lastUse: 0, isAsked: false, fittings: 'none',
    }))
    this.isSeen = tile => this.frustum.intersectsBox(this.slots[tile]!.box)
    this.fine = new SegmentRuns(lists.fineStart, 'ribbon', materials.fine)
    this.coarse = new SegmentRuns(lists.coarseStart, materials.coarseForm, materials.coarse)
    this.group.add(this.fine.group, this.coarse.group)
  }

  /**
   * Chooses levels for this camera and asks for what is missing near it.
   * @returns true where another frame has more to show: it has yet to ask, since the first picture does not wait for tubes, or to bring.
   */
  update(camera: Camera, eye: Vector3, viewHeightPx: number, ghosting: boolean): boolean {
    this.frameNumber++
    this.frustum.setFromProjectionMatrix(this.matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse))
    for (let c = 0; c < 3; c++) this.eye[c] = eye.getComponent(c) + this.frame.origin[c]!
    const { levels, order } = this.choice
    this.choice.choose(this.eye, viewHeightPx, this.isSeen)
    const fittedWithinM = FITTED_WITHIN_M_PER_PX * viewHeightPx
    const isFirst = this.frameNumber === 1
    this.seesNothing = order.length > 0
    this.bandsLeft = isFirst || this.supply.isUntouched ? Infinity : BANDS_A_FRAME
    this.lacks = false
    for (let k = 0; k < order.length; k++) {
      const t = order[k]!
      if (levels[t] !== LEVEL.hidden) this.seesNothing = false
      const slot = this.slots[t]!
      const isSolid = levels[t] === LEVEL.solid
      if (isSolid && !slot.mesh && !isFirst) this.askTubes(t)
      if (slot.mesh) this.show(slot, isSolid, ghosting)
      if (slot.mesh && isSolid && this.choice.distance[t]! < fittedWithinM) this.askPieces(t)
      // Until its tubes are there a near tile is drawn as ribbons.
      if (isSolid && !slot.mesh) levels[t] = LEVEL.fine
      if (!this.supply.isWhole) levels[t] = this.supplied(t, levels[t]!)
    }
    this.fine.show(levels, LEVEL.fine, ghosting)
    this.coarse.show(levels, LEVEL.coarse, ghosting)
    if (this.solids > SOLIDS_KEPT) this.dropUnused()
    return isFirst || this.lacks
  }

  dispose(): void {
    for (const slot of this.slots) {
      slot.mesh?.geometry.dispose()
      if (typeof slot.fittings !== 'string') slot.fittings[0].geometry.dispose()
    }
    this.fine.dispose()
    this.coarse.dispose()
    this.group.clear()
  }

  /** The level a tile can be drawn at with what the graphics have, or get now. */
  private supplied(tile: number, level: number): number {
    if (level !== LEVEL.fine && level !== LEVEL.coarse) return level
    if (this.isSupplied(level === LEVEL.fine ? 'fine' : 'coarse', tile)) return level
    this.lacks = true
    if (level === LEVEL.fine && this.supply.has('coarse', tile)) return LEVEL.coarse
    return level === LEVEL.coarse && this.supply.has('fine', tile) ? LEVEL.fine : LEVEL.hidden
  }

  private isSupplied(list: SegmentList, tile: number): boolean {
    if (this.supply.has(list, tile)) return true
    if (this.bandsLeft <= 0) return false
    this.bandsLeft -= this.supply.bring(list, tile)
    return true
  }

  private askTubes(tile: number): void {
    const slot = this.slots[tile]!
    if (slot.isAsked || this.asked.tubes >= MOST_ASKED) return
    slot.isAsked = true
    this.ask('tubes', tile, arrays => {
      slot.isAsked = false
      ;[slot.mesh, slot.ghost] = this.pair(slot.tile, packedGeometry(arrays))
      this.solids++
    })
  }

  private askPieces(tile: number): void {
    const slot = this.slots[tile]!
    if (slot.fittings !== 'none' || this.asked.pieces >= MOST_ASKED) return
    slot.fittings = 'asked'
    this.ask('pieces', tile, arrays => {
      // The tubes may have gone meanwhile, with all that belongs to them.
      slot.fittings = slot.mesh ? this.pair(slot.tile, packedGeometry(arrays)) : 'none'
    })
  }

  private ask(part: TilePart, tile: number, take: (mesh: MeshArrays) => void): void {
    this.asked[part]++
    this.source.make(part, tile, arrays => {
      this.asked[part]--
      take(arrays)
      this.onArrival()
    })
  }

  private pair(tile: Tile, geometry: BufferGeometry): [plain: Mesh, ghost: Mesh] {
    const [plain, ghost] = [this.place(tile, geometry, this.materials.solid.plain), this.place(tile, geometry, this.materials.solid.ghost)]
    ghost.renderOrder = RENDER_ORDER.ghosts
    plain.layers.enable(SHADED_LAYER)
    return [plain, ghost]
  }

  private place(tile: Tile, geometry: BufferGeometry, material: ShaderMaterial): Mesh {
    const mesh = new Mesh(geometry, material)
    mesh.position.set(...localToView(this.frame, tile.centre))
    mesh.matrixAutoUpdate = false
    mesh.frustumCulled = false // the tile was tested already
    mesh.updateMatrix()
    this.group.add(mesh)
    return mesh
  }

  private show(slot: Slot, isShown: boolean, ghosting: boolean): void {
    if (!slot.mesh || !slot.ghost) return
    slot.mesh.visible = isShown
    slot.ghost.visible = isShown && ghosting
    if (typeof slot.fittings !== 'string') {
      slot.fittings[0].visible = slot.mesh.visible
      slot.fittings[1].visible = slot.ghost.visible
    }
    if (isShown) slot.lastUse = this.frameNumber
  }

  /** Tubes cost ten times the memory of ribbons: beyond a number the longest unused go. */
  private dropUnused(): void {
    const idle = this.slots.filter(slot => slot.mesh && slot.lastUse !== this.frameNumber).sort((a, b) => a.lastUse - b.lastUse)
    for (const slot of idle.slice(0, this.solids - SOLIDS_KEPT)) {
      slot.mesh!.geometry.dispose()
      this.group.remove(slot.mesh!, slot.ghost!)
      slot.mesh = slot.ghost = null
      if (typeof slot.fittings !== 'string') {
        slot.fittings[0].geometry.dispose()
        this.group.remove(...slot.fittings)
        slot.fittings = 'none'
      }
      this.solids--
    }
  }
}
