/** What random networks are made of: the names of the awkward spots, and the pen that draws one. */
import type { AssetProperties } from './types.ts'

export const AWKWARDNESSES = [
  'crossing', 'angle30', 'grazing', 'nearParallel', 'riser', 'tee', 'chain', 'vertexCrossing', 'nodeCrossing',
  'endCrossing', 'overlap', 'overlapPass', 'stacked', 'rectangle', 'touching', 'bend', 'snapJitter', 'wander',
] as const
export type Awkwardness = (typeof AWKWARDNESSES)[number]

export type Random = () => number

/** What a motif uses to make lines around its own centre. */
export interface Pen {
  random: Random
  range(min: number, max: number): number
  /** A multiple of 1/64 m. */
  grid(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  /** Properties of a random kind and owner. */
  properties(): Omit<AssetProperties, 'id'>
  /** Adds a line; coordinates are relative to the motif's centre. */
  line(coordinates: readonly (readonly number[])[], properties?: Omit<AssetProperties, 'id'>): void
}
