const FIRST_CAPACITY = 64

/**
 * Places by key, least first; of equal keys the lower place, so that results do not depend on the order of insertion.
 * Holds its own arrays and makes nothing per step: walks over a city's network push and take hundreds of thousands.
 */
export class PlaceHeap {
  #places = new Int32Array(FIRST_CAPACITY)
  #keys = new Float64Array(FIRST_CAPACITY)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The key that `take` gives the place of; only where there is one. */
  get leastKey(): number {
    return this.#keys[0]!
  }

  push(place: number, key: number): void {
    if (this.#size === this.#places.length) this.#grow()
    const [places, keys] = [this.#places, this.#keys]
    let i = this.#size++
    while (i > 0) {
      const parent = (i - 1) >> 1
      const parentKey = keys[parent]!
      if (key > parentKey || (key === parentKey && place >= places[parent]!)) break
      keys[i] = parentKey
      places[i] = places[parent]!
      i = parent
    }
    keys[i] = key
    places[i] = place
  }

  /** Takes the place of the least key out; only where there is one. */
  take(): number {
    const [places, keys] = [this.#places, this.#keys]
    const top = places[0]!
    const size = --this.#size
    const [place, key] = [places[size]!, keys[size]!]
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      const right = child + 1
      if (right < size && (keys[right]! < keys[child]! || (keys[right] === keys[child] && places[right]! < places[child]!))) child = right
      const childKey = keys[child]!
      if (key < childKey || (key === childKey && place <= places[child]!)) break
      keys[i] = childKey
      places[i] = places[child]!
      i = child
    }
    keys[i] = key
    places[i] = place
    return top
  }

  #grow(): void {
    const [places, keys] = [new Int32Array(2 * this.#size), new Float64Array(2 * this.#size)]
    places.set(this.#places)
    keys.set(this.#keys)
    this.#places = places
    this.#keys = keys
  }
}
