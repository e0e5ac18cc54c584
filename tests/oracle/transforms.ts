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
