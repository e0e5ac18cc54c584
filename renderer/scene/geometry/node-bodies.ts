import { ownMemory, type Allocate } from '#shared/core/shared-arrays.ts'
import { nodeCount, nodeType, type PackedNodes } from '#shared/twin/twin-context.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { nodeBody, type NodeBody } from './node-shape.ts'

/** The bodies of all nodes, packed: half a million objects would outweigh the network. Local frame, metres. */
export interface NodeBodies {
  readonly count: number
  /** FIGURES a node: x, y, bottom, top, radius, radius of the cover. */
  readonly figures: Float64Array
  /** Per node: what is drawn. */
  readonly form: Uint8Array
}

const FIGURES = 6
const FORM = { nothing: 0, square: 1, round: 2 } as const

export const emptyBodies = (count: number, allocate: Allocate = ownMemory): NodeBodies => ({ count, figures: new Float64Array(allocate(8 * FIGURES * count)), form: new Uint8Array(allocate(count)) })

export function setBody({ figures, form }: NodeBodies, node: number, { x, y, bottomZ, topZ, radiusM, coverRadiusM, round }: NodeBody): void {
  let f = FIGURES * node
  figures[f++] = x
  figures[f++] = y
  figures[f++] = bottomZ
  figures[f++] = topZ
  figures[f++] = radiusM
  figures[f] = coverRadiusM
  form[node] = round ? FORM.round : FORM.square
}

/** Null where nothing is drawn. */
export function bodyAt({ figures, form }: NodeBodies, node: number): NodeBody | null {
  if (!form[node]) return null
  const f = FIGURES * node
  return { x: figures[f]!, y: figures[f + 1]!, bottomZ: figures[f + 2]!, topZ: figures[f + 3]!, radiusM: figures[f + 4]!, coverRadiusM: figures[f + 5]!, round: form[node] === FORM.round }
}

/** Zero where nothing is drawn. */
export const bodyRadiusM = ({ figures }: NodeBodies, node: number): number => figures[FIGURES * node + 4]!

/** Bottom and top of what is drawn, into `ends` as two points. @returns false where nothing is drawn. */
export function standingLine({ figures, form }: NodeBodies, node: number, ends: Float64Array): boolean {
  if (!form[node]) return false
  const f = FIGURES * node
  ends[0] = ends[3] = figures[f]!
  ends[1] = ends[4] = figures[f + 1]!
  ends[2] = figures[f + 2]!
  ends[5] = figures[f + 3]!
  return true
}

/** Bodies of a twin's nodes. @param nodes Project CRS. @param crsOrigin Project CRS of the local zero. */
export function nodeBodies(nodes: PackedNodes, [ox, oy, oz]: Vec3, allocate: Allocate = ownMemory): NodeBodies {
  const bodies = emptyBodies(nodeCount(nodes), allocate)
  const { at, bottomZ, diameterM } = nodes
  for (let n = 0; n < bodies.count; n++) {
    const [x, y, z] = [at[3 * n]! - ox, at[3 * n + 1]! - oy, at[3 * n + 2]! - oz]
    if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) continue
    const bottom = bottomZ[n]!
    const body = nodeBody({ nodeType: nodeType(nodes, n), diameterM: Number.isNaN(diameterM[n]) ? 0 : diameterM[n]! }, [x, y, z], Number.isNaN(bottom) ? null : bottom - oz)
    if (body) setBody(bodies, n, body)
  }
  return bodies
}
