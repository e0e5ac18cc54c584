import { stableGuid } from '../core/stable-guid.ts'
import type { Excavation } from '../scenario/document.ts'
import type { OuterSection, Vec3 } from '../twin/asset.ts'

/** What of an asset an exception was accepted for. Axis in the project CRS, metres. */
export interface LineGeometry {
  readonly axis: readonly Vec3[]
  readonly section: OuterSection
}

/** What of a line, or of an excavation, an exception was accepted for. */
export type SideGeometry = LineGeometry | { readonly cut: Pick<Excavation, 'shape' | 'bottom' | 'slopeRatio' | 'soil' | 'bench'> }

/** Finer than this nothing is surveyed, and a coordinate that went through a local frame comes back within it. */
const STEP_M = 1e-4

/**
 * A mark of the geometry of one side of a finding: the same for as long as no vertex and no size of its assets, and nothing of an excavation, changes.
 * @param ids Assets of the side; one that is not known (any more) counts as changed.
 */
export function sideHash(ids: readonly string[], geometryOf: (id: string) => SideGeometry | null): string {
  const steps = (metres: number): number => Math.round(metres / STEP_M)
  return stableGuid(...[...ids].sort().flatMap(id => {
    const side = geometryOf(id)
    if (!side) return [id, 'gone']
    if ('cut' in side) {
      const { shape, bottom, slopeRatio, soil, bench } = side.cut
      return [id, JSON.stringify([shape, bottom, slopeRatio, soil ?? null, bench ?? null])]
    }
    const { section, axis } = side
    const sizes = section.shape === 'circle' ? [section.diameterM] : [section.widthM, section.heightM]
    return [id, section.shape, sizes.map(steps).join(' '), axis.map(point => point.map(steps).join(' ')).join('\n')]
  }))
}
