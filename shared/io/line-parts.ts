import type { Vec3 } from '../twin/asset.ts'

type Position = readonly number[]

/** Parts that meet within this are one line: coordinates are written to the millimetre at best. In source units (metres). */
const MEET_TOLERANCE_M = 1e-3

/** Beyond this many loose chains only parts in file order are joined: trying all pairs would take forever. */
const MAX_LOOSE_CHAINS = 200

/**
 * Joins the parts of one line object where they meet end to end, in whatever order and direction they come. The first
 * part's direction is kept.
 * @returns one chain where all meet; more where they do not: no pipe is invented across a gap.
 */
export function joinParts<P extends Position>(parts: readonly (readonly P[])[]): P[][] {
  const inOrder: P[][] = []
  for (const part of parts) {
    const last = inOrder.at(-1)
    if (part.length === 0) continue
    if (last && meet(last.at(-1)!, part[0]!)) for (let i = 1; i < part.length; i++) last.push(part[i]!)
    else inOrder.push([...part])
  }
  return inOrder.length > 1 && inOrder.length <= MAX_LOOSE_CHAINS ? joinLoose(inOrder) : inOrder
}

function joinLoose<P extends Position>(open: P[][]): P[][] {
  const chains: P[][] = []
  while (open.length > 0) {
    let chain = open.shift()!
    for (let i = 0; i < open.length; i++) {
      const joined = join(chain, open[i]!)
      if (!joined) continue
      chain = joined
      open.splice(i, 1)
      i = -1 // the chain has a new end: parts passed over may meet it
    }
    chains.push(chain)
  }
  return chains
}

function join<P extends Position>(chain: P[], part: P[]): P[] | null {
  const [head, tail] = [chain[0]!, chain.at(-1)!]
  const [first, last] = [part[0]!, part.at(-1)!]
  if (meet(tail, first)) return [...chain, ...part.slice(1)]
  if (meet(tail, last)) return [...chain, ...part.toReversed().slice(1)]
  if (meet(head, last)) return [...part.slice(0, -1), ...chain]
  if (meet(head, first)) return [...part.toReversed().slice(0, -1), ...chain]
  return null
}

const meet = (a: Position, b: Position): boolean =>
  Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, (a[2] ?? 0) - (b[2] ?? 0)) <= MEET_TOLERANCE_M

/** Drops vertices that repeat the one before exactly: they carry no geometry. */
export function withoutRepeats(axis: readonly Vec3[]): Vec3[] {
  return axis.filter((point, i) => i === 0 || point[0] !== axis[i - 1]![0] || point[1] !== axis[i - 1]![1] || point[2] !== axis[i - 1]![2])
}

/** Length in space, metres. */
export function axisLengthM(axis: readonly Vec3[]): number {
  let lengthM = 0
  for (let i = 1; i < axis.length; i++) lengthM += Math.hypot(axis[i]![0] - axis[i - 1]![0], axis[i]![1] - axis[i - 1]![1], axis[i]![2] - axis[i - 1]![2])
  return lengthM
}
