import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { axisFrames } from '../geometry/axis-frames.ts'
import { MeshBuffer, type MeshArrays } from '../geometry/mesh-buffer.ts'
import { addAsset } from '../tiles/tile-mesh.ts'

/** One line drawn apart from the tiles: a proposal, a draft, a selection. Axis in the view frame. */
export interface DrawnPath {
  readonly axis: readonly Vec3[]
  readonly section: OuterSection
  /** One colour for all of it, or one for each segment. */
  readonly tint: Tint | readonly Tint[]
}

/** `#rrggbb`, and how much of it is there (1 in full, less recedes). */
export interface Tint {
  readonly colour: string
  readonly strength: number
}

/** Meshes of a few paths in one; the item of each vertex is its row in the list of tints. */
export function pathMesh(paths: readonly DrawnPath[]): { readonly arrays: MeshArrays; readonly tints: readonly Tint[] } {
  const mesh = new MeshBuffer()
  const tints: Tint[] = []
  for (const path of paths) {
    const frames = axisFrames(path.axis.flat(), 0, path.axis.length)
    if (frames.count < 2) continue
    const round = path.section.shape === 'circle'
    const section = path.section.shape === 'circle'
      ? { round, halfWidthM: path.section.diameterM / 2, halfHeightM: path.section.diameterM / 2 }
      : { round, halfWidthM: path.section.widthM / 2, halfHeightM: path.section.heightM / 2 }
    if (!isPerSegment(path.tint)) {
      addAsset(mesh, frames, 0, frames.count - 1, section, tints.push(path.tint) - 1, [0, 0, 0])
      continue
    }
    for (let s = 0; s + 1 < path.axis.length; s++) {
      const [first, last] = [frames.vertexOf[s]!, frames.vertexOf[s + 1]!]
      addAsset(mesh, frames, first, last, section, tints.push(path.tint[s] ?? path.tint[0]!) - 1, [0, 0, 0])
    }
  }
  return { arrays: mesh.finish(), tints }
}

const isPerSegment = (tint: Tint | readonly Tint[]): tint is readonly Tint[] => Array.isArray(tint)
