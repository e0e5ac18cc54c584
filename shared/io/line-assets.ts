import type { AssetRecord, Vec3 } from '../twin/asset.ts'
import type { IssueLog } from './issue-log.ts'
import { axisLengthM, joinParts, withoutRepeats } from './line-parts.ts'
import type { UniqueIds } from './unique-ids.ts'

/** Attribute of the further assets of a line whose parts do not meet: the id of the first. One object, one count. */
const PART_OF = 'partOf'

/** True for a further part of a multi-part object, which counts once (cli.md, import). */
export const isFurtherPart = (asset: Pick<AssetRecord, 'attributes'>): boolean => Object.hasOwn(asset.attributes, PART_OF)

/** Shortest line that has a direction, metres. */
const MIN_LENGTH_M = 1e-6

/**
 * The assets of one line object. Parts that meet are one axis; where they do not, each stretch is an asset of its own
 * (`id`, `id#2`, …, the further ones with the attribute `partOf`): bridging the gap would invent a pipe.
 * @param axes parts in the project CRS.
 * @returns empty where no part has a length (`zero_length`).
 */
export function assetsOfLine(
  axes: readonly (readonly Vec3[])[], record: Omit<AssetRecord, 'id' | 'axis'>, wantedId: string | null, layer: string, ref: string, ids: UniqueIds, log: IssueLog,
): AssetRecord[] {
  const joined = (axes.length > 1 ? joinParts(axes) : axes) as readonly (readonly Vec3[])[]
  const lines = joined.map(withoutRepeats).filter(axis => axisLengthM(axis) > MIN_LENGTH_M)
  if (lines.length === 0) {
    log.add('zero_length', 'warning', ref)
    return []
  }
  if (lines.length < joined.length) log.add('zero_length', 'info', ref, { parts: joined.length - lines.length })
  if (axes.length > 1) log.add('geometry_multipart', lines.length > 1 ? 'warning' : 'info', ref, { parts: axes.length, assets: lines.length })
  const id = ids.claim(wantedId, layer, ref)
  return lines.map((axis, i) =>
    i === 0 ? { id, axis, ...record } : { id: ids.claimPart(id, i + 1), axis, ...record, attributes: { ...record.attributes, [PART_OF]: id } })
}
