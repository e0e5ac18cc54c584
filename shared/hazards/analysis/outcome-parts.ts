import type { Issue } from '../../core/issues.ts'
import { summariseIssues } from '../../core/issues.ts'
import { unjoinedNodes } from '../../network/connectivity.ts'
import type { Topology } from '../../network/topology.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { MOST_ROWS, type AnalysisOutcome, type OutcomeColumn, type OutcomeRow, type OutcomeTable } from './outcome.ts'
import type { AnalysisSubject } from './subject.ts'

/** The parts every method's answer is put together from. */

export const idColumn = (id: string): OutcomeColumn => ({ id, type: 'id' })
export const wordColumn = (id: string): OutcomeColumn => ({ id, type: 'word' })
export const numberColumn = (id: string, unit: NonNullable<OutcomeColumn['unit']>, decimals: number, figure?: number): OutcomeColumn => ({ id, type: 'number', unit, decimals, ...(figure !== undefined && { figure }) })

export const table = (id: string, columns: readonly OutcomeColumn[], rows: readonly OutcomeRow[]): OutcomeTable => ({ id, columns, rows: rows.slice(0, MOST_ROWS), total: rows.length })

/** As `table`, one row of each item, made for those alone that are shown: a trace may reach a city. */
export const tableOf = <T>(id: string, columns: readonly OutcomeColumn[], items: readonly T[], row: (item: T) => OutcomeRow): OutcomeTable =>
  ({ id, columns, rows: items.slice(0, MOST_ROWS).map(row), total: items.length })

export const assetRow = (id: string, cells: OutcomeRow['cells']): OutcomeRow => ({ cells, ref: { type: 'asset', id }, at: null })
export const placeRow = (id: string, at: Vec3, cells: OutcomeRow['cells']): OutcomeRow => ({ cells, ref: { type: 'place', id }, at })

/** Folds the issues, and says where a table was cut. */
export function outcome(parts: Omit<AnalysisOutcome, 'issues'> & { readonly issues: readonly Issue[] }): AnalysisOutcome {
  const cut = parts.tables.filter(({ rows, total }) => total > rows.length).map(({ rows, total }): Issue => ({ code: 'result_cut', severity: 'info', ref: `${rows.length} / ${total}` }))
  return { ...parts, issues: summariseIssues([...parts.issues, ...cut]) }
}

/** What joining the network left to say; found once, for every question about a graph says it again. */
export function topologyIssues(topology: Topology, subject: AnalysisSubject): Issue[] {
  const known = issuesKept.get(topology) ?? findTopologyIssues(topology, subject)
  issuesKept.set(topology, known)
  return [...known]
}

const issuesKept = new WeakMap<Topology, readonly Issue[]>()

function findTopologyIssues(topology: Topology, { ids }: AnalysisSubject): Issue[] {
  const issues: Issue[] = unjoinedNodes(topology).map(ref => ({ code: 'node_unjoined', severity: 'warning', ref }))
  for (const miss of topology.nearMisses) issues.push({ code: 'near_miss', severity: 'warning', ref: ids[miss.asset]!, context: { other: ids[miss.other]!, gapM: Number(miss.gapM.toFixed(3)) } })
  if (topology.unusedCount > 0) issues.push({ code: 'asset_unused', severity: 'info', ref: String(topology.unusedCount) })
  return issues
}

/** Project CRS. */
export function placeAt({ placeXyz, columns: { origin } }: Topology, place: number): Vec3 {
  return [placeXyz[3 * place]! + origin[0], placeXyz[3 * place + 1]! + origin[1], placeXyz[3 * place + 2]! + origin[2]]
}

/** Assets that some edges are on, by index, ascending. */
export function assetsOn({ edgeAsset, columns }: Topology, edges: ArrayLike<number>): number[] {
  const assets: number[] = []
  // A few are sorted; of many, which may be half the city, the columns are read once.
  if (edges.length < columns.count / 16) {
    const seen = new Set<number>()
    for (let k = 0; k < edges.length; k++) if (edgeAsset[edges[k]!]! >= 0) seen.add(edgeAsset[edges[k]!]!)
    return [...seen].sort((a, b) => a - b)
  }
  const isOn = new Uint8Array(columns.count)
  for (let k = 0; k < edges.length; k++) if (edgeAsset[edges[k]!]! >= 0) isOn[edgeAsset[edges[k]!]!] = 1
  for (let asset = 0; asset < isOn.length; asset++) if (isOn[asset] === 1) assets.push(asset)
  return assets
}

/** Length of an asset's axis, metres. */
export function axisLengthM({ columns: { xyz, vertexStart } }: AnalysisSubject, asset: number): number {
  let lengthM = 0
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) lengthM += Math.hypot(xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!)
  return lengthM
}

/**
 * Which way water flows in the middle of each edge: [x, y, z, dx, dy, …], project CRS; none where it is not known.
 * @param direction By edge, 1 along the axis as drawn, −1 against it, 0 not known.
 */
export function flowArrows(topology: Topology, direction: Int8Array): number[] {
  const { columns: { xyz, vertexStart, origin }, assetEdges, edgeStartM, edgeEndM } = topology
  const arrows: number[] = []
  for (let asset = 0; asset < topology.columns.count; asset++) {
    let [v, startM] = [vertexStart[asset]!, 0]
    for (let edge = assetEdges[2 * asset]!; edge < assetEdges[2 * asset + 1]!; edge++) {
      const middleM = (edgeStartM[edge]! + edgeEndM[edge]!) / 2
      const lengthAt = (at: number): number => Math.hypot(xyz[3 * at + 3]! - xyz[3 * at]!, xyz[3 * at + 4]! - xyz[3 * at + 1]!, xyz[3 * at + 5]! - xyz[3 * at + 2]!)
      while (v < vertexStart[asset + 1]! - 2 && startM + lengthAt(v) < middleM) startM += lengthAt(v++)
      const [dx, dy, dz] = [xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!]
      const planM = Math.hypot(dx, dy)
      const way = direction[edge]!
      if (way === 0 || planM === 0) continue
      const t = Math.min(1, (middleM - startM) / lengthAt(v))
      arrows.push(...[xyz[3 * v]! + t * dx + origin[0], xyz[3 * v + 1]! + t * dy + origin[1], xyz[3 * v + 2]! + t * dz + origin[2]].map(tidyMm), ...[(way * dx) / planM, (way * dy) / planM].map(tidyMm))
    }
  }
  return arrows
}

const tidyMm = (value: number): number => Math.round(value * 1000) / 1000
