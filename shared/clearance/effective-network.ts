import type { Proposal } from '../scenario/document.ts'
import { buildAssetColumns, type AssetColumns } from '../twin/asset-columns.ts'
import type { AssetRecord } from '../twin/asset.ts'

/**
 * The network a scheme stands for: the baseline with the scheme's proposals behind it, sorted by id. Proposal k of
 * that order is asset `baseline.count + k`. A proposal is where it is drawn: its 95 % limits are 0, unlike those of an
 * asset whose survey says nothing.
 * @param proposals Axes in the project CRS.
 */
export function effectiveNetwork(baseline: AssetColumns, proposals: Iterable<Proposal>): AssetColumns {
  const sorted = [...proposals].sort((p, q) => (p.id < q.id ? -1 : 1))
  return sorted.length === 0 ? baseline : append(baseline, buildAssetColumns(sorted.map(proposalRecord), baseline.origin))
}

function proposalRecord(proposal: Proposal): AssetRecord {
  const { id, kind, owner, section, axis, laying, pressureClass, voltageKv } = proposal
  return {
    id, kind, owner, section, axis, status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {},
    ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
  }
}

function append(first: AssetColumns, second: AssetColumns): AssetColumns {
  const owners = [...first.owners]
  const ownerOf = second.owners.map(owner => {
    const known = owners.indexOf(owner)
    return known >= 0 ? known : owners.push(owner) - 1
  })
  const offset = first.vertexStart[first.count]!
  return {
    origin: first.origin, count: first.count + second.count, owners,
    ids: packStringsBehind(first.ids, second.ids),
    vertexStart: join(first.vertexStart, second.vertexStart.subarray(1).map(v => v + offset)),
    owner: join(first.owner, second.owner.map(owner => ownerOf[owner]!)),
    xyz: join(first.xyz, second.xyz), kind: join(first.kind, second.kind), shape: join(first.shape, second.shape),
    halfWidthM: join(first.halfWidthM, second.halfWidthM), halfHeightM: join(first.halfHeightM, second.halfHeightM),
    pressureClass: join(first.pressureClass, second.pressureClass), laying: join(first.laying, second.laying),
    voltageKv: join(first.voltageKv, second.voltageKv), status: join(first.status, second.status),
    accuracyPlanM: join(first.accuracyPlanM, second.accuracyPlanM), accuracyLevelM: join(first.accuracyLevelM, second.accuracyLevelM),
    assumed: join(first.assumed, second.assumed),
  }
}

function packStringsBehind(first: AssetColumns['ids'], second: AssetColumns['ids']): AssetColumns['ids'] {
  const offset = first.bytes.length
  return { bytes: join(first.bytes, second.bytes), start: join(first.start, second.start.subarray(1).map(at => at + offset)) }
}

function join<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(first: T, second: T): T {
  const joined = new (first.constructor as new (length: number) => T)(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
