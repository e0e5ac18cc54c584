import { describe, expect, it } from 'vitest'
import { unit, type Ray } from '#renderer/scene/camera/pose.ts'
import { groundRay } from '#renderer/scene/picking/ground-ray.ts'
import { nearAlong } from '#renderer/scene/picking/near-points.ts'
import { rayBox, rayCapsule, raySegmentApproach } from '#renderer/scene/picking/ray-solids.ts'
import { emptyBodies, setBody, type NodeBodies } from '#renderer/scene/geometry/node-bodies.ts'
import type { NodeBody } from '#renderer/scene/geometry/node-shape.ts'
import { CameraRig } from '#renderer/scene/camera/camera-rig.ts'
import { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { localToView } from '#renderer/scene/scene-frame.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { PickIndex } from '#renderer/scene/picking/pick-index.ts'
import { planTiles } from '#renderer/scene/tiles/tile-plan.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { groundSampler, type GridSurface, type TinSurface } from '#shared/twin/ground.ts'
import { anAsset } from '../../builders/twin-builder.ts'

const at = (ray: Ray, t: number): Vec3 => [0, 1, 2].map(c => ray.origin[c]! + t * ray.direction[c]!) as unknown as Vec3

function pointSegment(p: Vec3, a: Vec3, b: Vec3): number {
  const e = [0, 1, 2].map(c => b[c]! - a[c]!)
  const ee = e.reduce((sum, x) => sum + x * x, 0)
  const s = ee > 0 ? Math.min(1, Math.max(0, e.reduce((sum, x, c) => sum + x * (p[c]! - a[c]!), 0) / ee)) : 0
  return Math.hypot(...[0, 1, 2].map(c => p[c]! - a[c]! - s * e[c]!))
}

const randomPoint = (random: Random, half: number): Vec3 => [random.range(-half, half), random.range(-half, half), random.range(-half, half)]
const randomRay = (random: Random, half: number): Ray => {
  const origin = randomPoint(random, 3 * half)
  const target = randomPoint(random, half)
  return { origin, direction: unit([target[0] - origin[0], target[1] - origin[1], target[2] - origin[2]]) }
}

describe('a ray against a capsule', () => {
  it.each([1, 2, 3])('meets it first where marching along the ray does (seed %i)', seed => {
    const random = seededRandom(seed)
    for (let i = 0; i < 300; i++) {
      const [a, b] = [randomPoint(random, 5), random.chance(0.1) ? null : randomPoint(random, 5)]
      const end = b ?? a
      const radius = random.range(0.05, 2)
      const ray = randomRay(random, 6)
      const t = rayCapsule(ray, Float64Array.of(...a, ...end), radius)
      // March with the distance itself as the step: never past the surface.
      let marched = 0
      while (marched < 60) {
        const clear = pointSegment(at(ray, marched), a, end) - radius
        if (clear < 1e-7) break
        marched += clear
      }
      if (t === null) expect(marched).toBeGreaterThan(40)
      else expect(t).toBeCloseTo(marched, 2)
    }
  })

  it('starts at zero inside it', () => {
    expect(rayCapsule({ origin: [0, 0, 0], direction: [1, 0, 0] }, Float64Array.of(-5, 0.1, 0, 5, 0.1, 0), 1)).toBe(0)
  })
})

describe('a ray against a rectangular section', () => {
  it.each([4, 5])('agrees with dense sampling of the solid (seed %i)', seed => {
    const random = seededRandom(seed)
    for (let i = 0; i < 100; i++) {
      const [a, b] = [randomPoint(random, 5), randomPoint(random, 5)]
      const [w, h] = [random.range(0.2, 2), random.range(0.2, 2)]
      const ray = randomRay(random, 6)
      const level = Math.hypot(b[0] - a[0], b[1] - a[1])
      const inside = (p: Vec3) => {
        const [ux, uy] = [(b[0] - a[0]) / level, (b[1] - a[1]) / level]
        const along = (p[0] - a[0]) * ux + (p[1] - a[1]) * uy
        const across = (p[1] - a[1]) * ux - (p[0] - a[0]) * uy
        return along >= 0 && along <= level && Math.abs(across) <= w && Math.abs(p[2] - a[2] - (along / level) * (b[2] - a[2])) <= h
      }
      let first: number | null = null
      for (let t = 0; t < 60 && first === null; t += 0.005) if (inside(at(ray, t))) first = t
      const t = rayBox(ray, Float64Array.of(...a, ...b), w, h)
      if (first !== null) expect(Math.abs(t! - first)).toBeLessThan(0.006)
    }
  })
})

describe('the nearest approach of a ray to a segment', () => {
  it('agrees with sampling both (seed 6)', () => {
    const random = seededRandom(6)
    for (let i = 0; i < 100; i++) {
      const [a, b] = [randomPoint(random, 5), randomPoint(random, 5)]
      const ray = randomRay(random, 6)
      let least = Infinity
      for (let t = 0; t < 40; t += 0.02) least = Math.min(least, pointSegment(at(ray, t), a, b))
      expect(Math.abs(raySegmentApproach(ray, Float64Array.of(...a, ...b), { t: 0, s: 0, distance: 0 }).distance - least)).toBeLessThan(0.02)
    }
  })
})

function packedBodies(bodies: readonly NodeBody[]): NodeBodies {
  const packed = emptyBodies(bodies.length)
  bodies.forEach((body, n) => setBody(packed, n, body))
  return packed
}

/** What can be pointed at of some lines and bodies. */
function picksOf(columns: AssetColumns, bodies: readonly NodeBody[] = []): PickIndex {
  return new PickIndex(columns, packedBodies(bodies), planTiles(columns, Float64Array.from(bodies.flatMap(({ x, y, topZ }) => [x, y, topZ]))))
}

describe('a box of the picture', () => {
  it.each([31, 32, 33])('holds the points that are drawn in it, whatever heights are drawn like (seed %i)', seed => {
    const random = seededRandom(seed)
    const columns = buildAssetColumns([anAsset({ id: 'a', axis: [[-100, -100, -9], [100, 100, 9]] })], [0, 0, 0])
    const rig = new CameraRig({ target: [0, 0, 0], distance: 150, azimuth: random.range(-3, 3), elevation: random.range(0.2, 1.2) })
    rig.stretch(random.range(1, 5))
    const picker = new ScenePicker(sceneModel(columns, { nodes: [], ground: null, surfaceFeatures: [], blocks: [] }), rig, () => ({ hiddenKinds: new Set(), hiddenOwners: new Set(), showNodes: true, clip: { type: 'box', min: [-80, -80, -20], max: [80, 80, 20] } }))
    const isIn = picker.within(900, 300, 300, 600)
    let held = 0
    for (let i = 0; i < 2000; i++) {
      const point: Vec3 = [random.range(-150, 150), random.range(-150, 150), random.range(-9, 9)]
      const place = rig.project(localToView(picker.model.frame, point))
      const [x, y] = place ? [((place.x + 1) / 2) * picker.widthPx, ((1 - place.y) / 2) * picker.heightPx] : [-1, -1]
      const wanted = x >= 300 && x <= 900 && y >= 300 && y <= 600 && Math.abs(point[0]) <= 80 && Math.abs(point[1]) <= 80
      expect(isIn(...point)).toBe(wanted)
      if (wanted) held++
    }
    expect(held).toBeGreaterThan(50)
  })
})

describe('the pick grid', () => {
  function network(seed: number) {
    const random = seededRandom(seed)
    const assets = Array.from({ length: 300 }, (_, i) => {
      const start: Vec3 = [random.range(0, 300), random.range(0, 300), random.range(-6, 0)]
      const axis: Vec3[] = [start]
      for (let k = 0; k < 3; k++) {
        const last = axis.at(-1)!
        axis.push([last[0] + random.range(-40, 40), last[1] + random.range(-40, 40), last[2] + random.range(-1, 1)])
      }
      const section = random.chance(0.3) ? { shape: 'rectangle', widthM: random.range(0.2, 3), heightM: random.range(0.2, 2) } as const : { shape: 'circle', diameterM: random.range(0.1, 4) } as const
      return anAsset({ id: `A${i}`, axis, section })
    })
    const columns = buildAssetColumns(assets, [0, 0, 0])
    const bodies = Array.from({ length: 40 }, () => ({ x: random.range(0, 300), y: random.range(0, 300), bottomZ: -4, topZ: 0, radiusM: random.chance(0.2) ? 6 : 0.6, round: true, coverRadiusM: 0.3 }))
    return { columns, bodies, picks: picksOf(columns, bodies), random }
  }

  it.each([11, 12, 13])('finds what trying everything finds (seed %i)', seed => {
    const { columns, bodies, picks, random } = network(seed)
    let hits = 0
    for (let i = 0; i < 300; i++) {
      const origin: Vec3 = [random.range(-100, 400), random.range(-100, 400), random.range(-40, 80)]
      const target: Vec3 = [random.range(0, 300), random.range(0, 300), random.range(-6, 0)]
      const ray: Ray = { origin, direction: unit([target[0] - origin[0], target[1] - origin[1], target[2] - origin[2]]) }
      let best = { item: -1, t: Infinity }
      for (let asset = 0; asset < columns.count; asset++) {
        for (let v = columns.vertexStart[asset]!; v + 1 < columns.vertexStart[asset + 1]!; v++) {
          const ends = columns.xyz.slice(3 * v, 3 * v + 6)
          const t = columns.shape[asset] === 0
            ? rayCapsule(ray, ends, columns.halfWidthM[asset]!)
            : rayBox(ray, ends, columns.halfWidthM[asset]!, columns.halfHeightM[asset]!)
          if (t !== null && t < best.t) best = { item: asset, t }
        }
      }
      bodies.forEach((body, n) => {
        const t = rayCapsule(ray, Float64Array.of(body.x, body.y, body.bottomZ, body.x, body.y, body.topZ), body.radiusM)
        if (t !== null && t < best.t) best = { item: columns.count + n, t }
      })
      const found = picks.first(ray, 0, () => true)
      expect(found?.item ?? -1).toBe(best.item)
      if (found) expect(found.t).toBeCloseTo(best.t, 9)
      if (found) hits++
    }
    expect(hits).toBeGreaterThan(50)
  })

  it('passes over what may not be hit, and lists what lies behind', () => {
    const columns = buildAssetColumns([anAsset({ id: 'top', axis: [[0, 0, -1], [10, 0, -1]] }), anAsset({ id: 'under', axis: [[0, 0, -3], [10, 0, -3]] })], [0, 0, 0])
    const picks = picksOf(columns)
    const down: Ray = { origin: [5, 0, 20], direction: [0, 0, -1] }
    expect(picks.first(down, 0, () => true)?.item).toBe(0)
    expect(picks.first(down, 0, item => item !== 0)?.item).toBe(1)
    expect(picks.all(down, 0, () => true).map(hit => hit.item)).toEqual([0, 1])
  })

  it('takes a near miss within the slack, but never before a real hit', () => {
    const columns = buildAssetColumns([anAsset({ id: 'cable', axis: [[0, 0.4, -1], [10, 0.4, -1]], section: { shape: 'circle', diameterM: 0.05 } }), anAsset({ id: 'main', axis: [[0, 0, -3], [10, 0, -3]] })], [0, 0, 0])
    const picks = picksOf(columns)
    const down: Ray = { origin: [5, 0, 99], direction: [0, 0, -1] }
    expect(picks.first(down, 0.005, () => true)?.item).toBe(1)
    expect(picks.first(down, 0.005, item => item === 0)?.item).toBe(0)
    expect(picks.first(down, 0.001, item => item === 0)).toBeNull()
  })

  it('is empty for an empty twin', () => {
    expect(picksOf(buildAssetColumns([], [0, 0, 0])).first({ origin: [0, 0, 10], direction: [0, 0, -1] }, 0.01, () => true)).toBeNull()
  })

  it('offers ends, vertices, axis points and nodes near the ray', () => {
    const columns = buildAssetColumns([anAsset({ id: 'a', axis: [[0, 0, -1], [10, 0, -1], [20, 0, -1]] })], [0, 0, 0])
    const picks = picksOf(columns, [{ x: 20, y: 0, bottomZ: -3, topZ: 0, radiusM: 0.5, round: true, coverRadiusM: 0.3 }])
    const types = (x: number) => new Set(nearAlong(picks, { origin: [x, 0, 50], direction: [0, 0, -1] }, 0.01, () => true).map(point => point.type))
    expect(types(0)).toEqual(new Set(['end', 'axis']))
    expect(types(10.2)).toEqual(new Set(['vertex', 'axis']))
    expect(types(5)).toEqual(new Set(['axis']))
    expect(types(20)).toEqual(new Set(['end', 'axis', 'node']))
  })
})

describe('a ray to the ground', () => {
  function hills(seed: number): { grid: GridSurface; random: Random } {
    const random = seededRandom(seed)
    const [cols, rows] = [24, 18]
    const z = new Float64Array(cols * rows).map((_, i) => 6 * Math.sin((i % cols) / 3) + 4 * Math.cos(Math.floor(i / cols) / 2) + random.range(-1, 1))
    return { grid: { type: 'grid', name: 'hills', cols, rows, cellSizeM: 5, x0: -40, y0: -30, z }, random }
  }

  it.each([21, 22, 23])('meets a grid where fine steps along the ray do, from above and below (seed %i)', seed => {
    const { grid, random } = hills(seed)
    const [cast, sample] = [groundRay(grid), groundSampler(grid)]
    let hits = 0
    for (let i = 0; i < 200; i++) {
      const origin: Vec3 = [random.range(-60, 90), random.range(-50, 70), random.chance(0.5) ? random.range(12, 60) : random.range(-60, -12)]
      const target: Vec3 = [random.range(-38, 70), random.range(-28, 50), 0]
      const ray: Ray = { origin, direction: unit([target[0] - origin[0], target[1] - origin[1], target[2] - origin[2]]) }
      const side = (t: number) => {
        const [x, y, z] = at(ray, t)
        if (x < grid.x0 || y < grid.y0 || x > grid.x0 + 115 || y > grid.y0 + 85) return null
        const ground = sample(x, y)
        return ground === null ? null : Math.sign(z - ground)
      }
      let first: number | null = null
      let last = side(0)
      for (let t = 0.01; t < 250 && first === null; t += 0.01) {
        const now = side(t)
        if (now !== null && last !== null && now !== last) first = t
        last = now
      }
      const hit = cast(ray)
      if (first === null) continue
      hits++
      expect(hit).not.toBeNull()
      expect(Math.abs(Math.hypot(hit![0] - origin[0], hit![1] - origin[1], hit![2] - origin[2]) - first)).toBeLessThan(0.02)
      expect(sample(hit![0], hit![1])).toBeCloseTo(hit![2], 6)
    }
    expect(hits).toBeGreaterThan(80)
  })

  it('meets a TIN where a grid of the same planes does, and misses beside it', () => {
    const tin: TinSurface = { type: 'tin', name: 'slope', xyz: Float64Array.from([0, 0, 0, 100, 0, 10, 100, 100, 10, 0, 100, 0]), faces: Uint32Array.from([0, 1, 2, 0, 2, 3]) }
    const cast = groundRay(tin)
    const random = seededRandom(31)
    for (let i = 0; i < 100; i++) {
      const [x, y] = [random.range(1, 99), random.range(1, 99)]
      expect(cast({ origin: [x, y, 50], direction: [0, 0, -1] })![2]).toBeCloseTo(x / 10, 9)
      expect(cast({ origin: [x, y, -50], direction: [0, 0, 1] })![2]).toBeCloseTo(x / 10, 9)
    }
    expect(cast({ origin: [150, 50, 50], direction: [0, 0, -1] })).toBeNull()
  })

  it('falls through holes', () => {
    const { grid } = hills(24)
    const holed = { ...grid, z: grid.z.map(() => NaN) }
    expect(groundRay(holed)({ origin: [0, 0, 50], direction: [0, 0, -1] })).toBeNull()
  })
})
