import { assetKind } from '../twin/asset-columns.ts'
import type { Topology } from './topology.ts'

/** A place where foul and storm sewers meet: one of them is wrongly connected. */
export interface CrossConnection {
  readonly place: number
  readonly foul: readonly number[]
  readonly storm: readonly number[]
}

/** Combined sewers take both and are no party to one. */
export function crossConnections(topology: Topology): CrossConnection[] {
  const found: CrossConnection[] = []
  for (let place = 0; place < topology.placeCount; place++) {
    const foul = new Set<number>()
    const storm = new Set<number>()
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const asset = topology.edgeAsset[topology.incident[k]!]!
      const kind = asset < 0 ? null : assetKind(topology.columns, asset)
      if (kind === 'sewer_foul') foul.add(asset)
      if (kind === 'sewer_storm') storm.add(asset)
    }
    const ascending = (set: Set<number>) => [...set].sort((a, b) => a - b)
    if (foul.size > 0 && storm.size > 0) found.push({ place, foul: ascending(foul), storm: ascending(storm) })
  }
  return found
}
