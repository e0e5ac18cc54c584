import { describe, expect, it } from 'vitest'
import type { Basis } from '#shared/rules/rule-pack.ts'
import { shipped } from './packs.ts'

/** One value of a pack, written here by hand from the compiled standards, never from the pack. */
type Spot =
  | readonly [table: 'horizontal' | 'distance' | 'vertical', first: string, second: string, minM: number, basis: Basis]
  | readonly [table: 'cover' | 'surroundings', ofClass: string, place: string, minM: number, basis: Basis]

const SPOTS: Readonly<Record<string, readonly Spot[]>> = {
  'gb50028-2006': [
    ['horizontal', 'gas_low', 'water', 0.5, 'memory'], ['horizontal', 'gas_shp_b', 'water', 1, 'memory'],
    ['horizontal', 'gas_mp_a', 'sewer', 1.2, 'sister'], ['horizontal', 'gas_shp_a', 'sewer', 2, 'sister'],
    ['horizontal', 'gas_low', 'cable_conduit', 1, 'memory'], ['horizontal', 'gas_shp_a', 'cable_direct', 1.5, 'memory'],
    ['horizontal', 'gas_shp_b', 'heat_direct', 1.5, 'quoted'], ['horizontal', 'gas_shp_a', 'heat_trench', 4, 'quoted'], ['horizontal', 'gas_mp_b', 'heat_trench', 1.5, 'quoted'],
    ['horizontal', 'gas_le300', 'gas_le300', 0.4, 'sister'], ['horizontal', 'gas_gt300', 'gas_gt300', 0.5, 'quoted'],
    ['vertical', 'gas', 'water', 0.15, 'quoted'], ['vertical', 'gas', 'cable_direct', 0.5, 'quoted'], ['vertical', 'gas', 'cable_conduit', 0.15, 'quoted'],
    ['surroundings', 'gas_low', 'building', 0.7, 'quoted'], ['surroundings', 'gas_shp_a', 'building', 13.5, 'quoted'],
    ['surroundings', 'gas_shp_b', 'pylon_gt35kv', 5, 'quoted'], ['surroundings', 'gas_mp_a', 'tree', 0.75, 'quoted'], ['surroundings', 'gas_shp_b', 'tree', 1.2, 'quoted'],
    ['surroundings', 'gas', 'railway_bottom', 1.2, 'quoted'], ['surroundings', 'gas', 'tram_rail_bottom', 1, 'quoted'],
    ['cover', 'gas', 'roadway', 0.9, 'quoted'], ['cover', 'gas', 'footway', 0.6, 'quoted'],
  ],
  'gb50217-2007': [
    ['horizontal', 'power_le10', 'power_le10', 0.1, 'quoted'], ['horizontal', 'power_gt10', 'power_gt10', 0.25, 'quoted'],
    ['horizontal', 'power_direct', 'heat', 2, 'quoted'], ['horizontal', 'power_direct', 'gas', 1, 'quoted'], ['horizontal', 'power_direct', 'other_pipe', 0.5, 'quoted'],
    ['vertical', 'power_direct', 'power_direct', 0.5, 'quoted'], ['vertical', 'power_direct', 'gas', 0.5, 'quoted'],
    ['surroundings', 'power_direct', 'building', 0.6, 'quoted'], ['surroundings', 'power_direct', 'tree', 0.7, 'quoted'], ['surroundings', 'power_direct', 'rail', 3, 'quoted'],
    ['cover', 'power_direct', 'roadway', 1, 'quoted'], ['cover', 'power_direct', 'footway', 0.7, 'quoted'],
  ],
  gb50373: [
    ['horizontal', 'telecom_duct', 'water_le300', 0.5, 'memory'], ['horizontal', 'telecom_duct', 'water_300_500', 1, 'memory'], ['horizontal', 'telecom_duct', 'water_gt500', 1.5, 'memory'],
    ['horizontal', 'telecom_duct', 'gas_le04', 1, 'memory'], ['horizontal', 'telecom_duct', 'gas_04_16', 2, 'memory'], ['horizontal', 'telecom_duct', 'power_gt35', 2, 'memory'],
    ['vertical', 'telecom_duct', 'gas', 0.3, 'memory'], ['vertical', 'telecom_duct', 'heat', 0.25, 'memory'], ['vertical', 'telecom_duct', 'power', 0.5, 'memory'],
    ['surroundings', 'telecom_duct', 'building', 2, 'memory'], ['surroundings', 'telecom_duct', 'railway_bottom', 1.5, 'memory'],
    ['cover', 'telecom_duct', 'footway', 0.5, 'memory'], ['cover', 'telecom_duct', 'roadway', 0.7, 'memory'],
  ],
  'gb50838-2015': [['horizontal', 'tunnel', 'pipeline', 1, 'memory'], ['vertical', 'tunnel', 'pipeline', 0.5, 'memory']],
  'gb50014-2021': [
    ['horizontal', 'sewer', 'water_le200', 1, 'quoted'], ['horizontal', 'sewer', 'water_gt200', 1.5, 'quoted'], ['horizontal', 'sewer', 'gas_mp_b', 1.2, 'quoted'], ['horizontal', 'sewer', 'gas_shp_a', 2, 'quoted'],
    ['horizontal', 'sewer', 'reclaimed', 0.5, 'quoted'], ['horizontal', 'sewer', 'heat', 1.5, 'quoted'], ['horizontal', 'sewer', 'telecom_duct', 1, 'quoted'],
    ['vertical', 'sewer', 'water', 0.4, 'quoted'], ['vertical', 'sewer', 'telecom_direct', 0.5, 'quoted'], ['vertical', 'sewer', 'power_conduit', 0.25, 'quoted'],
    ['surroundings', 'sewer', 'building', 2.5, 'quoted'], ['surroundings', 'sewer', 'railway_bottom', 1.2, 'quoted'],
    ['cover', 'sewer', 'roadway', 0.7, 'quoted'], ['cover', 'sewer', 'footway', 0.6, 'quoted'],
  ],
  'ten-states': [['horizontal', 'water', 'sewer', 3.048, 'sister'], ['vertical', 'water', 'sewer', 0.4572, 'sister']],
  'us-49cfr192': [['distance', 'gas', 'other_structure', 0.3048, 'memory'], ['cover', 'gas_transmission', 'roadway', 0.9144, 'memory']],
  'de-practice': [
    ['horizontal', 'water', 'line', 0.4, 'memory'], ['vertical', 'water', 'line', 0.2, 'memory'], ['vertical', 'line', 'line', 0.2, 'sister'],
    ['cover', 'line', 'roadway', 0.5, 'quoted'], ['surroundings', 'line', 'tree', 2.5, 'memory'],
  ],
  'uk-street-works': [
    ['cover', 'power_lv', 'footway', 0.45, 'sister'], ['cover', 'power_lv', 'roadway', 0.6, 'sister'], ['cover', 'power_11_20', 'footway', 0.6, 'sister'], ['cover', 'power_11_20', 'roadway', 0.75, 'conflict'],
    ['cover', 'power_33_132', 'footway', 0.9, 'conflict'], ['cover', 'power_33_132', 'roadway', 0.9, 'sister'],
    ['cover', 'gas', 'footway', 0.6, 'memory'], ['cover', 'gas', 'roadway', 0.75, 'sister'], ['cover', 'water', 'footway', 0.75, 'sister'],
    ['cover', 'telecom', 'footway', 0.35, 'quoted'], ['cover', 'telecom', 'roadway', 0.6, 'memory'], ['distance', 'gas', 'cable_or_pipe', 0.3, 'memory'],
  ],
  en805: [['horizontal', 'water', 'line', 0.4, 'memory'], ['vertical', 'water', 'line', 0.2, 'memory']],
}

