import { describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { createPreview } from '#shared/clearance/preview.ts'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { groundSampler, type GridSurface, type GroundSurface, type TinSurface } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { oracleCover } from '#tests/oracle/cover.ts'
import type { OraclePack } from '#tests/oracle/types.ts'
import { assetOf, packOf } from './oracle-network.ts'

const PACK: OraclePack = {
  semantics: 'crossing-alongside', classes: [{ id: 'water', match: { kind: 'water' } }],
  cover: [{ class: 'water', surface: 'roadway', minM: 1, maxM: 3 }, { class: 'water', surface: 'green', minM: 0.6 }],
}

const pipe = (axis: Vec3[], extra: Partial<AssetRecord> = {}): AssetRecord => ({
  id: 'w', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis, status: 'in_use', assumed: 0, attributes: {},
  accuracyPlanM: 0, accuracyLevelM: 0, ...extra,
})
const area = (type: 'roadway' | 'green' | 'footway', points: readonly (readonly [number, number])[]): SurfaceFeature =>
  ({ id: type, type, geometry: 'polygon', points, name: '', attributes: {} })
const box = (x0: number, x1: number): readonly (readonly [number, number])[] => [[x0, -50], [x1, -50], [x1, 50], [x0, 50]]

/** Ground rising by a twentieth along x, as a grid of 10 m cells from (0, −50). */
const slope = (levelAt: (x: number, y: number) => number): GridSurface => {
  const [cols, rows] = [11, 11]
  const z = Float64Array.from({ length: cols * rows }, (_, k) => levelAt(10 * (k % cols), -50 + 10 * Math.floor(k / cols)))
  return { type: 'grid', name: 'ground', cols, rows, cellSizeM: 10, x0: 0, y0: -50, z }
}

const prepared = (assets: readonly AssetRecord[], ground: GroundSurface | null, surfaceFeatures: readonly SurfaceFeature[], pack = PACK) =>
  prepareClearance({ assets: buildAssetColumns(assets, [0, 0, 0]), pack: packOf(pack), ground, surfaceFeatures })
const findingsOf = (...given: Parameters<typeof prepared>): readonly Finding[] => checkNetwork(prepared(...given)).findings

describe('cover', () => {
  it('short where the ground dips: the stretch, the least cover and where, on an assumed roadway', () => {
    // A level pipe, crown at 0.1; the ground falls from 2 at x = 0 to 0 at x = 100: cover is below 1 beyond x = 45.
    const [only, ...rest] = findingsOf([pipe([[0, 0, 0], [100, 0, 0]])], slope(x => 2 - x / 50), [])
    expect(rest).toEqual([])
    expect(only).toMatchObject({ rule: 'cover', a: ['w'], b: [], required: 1, verdict: 'certain', surface: { surface: 'roadway', isAssumed: true }, id: 'w|cover|1' })
    expect(only!.found).toBeCloseTo(-0.1, 9)
    expect(only!.stretch.fromChainageM).toBeCloseTo(45, 4)
    expect(only!.stretch.toChainageM).toBeCloseTo(100, 9)
    expect(only!.at.b[2]).toBeCloseTo(0, 9)
  })

  it('by the use of the ground, stretch by stretch', () => {
    // Cover 0.8 throughout: too little under the roadway, enough under the green.
    const features = [area('roadway', box(20, 40)), area('green', box(-10, 20)), area('green', box(40, 110))]
    const findings = findingsOf([pipe([[0, 0, 0], [100, 0, 0]])], slope(() => 0.9), features)
    expect(findings).toHaveLength(1)
    expect(findings[0]!.surface).toEqual({ surface: 'roadway', isAssumed: false })
    expect([findings[0]!.stretch.fromChainageM, findings[0]!.stretch.toChainageM].map(x => +x.toFixed(6))).toEqual([20, 40])
  })

  it('too deep, where the pack sets a most', () => {
    const [only] = findingsOf([pipe([[0, 0, 0], [100, 0, -5]])], slope(() => 1.1), [])
    expect(only).toMatchObject({ rule: 'cover_max', required: 3, verdict: 'certain' })
    expect([only!.found, only!.shortfall].map(x => +x.toFixed(6))).toEqual([6, 3])
    expect(only!.stretch.fromChainageM).toBeCloseTo(40, 4)
  })

  it('sees the bottom of a hollow between vertices, inside a bilinear cell', () => {
    // One cell, saddle-shaped: along the diagonal the level is a parabola with its least in the middle.
    const ground: GridSurface = { type: 'grid', name: '', cols: 2, rows: 2, cellSizeM: 10, x0: 0, y0: 0, z: Float64Array.from([2, 0, 0, 2]) }
    const [only] = findingsOf([pipe([[0, 0, 0], [10, 10, 0]])], ground, [])
    expect(only!.found).toBeCloseTo(1 - 0.1, 12)
    expect(only!.at.a.map(x => +x.toFixed(9))).toEqual([5, 5, 0])
  })

  it('level uncertainty makes it certain or possible', () => {
    const verdict = (coverM: number, accuracyLevelM: number | undefined) => {
      const { id, kind, owner, section, axis, status, assumed, attributes } = pipe([[0, 0, 0], [100, 0, 0]])
      return findingsOf([{ id, kind, owner, section, axis, status, assumed, attributes, ...(accuracyLevelM !== undefined && { accuracyLevelM }) }], slope(() => coverM + 0.1), []).map(finding => finding.verdict)
    }
    expect(verdict(0.8, 0.1)).toEqual(['certain'])
    expect(verdict(0.95, 0.1)).toEqual(['possible'])
    expect(verdict(1.05, 0.1)).toEqual(['possible'])
    expect(verdict(1.15, 0.1)).toEqual([])
    expect(verdict(0.8, undefined)).toEqual(['possible'])
    expect(verdict(1.05, undefined)).toEqual([])
  })

  it('nothing without ground, nor where the ground ends or has a hole', () => {
    const shallow = pipe([[0, 0, 0], [100, 0, 0]])
    expect(findingsOf([shallow], null, [])).toEqual([])
    expect(findingsOf([pipe([[300, 0, 0], [400, 0, 0]])], slope(() => 0), [])).toEqual([])
    expect(findingsOf([shallow], slope(() => NaN), [])).toEqual([])
  })

  it('of a removed asset does not matter', () => {
    expect(findingsOf([pipe([[0, 0, 0], [100, 0, 0]], { status: 'removed' })], slope(() => 0), [])).toEqual([])
  })

  it('on a TIN is the oracle’s, with areas of use (seeds 1 … 60)', () => {
    let rows = 0
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed)
      const side = 5
      const points = Array.from({ length: side * side }, (_, k): Vec3 => [10 * (k % side) + random.range(-3, 3), 10 * Math.floor(k / side) + random.range(-3, 3), random.range(0, 3)])
      const faces = Array.from({ length: (side - 1) ** 2 }, (_, k) => {
        const at = (k % (side - 1)) + side * Math.floor(k / (side - 1))
        return [[at, at + 1, at + side], [at + 1, at + side + 1, at + side]]
      }).flat()
      const tin: TinSurface = { type: 'tin', name: '', xyz: Float64Array.from(points.flat()), faces: Uint32Array.from(faces.flat()) }
      const ring = [[5, 5], [25, 8], [30, 30], [12, 33]].map(([x, y]) => [x! + random.range(-3, 3), y! + random.range(-3, 3)] as const)
      const feature = { type: 'Feature' as const, geometry: { type: 'LineString' as const, coordinates: Array.from({ length: 4 }, () => [random.range(0, 40), random.range(0, 40), random.range(-2, 1)]) }, properties: { id: 'w', kind: 'water', diameterM: 0.2 } }
      const wanted = oracleCover({ type: 'FeatureCollection', features: [feature] }, PACK, {
        triangles: faces.map(face => face.map(i => points[i]!) as [Vec3, Vec3, Vec3]), surfaces: [{ surface: 'green', ring }],
      })
      const given = findingsOf([assetOf(feature)], tin, [area('green', ring)]).flatMap(finding => [finding, ...finding.others]).filter(row => row.rule === 'cover' && row.surface?.surface === 'green')
      for (const row of wanted) expect(Math.min(...given.map(other => other.found)), `seed ${seed}`).toBeCloseTo(row.found, 6)
      if (wanted.length === 0) expect(given, `seed ${seed}`).toEqual([])
      rows += wanted.length
    }
    expect(rows).toBeGreaterThan(15)
  })

  it('of a previewed route is that of the check', () => {
    const ground = slope(x => 2 - x / 50)
    const axis: Vec3[] = [[0, 0, 0], [40, 5, 0.2], [90, 5, 0]]
    const [wanted] = findingsOf([pipe(axis)], ground, [])
    const segments = createPreview(prepared([], ground, [])).previewRoute({ id: 'w', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis })
    const found = segments.flatMap(segment => segment.shortfalls.map(row => row.found))
    expect(Math.min(...found)).toBeCloseTo(wanted!.found, 12)
    expect(segments.at(-1)!.shortfalls[0]).toMatchObject({ rule: 'cover', other: null, verdict: 'certain' })
  })

  it('on a grid is nowhere less than what a dense walk sees (seeds 100 … 139)', () => {
    for (let seed = 100; seed < 140; seed++) {
      const random = seededRandom(seed)
      const ground = slope(() => random.range(0.5, 2))
      const axis = Array.from({ length: 3 }, (): Vec3 => [random.range(0, 100), random.range(-50, 50), random.range(-0.5, 0.5)])
      const level = groundSampler(ground)
      let least = Infinity
      for (let i = 0; i + 1 < axis.length; i++) {
        for (let k = 0; k <= 4000; k++) {
          const [x, y, z] = axis[i]!.map((value, n) => value + (k / 4000) * (axis[i + 1]![n]! - value)) as [number, number, number]
          least = Math.min(least, level(x, y)! - z - 0.1)
        }
      }
      const findings = findingsOf([pipe(axis)], ground, []).filter(finding => finding.rule === 'cover')
      expect(findings.length > 0, `seed ${seed}`).toBe(least < 1 - 1e-6)
      if (findings.length > 0) {
        const found = Math.min(...findings.map(finding => finding.found))
        expect(found, `seed ${seed}`).toBeLessThanOrEqual(least + 1e-9)
        expect(found, `seed ${seed}`).toBeGreaterThan(least - 1e-3)
      }
    }
  })
})
