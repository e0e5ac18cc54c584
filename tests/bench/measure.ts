/** Times of repeated work, milliseconds. */
export interface Samples {
  readonly samples: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/**
 * Runs each piece of work once, after others unmeasured to warm up.
 * @param warmUp Work of the same sort; where it is other work, nothing that was kept of it helps.
 */
export function measureEach<T>(work: readonly T[], run: (item: T) => void, warmUp: readonly T[] = work.slice(0, Math.ceil(work.length / 10))): Samples {
  for (const item of warmUp) run(item)
  return summarise(work.map(item => {
    const start = performance.now()
    run(item)
    return performance.now() - start
  }))
}

export function summarise(times: readonly number[]): Samples {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN)
  return { samples: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) }
}

export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

/** Time of one run and its answer. */
export function timed<T>(run: () => T): { readonly ms: number; readonly value: T } {
  const start = performance.now()
  const value = run()
  return { ms: performance.now() - start, value }
}
