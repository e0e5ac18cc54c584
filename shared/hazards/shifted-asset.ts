import { chainagesOf } from '../geometry/section-line.ts'
import { checkNetwork } from '../clearance/check.ts'
import type { Finding, RuleName, Verdict } from '../clearance/findings/finding.ts'
import { compareText } from '../clearance/network/order-and-frame.ts'
import { prepareClearance } from '../clearance/prepare.ts'
import { PlaceBook } from '../clearance/worlds/world.ts'
import type { JobControl } from '../core/job.ts'
import { indicesOf } from '../core/packed-strings.ts'
import { plus } from '../routing/lines/axis.ts'
import { displace } from '../routing/fix/displace.ts'
import { dependenceM } from '../routing/search/route-site.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { assetId, assetRecord, buildAssetColumns, type AssetColumns } from '../twin/asset-columns.ts'
import { assetsInBox } from '../twin/assets-in-box.ts'
import type { NodeRecord, Vec3 } from '../twin/asset.ts'
import type { GroundSurface } from '../twin/ground.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'

export interface ShiftQuestion {
  /** The network with the scheme in it. */
  readonly columns: AssetColumns
  readonly pack: RulePack
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly nodes: readonly NodeRecord[]
  /** Index in the columns. */
  readonly asset: number
  /** Moves that are tried, metres to the left of its direction and up. */
  readonly moves: readonly { readonly leftM: number; readonly upM: number }[]
}

/** What holds between the asset and another (null: the ground) in one case. */
export interface CaseVerdict {
  readonly verdict: Verdict
  readonly rule: RuleName
  readonly required: number
  readonly found: number
}

/** One other line, as drawn now and in each case; null where nothing is wrong there. */
export interface ShiftRow {
  readonly other: string | null
  readonly now: CaseVerdict | null
  /** In the order of the moves; undefined where the asset cannot be moved so: a bend is too sharp. */
  readonly cases: readonly (CaseVerdict | null | undefined)[]
}

/** Joints stay; the move begins this far from them at least, metres. */
const RAMP_M = 1

/**
 * What would hold were an asset really so far beside where it is drawn, and its position sure: which verdicts turn. Ends that
 * are joined to others stay where they are. @throws CancelledError
 */
export function shiftedVerdicts({ columns, pack, ground, surfaceFeatures, nodes, asset, moves }: ShiftQuestion, job: JobControl): ShiftRow[] {
  const id = assetId(columns, asset)
  const record = assetRecord(columns, asset)
  const axis = record.axis.map((point): Vec3 => [point[0] - columns.origin[0], point[1] - columns.origin[1], point[2] - columns.origin[2]])
  const [xs, ys] = [axis.map(p => p[0]), axis.map(p => p[1])]
  const by = dependenceM(pack, columns) + Math.max(0, ...moves.map(({ leftM }) => Math.abs(leftM)))
  const near = assetsInBox(columns, { minX: Math.min(...xs) - by, minY: Math.min(...ys) - by, maxX: Math.max(...xs) + by, maxY: Math.max(...ys) + by })
  const [index] = indicesOf(near.ids, [id])
  const verdictsOn = (assets: AssetColumns): { readonly byOther: Map<string | null, CaseVerdict>; readonly pins: readonly Vec3[] } => {
    job.throwIfCancelled()
    const prepared = prepareClearance({ assets, pack, ground, surfaceFeatures, nodes }, job)
    const involving = new Uint8Array(assets.count)
    involving[index!] = 1
    const pins = new PlaceBook(prepared.places).of(index!).filter(({ members }) => members.some(member => member.asset !== index)).map(({ at }) => at)
    return { byOther: worstByOther(checkNetwork(prepared, { involving }, job).findings, id), pins }
  }
  const now = verdictsOn(near)
  const length = chainagesOf(axis).at(-1)!
  const isPinned = (end: Vec3): boolean => now.pins.some(pin => Math.hypot(pin[0] - end[0], pin[1] - end[1]) < 0.05)
  const cases = moves.map(({ leftM, upM }) => {
    const ramp = Math.min(length / 3, Math.max(RAMP_M, 4 * Math.hypot(leftM, upM)))
    const [from, to] = [isPinned(axis[0]!) ? ramp : 0, isPinned(axis.at(-1)!) ? length - ramp : length]
    const moved = displace(axis, { outerFrom: 0, from, to, outerTo: length }, { left: leftM, up: upM })?.axis
    if (!moved) return null
    const records = Array.from({ length: near.count }, (_, i) => assetRecord(near, i))
    const shifted = { ...record, axis: moved.map(point => plus(point, columns.origin)), accuracyPlanM: 0, accuracyLevelM: 0 }
    return verdictsOn(buildAssetColumns(records.with(index!, shifted), near.origin)).byOther
  })
  const others = [...new Set([...now.byOther.keys(), ...cases.flatMap(byOther => [...(byOther?.keys() ?? [])])])].sort((p, q) => compareText(p ?? '', q ?? ''))
  return others.map(other => ({ other, now: now.byOther.get(other) ?? null, cases: cases.map(byOther => (byOther ? (byOther.get(other) ?? null) : undefined)) }))
}

const WEIGHT: Readonly<Record<Verdict, number>> = { certain: 2, possible: 1, clear: 0 }

/** Of each other line the heaviest: certain before possible, then the greater shortfall. */
function worstByOther(findings: readonly Finding[], id: string): Map<string | null, CaseVerdict> {
  const worst = new Map<string | null, CaseVerdict & { readonly shortfall: number }>()
  for (const { a, b, verdict, rule, required, found, shortfall } of findings) {
    if (rule === 'touching') continue
    for (const other of b.length === 0 ? [null] : a.includes(id) ? b : a) {
      const known = worst.get(other)
      if (!known || WEIGHT[verdict] > WEIGHT[known.verdict] || (verdict === known.verdict && shortfall > known.shortfall)) worst.set(other, { verdict, rule, required, found, shortfall })
    }
  }
  return worst
}
