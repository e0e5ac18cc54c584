import { describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '#shared/core/random.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import { aLine, aManhole, cell, lineFindings, linePack } from './line-rules-builder.ts'

/** A straight line somewhere in a square of `sizeM`, at levels of its own. */
const somewhere = (random: Random, id: string, kind: AssetKind, sizeM: number): AssetRecord => {
  const point = (): Vec3 => [random.range(0, sizeM), random.range(0, sizeM), -random.range(0.5, 4)]
  return aLine(id, kind, [point(), point()])
}

/** Where two straight lines cross in plan: the acute angle in degrees and both levels there; null where they do not. */
function crossing({ axis: [p, q] }: AssetRecord, { axis: [r, s] }: AssetRecord) {
  const [d, e] = [[q![0] - p![0], q![1] - p![1]], [s![0] - r![0], s![1] - r![1]]] as const
  const cross = d[0]! * e[1]! - d[1]! * e[0]!
  const [x, y] = [r![0] - p![0], r![1] - p![1]]
  const [t, u] = [(x * e[1]! - y * e[0]!) / cross, (x * d[1]! - y * d[0]!) / cross]
  if (t < 0 || t > 1 || u < 0 || u > 1) return null
  const degrees = (Math.abs(Math.atan2(d[1]!, d[0]!) - Math.atan2(e[1]!, e[0]!)) * 180) / Math.PI % 180
  return { deg: Math.min(degrees, 180 - degrees), z: p![2] + t * (q![2] - p![2]), otherZ: r![2] + u * (s![2] - r![2]) }
}

describe('angle and order of crossings against plane geometry', () => {
  const pack = linePack({ crossingAngle: [cell({ class: 'water', with: 'gas', minDeg: 60 })], levelOrder: cell({ ranks: [['gas'], ['water']] }) })

  it('random straight lines: every pair, every figure, and no other (seeds 1 … 60)', () => {
    let seen = 0
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed)
      const [gas, water] = (['gas', 'water'] as const).map(kind => Array.from({ length: 6 }, (_, k) => somewhere(random, `${kind}${k}`, kind, 30))) as [AssetRecord[], AssetRecord[]]
      const expected = gas.flatMap(g => water.flatMap(w => {
        const at = crossing(g, w)
        return at === null ? [] : [
          ...(at.deg < 60 ? [`crossing_angle ${g.id} ${w.id} ${at.deg.toFixed(5)}`] : []),
          // Under 30° lines count as running along each other.
          ...(at.deg >= 30 && at.z < at.otherZ ? [`level_order ${g.id} ${w.id} ${(at.z - at.otherZ).toFixed(5)}`] : []),
        ]
      }))
      const found = lineFindings(pack, [...gas, ...water]).flatMap(({ a, b, rule, found: figure, others }) => [{ rule, found: figure }, ...others].map(one => `${one.rule} ${a.join()} ${b.join()} ${one.found.toFixed(5)}`))
      expect(found.sort(), `seed ${seed}`).toEqual(expected.sort())
      seen += expected.length
    }
    expect(seen).toBeGreaterThan(300)
  })
})

describe('distance to manholes against a search along the line', () => {
  const pack = linePack({ structures: [cell({ class: 'gas', nodeType: 'manhole', minM: 1 })] })

  it('random lines about random manholes: every one nearer than a metre, by how much, and no other (seeds 100 … 179)', () => {
    let seen = 0
    for (let seed = 100; seed < 180; seed++) {
      const random = seededRandom(seed)
      const lines = Array.from({ length: 5 }, (_, k) => somewhere(random, `g${k}`, 'gas', 8))
      const nodes = Array.from({ length: 4 }, (_, k) => aManhole(`m${k}`, [random.range(0, 8), random.range(0, 8), 0], -random.range(1, 3), { diameterM: random.range(0.6, 1.6) }))
      const expected = new Map<string, number>()
      for (const { id, axis: [p, q] } of lines) {
        for (const node of nodes) {
          // From a point of the axis to an upright cylinder, less the pipe's radius: convex along the line, so a search by thirds ends at the least.
          const clear = (t: number): number => {
            const [x, y, z] = [0, 1, 2].map(k => p![k]! + t * (q![k]! - p![k]!)) as [number, number, number]
            const beside = Math.hypot(x - node.at[0], y - node.at[1]) - node.diameterM! / 2
            return Math.hypot(Math.max(beside, 0), Math.max(node.bottomZ! - z, z - node.at[2], 0)) - 0.1
          }
          let [low, high] = [0, 1]
          for (let k = 0; k < 200; k++) {
            const [t, u] = [low + (high - low) / 3, high - (high - low) / 3]
            if (clear(t) <= clear(u)) high = u
            else low = t
          }
          const least = clear((low + high) / 2)
          if (least < 1 - 1e-6) expected.set(`${id} ${node.id}`, least)
        }
      }
      const findings = lineFindings(pack, lines, { nodes })
      const worst = new Map<string, { readonly rule: string; readonly found: number }>()
      for (const { a, b, rule, found } of findings) {
        const key = `${a.join()} ${b.join()}`
        if (!worst.has(key) || worst.get(key)!.found > found) worst.set(key, { rule, found })
      }
      expect([...worst.keys()].sort(), `seed ${seed}`).toEqual([...expected.keys()].sort())
      for (const [key, least] of expected) {
        const { rule, found } = worst.get(key)!
        // Inside the body there is no clear distance: only that it is struck can be told from outside.
        if (least > -0.1 + 1e-9) expect([key, rule, found.toFixed(5)]).toEqual([key, least < -0.001 ? 'structure_hard' : 'structure', least.toFixed(5)])
        else expect([key, rule, found < -0.1 + 1e-6]).toEqual([key, 'structure_hard', true])
      }
      seen += expected.size
    }
    expect(seen).toBeGreaterThan(150)
  })
})
