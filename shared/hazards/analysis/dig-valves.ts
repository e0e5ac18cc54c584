import type { JobControl } from '../../core/job.ts'
import { analyseBurst } from '../../network/burst.ts'
import { carrierOfKind } from '../../network/carriers.ts'
import { valveIds } from '../../network/supply.ts'
import { assetKind } from '../../twin/asset-columns.ts'
import type { AssetKind } from '../../twin/kinds.ts'
import type { DigRow } from '../dig-damage.ts'
import { subjectTopology, type AnalysisSubject } from './subject.ts'

const WITH_VALVES: ReadonlySet<AssetKind> = new Set(['gas', 'water', 'reclaimed', 'heat', 'industrial'])

/** Valves to shut if a dig breaks what it meets or undermines, by asset; what has none is not in the answer. @throws CancelledError */
export function digValves(subject: AnalysisSubject, rows: readonly DigRow[], job: JobControl): Map<number, string[]> {
  const wanted = rows.filter(row => (row.struck || row.exposed || row.undermined) && WITH_VALVES.has(assetKind(subject.columns, row.asset)))
  const found = new Map<number, string[]>()
  for (const same of Map.groupBy(wanted, row => carrierOfKind(assetKind(subject.columns, row.asset))).values()) {
    const topology = subjectTopology(subject, [assetKind(subject.columns, same[0]!.asset)], job)
    for (const { asset } of same) {
      if (topology.assetEdges[2 * asset] === topology.assetEdges[2 * asset + 1]) continue
      const ids = analyseBurst(topology, asset).valves.flatMap(valve => valveIds(topology, valve, a => subject.ids[a]!)).sort()
      if (ids.length > 0) found.set(asset, ids)
    }
  }
  return found
}
