import { describe, expect, it } from 'vitest'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { GridSurface } from '#shared/twin/ground.ts'
import { seededRandom } from '#shared/core/random.ts'
import { leastGaps, type OracleFeature, type Plan } from '#tests/oracle/surroundings.ts'
import { aFeature, aLine, aManhole, cell, figures, lineFindings, linePack, prepared } from './line-rules-builder.ts'
import { checkNetwork } from '#shared/clearance/check.ts'

const along = (y: number, z = -1): readonly Vec3[] => [[0, y, z], [20, y, z]]
const level = (z: number): GridSurface => ({ type: 'grid', name: 'ground', cols: 2, rows: 2, cellSizeM: 200, x0: -100, y0: -100, z: new Float64Array(4).fill(z) })

describe('distance to what stands on the ground', () => {
  const limits = { kerb: 1.5, tree: 1, building: 2.5 }
  const pack = linePack({ surroundings: Object.entries(limits).map(([feature, minM]) => cell({ class: 'water', feature, minM })) })

  it('is from the outer surface: a tree 0.9 from the axis is 0.8 away', () => {
    expect(figures(lineFindings(pack, [aLine('w', 'water', along(0))], { surfaceFeatures: [aFeature('t', 'tree', [[5, 0.9]])] })))
      .toEqual([{ rule: 'surroundings', a: 'w', b: 't', found: 0.8, required: 1 }])
    expect(lineFindings(pack, [aLine('w', 'water', along(0))], { surfaceFeatures: [aFeature('t', 'tree', [[5, 1.1]])] })).toEqual([])
  })

  it('ends where the tree is far enough: √(1.1² − 0.9²) on either side', () => {
    const [finding] = lineFindings(pack, [aLine('w', 'water', along(0))], { surfaceFeatures: [aFeature('t', 'tree', [[5, 0.9]])] })
    const half = Math.sqrt(1.1 ** 2 - 0.9 ** 2)
    expect(finding!.stretch.fromChainageM).toBeCloseTo(5 - half, 5)
    expect(finding!.stretch.toChainageM).toBeCloseTo(5 + half, 5)
    expect(finding!.against).toEqual({ sort: 'feature', type: 'tree' })
  })

  it('does not hold round a square crossing of a kerb, but does where the line then runs beside it', () => {
    const kerb = aFeature('k', 'kerb', [[-30, 3], [30, 3]])
    expect(lineFindings(pack, [aLine('w', 'water', [[5, -10, -1], [5, 10, -1]])], { surfaceFeatures: [kerb] })).toEqual([])
    // Crosses at (5, 3), turns at (5, 4): 1 m from the kerb's line for the rest, the zone reaching 1.6 m along.
    const turned = lineFindings(pack, [aLine('w', 'water', [[5, -10, -1], [5, 4, -1], [15, 4, -1]])], { surfaceFeatures: [kerb] })
    expect(figures(turned)).toEqual([{ rule: 'surroundings', a: 'w', b: 'k', found: 0.9, required: 1.5 }])
    expect(turned[0]!.stretch.fromChainageM).toBeCloseTo(13 + 1.6, 9)
  })

  it('the zone of a crossing goes on through a joint to lines of the same kind and owner', () => {
    const kerb = aFeature('k', 'kerb', [[-30, 3], [30, 3]])
    const pieces = [aLine('w1', 'water', [[5, -10, -1], [5, 3.5, -1]]), aLine('w2', 'water', [[5, 3.5, -1], [5, 10, -1]])]
    expect(lineFindings(pack, pieces, { surfaceFeatures: [kerb] })).toEqual([])
  })

  it('a house connection may come up to its own building, and no other', () => {
    const house = aFeature('h', 'building', [[0, 5], [10, 5], [10, 15], [0, 15]])
    const other = aFeature('o', 'building', [[11, 0], [20, 0], [20, 15], [11, 15]])
    const service = aLine('w', 'water', [[9, -10, -1], [9, 4.8, -1]])
    expect(figures(lineFindings(pack, [service], { surfaceFeatures: [house] }))).toEqual([])
    expect(figures(lineFindings(pack, [service], { surfaceFeatures: [house, other] }))).toEqual([{ rule: 'surroundings', a: 'w', b: 'o', found: 1.9, required: 2.5 }])
  })

  it('under a building there is no distance at all', () => {
    const house = aFeature('h', 'building', [[5, -20], [15, -20], [15, 20], [5, 20]])
    expect(figures(lineFindings(pack, [aLine('w', 'water', along(0))], { surfaceFeatures: [house] }))).toEqual([{ rule: 'surroundings', a: 'w', b: 'h', found: -0.1, required: 2.5 }])
  })

  it('holds down to the depth that the cell names', () => {
    const shallow = linePack({ surroundings: [cell({ class: 'water', feature: 'tree', minM: 1, maxDepthM: 3 })] })
    const found = (z: number) => lineFindings(shallow, [aLine('w', 'water', along(0, z))], { surfaceFeatures: [aFeature('t', 'tree', [[5, 0.9]])], ground: level(0) }).length
    // Crown at z + 0.1: 2.9 deep, and 3.1.
    expect([found(-3), found(-3.2)]).toEqual([1, 0])
    // Falling from 2 to 4 m of axis depth over 20 m, the crown is 3 m deep at x = 11.
    const [finding] = lineFindings(shallow, [aLine('w', 'water', [[0, 0, -2], [20, 0, -4]])], { surfaceFeatures: [aFeature('t', 'tree', [[11.5, 0]])], ground: level(0) })
    expect(finding!.found).toBeCloseTo(0.5 - 0.1, 4)
  })

  it('knows a shrub, a pylon and a tram from the attributes', () => {
    const words = linePack({ surroundings: [['shrub', 1], ['pylon_gt35kv', 2.5], ['tram_rail', 2]].map(([feature, minM]) => cell({ class: 'water', feature, minM })) })
    const surfaceFeatures = [aFeature('s', 'tree', [[5, 0.5]], { sort: 'shrub' }), aFeature('p', 'pole', [[10, 2]], { voltageKv: 110 }), aFeature('r', 'rail', [[0, -1], [20, -1]], { sort: 'tram' }), aFeature('t', 'tree', [[8, 0.2]])]
    expect(figures(lineFindings(words, [aLine('w', 'water', along(0))], { surfaceFeatures })).map(({ b, found }) => [b, found])).toEqual([['p', 1.9], ['r', 0.9], ['s', 0.4]])
  })

  it('under a rail the level counts: crown 0.9 m below the ground at 1.2', () => {
    const rail = linePack({ surroundings: [cell({ class: 'water', feature: 'railway_bottom', minM: 1.2 })], crossingAngle: [cell({ class: 'water', feature: 'rail', minDeg: 60 })] })
    const surfaceFeatures = [aFeature('r', 'rail', [[0, 0], [20, 0]])]
    expect(figures(lineFindings(rail, [aLine('w', 'water', [[5, -5, -1], [5, 5, -1]])], { surfaceFeatures, ground: level(0) }))).toEqual([{ rule: 'surroundings_level', a: 'w', b: 'r', found: 0.9, required: 1.2 }])
    // Deep enough, but at 45°.
    expect(figures(lineFindings(rail, [aLine('w', 'water', [[5, -5, -2], [15, 5, -2]])], { surfaceFeatures, ground: level(0) }))).toEqual([{ rule: 'crossing_angle', a: 'w', b: 'r', found: 45, required: 60 }])
  })

  it('what is only possible within the uncertainty is told as possible', () => {
    const surfaceFeatures = [aFeature('t', 'tree', [[5, 1.15]])]
    const findings = (accuracyPlanM: number) => lineFindings(pack, [aLine('w', 'water', along(0), { accuracyPlanM })], { surfaceFeatures })
    // 1.05 away at 1.
    expect(findings(0.04)).toEqual([])
    expect(findings(0.06)).toMatchObject([{ verdict: 'possible', rule: 'surroundings' }])
  })

  it('agrees with dense sampling on random lines among kerbs, trees and buildings (seeds 1 … 200)', () => {
    let compared = 0
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed)
      const point = (): Plan => [random.range(0, 30), random.range(0, 30)]
      const axis = Array.from({ length: 2 + Math.floor(random.range(0, 4)) }, point)
      const diameterM = random.range(0.1, 1)
      const features: OracleFeature[] = [
        ...[0, 1].map((i): OracleFeature => ({ id: `k${i}`, type: 'kerb', points: Array.from({ length: 3 }, point) })),
        ...[0, 1, 2].map((i): OracleFeature => ({ id: `t${i}`, type: 'tree', points: [point()] })),
        ...[0, 1].map((i): OracleFeature => {
          const [x, y] = point()
          const [w, h] = [random.range(2, 8), random.range(2, 8)]
          return { id: `b${i}`, type: 'building', points: [[x, y], [x + w, y], [x + w, y + h], [x, y + h]] }
        }),
      ]
      const expected = leastGaps(axis, diameterM / 2, features, limits, 0.02)
      const found = lineFindings(pack, [aLine('w', 'water', axis.map(([x, y]): Vec3 => [x, y, -1]), { section: { shape: 'circle', diameterM } })], { surfaceFeatures: features.map(({ id, type, points }) => aFeature(id, type, points)) })
      for (const { id, type } of features) {
        const least = expected.get(id)!
        const rows = found.filter(finding => finding.b[0] === id)
        // The end of a zone is met to a step of 2 cm.
        if (Math.abs(least - limits[type]) < 0.025) continue
        expect(rows.length > 0, `seed ${seed} ${id} ${least}`).toBe(least < limits[type])
        if (rows.length > 0) expect(Math.abs(Math.min(...rows.map(row => row.found)) - least), `seed ${seed} ${id}`).toBeLessThan(0.025)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(1200)
  })
})