describe.each(Object.entries(SPOTS))('%s holds the compiled values', (id, spots) => {
  const pack = shipped(id)

  it.each(spots)('%s %s – %s: %s m, %s', (table, first, second, minM, basis) => {
    const found = table === 'cover' ? pack.cover.filter(cell => cell.class === first && cell.surface === second)
      : table === 'surroundings' ? pack.surroundings.filter(cell => cell.class === first && cell.feature === second)
        : table === 'vertical' ? pack.vertical.filter(cell => cell.either === true && cell.upper === first && cell.lower === second)
          : pack[table].filter(cell => cell.a === first && cell.b === second)
    expect(found.map(cell => [cell.minM, cell.basis])).toEqual([[minM, basis]])
  })
})

it('feet and inches are turned exactly and stand in the note', () => {
  const [tenFeet, eighteenInches] = [shipped('ten-states').horizontal[0]!, shipped('ten-states').vertical[0]!]
  expect([tenFeet.minM, eighteenInches.minM].map(metres => Math.round(metres * 1e9) / 304_800_000)).toEqual([10, 1.5])
  expect([tenFeet.note, eighteenInches.note]).toEqual([expect.stringMatching(/^10 ft/), expect.stringMatching(/^18 in/)])
})

it('water in Britain has a most as well as a least', () => {
  expect(shipped('uk-street-works').cover.filter(cell => cell.class === 'water').map(cell => [cell.minM, cell.maxM])).toEqual([[0.75, 1.35], [0.75, 1.35]])
})
