/** Seeded random numbers: everything generated here reproduces from its seed. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform in [low, high). */
  range(low: number, high: number): number
  /** Whole number in 0 … count − 1. */
  int(count: number): number
  /** Standard normal number (Box–Muller). */
  normal(): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
}

/** mulberry32 (T. Ettinger, public domain): 32-bit state, period 2³², good enough for synthetic data. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    range: (low, high) => low + (high - low) * next(),
    int: count => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: probability => next() < probability,
    pick: items => items[Math.floor(next() * items.length)]!,
  }
}
