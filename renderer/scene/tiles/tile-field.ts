import { Box3, BufferAttribute, BufferGeometry, Group, Mesh, Sphere, type ShaderMaterial, type Vector3 } from 'three'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { MeshArrays } from '../geometry/mesh-buffer.ts'
import type { NodeBody } from '../geometry/node-shape.ts'
import { localToView, viewToLocal, type SceneFrame } from '../scene-frame.ts'
import { RENDER_ORDER } from '../layers.ts'
import { chooseForms, distanceToTile } from './tile-choice.ts'
import { buildTileMesh, type TileForm } from './tile-mesh.ts'
import type { Tile } from './tile-plan.ts'

/** Time a frame may spend on building meshes; what is left waits for the next frame. */
const BUILD_BUDGET_MS = 8
/** Solid meshes kept although out of sight, most recently used first. */
const SOLIDS_KEPT = 24

export interface TileMaterials {
  readonly plain: Readonly<Record<TileForm, ShaderMaterial>>
  readonly ghost: Readonly<Record<TileForm, ShaderMaterial>>
}

interface Slot {
  readonly tile: Tile
  readonly geometry: Partial<Record<TileForm, BufferGeometry>>
  readonly mesh: Mesh
  readonly ghost: Mesh
  lastSolidUse: number
}

/**
 * All tiles of a twin: one draw call a tile (two while ghosting). Meshes are built in slices within the frame, nearest
 * first, as ribbons at once and as solids when the eye comes near, so that the picture comes early and nothing stalls.
 */
export class TileField {
  readonly group = new Group()
  private readonly slots: Slot[]
  private readonly columns: AssetColumns
  private readonly bodies: readonly (NodeBody | null)[]
  private readonly frame: SceneFrame
  private readonly materials: TileMaterials
  private frameNumber = 0

  constructor(columns: AssetColumns, bodies: readonly (NodeBody | null)[], tiles: readonly Tile[], frame: SceneFrame, materials: TileMaterials) {
    this.columns = columns
    this.bodies = bodies
    this.frame = frame
    this.materials = materials
    this.slots = tiles.map(tile => {
      const mesh = new Mesh(new BufferGeometry(), materials.plain.ribbon)
      const ghost = new Mesh(mesh.geometry, materials.ghost.ribbon)
      const centre = localToView(frame, tile.centre)
      for (const object of [mesh, ghost]) {
        object.position.set(...centre)
        object.matrixAutoUpdate = false
        object.updateMatrix()
        object.visible = false
        this.group.add(object)
      }
      ghost.renderOrder = RENDER_ORDER.ghosts
      return { tile, geometry: {}, mesh, ghost, lastSolidUse: 0 }
    })
  }

  /**
   * Chooses forms for this eye and builds what is missing within the time budget.
   * @param eye View frame. @returns true while meshes are still missing: ask for another frame.
   */
  update(eye: Vector3, viewHeightPx: number, ghosting: boolean, now: () => number): boolean {
    this.frameNumber++
    const local = viewToLocal(this.frame, [eye.x, eye.y, eye.z])
    const forms = chooseForms(this.slots.map(slot => slot.tile), local, viewHeightPx)
    const started = now()
    let missing = false
    const nearestFirst = this.slots.map((slot, index) => ({ slot, form: forms[index]!, distance: distanceToTile(slot.tile, local) })).sort((a, b) => a.distance - b.distance)
    for (const wanted of ['ribbon', 'solid'] as const) {
      for (const { slot, form } of nearestFirst) {
        const needed = wanted === 'ribbon' ? !slot.geometry.ribbon && (form === 'ribbon' || !slot.geometry.solid) : form === 'solid' && !slot.geometry.solid
        if (!needed) continue
        if (now() - started > BUILD_BUDGET_MS) missing = true
        else slot.geometry[wanted] = tileGeometry(buildTileMesh(this.columns, this.bodies, slot.tile, wanted))
      }
    }
    this.slots.forEach((slot, index) => this.show(slot, forms[index]!, ghosting))
    this.dropUnused()
    return missing
  }

  dispose(): void {
    for (const slot of this.slots) {
      slot.geometry.ribbon?.dispose()
      slot.geometry.solid?.dispose()
    }
    this.group.clear()
  }

  private show(slot: Slot, wanted: TileForm, ghosting: boolean): void {
    let form = wanted
    let geometry = slot.geometry[form]
    if (!geometry) {
      form = form === 'solid' ? 'ribbon' : 'solid'
      geometry = slot.geometry[form]
    }
    slot.mesh.visible = geometry !== undefined
    slot.ghost.visible = geometry !== undefined && ghosting
    if (!geometry) return
    if (form === 'solid') slot.lastSolidUse = this.frameNumber
    slot.mesh.geometry = slot.ghost.geometry = geometry
    slot.mesh.material = this.materials.plain[form]
    slot.ghost.material = this.materials.ghost[form]
  }

  /** Solids cost ten times the memory of ribbons: beyond a number the longest unused go. */
  private dropUnused(): void {
    const idle = this.slots.filter(slot => slot.geometry.solid && slot.geometry.ribbon && slot.lastSolidUse !== this.frameNumber)
    if (idle.length <= SOLIDS_KEPT) return
    idle.sort((a, b) => a.lastSolidUse - b.lastSolidUse)
    for (const slot of idle.slice(0, idle.length - SOLIDS_KEPT)) {
      slot.geometry.solid?.dispose()
      delete slot.geometry.solid
    }
  }
}

/** GPU geometry of a tile's arrays; the bounds are widened a little because the shader thickens far lines. */
export function tileGeometry(arrays: MeshArrays): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(arrays.positions, 3))
  geometry.setAttribute('aDirection', new BufferAttribute(arrays.packed, 4, true))
  geometry.setAttribute('aItem', new BufferAttribute(arrays.items, 1))
  geometry.setIndex(new BufferAttribute(arrays.indices, 1))
  const box = new Box3().setFromBufferAttribute(geometry.getAttribute('position') as BufferAttribute)
  geometry.boundingBox = box
  geometry.boundingSphere = box.isEmpty() ? new Sphere() : box.getBoundingSphere(new Sphere())
  geometry.boundingSphere.radius += 5
  return geometry
}
