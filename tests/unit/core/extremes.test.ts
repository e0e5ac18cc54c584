import { expect, it } from 'vitest'
import { leastOf, mostOf } from '#shared/core/extremes.ts'

it('finds the ends of half a million values', () => {
  const values = Array.from({ length: 500_000 }, (_, i) => ((i * 7919) % 500_009) - 250_000)
  const sorted = Float64Array.from(values).sort()
  expect([leastOf(values), mostOf(values)]).toEqual([sorted[0], sorted.at(-1)])
})

it('of nothing are what any value goes before', () => {
  expect([leastOf([]), mostOf(new Set<number>())]).toEqual([Infinity, -Infinity])
})
