import type { Finding } from '../clearance/findings/finding.ts'
import { compareText } from '../clearance/network/order-and-frame.ts'
import type { Vec3 } from '../twin/asset.ts'

/** A hole dug to see where lines are. Project CRS. */
export interface TrialHole {
  /** On the axis of one of the lines it lays bare. */
  readonly at: Vec3
  /** Lines it lays bare, sorted. */
  readonly assets: readonly string[]
  /** Findings it settles that none ranked before it does, sorted. */
  readonly settles: readonly string[]
  readonly mandatory: number
  /** Lowest axis it has to reach, level. */
  readonly lowestM: number
}

export interface TrialHoleQuestion {
  readonly findings: readonly Finding[]
  /** Whether a hole would tell something of an asset: its position is not known to the last centimetre, and it is not planned. */
  isUncertain(id: string): boolean
  /** A hole tells where a line is so far along it, metres. */
  readonly reachM: number
}

/** What has to be seen to settle a finding, and where. */
interface Doubt {
  readonly finding: Finding
  readonly places: readonly { readonly ids: readonly string[]; readonly at: Vec3 }[]
}

/**
 * Where to dig so that the most verdicts that are only possible become sure: the hole that settles the most first, then the
 * one that settles the most of what is left. A finding is settled once every uncertain side of it was seen near its place.
 */
export function trialHoles({ findings, isUncertain, reachM }: TrialHoleQuestion): TrialHole[] {
  const doubts = findings.filter(({ verdict }) => verdict === 'possible').flatMap((finding): Doubt[] => {
    const sides = [{ ids: finding.a, at: finding.at.a }, ...(finding.against || finding.b.length === 0 ? [] : [{ ids: finding.b, at: finding.at.b }])]
    const places = sides.map(({ ids, at }) => ({ ids: ids.filter(isUncertain), at })).filter(({ ids }) => ids.length > 0)
    return places.length === 0 ? [] : [{ finding, places }]
  })
  const cells = new Map<string, number[]>()
  const cellOf = (value: number): number => Math.floor(value / reachM)
  doubts.forEach(({ places }, d) => {
    const [x, y] = places[0]!.at
    const key = `${cellOf(x)},${cellOf(y)}`
    cells.set(key, [...(cells.get(key) ?? []), d])
  })
  const isNear = ([x, y]: Vec3, [px, py]: Vec3): boolean => Math.hypot(px - x, py - y) <= reachM
  const settledAt = (at: Vec3): number[] => {
    const found: number[] = []
    for (let i = cellOf(at[0]) - 1; i <= cellOf(at[0]) + 1; i++) {
      for (let j = cellOf(at[1]) - 1; j <= cellOf(at[1]) + 1; j++) found.push(...(cells.get(`${i},${j}`) ?? []).filter(d => doubts[d]!.places.every(place => isNear(at, place.at))))
    }
    return found
  }
  const candidates = doubts.flatMap(({ places }) => places.map(({ at }) => ({ at, doubts: settledAt(at) }))).filter(candidate => candidate.doubts.length > 0)
  const isSettled = new Uint8Array(doubts.length)
  const worth = (candidate: (typeof candidates)[number]): number => candidate.doubts.reduce((sum, d) => sum + (isSettled[d] ? 0 : 1 + (doubts[d]!.finding.mandatory ? 1e-4 : 0)), 0)
  const order = (p: Vec3, q: Vec3): number => p[0] - q[0] || p[1] - q[1] || p[2] - q[2]
  const holes: TrialHole[] = []
  // What a hole is worth only falls as others settle some of it: who led and still leads is the best.
  let queue = candidates.map(candidate => ({ candidate, worth: worth(candidate) })).sort((p, q) => q.worth - p.worth || order(p.candidate.at, q.candidate.at))
  while (queue.length > 0) {
    const first = queue[0]!
    const now = worth(first.candidate)
    if (now < first.worth) {
      queue = now <= 0 ? queue.slice(1) : placed(queue.slice(1), { candidate: first.candidate, worth: now }, (p, q) => q.worth - p.worth || order(p.candidate.at, q.candidate.at))
      continue
    }
    if (now <= 0) break
    queue = queue.slice(1)
    const settled = first.candidate.doubts.filter(d => !isSettled[d])
    for (const d of settled) isSettled[d] = 1
    const places = settled.flatMap(d => doubts[d]!.places)
    holes.push({
      at: first.candidate.at, assets: [...new Set(places.flatMap(({ ids }) => ids))].sort(compareText), settles: settled.map(d => doubts[d]!.finding.id).sort(compareText),
      mandatory: settled.filter(d => doubts[d]!.finding.mandatory).length, lowestM: Math.min(...places.map(({ at }) => at[2])),
    })
  }
  return holes
}

function placed<T>(sorted: readonly T[], one: T, compare: (p: T, q: T) => number): T[] {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(sorted[middle]!, one) <= 0) low = middle + 1
    else high = middle
  }
  return sorted.toSpliced(low, 0, one)
}
