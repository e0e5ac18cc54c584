import { segmentAt, VERTICAL_M, type ClearanceNetwork } from './network.ts'

/** Parts of axes that meet somewhere: their directions in plan, and whether a vertical part is among them. Filled again and again. */
export class Parts {
  /** Unit vectors [x, y, …]; lines, not arrows. The first `count` of them. */
  directions = new Float64Array(32)
  count = 0
  hasVertical = false

  clear(): void {
    this.count = 0
    this.hasVertical = false
  }

  add(x: number, y: number): void {
    if (2 * this.count === this.directions.length) {
      const larger = new Float64Array(4 * this.count)
      larger.set(this.directions)
      this.directions = larger
    }
    this.directions[2 * this.count] = x
    this.directions[2 * this.count + 1] = y
    this.count++
  }
}

/** Adds the parts of an asset that touch the chainages from … to, widened by the tolerance. */
export function addParts(network: ClearanceNetwork, asset: number, from: number, to: number, toleranceM: number, parts: Parts): void {
  const { xyz, chainageM, vertexStart } = network
  const last = vertexStart[asset + 1]! - 1
  for (let v = firstTouching(network, asset, from - toleranceM); v < last && chainageM[v]! <= to + toleranceM; v++) {
    const x = xyz[3 * v + 3]! - xyz[3 * v]!
    const y = xyz[3 * v + 4]! - xyz[3 * v + 1]!
    const length = Math.hypot(x, y)
    if (length > VERTICAL_M) parts.add(x / length, y / length)
    else if (isVertical(network, v)) parts.hasVertical = true
  }
}

/** A step without plan length but with height. */
export const isVertical = ({ xyz, chainageM }: ClearanceNetwork, v: number): boolean =>
  chainageM[v + 1] === chainageM[v] && Math.abs(xyz[3 * v + 5]! - xyz[3 * v + 2]!) > VERTICAL_M

/** First segment whose end is at or after a chainage. */
export function firstTouching(network: ClearanceNetwork, asset: number, chainage: number): number {
  let v = segmentAt(network, asset, chainage)
  while (v > network.vertexStart[asset]! && network.chainageM[v]! >= chainage) v--
  return v
}

/** Sine of the largest angle between a part of one side and a part of the other; null where a side has none. */
export function largestSine(a: Parts, b: Parts): number | null {
  let sine: number | null = null
  for (let i = 0; i < 2 * a.count; i += 2) {
    for (let j = 0; j < 2 * b.count; j += 2) {
      const cross = Math.abs(a.directions[i]! * b.directions[j + 1]! - a.directions[i + 1]! * b.directions[j]!)
      if (sine === null || cross > sine) sine = cross
    }
  }
  return sine === null ? null : Math.min(1, sine)
}
