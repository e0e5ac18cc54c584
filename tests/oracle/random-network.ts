/**
 * Seeded small networks made of awkward spots. Same options, same network. Coordinates that must meet
 * exactly are multiples of 1/64 m, so that they still meet after translation by 3.6e6 m.
 */
import type { AssetProperties, FeatureCollection, LineFeature } from './types.ts'
import { AWKWARDNESSES, type Awkwardness, type Pen, type Random } from './pen.ts'
import { MOTIFS } from './random-motifs.ts'

export interface NetworkOptions {
  seed: number
  /** Number of assets wanted; the last spot may exceed it by a few. */
  assets: number
  awkwardnesses?: readonly Awkwardness[]
  /** Side of the square that spots are strewn over, m; small makes them interfere. */
  sizeM?: number
  /** Share of assets lacking a property (kind, owner, size, pressure, voltage, laying). */
  missingShare?: number
}

/** mulberry32: uniform numbers in [0, 1). */
export function mulberry32(seed: number): Random {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function randomNetwork(options: NetworkOptions): FeatureCollection {
  const random = mulberry32(options.seed)
  const sizeM = options.sizeM ?? 24
  const features: LineFeature[] = []
  let centre: readonly [number, number] = [0, 0]
  const pen: Pen = {
    random,
    range: (min, max) => min + (max - min) * random(),
    grid: (min, max) => Math.round((min + (max - min) * random()) * 64) / 64,
    pick: (list) => {
      const value = list[Math.floor(random() * list.length)]
      if (value === undefined) throw new RangeError('pick from an empty list')
      return value
    },
    properties: () => randomProperties(pen, options.missingShare ?? 0.05),
    line: (coordinates, properties = pen.properties()) => {
      features.push({
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: coordinates.map(([x = 0, y = 0, z = 0]) => [x + centre[0], y + centre[1], z]),
        },
        properties: { id: `n${String(features.length).padStart(3, '0')}`, ...properties },
      })
    },
  }
  while (features.length < options.assets) {
    centre = [pen.grid(0, sizeM), pen.grid(0, sizeM)]
    MOTIFS[pen.pick(options.awkwardnesses ?? AWKWARDNESSES)](pen)
  }
  return { type: 'FeatureCollection', features }
}

function randomProperties(pen: Pen, missingShare: number): Omit<AssetProperties, 'id'> {
  const kind = pen.pick(['water', 'water', 'sewer_foul', 'sewer_storm', 'gas', 'gas', 'power', 'telecom', 'heat'])
  const properties: Omit<AssetProperties, 'id'> = { kind, owner: pen.pick(['east', 'west']), diameterM: pen.pick([0.1, 0.2, 0.3, 0.5]) }
  if (kind === 'gas') properties.pressureClass = pen.pick(['low', 'medium_a', 'medium_b', 'high'])
  if (kind === 'power') { properties.voltageKv = pen.pick([0.4, 10, 35, 220]); properties.laying = pen.pick(['direct', 'duct']); }
  for (const key of ['kind', 'owner', 'diameterM', 'pressureClass', 'voltageKv', 'laying']) {
    if (pen.random() < missingShare) delete properties[key]
  }
  const fate = pen.random()
  if (fate < 0.03) properties.status = 'removed'
  else if (fate < 0.06) properties.status = 'abandoned'
  return properties
}
