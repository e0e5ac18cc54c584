import type { PackedStrings } from '../../core/packed-strings.ts'

/** Compares packed string i with packed string j byte by byte, without decoding them. Negative where i sorts first. */
export function comparePacked(a: PackedStrings, i: number, j: number, b: PackedStrings = a): number {
  const p = a.start[i]!
  const q = b.start[j]!
  const lengthA = a.start[i + 1]! - p
  const lengthB = b.start[j + 1]! - q
  for (let k = 0; k < lengthA && k < lengthB; k++) {
    const difference = a.bytes[p + k]! - b.bytes[q + k]!
    if (difference !== 0) return difference
  }
  return lengthA - lengthB
}

/** The asset with the lowest id of each run, by the run's number. */
export function leadersOf(ids: PackedStrings, ofAsset: Uint32Array): Uint32Array {
  const leaders = new Uint32Array(ofAsset.length).map((_, i) => i)
  for (let a = 0; a < ofAsset.length; a++) {
    const run = ofAsset[a]!
    if (run !== a && comparePacked(ids, a, leaders[run]!) < 0) leaders[run] = a
  }
  return leaders
}

/**
 * The fixed order of the two sides of a pair: by their runs, then their ids, so that a finding's stretch runs along one
 * side throughout. @param leaders From `leadersOf`.
 */
export function runOrder(ids: PackedStrings, leaders: Uint32Array, ofAsset: Uint32Array): (a: number, b: number) => boolean {
  return (a, b) => {
    const byRun = comparePacked(ids, leaders[ofAsset[a]!]!, leaders[ofAsset[b]!]!)
    const order = byRun !== 0 ? byRun : comparePacked(ids, a, b)
    return order !== 0 ? order < 0 : a < b
  }
}
