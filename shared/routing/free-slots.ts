import { chainagesOf } from '../geometry/section-line.ts'
import { prepareClearance } from '../clearance/prepare.ts'
import type { RuleName } from '../clearance/findings/finding.ts'
import { unattendedJob, type JobControl } from '../core/job.ts'
import { classesOf } from '../rules/asset-classes.ts'
import { LimitLookup } from '../rules/limit-lookup.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import { assetsInBox } from '../twin/assets-in-box.ts'
import type { NodeRecord, Vec3 } from '../twin/asset.ts'
import { groundSampler, type GroundSurface } from '../twin/ground.ts'
import { SURFACE_CLASSES } from '../twin/kinds.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { partOfAxis, withVerticesAt } from './lines/axis.ts'
import { displace } from './fix/displace.ts'
import { dependenceM, meetsBox } from './search/route-site.ts'
import { streetSpace } from './search/street-space.ts'
import { createTrial, type LineProperties, type ShortRow } from './fix/trial.ts'

export interface SlotInput {
  readonly baseline: AssetColumns
  readonly pack: RulePack
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly nodes?: readonly NodeRecord[]
  /** The line that looks for room, but for its axis. */
  readonly line: LineProperties
  /** The line the street's section stands on: places are counted to its right. Local frame. */
  readonly along: readonly Vec3[]
  /** Stretch of it that a place must be free over, plan chainages. */
  readonly from: number
  readonly to: number
  /** How far to either side is looked, metres. */
  readonly reachM: number
  /** Covers that are tried, metres, ascending. */
  readonly coversM: readonly number[]
}

/** Free places of one depth: the axis may lie anywhere from … to, metres to the right of the section's line. */
export interface SlotRow {
  readonly coverM: number
  readonly free: readonly { readonly from: number; readonly to: number }[]
}

/** Where a place that is followed along the street closes. */
export interface SlotEnd {
  /** Plan chainage on the section's line; its end where nothing closes the place before. */
  readonly chainageM: number
  /** What closes it: the other line's id, or null for the ground, a building, a sharp bend or the line's end. */
  readonly asset: string | null
  readonly rule: RuleName | null
  readonly reason: 'limit' | 'building' | 'bend' | 'end' | 'ground'
}

/** Free places that hang together from depth to depth. */
export interface FreeSlot {
  readonly rows: readonly { readonly coverM: number; readonly from: number; readonly to: number }[]
  /** The middle of its widest row: where one would lay. */
  readonly at: { readonly rightM: number; readonly coverM: number }
  /** Widest row, metres. */
  readonly widthM: number
  /** How far that place stays open along the street. */
  readonly open: { readonly from: SlotEnd; readonly to: SlotEnd }
}

export interface SlotAnswer {
  readonly rows: readonly SlotRow[]
  readonly slots: readonly FreeSlot[]
}

/** Ends of a free stretch are found to this, metres. */
const FINE_M = 1e-3
/** Steps where no limit says how far is surely too little. Free places narrower than this may be passed over; no obstacle is. */
const STEP_M = 0.05
/** The line follows the ground in pieces of this length. */
const FOLLOW_M = 5

/**
 * Where a line of this size may legally lie in a street's cross-section, over a stretch of the street: exact by the clearance
 * engine, which is asked about the whole line in every place that is looked at. @throws CancelledError
 */
export function freeSlots(input: SlotInput, job: JobControl = unattendedJob): SlotAnswer {
  const probe = slotProbe(input, job)
  const leastCoverM = input.ground ? leastCoverOf(input) : 0
  const rows: SlotRow[] = []
  for (const [i, coverM] of input.coversM.entries()) {
    job.throwIfCancelled()
    job.progress(i / input.coversM.length, 'cli-route:stage.search')
    // Less cover than the pack asks under the mildest of surfaces: no place at all.
    rows.push({ coverM, free: coverM < leastCoverM - 1e-6 ? [] : freeAlong(rightM => probe.closers(rightM, coverM), -input.reachM, input.reachM) })
  }
  return { rows, slots: gather(rows).map(slotRows => slotOf(slotRows, probe)) }
}

