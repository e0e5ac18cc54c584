import { firstTouching } from './parts.ts'
import { levelAt, type ClearanceNetwork } from './network.ts'
import type { Meeting } from '../zones/meetings.ts'

/** Shares (0 … 1) of a meeting at which either axis has its ends or a vertex: levels are straight between. */
export function chainageRange(network: ClearanceNetwork, a: number, b: number, { a0, a1, b0, b1 }: Meeting): number[] {
  const shares = [0, 1]
  const add = (asset: number, from: number, to: number): void => {
    if (from === to) return
    const [low, high] = [Math.min(from, to), Math.max(from, to)]
    for (let v = firstTouching(network, asset, low); v < network.vertexStart[asset + 1]! && network.chainageM[v]! < high; v++) {
      if (network.chainageM[v]! > low) shares.push((network.chainageM[v]! - from) / (to - from))
    }
  }
  add(a, a0, a1)
  add(b, b0, b1)
  return shares
}

/** Least and greatest z_a − z_b over a meeting. */
export function levelSpan(network: ClearanceNetwork, a: number, b: number, { a0, a1, b0, b1 }: Meeting, shares: readonly number[]): { least: number; greatest: number } {
  let [least, greatest] = [Infinity, -Infinity]
  for (const share of shares) {
    const difference = levelAt(network, a, a0 + share * (a1 - a0)) - levelAt(network, b, b0 + share * (b1 - b0))
    least = Math.min(least, difference)
    greatest = Math.max(greatest, difference)
  }
  return { least, greatest }
}
