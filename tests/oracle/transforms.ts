/** Changes to a network that must not change what is found (metamorphic tests). */
import type { FeatureCollection, LineFeature } from './types.ts'
import { mulberry32 } from './random-network.ts'

export function translate(network: FeatureCollection, dx: number, dy: number, dz = 0): FeatureCollection {
  return mapLines(network, (line) => line.map(([x = 0, y = 0, z = 0]) => [x + dx, y + dy, z + dz]))
}

/** Reverses the drawing direction of about half of the lines (of all with `all`). */
export function reverseDirections(network: FeatureCollection, seed: number, all = false): FeatureCollection {
  const random = mulberry32(seed)
  return mapLines(network, (line) => (all || random() < 0.5 ? [...line].reverse() : line))
}

export function shuffleOrder(network: FeatureCollection, seed: number): FeatureCollection {
  const random = mulberry32(seed)
  const features = [...network.features]
  for (let i = features.length - 1; i > 0; i -= 1) {
    const k = Math.floor(random() * (i + 1))
    const [one, other] = [features[i], features[k]]
    if (one && other) { features[i] = other; features[k] = one; }
  }
  return { ...network, features }
}

/** Adds vertices at the middle of about half of the segments, up to three times over. */
export function splitSegments(network: FeatureCollection, seed: number): FeatureCollection {
  const random = mulberry32(seed)
  const split = (line: number[][]): number[][] => line.flatMap((point, i) => {
    const next = line[i + 1]
    if (next === undefined || random() < 0.5) return [point]
    return [point, point.map((value, axis) => (value + (next[axis] ?? 0)) / 2)]
  })
  return mapLines(network, (line) => split(split(split(line))))
}

function mapLines(network: FeatureCollection, change: (line: number[][]) => number[][]): FeatureCollection {
  return {
    ...network,
    features: network.features.map((f): LineFeature => ({
      ...f,
      geometry: { ...f.geometry, coordinates: change(f.geometry.coordinates) },
    })),
  }
}

/** Cuts about half of the assets in two at a point of a sloping or level segment; ids gain `.1` and `.2`. */
export function splitAssets(network: FeatureCollection, seed: number): FeatureCollection {
  const random = mulberry32(seed)
  const features = network.features.flatMap((f): LineFeature[] => {
    const line = f.geometry.coordinates
    const i = Math.floor(random() * (line.length - 1))
    const [p = [], q = []] = [line[i], line[i + 1]]
    if (random() < 0.5 || (p[0] === q[0] && p[1] === q[1])) return [f]
    const x = random() < 0.5 ? 0.5 : 0.375
    const cut = p.map((value, axis) => value + ((q[axis] ?? 0) - value) * x)
    const part = (suffix: string, coordinates: number[][]): LineFeature =>
      ({ ...f, properties: { ...f.properties, id: `${f.properties.id}.${suffix}` }, geometry: { type: 'LineString', coordinates } })
    return [part('1', [...line.slice(0, i + 1), cut]), part('2', [cut, ...line.slice(i + 1)])]
  })
  return { ...network, features }
}
