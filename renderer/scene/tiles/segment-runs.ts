import { BufferGeometry, Group, LineSegments, Mesh, Sphere, Vector3, type ShaderMaterial } from 'three'
import { RENDER_ORDER } from '../layers.ts'
import { VERTICES_A_SEGMENT, type SegmentForm } from '../materials/segment-material.ts'
import type { SegmentWords } from './segment-words.ts'
import { TileRuns } from './tile-runs.ts'

export type SegmentLists = Pick<SegmentWords, 'fineStart' | 'coarseStart'>

/** Draw calls one list may take. */
const MOST_RUNS = 16
const EVERYWHERE = new Sphere(new Vector3(), Infinity)

/** One list of packed segments, drawn in a few runs of tiles. The objects are made once and only their ranges change. */
export class SegmentRuns {
  readonly group = new Group()
  private readonly start: Uint32Array
  private readonly verticesEach: number
  private readonly runs = new TileRuns(MOST_RUNS)
  private readonly plain: (Mesh | LineSegments)[] = []
  private readonly ghosts: (Mesh | LineSegments)[] = []

  constructor(start: Uint32Array, form: SegmentForm, materials: { readonly plain: ShaderMaterial; readonly ghost: ShaderMaterial }) {
    this.start = start
    this.verticesEach = VERTICES_A_SEGMENT[form]
    const make = (geometry: BufferGeometry, material: ShaderMaterial) => (form === 'line' ? new LineSegments(geometry, material) : new Mesh(geometry, material))
    for (let r = 0; r < MOST_RUNS; r++) {
      // No attributes: the shader pulls every vertex by its number.
      const geometry = new BufferGeometry()
      geometry.boundingSphere = EVERYWHERE
      const [plain, ghost] = [make(geometry, materials.plain), make(geometry, materials.ghost)]
      ghost.renderOrder = RENDER_ORDER.ghosts
      for (const object of [plain, ghost]) {
        object.frustumCulled = false
        object.matrixAutoUpdate = false
        object.visible = false
        this.group.add(object)
      }
      this.plain.push(plain)
      this.ghosts.push(ghost)
    }
  }

  /** Shows the tiles of a level. */
  show(levels: Uint8Array, level: number, ghosting: boolean): void {
    this.runs.collect(levels, level)
    for (let r = 0; r < MOST_RUNS; r++) {
      const isUsed = r < this.runs.count
      this.plain[r]!.visible = isUsed
      this.ghosts[r]!.visible = isUsed && ghosting
      if (!isUsed) continue
      const from = this.start[this.runs.from[r]!]!
      this.plain[r]!.geometry.setDrawRange(from * this.verticesEach, (this.start[this.runs.to[r]!]! - from) * this.verticesEach)
    }
  }

  dispose(): void {
    for (const { geometry } of this.plain) geometry.dispose()
    this.group.clear()
  }
}
