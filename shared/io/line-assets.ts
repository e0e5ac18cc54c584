import type { AssetRecord, Vec3 } from '../twin/asset.ts'
import type { IssueLog } from './issue-log.ts'
import { axisLengthM, withoutRepeats } from './line-parts.ts'
import type { UniqueIds } from './unique-ids.ts'

/** Attribute of the further assets of a line whose parts do not meet: the id of the first. One object, one count. */
const PART_OF = 'partOf'

/** True for a further part of a multi-part object, which counts once (cli.md, import). */
export const isFurtherPart = (asset: Pick<AssetRecord, 'attributes'>): boolean => Object.hasOwn(asset.attributes, PART_OF)

/** Shortest line that has a direction, metres. */
const MIN_LENGTH_M = 1e-6

/**
 * The assets of one line object. Parts that meet are one axis (`joinParts`); where they do not, each stretch is an asset
 * of its own (`id`, `id#2`, …, the further ones with the attribute `partOf`): bridging the gap would invent a pipe.
 * @param axes the joined stretches, project CRS.
 * @param partCount how many parts the source had.
 * @returns empty where no stretch has a length (`zero_length`).
 */
export function assetsOfLine(
  axes: readonly (readonly Vec3[])[], partCount: number, record: Omit<AssetRecord, 'id' | 'axis'>, name: { readonly id: string | null; readonly place: string; readonly ref: string }, ids: UniqueIds, log: IssueLog,
): AssetRecord[] {
  const lines = axes.map(withoutRepeats).filter(axis => axisLengthM(axis) > MIN_LENGTH_M)
  if (lines.length === 0) {
    log.add('zero_length', 'warning', name.ref)
    return []
  }
  if (lines.length < axes.length) log.add('zero_length', 'info', name.ref, { parts: axes.length - lines.length })
  if (partCount > 1) log.add('geometry_multipart', lines.length > 1 ? 'warning' : 'info', name.ref, { parts: partCount, assets: lines.length })
  const id = ids.claim(name.id, name.place, name.ref)
  return lines.map((axis, i) =>
    i === 0 ? { id, axis, ...record } : { id: ids.claimPart(id, i + 1), axis, ...record, attributes: { ...record.attributes, [PART_OF]: id } })
}