describe('gravity lines', () => {
  const pack = linePack({
    slope: [cell({ class: 'sewer_foul', min: 0.003, max: 0.05 })],
    levelJump: [cell({ class: 'sewer_foul', maxRiseM: 0, maxDropM: 1 })],
    velocity: [cell({ class: 'sewer_foul', roughness: 0.013, minMps: 0.6 })],
  })
  const slopes = linePack({ slope: [cell({ class: 'sewer_foul', min: 0.003, max: 0.05 })] })
  const sewer = (id: string, axis: readonly Vec3[], extra = {}) => aLine(id, 'sewer_foul', axis, extra)

  it('a fall of 2 ‰ is short of 3 ‰; 6 % is more than 5 %', () => {
    expect(figures(lineFindings(slopes, [sewer('s', [[0, 0, 0], [100, 0, -0.2]])]))).toEqual([{ rule: 'slope', a: 's', b: '', found: 0.002, required: 0.003 }])
    expect(figures(lineFindings(slopes, [sewer('s', [[0, 0, 0], [100, 0, -6]])]))).toEqual([{ rule: 'slope_max', a: 's', b: '', found: 0.06, required: 0.05 }])
    expect(lineFindings(slopes, [sewer('s', [[0, 0, 0], [100, 0, -0.3]])])).toEqual([])
  })

  it('falls the way its run falls, however its pipes are drawn', () => {
    const upper: readonly Vec3[] = [[0, 0, 0], [100, 0, -1]]
    const lower: readonly Vec3[] = [[100, 0, -1], [200, 0, -2]]
    for (const [a, b] of [[upper, lower], [[...upper].reverse(), lower], [upper, [...lower].reverse()], [[...upper].reverse(), [...lower].reverse()]] as const) expect(lineFindings(slopes, [sewer('1', a), sewer('2', b)])).toEqual([])
  })

  it('a pipe that rises in a run that falls is adverse', () => {
    const run = [sewer('1', [[0, 0, 0], [100, 0, -1]]), sewer('2', [[100, 0, -1], [150, 0, -0.9]]), sewer('3', [[150, 0, -0.9], [250, 0, -3]])]
    expect(figures(lineFindings(slopes, run))).toEqual([{ rule: 'adverse_slope', a: '2', b: '', found: -0.002, required: 0.003 }])
  })

  it('velocity when full is Manning’s: Ø 200 at 3 ‰ runs at 0.572 m/s', () => {
    // (1 / 0.013) · 0.05^(2/3) · √0.003 = 76.923 · 0.135721 · 0.0547723.
    const rows = lineFindings(pack, [sewer('s', [[0, 0, 0], [100, 0, -0.3]])])
    expect(rows).toMatchObject([{ rule: 'velocity', unit: 'mps', required: 0.6 }])
    expect(rows[0]!.found).toBeCloseTo(0.5718, 4)
    // Q = 0.3117 / n · D^(8/3) · √S over the section.
    expect(rows[0]!.found).toBeCloseTo((0.3117 / 0.013) * 0.2 ** (8 / 3) * Math.sqrt(0.003) / (Math.PI * 0.01), 3)
  })

  it('slopes do not hang on vertices, directions, order or the place on Earth (seeds 1 … 100)', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed)
      let at: Vec3 = [0, 0, 0]
      const run = Array.from({ length: 5 }, (_, i) => {
        const next: Vec3 = [at[0] + 64 * Math.ceil(random.range(0, 4)), at[1] + 64 * Math.floor(random.range(-2, 3)), at[2] - Math.round(random.range(-1, 8)) / 16]
        const line = sewer(`s${i}`, [at, next])
        at = next
        return line
      })
      const rows = (lines: typeof run) => figures(lineFindings(slopes, lines)).map(row => ({ ...row, found: Math.round(row.found * 1e5) || 0 }))
      const expected = rows(run)
      expect(rows(run.map(line => ({ ...line, axis: [...line.axis].reverse() }))), `seed ${seed}`).toEqual(expected)
      expect(rows([...run].reverse()), `seed ${seed}`).toEqual(expected)
      expect(rows(run.map(line => ({ ...line, axis: [line.axis[0]!, mean(line.axis[0]!, line.axis[1]!), line.axis[1]!] }))), `seed ${seed}`).toEqual(expected)
      expect(rows(run.map(line => ({ ...line, axis: line.axis.map(([x, y, z]): Vec3 => [x + 3.6e6, y + 3.6e6, z]) }))), `seed ${seed}`).toEqual(expected)
      // By hand: each pipe's fall over its length, downstream as the whole run falls.
      const flow = run[0]!.axis[0]![2] >= run.at(-1)!.axis[1]![2] ? 1 : -1
      const short = run.filter(({ axis: [p, q] }) => (flow * (p![2] - q![2])) / Math.hypot(q![0] - p![0], q![1] - p![1]) < 0.003 - 1e-9)
      expect(new Set(expected.filter(row => row.rule !== 'slope_max').flatMap(row => row.a.split(' '))), `seed ${seed}`).toEqual(new Set(short.map(line => line.id)))
    }
  })

  it('where pipes meet the bottom may not step up, nor drop by more than 1 m', () => {
    const jump = linePack({ levelJump: [cell({ class: 'sewer_foul', maxRiseM: 0, maxDropM: 1 })] })
    // Ø 400 into Ø 200 on one axis: the bottom rises by 0.1.
    const small = [sewer('a', [[0, 0, 0], [50, 0, -1]], { section: { shape: 'circle', diameterM: 0.4 } }), sewer('b', [[50, 0, -1], [99, 0, -2]])]
    expect(figures(lineFindings(jump, small))).toEqual([{ rule: 'level_jump', a: 'a', b: 'b', found: 0.1, required: 0 }])
    expect(lineFindings(jump, [{ ...small[0]!, section: { shape: 'circle', diameterM: 0.2 } }, { ...small[1]!, section: { shape: 'circle', diameterM: 0.4 } }])).toEqual([])
    // Joined in a manhole only: 1.5 m lower.
    const drop = [sewer('a', [[0, 0, 0], [50, 0, -1]]), sewer('b', [[50, 0, -2.5], [99, 0, -3]])]
    expect(lineFindings(jump, drop)).toEqual([])
    expect(figures(lineFindings(jump, drop, { nodes: [aManhole('m', [50, 0, 2], -3)] }))).toEqual([{ rule: 'level_drop', a: 'a', b: 'b', found: 1.5, required: 1 }])
  })
})

