import { expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { inOrderOf } from '#shared/core/stable-order.ts'

it.each([1, 2, 3])('indices by key are those of a stable comparing sort, both ways (seed %i)', seed => {
  const random = seededRandom(seed)
  const special = [0, -0, 1, -1, 0.1, -0.1, 1e300, -1e300, 5e-324, -5e-324, Infinity, -Infinity, 65_536, 2 ** 40]
  const keys = Float64Array.from({ length: 3000 }, () => (random.chance(0.3) ? random.pick(special) : random.chance(0.5) ? random.int(50) : random.range(-1e6, 1e6)))
  const some = Uint32Array.from({ length: 3000 }, (_, i) => i).filter(() => random.chance(0.7))
  expect([...inOrderOf(some, keys)]).toEqual([...some].sort((i, j) => keys[i]! - keys[j]! || 0))
  const falling = [...some].sort((i, j) => (keys[i] === keys[j] ? i - j : keys[j]! > keys[i]! ? 1 : -1))
  expect([...inOrderOf(some, keys, true)]).toEqual(falling)
  expect([...inOrderOf(new Uint32Array(0), keys)]).toEqual([])
})
