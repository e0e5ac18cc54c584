import { buildAssetColumns, type AssetColumns } from './asset-columns.ts'
import type { AssetRecord } from './asset.ts'
import { rearrangeAssetColumns } from './rearrange-asset-columns.ts'

const PER_ASSET = ['kind', 'shape', 'halfWidthM', 'halfHeightM', 'pressureClass', 'laying', 'voltageKv', 'status', 'accuracyPlanM', 'accuracyLevelM', 'assumed'] as const

/**
 * New columns in which some assets are as these records say; equal to packing all of them at once. Columns in which
 * nothing differs are those of before, not copies.
 * @param records By place in the columns; ids as they stand there. Axes in the project CRS, metres.
 * @throws RangeError more than 65,536 different owners.
 */
export function replaceInAssetColumns(columns: AssetColumns, records: ReadonlyMap<number, AssetRecord>): AssetColumns {
  const places = [...records.keys()]
  const after = [...records.values()]
  const { vertexStart } = columns
  const keepsVertices = places.every((at, k) => vertexStart[at + 1]! - vertexStart[at]! === after[k]!.axis.length)
  if (!keepsVertices) {
    const from = Int32Array.from({ length: columns.count }, (_, i) => i)
    places.forEach((at, k) => (from[at] = -1 - k))
    return rearrangeAssetColumns(columns, from, after)
  }
  const fresh = buildAssetColumns(after, columns.origin)
  const result = { ...columns, xyz: withAxes(columns, fresh, places), ...withOwners(columns, fresh, places) }
  for (const name of PER_ASSET) {
    const [was, is] = [columns[name], fresh[name]]
    if (places.every((at, k) => Object.is(was[at], is[k]))) continue
    const copy = was.slice()
    places.forEach((at, k) => (copy[at] = is[k]!))
    Object.assign(result, { [name]: copy })
  }
  return result
}

function withAxes({ xyz, vertexStart }: AssetColumns, fresh: AssetColumns, places: readonly number[]): Float64Array {
  let copy = xyz
  places.forEach((at, k) => {
    const [to, from, end] = [3 * vertexStart[at]!, 3 * fresh.vertexStart[k]!, 3 * fresh.vertexStart[k + 1]!]
    for (let v = from; v < end; v++) {
      if (copy[to + v - from] === fresh.xyz[v]) continue
      if (copy === xyz) copy = xyz.slice()
      copy[to + v - from] = fresh.xyz[v]!
    }
  })
  return copy
}

/** Owners are numbered as they first come: one that goes or comes renumbers those behind it. */
function withOwners({ owner, owners, count }: AssetColumns, fresh: AssetColumns, places: readonly number[]): Pick<AssetColumns, 'owner' | 'owners'> {
  if (places.every((at, k) => owners[owner[at]!] === fresh.owners[fresh.owner[k]!])) return { owner, owners }
  const names = [...new Set([...owners, ...fresh.owners])]
  const nameIndex = new Map(names.map((name, i) => [name, i]))
  const freshIndex = fresh.owners.map(name => nameIndex.get(name)!)
  // Wider than the column: before those that went are gone there may be more than it holds.
  const named = Uint32Array.from(owner)
  places.forEach((at, k) => (named[at] = freshIndex[fresh.owner[k]!]!))
  const numbered = new Int32Array(names.length).fill(-1)
  const used: string[] = []
  const result = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    const name = named[i]!
    if (numbered[name] === -1) numbered[name] = used.push(names[name]!) - 1
    result[i] = numbered[name]!
  }
  if (used.length > 0x1_0000) throw new RangeError('more than 65536 owners')
  return { owner: result, owners: used }
}
