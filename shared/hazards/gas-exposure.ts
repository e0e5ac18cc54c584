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

const REMOVED = ASSET_STATUSES.indexOf('removed')
const GONE = new Set([REMOVED, ASSET_STATUSES.indexOf('abandoned')])

/**
 * Every enclosed space that lies within a radius of a gas pipe in use, nearest first.
 * @param proposalsFrom Assets from this index on are the scheme's.
 * @param known What is near without the scheme, same radius: only what the scheme brings is then looked for.
 * @throws CancelledError
 */
export function gasExposures(input: SpacesInput, radiusM: number, proposalsFrom: number, job: JobControl, known?: readonly Exposure[]): Exposure[] {
  const { columns } = input
  const isThere = (asset: number): boolean => columns.status[asset] !== REMOVED
  const found = (known ?? []).filter(({ pipe, space }) => isInUse(columns, pipe) && (space.sort !== 'line' || isThere(space.index)))
  const everything = known && columns.count === proposalsFrom ? null : spaceIndex(input)
  const brought = known && spaceIndex({ ...input, nodes: [], surfaceFeatures: [] }, proposalsFrom)
  for (let pipe = 0; pipe < columns.count && everything; pipe++) {
    const isNew = pipe >= proposalsFrom
    if (assetKind(columns, pipe) !== 'gas' || !(isNew || isInUse(columns, pipe))) continue
    if (pipe % 64 === 0) {
      job.progress(pipe / columns.count, 'analyses:stage.gas')
      job.throwIfCancelled()
    }
    for (const space of adjacentSpaces(input, pipe, radiusM, brought && !isNew ? brought : everything)) found.push({ pipe, space, byScheme: isNew || (space.sort === 'line' && space.index >= proposalsFrom) })
  }
  return found.sort((a, b) => a.space.distanceM - b.space.distanceM || a.pipe - b.pipe)
}

const isInUse = (columns: SpacesInput['columns'], pipe: number): boolean => !GONE.has(columns.status[pipe]!)
