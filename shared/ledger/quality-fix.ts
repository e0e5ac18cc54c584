import { z } from 'zod'
import { isServedBy } from '../clearance/network/manholes.ts'
import { idSchema, vec3Schema } from '../scenario/field-schemas.ts'
import { PLAUSIBLE_SIZE_M } from '../quality/line-flaws.ts'
import { FLAW_CODES, type QualityReport } from '../quality/quality-report.ts'
import { assetId, assetKind, assetSection, type AssetColumns } from '../twin/asset-columns.ts'
import type { AssetRecord, NodeRecord, OuterSection, Vec3 } from '../twin/asset.ts'
import { ASSET_KINDS, GRAVITY_KINDS } from '../twin/kinds.ts'

/** Ends drawn apart by no more than this are joined by moving one: what two surveys of one point differ by. Metres. */
const SAFE_JOIN_M = 0.1
/** Levels of a line drawn twice: with more between them, one of the two has to be chosen by somebody. Metres. */
const SAME_LEVEL_M = 0.001
const MM_PER_M = 1000

/** A flaw that can be mended without knowing the place: the record says enough. */
export const qualityFixSchema = z.discriminatedUnion('fix', [
  /** A line with the vertices of another of its kind is taken out; the other stays. */
  z.strictObject({ fix: z.literal('remove_duplicate'), id: idSchema }),
  /** A size a thousand times too large was given in millimetres. */
  z.strictObject({ fix: z.literal('read_as_mm'), id: idSchema }),
  /** An open end moves onto the line it nearly reaches. Project CRS. */
  /** A manhole, for others than drains a fitting, that holds two lines' ends: floor under the lower, top above the higher. Project CRS. */
  z.strictObject({ fix: z.literal('put_joint'), id: idSchema, kind: z.enum(ASSET_KINDS), owner: z.string().max(200), at: vec3Schema, bottomZ: z.number() }),
  z.strictObject({ fix: z.literal('join_end'), id: idSchema, end: z.enum(['start', 'end']), to: vec3Schema }),
])
export type QualityFix = z.infer<typeof qualityFixSchema>
export type FixName = QualityFix['fix']

/** The safe fix of one flaw; null where there is none. */
export function fixOfFlaw({ flaws }: Pick<QualityReport, 'flaws'>, flaw: number, columns: AssetColumns): QualityFix | null {
  const [asset, other] = [flaws.asset[flaw]!, flaws.other[flaw]!]
  const id = assetId(columns, asset)
  switch (FLAW_CODES[flaws.code[flaw]!]) {
    case 'duplicate': return flaws.value[flaw]! <= SAME_LEVEL_M ? { fix: 'remove_duplicate', id } : null
    case 'size_implausible': return isInMillimetres(columns, asset) ? { fix: 'read_as_mm', id } : null
    case 'near_miss': {
      if (flaws.value[flaw]! > SAFE_JOIN_M) return null
      const at: Vec3 = [flaws.xyz[3 * flaw]!, flaws.xyz[3 * flaw + 1]!, flaws.xyz[3 * flaw + 2]!]
      const end = distance(at, vertex(columns, columns.vertexStart[asset]!)) <= distance(at, vertex(columns, columns.vertexStart[asset + 1]! - 1)) ? 'start' : 'end'
      const to = nearestOn(columns, other, at)
      return { fix: 'join_end', id, end, to: [to[0] + columns.origin[0], to[1] + columns.origin[1], to[2] + columns.origin[2]] }
    }
    case 'joint_missing': {
      const kind = assetKind(columns, asset)
      const [ox, oy, oz] = columns.origin
      const at: Vec3 = [flaws.xyz[3 * flaw]! + ox, flaws.xyz[3 * flaw + 1]! + oy, flaws.xyz[3 * flaw + 2]! + columns.halfHeightM[asset]! + oz]
      const low = flaws.xyz[3 * flaw + 2]! - flaws.value[flaw]!
      return { fix: 'put_joint', id, kind, owner: columns.owners[columns.owner[asset]!] ?? '', at, bottomZ: low - columns.halfHeightM[other]! + oz }
    }
    default: return null
  }
}