const mean = (p: Vec3, q: Vec3): Vec3 => [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2]

describe('bends and turns', () => {
  const bends = linePack({ bend: [cell({ class: 'power', minRadiusM: 2 }), cell({ class: 'water', minDiameters: 30 })] })

  it('a corner with short legs has no room for the radius', () => {
    // 90°: the radius is the tangent. Legs 3 and 10, both to their ends: tangent 3; then legs 1.5 and 10.
    expect(lineFindings(bends, [aLine('p', 'power', [[0, 0, 0], [3, 0, 0], [3, 10, 0]])])).toEqual([])
    expect(figures(lineFindings(bends, [aLine('p', 'power', [[0, 0, 0], [1.5, 0, 0], [1.5, 10, 0]])]))).toEqual([{ rule: 'bend_radius', a: 'p', b: '', found: 1.5, required: 2 }])
  })

  it('between two corners each has half of the leg', () => {
    expect(figures(lineFindings(bends, [aLine('p', 'power', [[0, 0, 0], [9, 0, 0], [9, 3, 0], [20, 3, 0]])])).map(row => row.found)).toEqual([1.5, 1.5])
  })

  it('a curve of chords has the radius of its circle', () => {
    const arc = (radius: number): Vec3[] => Array.from({ length: 31 }, (_, i) => [radius * Math.cos(i / 20), radius * Math.sin(i / 20), 0])
    const [finding] = lineFindings(bends, [aLine('p', 'power', arc(1.9))])
    // The circle inside chords of 1/20 rad: R cos(1/40).
    expect(finding!.found).toBeCloseTo(1.9 * Math.cos(1 / 40), 9)
    expect(lineFindings(bends, [aLine('p', 'power', arc(2.01))])).toEqual([])
  })

  it('vertices on straight legs change nothing, nor does a joint instead of a vertex', () => {
    const one = figures(lineFindings(bends, [aLine('p', 'power', [[0, 0, 0], [1.5, 0, 0], [1.5, 10, 0]])]))
    expect(figures(lineFindings(bends, [aLine('p', 'power', [[0, 0, 0], [0.5, 0, 0], [1.5, 0, 0], [1.5, 1, 0], [1.5, 10, 0]])]))).toEqual(one)
    expect(figures(lineFindings(bends, [aLine('p', 'power', [[0, 0, 0], [1.5, 0, 0]]), aLine('q', 'power', [[1.5, 0, 0], [1.5, 10, 0]])]))).toEqual(one)
  })

  it('in diameters: 30 × 0.2 m', () => {
    expect(figures(lineFindings(bends, [aLine('w', 'water', [[0, 0, 0], [5, 0, 0], [5, 10, 0]])]))).toEqual([{ rule: 'bend_radius', a: 'w', b: '', found: 5, required: 6 }])
  })

  it('a sewer that turns back by more than a right angle', () => {
    const turns = linePack({ turn: [cell({ class: 'sewer_foul', minDeg: 90 })] })
    expect(lineFindings(turns, [aLine('s', 'sewer_foul', [[0, 0, 0], [10, 0, 0], [10, 10, 0]])])).toEqual([])
    expect(figures(lineFindings(turns, [aLine('s', 'sewer_foul', [[0, 0, 0], [10, 0, 0], [0, 10, 0]])]))).toEqual([{ rule: 'turn_angle', a: 's', b: '', found: 45, required: 90 }])
  })
})

