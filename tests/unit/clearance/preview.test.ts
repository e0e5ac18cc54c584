import { describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import type { PairRow } from '#shared/clearance/findings/finding.ts'
import { lineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { ROUTE_ROOM, withRoom } from '#shared/clearance/network/network.ts'
import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { createPreview, type PreviewRoute } from '#shared/clearance/preview.ts'
import gbPack from '#assets/rules/gb50289-2016.json' with { type: 'json' }
import { rulePackSchema, type RulePack } from '#shared/rules/rule-pack.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { seededRandom } from '#shared/core/random.ts'
import { AWKWARDNESSES } from '#tests/oracle/pen.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { latticeNetwork } from './lattice-network.ts'
import { assetOf, packOf } from './oracle-network.ts'

const prepare = (assets: readonly AssetRecord[], pack: RulePack): PreparedClearance =>
  prepareClearance({ assets: buildAssetColumns(assets, [0, 0, 0]), pack, ground: null, surfaceFeatures: [] })

/** Pair rows of a preview: the worst of each other asset and rule over all segments. */
function rowsOf(prepared: PreparedClearance, route: PreviewRoute, replaces?: string): string[] {
  const worst = new Map<string, { required: number; found: number }>()
  for (const { shortfalls } of createPreview(prepared).previewRoute(route, replaces === undefined ? {} : { replaces })) {
    for (const { rule, required, found, isShort, other } of shortfalls) {
      if (!isShort || !other) continue
      const key = `${other.id} ${rule}`
      const known = worst.get(key)
      if (!known || required - found > known.required - known.found) worst.set(key, { required, found })
    }
  }
  return [...worst].filter(([key]) => !(key.endsWith(' touching') && worst.has(key.replace('touching', 'hard'))))
    .map(([key, { required, found }]) => `${key} ${required} ${found.toFixed(6)}`).sort()
}

const rowsOfCheck = (pairs: readonly PairRow[], id: string): string[] =>
  pairs.filter(row => row.a === id || row.b === id).map(row => `${row.a === id ? row.b : row.a} ${row.rule} ${row.required} ${row.found.toFixed(6)}`).sort()

const asRoute = (asset: AssetRecord, axis = asset.axis): PreviewRoute => ({ ...asset, axis })

describe('the preview of a route gives the figures of the full check', () => {
  for (const semantics of ['crossing-alongside', 'either', 'distance'] as const) {
    it(`${semantics}: each asset of 120 random networks drawn as a route (seeds 500 … 619)`, () => {
      const pack = packOf(testPack(semantics))
      let rows = 0
      for (let seed = 500; seed < 620; seed++) {
        const assets = randomNetwork({ seed, assets: 12, awkwardnesses: AWKWARDNESSES.filter(name => name !== 'snapJitter'), missingShare: 0 })
          .features.map(assetOf).filter(asset => asset.status !== 'removed')
        // A route is drawn where it is drawn: the check takes it with limits of 0 too, which decides nothing here.
        const expected = checkNetwork(prepare(assets, pack)).pairs
        for (const asset of assets) {
          const others = assets.filter(other => other !== asset)
          const wanted = rowsOfCheck(expected, asset.id)
          rows += wanted.length
          expect(rowsOf(prepare(others, pack), asRoute(asset)), `seed ${seed} ${asset.id}`).toEqual(wanted)
        }
      }
      expect(rows).toBeGreaterThan(500)
    }, 120_000)

    it(`${semantics}: on lattice networks, full of shared ends, corners and risers (seeds 1 … 80)`, () => {
      const pack = packOf(testPack(semantics))
      for (let seed = 1; seed <= 80; seed++) {
        const assets = latticeNetwork({ seed, assets: 9, steps: 6, stepM: 1, riserShare: 0.3 }).features.map(assetOf)
        const expected = checkNetwork(prepare(assets, pack)).pairs
        for (const [i, asset] of assets.entries()) {
          expect(rowsOf(prepare(assets.filter(other => other !== asset), pack), asRoute(asset)), `seed ${seed} ${asset.id}`).toEqual(rowsOfCheck(expected, asset.id))
          // The same route dragged to where it is from where another one was.
          const before = assets[(i + 1) % assets.length]!
          const moved = assets.map(other => (other === asset ? { ...asset, axis: before.axis } : other))
          expect(rowsOf(prepare(moved, pack), asRoute(asset), asset.id), `seed ${seed} ${asset.id} dragged`).toEqual(rowsOfCheck(expected, asset.id))
        }
      }
    }, 120_000)

    it(`${semantics}: a proposal dragged away from where it was (seeds 700 … 779)`, () => {
      const pack = packOf(testPack(semantics))
      for (let seed = 700; seed < 780; seed++) {
        const random = seededRandom(seed)
        const assets = randomNetwork({ seed, assets: 12, awkwardnesses: AWKWARDNESSES.filter(name => name !== 'snapJitter'), missingShare: 0 })
          .features.map(assetOf).filter(asset => asset.status !== 'removed')
        const before = random.pick(assets)
        // One vertex goes to where another asset has one, so that joints come and go.
        const goal = random.pick(random.pick(assets).axis)
        const moved: Vec3 = random.chance(0.5) ? goal : [goal[0], goal[1], goal[2] + 0.4]
        const axis = before.axis.map((vertex, i) => (i === before.axis.length - 1 ? moved : vertex))
        const expected = checkNetwork(prepare(assets.map(asset => (asset === before ? { ...asset, axis } : asset)), pack)).pairs
        expect(rowsOf(prepare(assets, pack), asRoute(before, axis), before.id), `seed ${seed} ${before.id}`).toEqual(rowsOfCheck(expected, before.id))
      }
    }, 120_000)
  }
})

describe('the frames of a drag', () => {
  for (const semantics of ['crossing-alongside', 'either', 'distance'] as const) {
    it(`${semantics}: one preview, asked frame after frame, says what a new one says (seeds 1200 … 1239, 12 frames each)`, () => {
      const pack = packOf(testPack(semantics))
      let told = 0
      for (let seed = 1200; seed < 1240; seed++) {
        const random = seededRandom(seed)
        const assets = randomNetwork({ seed, assets: 14, awkwardnesses: AWKWARDNESSES, missingShare: 0 }).features.map(assetOf).filter(asset => asset.status !== 'removed')
        const prepared = prepare(assets, pack)
        // As the app has it: with the route's room made beforehand.
        const kept = createPreview({ ...prepared, network: withRoom(prepared.network, ROUTE_ROOM) })
        let held = random.pick(assets)
        for (let frame = 0; frame < 12; frame++) {
          // Now another route is drawn, now one of the network is dragged, by a vertex onto another's or just aside.
          if (random.chance(0.25)) held = random.pick(assets)
          const goal = random.pick(random.pick(assets).axis)
          const index = random.int(held.axis.length)
          const to: Vec3 = random.chance(0.5) ? goal : [goal[0] + random.range(-1, 1), goal[1] + random.range(-1, 1), goal[2]]
          held = { ...held, axis: held.axis.map((vertex, i) => (i === index ? to : vertex)) }
          const options = random.chance(0.5) ? { replaces: held.id } : {}
          const rows = kept.previewRoute(asRoute(held), options)
          expect(rows, `seed ${seed} frame ${frame}`).toEqual(createPreview(prepared).previewRoute(asRoute(held), options))
          told += rows.length
        }
      }
      expect(told).toBeGreaterThan(300)
    }, 120_000)
  }
})

describe('rule 8 in the preview, where it was asked for', () => {
  /** Rows of the full check that concern the route at its own place. */
  const LOCAL = new Set(['crossing_angle', 'level_order', 'slope', 'adverse_slope', 'slope_max', 'velocity', 'velocity_max', 'bend_radius', 'turn_angle'])
  const pack = packOf(testPack('crossing-alongside'))
  const source = { clause: 'c', basis: 'quoted' } as const
  const withLines: RulePack = {
    ...pack,
    classes: [...pack.classes, { id: 'any', match: {} }],
    crossingAngle: [{ class: 'any', with: 'any', minDeg: 70, ...source }],
    levelOrder: { ranks: [['water'], ['gas'], ['sewer']], plannedOnly: true, ...source },
    slope: [{ class: 'sewer', min: 0.01, max: 0.05, ...source }],
    velocity: [{ class: 'sewer', roughness: 0.013, innerShare: 0.85, minMps: 0.6, ...source }],
    turn: [{ class: 'any', minDeg: 120, ...source }],
    bend: [{ class: 'any', minRadiusM: 3, ...source }],
  }

  it('says what the full check says of it (seeds 900 … 979)', () => {
    const seen = new Set<string>()
    let rows = 0
    for (let seed = 900; seed < 980; seed++) {
      const assets = randomNetwork({ seed, assets: 10, awkwardnesses: AWKWARDNESSES.filter(name => name !== 'snapJitter'), missingShare: 0 })
        .features.map(assetOf).filter(asset => asset.status !== 'removed').map((asset, i): AssetRecord => ({ ...asset, status: i === 0 ? 'planned' : 'in_use' }))
      const [route, ...others] = assets
      const whole = prepare(assets, withLines)
      const { findings } = checkNetwork(whole, {}, undefined, lineSite(whole, { surfaceFeatures: [], nodes: [] }))
      // Per other line and rule the worst: a segment tells one of several, and so does a stretch. Of a stretch on which
      // several assets lie, the figure may be another's.
      const worst = (rows: readonly { key: string; shortfall: number }[]): Map<string, number> =>
        rows.reduce((most, { key, shortfall }) => most.set(key, Math.max(most.get(key) ?? 0, shortfall)), new Map<string, number>())
      const isRoutes = (ids: readonly string[]): boolean => ids.join() === route!.id
      const wanted = worst(findings.filter(({ a, b }) => (isRoutes(a) || isRoutes(b)) && a.length + b.length <= 2)
        .flatMap(({ a, b, others: carried, ...own }) => [own, ...carried].filter(({ rule }) => LOCAL.has(rule))
          .map(({ rule, shortfall }) => ({ key: `${rule} ${(isRoutes(a) ? b : a).join()}`, shortfall }))))
      const given = worst(createPreview(prepare(others, withLines)).previewRoute(asRoute(route!), { lines: true })
        .flatMap(({ shortfalls }) => shortfalls.filter(({ rule }) => LOCAL.has(rule)).map(({ rule, other, shortfall }) => ({ key: `${rule} ${other?.id ?? ''}`, shortfall }))))
      for (const [key, shortfall] of wanted) expect(given.get(key), `seed ${seed} ${key}`).toBeCloseTo(shortfall, 6)
      for (const key of given.keys()) seen.add(key.split(' ')[0]!)
      rows += wanted.size
    }
    expect(rows).toBeGreaterThan(50)
    expect([...seen].sort()).toEqual(expect.arrayContaining(['bend_radius', 'crossing_angle', 'level_order', 'slope', 'turn_angle', 'velocity']))
  }, 60_000)

  it('is silent where it was not', () => {
    const assets = randomNetwork({ seed: 900, assets: 10, awkwardnesses: AWKWARDNESSES, missingShare: 0 }).features.map(assetOf)
    const rows = createPreview(prepare(assets.slice(1), withLines)).previewRoute(asRoute(assets[0]!))
    expect(rows.flatMap(({ shortfalls }) => shortfalls).filter(({ rule }) => LOCAL.has(rule))).toEqual([])
  })
})

describe('what stands around a route, in the preview', () => {
  const AROUND = new Set(['surroundings', 'surroundings_level', 'structure', 'structure_hard'])
  const gb = rulePackSchema.parse(gbPack)
  const { assets, nodes, surfaceFeatures, ground } = generateSampleCity({ segments: 1000, seed: 3 }).records
  const site = { surfaceFeatures, nodes }
  const preparedOf = (list: readonly AssetRecord[]): PreparedClearance =>
    prepareClearance({ assets: buildAssetColumns(list, [0, 0, 0]), pack: gb, ground, surfaceFeatures, nodes })

  it('is as far away as the full check says, lines of the sample city moved aside (seed 7)', () => {
    const random = seededRandom(7)
    const seen = new Map<string, number>()
    for (let round = 0; round < 120; round++) {
      const index = random.int(assets.length)
      const [dx, dy, dz] = [random.range(-4, 4), random.range(-4, 4), random.range(-0.5, 0.5)]
      const route: AssetRecord = { ...assets[index]!, id: 'route', status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, axis: assets[index]!.axis.map(([x, y, z]): Vec3 => [x + dx, y + dy, z + dz]) }
      const others = assets.filter((_, i) => i !== index)
      const whole = preparedOf([...others, route])
      const involving = new Uint8Array(whole.columns.count).fill(1, others.length)
      const { findings } = checkNetwork(whole, { involving }, undefined, lineSite(whole, site))
      const rows = findings.filter(({ a }) => a.join() === 'route').flatMap(({ b, others: carried, ...own }) => [own, ...carried].map(({ rule, shortfall }) => ({ rule, shortfall, other: b.join() })))
      const base = preparedOf(others)
      const told = createPreview(base).previewRoute(asRoute(route), { site: lineSite(base, site) })
        .flatMap(({ shortfalls }) => shortfalls.map(({ rule, shortfall, other, around }) => ({ rule, shortfall, other: other?.id ?? around?.id ?? '' })))
      const worst = (list: typeof rows): [string, number][] => {
        const most = new Map<string, number>()
        for (const { rule, other, shortfall } of list) if (AROUND.has(rule) && shortfall > 1e-6) most.set(`${rule} ${other}`, Math.max(most.get(`${rule} ${other}`) ?? 0, Math.round(shortfall * 1e6) / 1e6))
        return [...most].sort(([p], [q]) => (p < q ? -1 : 1))
      }
      const wanted = worst(rows)
      expect(worst(told), `round ${round}`).toEqual(wanted)
      for (const [key] of wanted) seen.set(key.split(' ')[0]!, (seen.get(key.split(' ')[0]!) ?? 0) + 1)
    }
    expect(seen.get('surroundings')).toBeGreaterThan(20)
    expect(seen.get('structure') ?? seen.get('structure_hard')).toBeGreaterThan(3)
  }, 60_000)
})
