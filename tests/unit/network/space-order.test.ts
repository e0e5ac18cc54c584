import { expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { inSpaceOrder } from '#shared/network/space-order.ts'

/** The key of the definition: the bits of the cells, x first, interleaved. */
function key(x: number, y: number): number {
  const bits = (m: number) => Math.min(65_535, Math.max(0, 32_768 + Math.floor(m / 32))).toString(2).padStart(16, '0')
  return parseInt([...bits(x)].map((bit, i) => bits(y)[i]! + bit).join(''), 2)
}

it('seed 5: is the stable order of the cells whose bits are interleaved, also far out and where a coordinate is missing', () => {
  const random = seededRandom(5)
  const points = Array.from({ length: 3000 }, (_, i): [number, number] => (i % 500 === 0 ? [NaN, 3e6] : [random.range(-2000, 2000), random.range(-5e5, 5e5)]))
  const expected = points.map((_, i) => i).sort((i, j) => key(...known(points[i]!)) - key(...known(points[j]!)) || i - j)
  expect([...inSpaceOrder(points.length, i => points[i]![0], i => points[i]![1])]).toEqual(expected)
})

it('seed 6: what is added does not change the order of what was there', () => {
  const random = seededRandom(6)
  const points = Array.from({ length: 400 }, () => [random.range(0, 900), random.range(0, 900)] as const)
  const orderOf = (count: number) => [...inSpaceOrder(count, i => points[i]![0], i => points[i]![1])]
  expect(orderOf(400).filter(i => i < 300)).toEqual(orderOf(300))
})

const known = ([x, y]: [number, number]): [number, number] => [Number.isNaN(x) ? 0 : x, y]