describe('order and angle of crossings', () => {
  const order = (extra = {}) => linePack({ levelOrder: cell({ ranks: [['telecom', 'power'], ['gas'], ['water']], ...extra }) })

  it('the one that should be above lies below', () => {
    const cross = [aLine('g', 'gas', along(0, -2)), aLine('w', 'water', [[10, -9, -1], [10, 9, -1]])]
    expect(figures(lineFindings(order(), cross))).toEqual([{ rule: 'level_order', a: 'g', b: 'w', found: -1, required: 0 }])
    expect(lineFindings(order(), [aLine('g', 'gas', along(0, -1)), aLine('w', 'water', [[10, -9, -2], [10, 9, -2]])])).toEqual([])
    expect(lineFindings(order(), [aLine('p', 'power', along(0, -2)), aLine('t', 'telecom', [[10, -9, -1], [10, 9, -1]])]), 'one rank').toEqual([])
  })

  it('may be asked of planned lines alone', () => {
    const cross = (status: 'in_use' | 'planned') => [aLine('g', 'gas', along(0, -2), { status }), aLine('w', 'water', [[10, -9, -1], [10, 9, -1]])]
    expect([lineFindings(order({ plannedOnly: true }), cross('in_use')).length, lineFindings(order({ plannedOnly: true }), cross('planned')).length]).toEqual([0, 1])
  })

  it('lines that cross at less than the angle, also under 30°', () => {
    const angles = linePack({ crossingAngle: [cell({ class: 'water', with: 'gas', minDeg: 60 })] })
    const cross = (deg: number) => [aLine('g', 'gas', along(0, -2)), aLine('w', 'water', [[10 - 9 * Math.cos((deg * Math.PI) / 180), -9 * Math.sin((deg * Math.PI) / 180), -1], [10 + 9 * Math.cos((deg * Math.PI) / 180), 9 * Math.sin((deg * Math.PI) / 180), -1]])]
    for (const deg of [12, 35, 59]) expect(figures(lineFindings(angles, cross(deg)))).toEqual([{ rule: 'crossing_angle', a: 'g', b: 'w', found: deg, required: 60 }])
    for (const deg of [60, 75, 90]) expect(lineFindings(angles, cross(deg))).toEqual([])
  })
})

