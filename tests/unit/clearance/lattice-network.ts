import { seededRandom } from '#shared/core/random.ts'
import type { FeatureCollection, LineFeature } from '#tests/oracle/types.ts'

export interface LatticeOptions {
  readonly seed: number
  readonly assets: number
  /** Side of the square, in steps. */
  readonly steps: number
  /** Length of a step, metres. */
  readonly stepM: number
  /** Share of the steps that go straight up or down. */
  readonly riserShare: number
}

const LEVELS = [0, -0.75, -1.5, -4]

/**
 * A small network on a coarse lattice: lines share corners, ends, whole stretches and risers all the time, which
 * random coordinates never do. The same for the same options.
 */
export function latticeNetwork({ seed, assets, steps, stepM, riserShare }: LatticeOptions): FeatureCollection {
  const random = seededRandom(seed)
  const features: LineFeature[] = []
  for (let k = 0; k < assets; k++) {
    let [x, y, level] = [random.int(steps + 1), random.int(steps + 1), random.int(LEVELS.length)]
    const at = (): number[] => [x * stepM, y * stepM, LEVELS[level]!]
    const line = [at()]
    const count = 1 + random.int(3)
    while (line.length <= count) {
      const before = at()
      if (random.chance(riserShare)) level = random.int(LEVELS.length)
      else {
        const [dx, dy] = [random.int(5) - 2, random.int(5) - 2]
        x = Math.min(steps, Math.max(0, x + dx))
        y = Math.min(steps, Math.max(0, y + dy))
        // Some parts slope.
        if (random.chance(0.2)) level = random.int(LEVELS.length)
      }
      if (at().some((value, axis) => value !== before[axis])) line.push(at())
    }
    const kind = random.pick(['water', 'sewer_foul', 'gas'])
    features.push({
      type: 'Feature', geometry: { type: 'LineString', coordinates: line },
      properties: {
        id: `l${String(k).padStart(2, '0')}`, kind, owner: random.pick(['east', 'west']),
        ...(random.chance(0.15) ? { widthM: 0.5, heightM: 0.25 } : { diameterM: random.pick([0.125, 0.25, 0.5]) }),
        ...(kind === 'gas' && { pressureClass: random.pick(['low', 'medium_a']) }),
      },
    })
  }
  return { type: 'FeatureCollection', features }
}
