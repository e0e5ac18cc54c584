import { SURFACE_FEATURE_TYPES } from '#shared/twin/surface-feature.ts'
import type { PackedFeatures } from '#shared/twin/twin-context.ts'

/** What stands in one square of the plan, and the rectangle about it. Project CRS. */
export interface PlanSquare {
  readonly features: readonly number[]
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** Side of the squares: a few of them are in sight, each some draw calls. */
const SQUARE_M = 480
const STANDING = ['building', 'tree', 'pole'].map(type => (SURFACE_FEATURE_TYPES as readonly string[]).indexOf(type))

interface OpenSquare {
  features: number[]
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/** Buildings, trees and poles by square of the plan: each belongs to the square of its first point, and lies within its rectangle. */
export function planSquares({ featureType, start, xy }: PackedFeatures): PlanSquare[] {
  const squares = new Map<string, OpenSquare>()
  featureType.forEach((type, feature) => {
    const [from, to] = [start[feature]!, start[feature + 1]!]
    if (!STANDING.includes(type) || to === from) return
    const key = `${Math.floor(xy[2 * from]! / SQUARE_M)},${Math.floor(xy[2 * from + 1]! / SQUARE_M)}`
    let square = squares.get(key)
    if (!square) squares.set(key, (square = { features: [], minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }))
    square.features.push(feature)
    for (let p = from; p < to; p++) {
      square.minX = Math.min(square.minX, xy[2 * p]!)
      square.minY = Math.min(square.minY, xy[2 * p + 1]!)
      square.maxX = Math.max(square.maxX, xy[2 * p]!)
      square.maxY = Math.max(square.maxY, xy[2 * p + 1]!)
    }
  })
  return [...squares.values()]
}
