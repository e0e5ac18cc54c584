import { buildAssetColumns, type AssetColumns } from './asset-columns.ts'
import type { AssetRecord } from './asset.ts'

type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array

/**
 * New columns holding the assets of `columns` followed by `assets`; equal to building all of them at once.
 * @param assets Axes in the project CRS, metres; the frame stays that of `columns`.
 * @throws RangeError more than 65,536 different owners.
 */
export function appendAssetColumns(columns: AssetColumns, assets: readonly AssetRecord[]): AssetColumns {
  const added = buildAssetColumns(assets, columns.origin)
  const owners = [...columns.owners]
  const ownerIndex = new Map(owners.map((owner, i) => [owner, i]))
  const renumbered = added.owners.map(owner => {
    let index = ownerIndex.get(owner)
    if (index === undefined) {
      index = owners.push(owner) - 1
      ownerIndex.set(owner, index)
    }
    return index
  })
  if (owners.length > 65_536) throw new RangeError('more than 65536 owners')
  return {
    origin: columns.origin,
    count: columns.count + added.count,
    owners,
    ids: { bytes: joined(columns.ids.bytes, added.ids.bytes), start: joinedOffsets(columns.ids.start, added.ids.start) },
    vertexStart: joinedOffsets(columns.vertexStart, added.vertexStart),
    xyz: joined(columns.xyz, added.xyz),
    kind: joined(columns.kind, added.kind),
    shape: joined(columns.shape, added.shape),
    halfWidthM: joined(columns.halfWidthM, added.halfWidthM),
    halfHeightM: joined(columns.halfHeightM, added.halfHeightM),
    owner: joined(columns.owner, added.owner.map(owner => renumbered[owner]!)),
    pressureClass: joined(columns.pressureClass, added.pressureClass),
    laying: joined(columns.laying, added.laying),
    voltageKv: joined(columns.voltageKv, added.voltageKv),
    status: joined(columns.status, added.status),
    accuracyPlanM: joined(columns.accuracyPlanM, added.accuracyPlanM),
    accuracyLevelM: joined(columns.accuracyLevelM, added.accuracyLevelM),
    assumed: joined(columns.assumed, added.assumed),
  }
}

function joined<T extends NumberArray>(a: T, b: T): T {
  const both = new (a.constructor as new (length: number) => T)(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** Offsets of both, the second's moved on by the first's total. */
function joinedOffsets(a: Uint32Array, b: Uint32Array): Uint32Array {
  const total = a[a.length - 1]!
  const both = new Uint32Array(a.length + b.length - 1)
  both.set(a)
  for (let i = 1; i < b.length; i++) both[a.length + i - 1] = total + b[i]!
  return both
}