/** Why a place is closed; empty where it is free. */
type Closers = readonly (ShortRow | Exclude<SlotEnd['reason'], 'limit' | 'end'>)[]

interface SlotProbe {
  /** Over the stretch that was asked about. */
  closers(rightM: number, coverM: number): Closers
  reach(rightM: number, coverM: number): FreeSlot['open']
}

function slotProbe({ baseline, pack, ground, surfaceFeatures, nodes = [], line, along, from, to, reachM }: SlotInput, job: JobControl): SlotProbe {
  const lengthM = chainagesOf(along).at(-1)!
  const [xs, ys] = [along.map(p => p[0]), along.map(p => p[1])]
  const by = reachM + dependenceM(pack, baseline)
  const box = { minX: Math.min(...xs) - by, minY: Math.min(...ys) - by, maxX: Math.max(...xs) + by, maxY: Math.max(...ys) + by }
  const near = surfaceFeatures.filter(({ points }) => meetsBox(points, box, baseline.origin))
  const prepared = prepareClearance({ assets: assetsInBox(baseline, box), pack, ground, surfaceFeatures: near, nodes }, job)
  const space = streetSpace(ground, near, baseline.origin)
  const trial = createTrial(prepared, line)
  const groundAt = ground && groundSampler(ground)
  const half = (line.section.shape === 'circle' ? line.section.diameterM : line.section.heightM) / 2
  const part = partOfAxis(along, from, to)
  const laid = (axis: readonly Vec3[], rightM: number, coverM: number): { readonly axis: readonly Vec3[] } | 'bend' | 'ground' => {
    const length = chainagesOf(axis).at(-1)!
    const dense = withVerticesAt(axis, Array.from({ length: Math.floor(length / FOLLOW_M) }, (_, k) => (k + 1) * FOLLOW_M))
    const moved = rightM === 0 ? dense : displace(dense, { outerFrom: 0, from: 0, to: length, outerTo: length }, { left: -rightM, up: 0 })?.axis
    if (!moved) return 'bend'
    const levels = moved.map(([x, y, z]) => (groundAt ? groundAt(x, y) : z))
    return levels.includes(null) ? 'ground' : { axis: moved.map(([x, y], k): Vec3 => [x, y, levels[k]! - coverM - half]) }
  }
  /** Cover is what was asked for, between the vertices too: what the pack asks of it is asked of the figure, not of the ground's waves. */
  const rowsOf = (axis: readonly Vec3[]): readonly ShortRow[] => trial.shortRows(axis)
  const isBuilt = (axis: readonly Vec3[]): boolean => axis.slice(1).some((q, i) => space.buildingOn(axis[i]![0], axis[i]![1], q[0], q[1]) !== null)
  return {
    closers(rightM, coverM) {
      const line = laid(part, rightM, coverM)
      if (typeof line === 'string') return [line]
      return isBuilt(line.axis) ? ['building'] : rowsOf(line.axis)
    },
    reach(rightM, coverM) {
      const follow = (towards: -1 | 1): SlotEnd => {
        let [good, chainageM] = [towards < 0 ? from : to, towards < 0 ? from : to]
        const last = towards < 0 ? 0 : lengthM
        let end: Omit<SlotEnd, 'chainageM'> = { asset: null, rule: null, reason: 'end' }
        while ((last - good) * towards > 1e-9) {
          chainageM = towards < 0 ? Math.max(0, good - FOLLOW_M) : Math.min(lengthM, good + FOLLOW_M)
          const closed = closerOf(chainageM, towards)
          if (closed) {
            end = closed
            break
          }
          good = chainageM
        }
        if (end.reason === 'end') return { ...end, chainageM: good }
        // Half the step again and again: the last place that is open.
        for (let bad = chainageM; Math.abs(bad - good) > 0.01;) {
          const middle = (good + bad) / 2
          const closed = closerOf(middle, towards)
          if (closed) [bad, end] = [middle, closed]
          else good = middle
        }
        return { ...end, chainageM: good }
      }
      const closerOf = (chainageM: number, towards: -1 | 1): Omit<SlotEnd, 'chainageM'> | null => {
        const line = laid(towards < 0 ? partOfAxis(along, chainageM, to) : partOfAxis(along, from, chainageM), rightM, coverM)
        if (typeof line === 'string') return { asset: null, rule: null, reason: line }
        if (isBuilt(line.axis)) return { asset: null, rule: null, reason: 'building' }
        const worst = [...rowsOf(line.axis)].sort((p, q) => q.shortfall - p.shortfall)[0]
        return worst ? { asset: worst.other, rule: worst.rule, reason: 'limit' } : null
      }
      return { from: follow(-1), to: follow(1) }
    },
  }
}

