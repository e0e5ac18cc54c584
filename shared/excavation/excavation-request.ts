import { trenchOutline } from '../geometry/trench-outline.ts'
import type { Excavation } from '../scenario/document.ts'
import type { Vec3 } from '../twin/asset.ts'
import { findSoil } from '../twin/soils.ts'
import type { ExcavationRequest } from './excavate.ts'

/**
 * What is to be computed for a pit or trench of a scheme.
 * @param origin Project CRS = local frame + origin. @returns in the local frame; null for a bore, which is no cut.
 */
export function requestOf({ shape, bottom, slopeRatio, soil, bench, structuresM3 }: Omit<Excavation, 'id' | 'name'>, origin: Vec3): ExcavationRequest | null {
  if (shape.type === 'bore' || !bottom) return null
  const points = shape.type === 'pit' ? shape.outline : trenchOutline(shape.line, shape.widthM)
  return {
    outline: points.map(([x, y]) => [x - origin[0], y - origin[1]] as const),
    bottom: 'levelM' in bottom ? { levelM: bottom.levelM - origin[2] } : bottom,
    slopeRatio, bench: bench ?? null, soil: soil === undefined ? null : findSoil(soil), structuresM3: structuresM3 ?? 0,
  }
}
