import type { World } from './world.ts'

/**
 * Segments near the segments of an asset, by the asset they belong to.
 * @param only First vertices of the segments of `asset` asked about; all where absent.
 * @returns per other asset its pairs [segment of `asset`, its own segment, …], assets ascending.
 */
export function candidatesOf(world: World, asset: number, isCandidate: (other: number) => boolean, only?: ReadonlySet<number>): (readonly [number, readonly number[]])[] {
  const { network, reader } = world
  const byOther = new Map<number, number[]>()
  const inflation = world.queryInflationM(asset)
  for (let v = network.vertexStart[asset]!; v < network.vertexStart[asset + 1]! - 1; v++) {
    if (only && !only.has(v)) continue
    const count = reader.query(v, inflation)
    for (let k = 0; k < count; k++) {
      const j = reader.found[k]!
      const other = network.vertexAsset[j]!
      if (other === asset) continue
      const list = byOther.get(other)
      if (list) list.push(v, j)
      else if (world.takesPart(other) && isCandidate(other)) byOther.set(other, [v, j])
    }
  }
  return [...byOther].sort((m, n) => m[0] - n[0])
}
