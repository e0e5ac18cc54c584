/** Union–find over 0 … count − 1; the least member stands for its set, so that results do not depend on the order. */
export class DisjointSets {
  readonly #parent: Int32Array

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i)
  }

  find(i: number): number {
    const parent = this.#parent
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }

  unite(i: number, j: number): void {
    const [a, b] = [this.find(i), this.find(j)]
    if (a < b) this.#parent[b] = a
    else this.#parent[a] = b
  }
}