describe('structures', () => {
  const pack = linePack({ structures: [cell({ class: 'gas', nodeType: ['manhole', 'chamber'], minM: 1 })] })
  const manhole = aManhole('m', [10, 0, 0], -3)

  it('a foreign line through a manhole strikes it, whatever the pack asks', () => {
    const [finding] = lineFindings(linePack({}), [aLine('g', 'gas', along(0.4))], { nodes: [manhole] })
    // 0.4 − 0.5 − 0.1.
    expect(finding).toMatchObject({ rule: 'structure_hard', a: ['g'], b: ['m'], against: { sort: 'node', type: 'manhole' }, verdict: 'possible' })
    expect(finding!.found).toBeCloseTo(-0.2, 9)
  })

  it('its own sewers end in it or pass through it', () => {
    const own = [aLine('a', 'sewer_foul', [[0, 0, -2], [10, 0, -2]]), aLine('b', 'sewer_storm', [[10, -9, -2.5], [10, 9, -2.5]])]
    expect(lineFindings(pack, own, { nodes: [manhole] })).toEqual([])
  })

  it('beside, under and over it the clear distance counts', () => {
    const gas = (y: number, z: number) => figures(lineFindings(pack, [aLine('g', 'gas', along(y, z))], { nodes: [manhole] }))
    expect(gas(1.4, -1)).toEqual([{ rule: 'structure', a: 'g', b: 'm', found: 0.8, required: 1 }])
    expect(gas(1.6, -1)).toEqual([])
    // 0.7 below the floor, less the radius.
    expect(gas(0, -3.7)).toEqual([{ rule: 'structure', a: 'g', b: 'm', found: 0.6, required: 1 }])
    // 0.8 beside the wall and 0.6 below the floor: a metre, less the radius.
    expect(gas(1.3, -3.6)).toEqual([{ rule: 'structure', a: 'g', b: 'm', found: 0.9, required: 1 }])
  })

  it('a node without a size or a floor is no body', () => {
    const { id, nodeType, kind, owner, at, attributes } = manhole
    expect(lineFindings(pack, [aLine('g', 'gas', along(0))], { nodes: [{ id, nodeType, kind, owner, at, attributes, bottomZ: -3 }] })).toEqual([])
  })
})

