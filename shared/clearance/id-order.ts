import type { PackedStrings } from '../core/packed-strings.ts'

/** Compares two packed strings byte by byte, without decoding them. Negative where string i sorts first. */
export function comparePacked({ bytes, start }: PackedStrings, i: number, j: number): number {
  const [a, b] = [start[i]!, start[j]!]
  const length = Math.min(start[i + 1]! - a, start[j + 1]! - b)
  for (let k = 0; k < length; k++) {
    const difference = bytes[a + k]! - bytes[b + k]!
    if (difference !== 0) return difference
  }
  return start[i + 1]! - a - (start[j + 1]! - b)
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