/** The asset as mended; null takes it out; the same object where the fix no longer applies. */
export function mended(asset: AssetRecord, fix: Exclude<QualityFix, { fix: 'put_joint' }>): AssetRecord | null {
  switch (fix.fix) {
    case 'remove_duplicate': return null
    case 'read_as_mm': {
      const section = scaled(asset.section)
      return isPlausible(asset.kind, section) && !isPlausible(asset.kind, asset.section) ? { ...asset, section } : asset
    }
    case 'join_end': {
      const at = fix.end === 'start' ? 0 : asset.axis.length - 1
      if (distance(asset.axis[at]!, fix.to) > 2 * SAFE_JOIN_M || distance(asset.axis[at]!, fix.to) === 0) return asset
      return { ...asset, axis: asset.axis.map((point, i) => (i === at ? fix.to : point)) }
    }
  }
}

/** A node this near in plan is the one meant, metres: as near as ends that meet. */
const SAME_NODE_M = 0.01

type JointFix = Extract<QualityFix, { fix: 'put_joint' }>

/** The node there that fits, given floor and top where the ends need them; a new one where there is none. @param taken whether an id is in use. */
export function withJoint(fix: JointFix, nodes: readonly NodeRecord[], taken: (id: string) => boolean): NodeRecord {
  const there = nodes.find(({ at, kind }) => isServedBy(kind, fix.kind) && Math.hypot(at[0] - fix.at[0], at[1] - fix.at[1]) <= SAME_NODE_M)
  if (there) return { ...there, at: [there.at[0], there.at[1], Math.max(there.at[2], fix.at[2])], bottomZ: Math.min(there.bottomZ ?? Infinity, fix.bottomZ) }
  const isDrain = GRAVITY_KINDS.has(fix.kind)
  let id = `J-${fix.id}`
  for (let n = 2; taken(id); n++) id = `J-${fix.id}-${n}`
  return { id, nodeType: isDrain ? 'manhole' : 'junction', kind: fix.kind, owner: fix.owner, at: fix.at, bottomZ: fix.bottomZ, attributes: { assumed: 'joint' } }
}

const isInMillimetres = (columns: AssetColumns, asset: number): boolean => isPlausible(assetKind(columns, asset), scaled(assetSection(columns, asset)))

const scaled = (section: OuterSection): OuterSection =>
  section.shape === 'circle' ? { shape: 'circle', diameterM: section.diameterM / MM_PER_M } : { shape: 'rectangle', widthM: section.widthM / MM_PER_M, heightM: section.heightM / MM_PER_M }

function isPlausible(kind: AssetRecord['kind'], section: OuterSection): boolean {
  const sizeM = section.shape === 'circle' ? section.diameterM : Math.max(section.widthM, section.heightM)
  const [least, most] = PLAUSIBLE_SIZE_M[kind]
  return sizeM >= least && sizeM <= most
}

const vertex = ({ xyz }: AssetColumns, v: number): Vec3 => [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

/** The other's end where that is in reach, else the nearest point of its axis. Local frame. */
function nearestOn(columns: AssetColumns, other: number, at: Vec3): Vec3 {
  const [first, last] = [columns.vertexStart[other]!, columns.vertexStart[other + 1]! - 1]
  for (const end of [vertex(columns, first), vertex(columns, last)]) if (distance(end, at) <= SAFE_JOIN_M) return end
  let best = vertex(columns, first)
  for (let v = first; v < last; v++) {
    const [a, b] = [vertex(columns, v), vertex(columns, v + 1)]
    const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
    const square = dx * dx + dy * dy + dz * dz
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy + (at[2] - a[2]) * dz) / square))
    const point: Vec3 = [a[0] + t * dx, a[1] + t * dy, a[2] + t * dz]
    if (distance(point, at) < distance(best, at)) best = point
  }
  return best
}
