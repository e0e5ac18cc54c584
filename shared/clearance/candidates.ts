import type { World } from './worlds/world.ts'

/** Segments of one asset near another's: `pairs` are [segment of the asset asked about, segment of `other`, …]. */
export interface Candidate {
  readonly other: number
  readonly pairs: number[]
}

/**
 * Segments near the segments of an asset, by the asset they belong to.
 * @param isWanted Asked of every segment found and the asset it is of.
 * @param only First vertices of the segments of `asset` asked about; all where absent.
 * @returns assets ascending.
 */
export function candidatesOf(world: World, asset: number, isWanted: (v: number, j: number, other: number) => boolean, only?: ReadonlySet<number>): readonly Candidate[] {
  const { network, reader } = world
  const byOther = new Map<number, Candidate>()
  const inflation = world.queryInflationM(asset)
  let last: Candidate | undefined
  for (let v = network.vertexStart[asset]!; v < network.vertexStart[asset + 1]! - 1; v++) {
    if (only && !only.has(v)) continue
    const count = reader.query(v, inflation)
    for (let k = 0; k < count; k++) {
      const j = reader.found[k]!
      const other = network.vertexAsset[j]!
      if (other === asset || !isWanted(v, j, other)) continue
      if (last?.other !== other) last = byOther.get(other)
      if (last) last.pairs.push(v, j)
      else byOther.set(other, (last = { other, pairs: [v, j] }))
    }
  }
  return [...byOther.values()].sort((m, n) => m.other - n.other)
}
