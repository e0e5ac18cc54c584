import { CANCEL_EVERY, unattendedJob, type JobControl } from '../../core/job.ts'
import { nodesOf } from '../../network/topology.ts'
import { assetId } from '../../twin/asset-columns.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { GridSurface, GroundSurface } from '../../twin/ground.ts'
import type { Drain } from './drain-graph.ts'
import type { OverflowAnswer, OverflowRun } from './overflow.ts'
import type { PlanRing } from '../../geometry/plan-polygon.ts'
import { pondsOf, standingPools, type Pool } from './ponding.ts'

/** One manhole over all return periods. Levels and places in the project's system. */
export interface ManholeRow {
  readonly node: string
  readonly at: Vec3
  readonly groundM: number | null
  /** Drained straight into it. */
  readonly areaM2: number
  /** Shortest return period at which the water stands over its pipes, or comes out; null for none of those computed. */
  readonly surchargesFromYears: number | null
  readonly floodsFromYears: number | null
  readonly results: readonly { readonly returnYears: number; readonly waterM: number; readonly surcharged: boolean; readonly flooded: boolean; readonly excessM3s: number; readonly volumeM3: number }[]
  /** Where most of the water of the longest return period that floods it gathers; with that of others where they fill one hollow. */
  readonly pond: ManholePond | null
  /** All hollows that it fills, on its way down. */
  readonly ponds: readonly ManholePond[]
  /** Outlines of what drains straight into it, drawn ones last. */
  readonly cells: readonly { readonly ring: PlanRing; readonly isDrawn: boolean }[]
}

export interface ManholePond {
  /** On the bottom of the deepest place. */
  readonly at: Vec3
  readonly levelM: number
  readonly areaM2: number
  readonly deepestM: number
  readonly heldM3: number
  readonly outlines: readonly PlanRing[]
}

/** One drain over all return periods; of an asset in several stretches one row each. */
export interface DrainRow {
  readonly asset: string
  /** Where the stretch begins, along the asset's axis. */
  readonly fromM: number
  readonly insideHeightM: number
  readonly lengthM: number
  readonly slopeRatio: number
  /** Null where the drain does not fall. */
  readonly fullM3s: number | null
  readonly overloadedFromYears: number | null
  readonly results: readonly { readonly returnYears: number; readonly flowM3s: number; readonly ratio: number | null }[]
}

/** Places with a node, the first to flood first, then the first to be surcharged. @throws CancelledError */
export function manholeRows(answer: OverflowAnswer, ground: GroundSurface | null, job: JobControl = unattendedJob): ManholeRow[] {
  const { graph: { topology, order, out, into, cutOff } } = answer
  const [ox, oy, oz] = topology.columns.origin
  const rows: ManholeRow[] = []
  const places: (readonly [number, number])[] = []
  for (const [k, place] of order.entries()) {
    if (k % CANCEL_EVERY === 0) job.throwIfCancelled()
    const node = nodesOf(topology, place)[0]
    const leaving = out.get(place) ?? (cutOff.has(place) ? (into.get(place) ?? []) : [])
    if (!node || leaving.length === 0) continue
    const [x, y, z] = [topology.placeXyz[3 * place]!, topology.placeXyz[3 * place + 1]!, topology.placeXyz[3 * place + 2]!]
    const groundM = answer.graph.groundM.get(place) ?? null
    const results = answer.runs.map(run => {
      const { waterM, surcharged, flooded, excessM3s } = run.levels.get(place)!
      return { returnYears: run.returnYears, waterM: waterM + oz, surcharged, flooded, excessM3s, volumeM3: volumeOf(run, leaving.map(({ index }) => index), excessM3s) }
    })
    const inProject = (ring: PlanRing): PlanRing => ring.map((value, i) => value + (i % 2 === 0 ? ox : oy))
    places.push([x, y])
    rows.push({
      node: node.id, at: [x + ox, y + oy, (groundM ?? z) + oz], groundM: groundM === null ? null : groundM + oz, areaM2: answer.areaM2.get(place) ?? 0, results,
      surchargesFromYears: results.find(result => result.surcharged)?.returnYears ?? null, floodsFromYears: results.find(result => result.flooded)?.returnYears ?? null,
      pond: null, ponds: [], cells: (answer.cells.get(place) ?? []).map(({ ring, isDrawn }) => ({ ring: inProject(ring), isDrawn })),
    })
  }
  const ponded = ground?.type === 'grid' ? withPonds(rows, places, ground, topology.columns.origin, job) : rows
  const year = (value: number | null) => value ?? Infinity
  return ponded.sort((a, b) => year(a.floodsFromYears) - year(b.floodsFromYears) || year(a.surchargesFromYears) - year(b.surchargesFromYears) || (a.node < b.node ? -1 : 1))
}

