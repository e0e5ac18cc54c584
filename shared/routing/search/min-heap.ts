/** Binary heap of numbered states by cost; a state may be in it several times, the reader skips what is settled. */
export class MinHeap {
  readonly #keys: number[] = []
  readonly #values: number[] = []

  get size(): number {
    return this.#keys.length
  }

  push(key: number, value: number): void {
    const [keys, values] = [this.#keys, this.#values]
    let i = keys.length
    keys.push(key)
    values.push(value)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (keys[parent]! <= key) break
      keys[i] = keys[parent]!
      values[i] = values[parent]!
      i = parent
    }
    keys[i] = key
    values[i] = value
  }

  /** The state of least cost; the heap must not be empty. */
  pop(): number {
    const [keys, values] = [this.#keys, this.#values]
    const top = values[0]!
    const [key, value] = [keys.pop()!, values.pop()!]
    const size = keys.length
    if (size === 0) return top
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++
      if (keys[child]! >= key) break
      keys[i] = keys[child]!
      values[i] = values[child]!
      i = child
    }
    keys[i] = key
    values[i] = value
    return top
  }
}
