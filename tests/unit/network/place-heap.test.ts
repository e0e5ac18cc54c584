import { expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { PlaceHeap } from '#shared/network/place-heap.ts'

it.each([1, 2, 3, 4, 5])('seed %i: gives places by key, then by number, as a list sorted anew before each taking does', seed => {
  const random = seededRandom(seed)
  const heap = new PlaceHeap()
  const list: (readonly [place: number, key: number])[] = []
  for (let step = 0; step < 4000; step++) {
    if (list.length > 0 && random.chance(step < 2500 ? 0.35 : 0.65)) {
      list.sort(([p, k], [q, l]) => k - l || p - q)
      const [place, key] = list.shift()!
      expect([heap.leastKey, heap.take()]).toEqual([key, place])
    } else {
      // Few keys: many are equal.
      const [place, key] = [random.int(1000), random.int(40) / 4]
      heap.push(place, key)
      list.push([place, key])
    }
    expect(heap.size).toBe(list.length)
  }
})
