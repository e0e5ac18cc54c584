import { BufferAttribute, BufferGeometry, Group, LineSegments, Mesh, type Camera, type ShaderMaterial } from 'three'
import { RENDER_ORDER } from '../layers.ts'
import type { SquareMeshes, SquarePlace } from './surroundings.ts'

export interface SquareMaterials {
  readonly depth: ShaderMaterial
  readonly buildings: ShaderMaterial
  readonly edges: ShaderMaterial
  readonly furniture: ShaderMaterial
}

/** How far from the eye things are drawn: beyond, buildings are a few pixels and their outlines are painted on the ground, trees are specks. */
export interface SquareReach {
  readonly buildingsM: number
  readonly furnitureM: number
}

/** Squares being made at once: the nearest come first, also where the eye moves on meanwhile. */
const MOST_ASKED = 2
/** A square is kept until it is this much further off than what is drawn. */
const KEPT_BEYOND = 1.5

interface Square extends SquarePlace {
  state: 'unknown' | 'asked' | 'there'
  readonly standing: Mesh[]
  furniture: Mesh | null
  edges: LineSegments | null
}

/** Buildings, trees and poles about the eye, square by square as it comes near: a whole city of them is never held. */
export class SquareField {
  readonly group = new Group()
  private readonly squares: readonly Square[]
  /** Centre and radius of each, side by side: asked in every frame. */
  private readonly spheres: Float64Array
  private readonly materials: SquareMaterials
  private readonly reach: SquareReach
  private readonly ask: (square: number) => void
  private asked = 0

  /** @param ask Makes a square and gives it to `add`, at once or later. */
  constructor(places: readonly SquarePlace[], materials: SquareMaterials, reach: SquareReach, ask: (square: number) => void) {
    this.squares = places.map(place => ({ ...place, state: 'unknown', standing: [], furniture: null, edges: null }))
    this.spheres = Float64Array.from(places.flatMap(({ centre, radiusM }) => [...centre, radiusM]))
    this.materials = materials
    this.reach = reach
    this.ask = ask
  }

  /** Shows what is near, lets go what is far, asks for the nearest that is missing. @returns whether more is missing than was asked for. */
  update({ position }: Pick<Camera, 'position'>): boolean {
    const { squares, spheres } = this
    let nearest = -1
    let nearestAt = Infinity
    let missing = 0
    for (let s = 0; s < squares.length; s++) {
      const square = squares[s]!
      const dx = position.x - spheres[4 * s]!
      const dy = position.y - spheres[4 * s + 1]!
      const dz = position.z - spheres[4 * s + 2]!
      const at = Math.sqrt(dx * dx + dy * dy + dz * dz) - spheres[4 * s + 3]!
      const isNear = at < this.reach.buildingsM
      if (square.state === 'there') {
        if (at > KEPT_BEYOND * this.reach.buildingsM) this.drop(square)
        else {
          for (let m = 0; m < square.standing.length; m++) square.standing[m]!.visible = isNear
          square.edges!.visible = isNear
          square.furniture!.visible = at < this.reach.furnitureM
        }
      } else if (isNear && square.state === 'unknown') {
        missing++
        if (at < nearestAt) {
          nearest = s
          nearestAt = at
        }
      }
    }
    if (nearest < 0 || this.asked >= MOST_ASKED) return false
    squares[nearest]!.state = 'asked'
    this.asked++
    this.ask(nearest)
    return missing > 1 && this.asked < MOST_ASKED
  }

  add(index: number, { buildings, furniture }: SquareMeshes): void {
    const square = this.squares[index]!
    this.asked--
    square.state = 'there'
    const solid = packedGeometry(buildings)
    const edges = new BufferGeometry()
    edges.setAttribute('position', new BufferAttribute(buildings.edges, 3))
    square.standing.push(this.place(new Mesh(solid, this.materials.depth), RENDER_ORDER.buildingDepth), this.place(new Mesh(solid, this.materials.buildings), RENDER_ORDER.buildings))
    square.edges = this.place(new LineSegments(edges, this.materials.edges), RENDER_ORDER.buildingEdges)
    square.furniture = this.place(new Mesh(packedGeometry(furniture), this.materials.furniture), RENDER_ORDER.furniture)
  }

  dispose(): void {
    for (const square of this.squares) if (square.state === 'there') this.drop(square)
  }

  private place<T extends Mesh | LineSegments>(object: T, renderOrder: number): T {
    object.renderOrder = renderOrder
    object.matrixAutoUpdate = false
    this.group.add(object)
    return object
  }

  private drop(square: Square): void {
    for (const object of [...square.standing, square.edges!, square.furniture!]) {
      object.geometry.dispose()
      this.group.remove(object)
    }
    square.standing.length = 0
    square.edges = square.furniture = null
    square.state = 'unknown'
  }
}

function packedGeometry(mesh: { readonly positions: Float32Array<ArrayBuffer>; readonly packed: Int8Array<ArrayBuffer>; readonly indices: Uint32Array<ArrayBuffer> }): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
  geometry.setAttribute('aDirection', new BufferAttribute(mesh.packed, 4, true))
  geometry.setIndex(new BufferAttribute(mesh.indices, 1))
  geometry.computeBoundingSphere()
  return geometry
}
