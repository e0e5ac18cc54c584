import type { Zone } from './zones.ts'

/** A crossing in whose zone two pieces are, with the sides each is on (1: a, 2: b). */
interface SharedCrossing {
  readonly index: number
  readonly pSides: number
  readonly qSides: number
}

const NONE: readonly SharedCrossing[] = []

/** Crossings in whose zones both pieces are. Zones are given as `Cut` holds them. */
export function sharedCrossings(p: readonly number[], q: readonly number[], zones: readonly Zone[]): readonly SharedCrossing[] {
  if (p.length === 0 || q.length === 0) return NONE
  const shared: SharedCrossing[] = []
  for (const code of p) {
    if (zones[code >> 2]!.crossing === null) continue
    const other = q.find(candidate => candidate >> 2 === code >> 2)
    if (other !== undefined) shared.push({ index: code >> 2, pSides: code & 3, qSides: other & 3 })
  }
  return shared
}

/** Whether both pieces are in the zone of one joint. */
export function shareJoint(p: readonly number[], q: readonly number[], zones: readonly Zone[]): boolean {
  if (p.length === 0 || q.length === 0) return false
  for (const code of p) if (zones[code >> 2]!.crossing === null && q.some(other => other >> 2 === code >> 2)) return true
  return false
}
