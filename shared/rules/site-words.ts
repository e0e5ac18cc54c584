import type { SurfaceFeature } from '../twin/surface-feature.ts'

/**
 * What packs call the things on the ground (GB 50289 Tables 4.1.9 and 4.1.14). Of rails and culverts there are two words:
 * the one is kept off in plan, the other (`…_bottom`, `culvert_base`) in level where a line passes under it.
 */
export const SITE_WORDS = [
  'building', 'tree', 'shrub', 'pole_light', 'pylon_le35kv', 'pylon_gt35kv', 'kerb', 'tram_rail', 'rail', 'water_body',
  'culvert_base', 'tram_rail_bottom', 'railway_bottom',
] as const
export type SiteWord = (typeof SITE_WORDS)[number]

/** Kept off in level, measured from the ground over the line's crown. */
export const LEVEL_WORDS: ReadonlySet<SiteWord> = new Set(['culvert_base', 'tram_rail_bottom', 'railway_bottom'])

/** Tallest voltage of the smaller sort of pylon, kV: the border that the tables themselves name. */
const SMALL_PYLON_KV = 35

/**
 * The words a surface feature answers to, by its type and what its attributes say: `sort: shrub` of a tree, `voltageKv`
 * of a pole (a pylon then), `sort: tram` of a rail. Empty where no pack asks about it.
 */
export function siteWordsOf({ type, attributes }: SurfaceFeature): readonly SiteWord[] {
  switch (type) {
    case 'building': case 'kerb': case 'water_body': return [type]
    case 'tree': return [attributes['sort'] === 'shrub' ? 'shrub' : 'tree']
    case 'pole': {
      const voltage = Number(attributes['voltageKv'] ?? 0)
      return [voltage > SMALL_PYLON_KV ? 'pylon_gt35kv' : voltage > 0 ? 'pylon_le35kv' : 'pole_light']
    }
    case 'rail': return attributes['sort'] === 'tram' ? ['tram_rail', 'tram_rail_bottom'] : ['rail', 'railway_bottom']
    default: return []
  }
}