describe('lines that meet in a manhole', () => {
  const pack = linePack({ horizontal: [cell({ a: 'sewer_foul', b: 'sewer_foul', minM: 0.5 })] })
  // Ends 0.15 m apart in level: pipes of 0.2 m run into each other.
  const pair = (owner = 'o') => [aLine('a', 'sewer_foul', [[0, 0, -2], [10, 0, -2]]), aLine('b', 'sewer_foul', [[10, 0, -2.15], [20, 5, -2.3]], { owner })]
  const rules = (nodes: Parameters<typeof aManhole>[] | null, lines = pair()) =>
    checkNetwork(prepared(pack, lines, nodes ? { nodes: nodes.map(args => aManhole(...args)) } : {})).pairs.map(row => row.rule).sort()

  it('are joined there at whatever level they come in', () => {
    expect(rules(null)).toEqual(['hard', 'horizontal'])
    expect(rules([['m', [10, 0, 0], -3]])).toEqual([])
    expect(rules([['m', [10, 0, 0], -3]], pair('other'))).toEqual([])
  })

  it('not where its floor is not known, it is elsewhere, above or of another network', () => {
    const { id, nodeType, kind, owner, at, attributes } = aManhole('m', [10, 0, 0], -3)
    const floorless = { id, nodeType, kind, owner, at, attributes, diameterM: 1 }
    expect(checkNetwork(prepared(pack, pair(), { nodes: [floorless] })).pairs.map(row => row.rule).sort()).toEqual(['hard', 'horizontal'])
    expect(rules([['m', [10.6, 0, 0], -3]])).toEqual(['hard', 'horizontal'])
    expect(rules([['m', [10, 0, 0], -1.5]])).toEqual(['hard', 'horizontal'])
    expect(rules([['m', [10, 0, 0], -3, { kind: 'telecom' }]])).toEqual(['hard', 'horizontal'])
  })
})
