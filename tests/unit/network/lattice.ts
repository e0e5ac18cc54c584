import { seededRandom } from '#shared/core/random.ts'
import type { AssetRecord, NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import type { NodeType } from '#shared/twin/kinds.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

/** Half the spacing of the lattice: valves stand on lattice points and half-way between. */
export const STEP_M = 5

/** A water network on a square lattice, and the same as unit pieces that a plain search understands. */
export interface Lattice {
  readonly assets: readonly AssetRecord[]
  readonly nodes: readonly NodeRecord[]
  /** Every stretch of STEP_M: its asset and both ends as `x,y`. */
  readonly units: readonly { readonly asset: string; readonly ends: readonly [string, string] }[]
  readonly typeAt: ReadonlyMap<string, NodeType>
}

const key = (x: number, y: number): string => `${x},${y}`

/** Pipes of one to three lattice edges in a row, some doubled by tees, with valves and up to three sources. */
export function randomLattice(seed: number): Lattice {
  const random = seededRandom(seed)
  const [columns, rows] = [3 + random.int(4), 3 + random.int(4)]
  const builder = TwinBuilder.with()
  const units: Lattice['units'][number][] = []
  const points = new Set<string>()
  let count = 0
  const lay = (x: number, y: number, dx: number, dy: number, cells: number): void => {
    const id = `P${count++}`
    const z = (px: number, py: number) => 100 + 0.01 * px + 0.02 * py
    const axis: Vec3[] = [[x, y, z(x, y)], [x + dx * cells, y + dy * cells, z(x + dx * cells, y + dy * cells)]]
    builder.aPipe(id, random.chance(0.5) ? axis : [...axis].reverse())
    for (let k = 0; k < 2 * cells; k++) {
      const ends = [key(x + (dx * k) / 2, y + (dy * k) / 2), key(x + (dx * (k + 1)) / 2, y + (dy * (k + 1)) / 2)] as const
      units.push({ asset: id, ends })
      ends.forEach(end => points.add(end))
    }
  }
  for (const isRow of [true, false]) {
    for (let line = 0; line < (isRow ? rows : columns); line++) {
      const cells = (isRow ? columns : rows) - 1
      for (let at = 0; at < cells; ) {
        const length = Math.min(cells - at, 1 + random.int(3))
        if (random.chance(0.75)) {
          if (isRow) lay(at * 2 * STEP_M, line * 2 * STEP_M, 2 * STEP_M, 0, length)
          else lay(line * 2 * STEP_M, at * 2 * STEP_M, 0, 2 * STEP_M, length)
        }
        at += length
      }
    }
  }
  const typeAt = new Map<string, NodeType>()
  for (const point of points) {
    const [x, y] = point.split(',').map(Number) as [number, number]
    const type: NodeType | null = random.chance(0.25) ? 'valve' : random.chance(0.03) ? 'source' : random.chance(0.02) ? 'tank' : null
    if (!type) continue
    typeAt.set(point, type)
    builder.aValve(`N@${point}`, [x, y, 100 + 0.01 * x + 0.02 * y], { nodeType: type })
  }
  const { assets, nodes } = builder.build()
  // Lines that pass each other with neither an end nor a node there do not meet.
  const pipeEnds = new Set(assets.flatMap(({ axis }) => [axis[0]!, axis.at(-1)!].map(([x, y]) => key(x, y))))
  const named = (point: string, asset: string): string => (pipeEnds.has(point) || typeAt.has(point) ? point : `${point}#${asset}`)
  return { assets, nodes, typeAt, units: units.map(({ asset, ends }) => ({ asset, ends: [named(ends[0], asset), named(ends[1], asset)] as const })) }
}
