import { BreakList, groundBreaks, type LineBreaks } from '../clearance/cover/ground-breaks.ts'
import type { GroundSampler, GroundSurface } from '../twin/ground.ts'

const breaks = new WeakMap<GroundSurface, LineBreaks>()

/** [metres from the start, level] */
export type GroundPoint = readonly [number, number]

/** A cell's saddle between its borders is curved: this many chords stand for it. */
const CHORDS = 3

/**
 * Ground along a plan line, in stretches (a hole in the surface parts them): exact where it changes from cell to cell or
 * face to face.
 */
export function groundLine(surface: GroundSurface | null, groundAt: GroundSampler, from: readonly [number, number], to: readonly [number, number]): GroundPoint[][] {
  if (!surface) return []
  let find = breaks.get(surface)
  if (!find) breaks.set(surface, (find = groundBreaks(surface)))
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const lengthM = Math.hypot(dx, dy)
  const edges = new BreakList()
  edges.begin()
  find(...from, ...to, edges)
  edges.sort()
  const shares = edges.values.subarray(0, edges.count)
  const stretches: GroundPoint[][] = []
  let open: GroundPoint[] | null = null
  const look = (share: number): void => {
    const level = groundAt(from[0] + share * dx, from[1] + share * dy)
    if (level === null) open = null
    else if (open) open.push([share * lengthM, level])
    else stretches.push((open = [[share * lengthM, level]]))
  }
  look(0)
  for (let i = 1; i < shares.length; i++) {
    const [low, high] = [shares[i - 1]!, shares[i]!]
    if (high - low < 1e-9) continue
    const chords = surface.type === 'grid' ? CHORDS : 1
    for (let k = 1; k <= chords; k++) look(low + ((high - low) * k) / chords)
  }
  return stretches
}
