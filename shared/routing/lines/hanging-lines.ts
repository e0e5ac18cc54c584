import { chainagesOf } from '../../geometry/section-line.ts'
import { isServedBy } from '../../clearance/network/manholes.ts'
import type { ScenarioDocument } from '../../scenario/document.ts'
import { assetId, type AssetColumns } from '../../twin/asset-columns.ts'
import { assetIndexOf } from '../../twin/asset-index.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { ASSET_KINDS, ASSET_STATUSES, GRAVITY_KINDS, type AssetKind } from '../../twin/kinds.ts'
import { segmentsInBox } from '../../twin/segments-near.ts'
import { between, minus, plus, spaceOff } from './axis.ts'

/** A line that stays, one of its ends joined to nothing once the scheme has taken out what it was joined to. */
export interface HangingLine {
  readonly asset: string
  readonly kind: AssetKind
  /** Its first (0) or last (1) vertex. */
  readonly end: 0 | 1
  /** That end, project CRS. */
  readonly at: Vec3
  /** What is taken out there. */
  readonly line: string
  /** The proposal that takes the place of it; null where none does. */
  readonly diversion: string | null
}

/** Ends nearer than this to an axis are joined to it, metres: looser than the check's tolerance, as a hanging lateral should rather be asked about once too often. */
const JOIN_M = 0.05
const OUT: ReadonlySet<string> = new Set(['abandoned', 'removed'])

/**
 * Laterals and mains of the baseline that a scheme leaves hanging: an end of theirs lay on a line that the scheme takes out
 * or diverts, and neither a proposal nor anything that stays passes there. Drains that ended in one manhole count as joined
 * whatever their levels.
 */
export function hangingLines(columns: AssetColumns, { proposals, removals }: Pick<ScenarioDocument, 'proposals' | 'removals'>): HangingLine[] {
  const takenOut = new Map<number, string | null>()
  const note = (id: string, by: string | null): void => {
    const asset = assetIndexOf(columns, id)
    if (asset !== null) takenOut.set(asset, by)
  }
  for (const id of Object.keys(removals)) note(id, null)
  for (const { id, replaces = [] } of Object.values(proposals)) for (const replaced of replaces) note(replaced, id)
  if (takenOut.size === 0) return []

  const laid = Object.values(proposals).map(({ kind, axis }) => ({ kind, axis: axis.map(point => minus(point, columns.origin)) }))
  const kindOf = (asset: number): AssetKind => ASSET_KINDS[columns.kind[asset]!]!
  const isThere = (asset: number): boolean => !OUT.has(ASSET_STATUSES[columns.status[asset]!]!)
  /** Assets of the kind's network whose axis passes an end, all but one. */
  const joinedTo = (at: Vec3, kind: AssetKind, own: number): number[] => [...new Set(segmentsInBox(columns, at[0] - JOIN_M, at[1] - JOIN_M, at[0] + JOIN_M, at[1] + JOIN_M).flatMap(({ asset, vertex }) =>
    asset !== own && isThere(asset) && isServedBy(kindOf(asset), kind) && passes(at, [pointAt(columns, vertex), pointAt(columns, vertex + 1)], kind) ? [asset] : []))]

  const hanging: HangingLine[] = []
  const asked = new Set<number>()
  for (const line of takenOut.keys()) {
    for (let v = columns.vertexStart[line]!; v < columns.vertexStart[line + 1]! - 1; v++) {
      const [p, q] = [pointAt(columns, v), pointAt(columns, v + 1)]
      for (const { asset } of segmentsInBox(columns, Math.min(p[0], q[0]) - JOIN_M, Math.min(p[1], q[1]) - JOIN_M, Math.max(p[0], q[0]) + JOIN_M, Math.max(p[1], q[1]) + JOIN_M)) {
        if (takenOut.has(asset) || asked.has(asset) || !isThere(asset) || !isServedBy(kindOf(asset), kindOf(line))) continue
        asked.add(asset)
        for (const end of [0, 1] as const) {
          const at = pointAt(columns, end === 0 ? columns.vertexStart[asset]! : columns.vertexStart[asset + 1]! - 1)
          const kind = kindOf(asset)
          const joined = joinedTo(at, kind, asset)
          const gone = joined.find(other => takenOut.has(other))
          if (gone === undefined || joined.some(other => !takenOut.has(other)) || laid.some(other => isServedBy(other.kind, kind) && passes(at, other.axis, kind))) continue
          hanging.push({ asset: assetId(columns, asset), kind, end, at: plus(at, columns.origin), line: assetId(columns, gone), diversion: takenOut.get(gone)! })
        }
      }
    }
  }
  return hanging.sort((a, b) => (a.asset < b.asset ? -1 : a.asset > b.asset ? 1 : a.end - b.end))
}

