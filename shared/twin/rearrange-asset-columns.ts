import { buildAssetColumns, type AssetColumns } from './asset-columns.ts'
import type { AssetRecord } from './asset.ts'

/**
 * New columns from assets of `columns` and new records, in any order: what is kept is copied column by column, never
 * unpacked. Equal to packing all of them at once.
 * @param from Per asset of the result: index into `columns`, or −1 − index into `records`.
 * @param records Axes in the project CRS, metres; the frame stays that of `columns`.
 * @throws RangeError more than 65,536 different owners.
 */
export function rearrangeAssetColumns(columns: AssetColumns, from: Int32Array, records: readonly AssetRecord[]): AssetColumns {
  const fresh = buildAssetColumns(records, columns.origin)
  const count = from.length
  const side = (i: number): AssetColumns => (from[i]! >= 0 ? columns : fresh)
  const at = (i: number): number => (from[i]! >= 0 ? from[i]! : -1 - from[i]!)
  const vertexStart = new Uint32Array(count + 1)
  const idStart = new Uint32Array(count + 1)
  for (let i = 0; i < count; i++) {
    const [source, k] = [side(i), at(i)]
    vertexStart[i + 1] = vertexStart[i]! + source.vertexStart[k + 1]! - source.vertexStart[k]!
    idStart[i + 1] = idStart[i]! + source.ids.start[k + 1]! - source.ids.start[k]!
  }
  const result = {
    origin: columns.origin, count, vertexStart,
    ids: { bytes: new Uint8Array(idStart[count]!), start: idStart },
    xyz: new Float64Array(3 * vertexStart[count]!),
    kind: new Uint8Array(count), shape: new Uint8Array(count), halfWidthM: new Float64Array(count), halfHeightM: new Float64Array(count),
    owner: new Uint16Array(count), owners: [] as string[], pressureClass: new Uint8Array(count), laying: new Uint8Array(count), voltageKv: new Float64Array(count),
    status: new Uint8Array(count), accuracyPlanM: new Float64Array(count), accuracyLevelM: new Float64Array(count), assumed: new Uint8Array(count),
  }
  const ownerIndex = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const [source, k] = [side(i), at(i)]
    for (const name of ['kind', 'shape', 'halfWidthM', 'halfHeightM', 'pressureClass', 'laying', 'voltageKv', 'status', 'accuracyPlanM', 'accuracyLevelM', 'assumed'] as const) result[name][i] = source[name][k]!
    const owner = source.owners[source.owner[k]!]!
    let index = ownerIndex.get(owner)
    if (index === undefined) {
      index = result.owners.push(owner) - 1
      if (index > 0xffff) throw new RangeError('more than 65536 owners')
      ownerIndex.set(owner, index)
    }
    result.owner[i] = index
  }
  // Neighbours stay neighbours nearly everywhere: whole stretches are copied at once.
  for (let i = 0; i < count;) {
    const source = side(i)
    const first = at(i)
    let n = 1
    while (i + n < count && side(i + n) === source && at(i + n) === first + n) n++
    result.xyz.set(source.xyz.subarray(3 * source.vertexStart[first]!, 3 * source.vertexStart[first + n]!), 3 * vertexStart[i]!)
    result.ids.bytes.set(source.ids.bytes.subarray(source.ids.start[first]!, source.ids.start[first + n]!), idStart[i]!)
    i += n
  }
  return result
}