/** @param places Of the rows, local frame. */
function withPonds(rows: readonly ManholeRow[], places: readonly (readonly [number, number])[], ground: GridSurface, [ox, oy, oz]: Vec3, job: JobControl): ManholeRow[] {
  const ponds = pondsOf(ground, rows.map(({ results }, k) => ({ x: places[k]![0], y: places[k]![1], volumeM3: results.findLast(result => result.flooded)?.volumeM3 ?? 0 })), job)
  // A hollow that the water of several fills is one object: as full as any of them fills it.
  const standing = standingPools(ponds)
  const placed = new Map<Pool, ManholePond>()
  for (const pool of new Set(standing.values())) {
    const { x, y, levelM, areaM2, deepestM, heldM3, outlines } = pool
    placed.set(pool, { at: [x + ox, y + oy, levelM - deepestM + oz], levelM: levelM + oz, areaM2, deepestM, heldM3, outlines: outlines.map(ring => ring.map((value, i) => value + (i % 2 === 0 ? ox : oy))) })
  }
  return rows.map((row, k) => {
    const pond = ponds[k]
    const mine = pond ? [...new Set([...pond.onTheWay, pond.end].map(pool => placed.get(standing.get(pool)!)!))] : []
    return { ...row, ponds: mine, pond: mine.reduce<ManholePond | null>((most, pool) => (most && most.heldM3 >= pool.heldM3 ? most : pool), null) }
  })
}

/** Above what can leave, of a triangle that rises in the time of concentration and falls as long: excess² / peak · t. */
function volumeOf(run: OverflowRun, drains: readonly number[], excessM3s: number): number {
  const peakM3s = drains.reduce((sum, d) => sum + run.flows.flowM3s[d]!, 0)
  const seconds = 60 * Math.max(0, ...drains.map(d => run.flows.minutes[d]!))
  return peakM3s > 0 ? (excessM3s ** 2 / peakM3s) * seconds : 0
}

/** Drains in the order of the twin, the first to be overloaded first. */
export function drainRows(answer: OverflowAnswer, job: JobControl = unattendedJob): DrainRow[] {
  const { columns } = answer.graph.topology
  const rows = answer.graph.drains.map((drain: Drain, d): DrainRow => {
    if (d % CANCEL_EVERY === 0) job.throwIfCancelled()
    const full = answer.runs[0]?.flows.fullM3s[d] ?? 0
    const results = answer.runs.map(({ returnYears, flows }) => ({ returnYears, flowM3s: flows.flowM3s[d]!, ratio: full > 0 ? flows.flowM3s[d]! / full : null }))
    return {
      asset: assetId(columns, drain.asset), fromM: answer.graph.topology.edgeStartM[drain.edge]!, insideHeightM: drain.inside.heightM, lengthM: drain.lengthM, slopeRatio: drain.slopeRatio, fullM3s: full > 0 ? full : null, results,
      overloadedFromYears: results.find(({ ratio }) => ratio !== null && ratio > 1)?.returnYears ?? null,
    }
  })
  return rows.sort((a, b) => (a.overloadedFromYears ?? Infinity) - (b.overloadedFromYears ?? Infinity))
}