/** Free stretches between two places, their ends to a millimetre. */
function freeAlong(closers: (at: number) => Closers, low: number, high: number): SlotRow['free'] {
  const free: { from: number; to: number }[] = []
  const isFree = (at: number): boolean => closers(at).length === 0
  const edge = (open: number, closed: number): number => {
    let [good, bad] = [open, closed]
    while (Math.abs(bad - good) > FINE_M) {
      const middle = (good + bad) / 2
      if (isFree(middle)) good = middle
      else bad = middle
    }
    return good
  }
  let open: number | null = null
  let last = low
  for (let at = low; ;) {
    const rows = closers(at)
    if (rows.length === 0) open ??= at === low ? low : edge(at, last)
    else if (open !== null) {
      free.push({ from: open, to: edge(last, at) })
      open = null
    }
    if (at >= high) break
    last = at
    at = Math.min(high, at + (rows.length === 0 ? STEP_M : Math.max(STEP_M, surelyClosedM(rows))))
  }
  if (open !== null) free.push({ from: open, to: high })
  return free.filter(({ from, to }) => to - from >= FINE_M)
}

/** No place nearer than this is free: a clear distance grows no faster than the line moves aside. Of plan gaps that is not so: a line moved until it crosses another is exempt there. */
const surelyClosedM = (rows: Closers): number => Math.max(0, ...rows.map(row => (typeof row !== 'string' && (row.rule === 'distance' || row.rule === 'hard') ? row.shortfall : 0)))

/** Cover that the pack asks of the line under the surface it asks least under. */
function leastCoverOf({ pack, line }: SlotInput): number {
  const diameterM = line.section.shape === 'circle' ? line.section.diameterM : Math.max(line.section.widthM, line.section.heightM)
  const lookup = new LimitLookup(pack, [classesOf({ ...line, diameterM }, pack)])
  return Math.min(...SURFACE_CLASSES.map(surface => lookup.cover(0, surface).min?.minM ?? 0))
}

type PlacedRow = FreeSlot['rows'][number]

/** Stretches of neighbouring depths that overlap are one slot. */
function gather(rows: readonly SlotRow[]): PlacedRow[][] {
  let open: PlacedRow[][] = []
  const all: PlacedRow[][] = []
  for (const { coverM, free } of rows) {
    const next: PlacedRow[][] = []
    for (const { from, to } of free) {
      const touching = open.filter(slot => slot.some(row => row.coverM === slot.at(-1)!.coverM && row.from < to && row.to > from))
      const slot = touching[0] ?? []
      for (const other of touching.slice(1)) {
        slot.push(...other)
        all.splice(all.indexOf(other), 1)
        open = open.filter(one => one !== other)
      }
      if (touching.length === 0) all.push(slot)
      slot.push({ coverM, from, to })
      if (!next.includes(slot)) next.push(slot)
    }
    open = next
  }
  return all.map(slot => slot.sort((p, q) => p.coverM - q.coverM || p.from - q.from))
}

function slotOf(rows: readonly PlacedRow[], probe: SlotProbe): FreeSlot {
  // Of rows as wide, the shallowest: less is dug.
  const widest = rows.reduce((best, row) => (row.to - row.from > best.to - best.from + FINE_M ? row : best))
  const at = { rightM: (widest.from + widest.to) / 2, coverM: widest.coverM }
  return { rows, at, widthM: widest.to - widest.from, open: probe.reach(at.rightM, at.coverM) }
}
