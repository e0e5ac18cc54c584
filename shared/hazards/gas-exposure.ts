import type { JobControl } from '../core/job.ts'
import { assetKind } from '../twin/asset-columns.ts'
import { ASSET_STATUSES } from '../twin/kinds.ts'
import { adjacentSpaces, spaceIndex, type AdjacentSpace, type SpacesInput } from './adjacent-spaces.ts'

/** An enclosed space within the radius of a gas pipe. */
export interface Exposure {
  readonly pipe: number
  readonly space: AdjacentSpace
  /** The pipe or the space is the scheme's. */
  readonly byScheme: boolean
}

const GONE = new Set([ASSET_STATUSES.indexOf('removed'), ASSET_STATUSES.indexOf('abandoned')])

/**
 * Every enclosed space that lies within a radius of a gas pipe in use, nearest first.
 * @param proposalsFrom Assets from this index on are the scheme's.
 * @throws CancelledError
 */
export function gasExposures(input: SpacesInput, radiusM: number, proposalsFrom: number, job: JobControl): Exposure[] {
  const { columns } = input
  const index = spaceIndex(input)
  const found: Exposure[] = []
  for (let pipe = 0; pipe < columns.count; pipe++) {
    if (assetKind(columns, pipe) !== 'gas' || (pipe < proposalsFrom && GONE.has(columns.status[pipe]!))) continue
    if (pipe % 64 === 0) {
      job.progress(pipe / columns.count, 'analyses:stage.gas')
      job.throwIfCancelled()
    }
    for (const space of adjacentSpaces(input, pipe, radiusM, index)) found.push({ pipe, space, byScheme: pipe >= proposalsFrom || (space.sort === 'line' && space.index >= proposalsFrom) })
  }
  return found.sort((a, b) => a.space.distanceM - b.space.distanceM || a.pipe - b.pipe)
}