/**
 * A hanging line led on to the line that takes the old one's place: cut where it crosses that one, else its last part laid
 * anew to the nearest point of it. Its other vertices stay. Any metric frame.
 */
export function ledTo(axis: readonly Vec3[], end: 0 | 1, diversion: readonly Vec3[]): readonly Vec3[] {
  const towards = end === 1 ? axis : axis.toReversed()
  const crossed = cutAt(towards, diversion)
  const kept = crossed ?? [...towards.slice(0, -1), nearestOn(diversion, towards.at(-2)!)]
  return end === 1 ? kept : kept.toReversed()
}

/** The part of a line before it first meets another in plan, ending on that one's axis; null where it does not. */
function cutAt(line: readonly Vec3[], other: readonly Vec3[]): readonly Vec3[] | null {
  for (let i = 1; i < line.length; i++) {
    const [p, q] = [line[i - 1]!, line[i]!]
    const meetings = other.slice(1).flatMap((b, k) => meeting(p, q, other[k]!, b) ?? []).sort((m, n) => m.along - n.along)
    if (meetings[0]) return [...line.slice(0, i), meetings[0].at]
  }
  return null
}

function meeting(p: Vec3, q: Vec3, a: Vec3, b: Vec3): { readonly along: number; readonly at: Vec3 } | null {
  const [dx, dy, ex, ey] = [q[0] - p[0], q[1] - p[1], b[0] - a[0], b[1] - a[1]]
  const square = dx * ey - dy * ex
  if (square === 0) return null
  const along = ((a[0] - p[0]) * ey - (a[1] - p[1]) * ex) / square
  const share = ((a[0] - p[0]) * dy - (a[1] - p[1]) * dx) / square
  // Where it begins on the other it was joined to that one already.
  return along > 1e-6 && along <= 1 && share >= 0 && share <= 1 ? { along, at: between(a, b, share) } : null
}

/** The point of an axis nearest to another in plan. */
function nearestOn(axis: readonly Vec3[], [x, y]: Vec3): Vec3 {
  let [best, least] = [axis[0]!, Infinity]
  for (let i = 1; i < axis.length; i++) {
    const [a, b] = [axis[i - 1]!, axis[i]!]
    const length = chainagesOf([a, b])[1]!
    const share = length > 0 ? Math.min(1, Math.max(0, ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / length ** 2)) : 0
    const at = between(a, b, share)
    const off = Math.hypot(at[0] - x, at[1] - y)
    if (off < least) [best, least] = [at, off]
  }
  return best
}

/** Whether an axis passes a point; of drains that end there the level does not matter: there is a manhole between. */
function passes(at: Vec3, axis: readonly Vec3[], kind: AssetKind): boolean {
  if (spaceOff(axis, at) <= JOIN_M) return true
  if (!GRAVITY_KINDS.has(kind)) return false
  return [axis[0]!, axis.at(-1)!].some(([x, y]) => Math.hypot(at[0] - x, at[1] - y) <= JOIN_M)
}

function pointAt({ xyz }: AssetColumns, v: number): Vec3 {
  return [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
}
