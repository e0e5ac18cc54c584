import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { proposalSchema } from '#shared/scenario/command-schema.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { groundSampler } from '#shared/twin/ground.ts'
import { GRAVITY_KINDS } from '#shared/twin/kinds.ts'
import { PLANTED_PROBLEMS, type PlantedProblemId } from '#shared/twin/sample-city/planted-problems.ts'
import { generateSampleCity, SEGMENTS_MAX, SEGMENTS_MIN, type SampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { crownBelowGroundM, EndFinder, isInside, leastPlanGapM, levelsAtCrossing, nearestAxisM, SegmentFinder } from './sample-city-geometry.ts'

const city = generateSampleCity({ segments: 20_000, seed: 1 })
const { records } = city
const byId = new Map(records.assets.map(asset => [asset.id, asset]))
const ground = groundSampler(records.ground!)
const isMain = (asset: AssetRecord) => asset.attributes['part'] === 'main'
const isService = (asset: AssetRecord) => asset.attributes['part'] === 'service'

function fingerprint({ records: { ground: surface, ...rest }, scenarios, plantedProblems }: SampleCity): string {
  return createHash('sha256').update(JSON.stringify([rest, scenarios, plantedProblems])).update(new Uint8Array(surface!.type === 'grid' ? surface!.z.buffer : surface!.xyz.buffer)).digest('hex')
}
const segmentsOf = ({ records: { assets } }: SampleCity) => assets.reduce((sum, asset) => sum + asset.axis.length - 1, 0)

describe('the sample city', () => {
  it('is the same to the last bit for the same seed, and another for another', () => {
    expect(fingerprint(generateSampleCity({ segments: 20_000, seed: 1 }))).toBe(fingerprint(city))
    expect(fingerprint(generateSampleCity({ segments: 20_000, seed: 2 }))).not.toBe(fingerprint(city))
  })

  it.each([[1_000, 3], [2_500, 4], [6_000, 5], [20_000, 6], [60_000, 7]])('has %i segments within two per cent (seed %i)', (segments, seed) => {
    const count = segmentsOf(generateSampleCity({ segments, seed }))
    expect(Math.abs(count - segments)).toBeLessThanOrEqual(0.02 * segments)
  })

  it('refuses sizes it cannot build', () => {
    for (const segments of [SEGMENTS_MIN - 1, SEGMENTS_MAX + 1, 20_000.5, NaN]) expect(() => generateSampleCity({ segments, seed: 1 })).toThrow(RangeError)
  })

  it('says that it is synthetic and where it lies', () => {
    expect(records.synthetic).toBe(true)
    expect(records.crs).toBe('EPSG:4545')
  })

  it('has at least eight kinds, gas of several pressures, power of several voltages, and ducts with rectangular sections', () => {
    const all = (pick: (asset: AssetRecord) => unknown) => new Set(records.assets.map(pick))
    expect(all(asset => asset.kind).size).toBeGreaterThanOrEqual(8)
    expect(all(asset => asset.pressureClass)).toEqual(new Set([undefined, 'low', 'medium_b', 'medium_a']))
    expect(all(asset => asset.voltageKv)).toEqual(new Set([undefined, 0.4, 10, 110]))
    expect(all(asset => `${asset.kind} ${asset.section.shape}`)).toContain('telecom rectangle')
  })

  it('gives every asset and node its own id', () => {
    const ids = [...records.assets, ...records.nodes, ...records.surfaceFeatures, ...records.blocks].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('keeps every asset on the terrain and under it', () => {
    const above = records.assets.filter(asset => !(crownBelowGroundM(asset, ground) > 0.2)).map(asset => asset.id)
    expect(above).toEqual([])
  })

  it('lets every sewer fall by 3 ‰ or more, and rise nowhere', () => {
    const wrong = records.assets.filter(asset => {
      if (!GRAVITY_KINDS.has(asset.kind) || !isMain(asset) || asset.kind === 'sewer_combined') return false
      return asset.axis.some(([x, y, z], i) => {
        const before = asset.axis[i - 1]
        return before !== undefined && before[2] - z < 0.00299 * Math.hypot(x - before[0], y - before[1])
      })
    })
    expect(wrong.map(asset => asset.id)).toEqual([])
  })

  it('leads every sewer down to an outfall or the pumping station', () => {
    const ends = new Set(records.nodes.filter(node => node.nodeType === 'outfall' || node.nodeType === 'pump').map(({ at: [x, y] }) => `${x} ${y}`))
    for (const kind of ['sewer_foul', 'sewer_storm'] as const) {
      const mains = records.assets.filter(asset => asset.kind === kind && isMain(asset))
      const from = new Map(mains.map(asset => [asset.axis[0]!.join(' '), asset]))
      const stranded = mains.filter(main => {
        let at: Vec3 = main.axis.at(-1)!
        for (let steps = 0; steps < mains.length; steps++) {
          const next = from.get(at.join(' '))
          if (!next) return !ends.has(`${at[0]} ${at[1]}`)
          at = next.axis.at(-1)!
        }
        return true
      })
      expect(stranded.map(asset => asset.id)).toEqual([])
    }
  })

  it('joins mains exactly: ends that meet within the snap tolerance are equal', () => {
    const finder = new EndFinder(records.assets.filter(isMain))
    expect(finder.nearlyEqualEnds(0.01)).toEqual([])
  })

  it('joins every service to a main of its kind within 10 mm', () => {
    const finder = new SegmentFinder(records.assets.filter(asset => !isService(asset)))
    const loose = records.assets.filter(asset => isService(asset) && !(nearestAxisM(finder, asset.kind, asset.axis[0]!) <= 0.01))
    expect(loose.map(asset => asset.id)).toEqual([])
    expect(records.assets.filter(isService).length).toBeGreaterThan(2_000)
  })

  it('covers all assets with blocks that someone answers for', () => {
    expect(records.blocks.every(block => block.responsible !== '')).toBe(true)
    const outside = records.assets.filter(asset => !records.blocks.some(block => isInside(asset.axis[0]!, block.ring)))
    expect(outside.map(asset => asset.id)).toEqual([])
  })

  it('puts streets, buildings, trees, lights and rivers on the terrain', () => {
    const types = new Set(records.surfaceFeatures.map(feature => feature.type))
    for (const type of ['roadway', 'footway', 'green', 'kerb', 'street_centreline', 'building', 'tree', 'pole', 'water_body'] as const) expect(types).toContain(type)
    const off = records.surfaceFeatures.filter(feature => feature.points.some(([x, y]) => ground(x, y) === null))
    expect(off.map(feature => feature.id)).toEqual([])
  })

  it('starts with schemes that are scenario documents as they stand', () => {
    const scenarios: readonly ScenarioDocument[] = city.scenarios
    expect(scenarios).toHaveLength(2)
    for (const scenario of scenarios) for (const [id, proposal] of Object.entries(scenario.proposals)) {
      expect(proposalSchema.parse(proposal)).toMatchObject({ id, kind: 'gas', section: { diameterM: 0.325 } })
    }
  })
})

describe('the planted problems', () => {
  const planted = new Map(city.plantedProblems.map(problem => [problem.id, problem]))
  const pair = (id: PlantedProblemId): [AssetRecord, AssetRecord] => {
    const [a, b] = planted.get(id)!.assets.map(asset => byId.get(asset)!)
    return [a!, b!]
  }

  it('are all there, and told in both languages', () => {
    expect(city.plantedProblems.map(problem => problem.id).sort()).toEqual([...PLANTED_PROBLEMS].sort())
    for (const language of ['en', 'zh-CN']) {
      const texts = JSON.parse(readFileSync(new URL(`../../../assets/locales/${language}/sample.json`, import.meta.url), 'utf8')) as { problem: object }
      expect(Object.keys(texts.problem).sort()).toEqual([...PLANTED_PROBLEMS].sort())
    }
  })

  it('a storm sewer passes about 0.1 m over a water main', () => {
    const [sewer, water] = pair('sewer-over-water')
    const [upper, lower] = levelsAtCrossing(sewer, water)!
    const gapM = upper - lower - 0.1 - (water.section.shape === 'circle' ? water.section.diameterM / 2 : NaN)
    expect(gapM).toBeCloseTo(0.12, 1)
    expect(gapM).toBeLessThan(0.4)
  })

  it('a gas main runs less than 1.0 m beside a power duct bank', () => {
    const [gas, power] = pair('gas-beside-power')
    const gapM = leastPlanGapM(gas, power)
    expect(gapM).toBeGreaterThan(0.3)
    expect(gapM).toBeLessThan(0.5)
  })

  it('a power connection has less than 0.5 m of cover under the carriageway', () => {
    const { assets: [id], at } = planted.get('shallow-cable')!
    expect(crownBelowGroundM(byId.get(id!)!, ground)).toBeLessThan(0.35)
    const roads = records.surfaceFeatures.filter(feature => feature.type === 'roadway')
    expect(roads.some(road => isInside(at, road.points))).toBe(true)
  })

  it('a heating connection cuts into the telecom ducts', () => {
    const [heat, telecom] = pair('heat-through-telecom')
    const [low, high] = levelsAtCrossing(heat, telecom)!
    expect(high - low - 0.08 - 0.11).toBeCloseTo(-0.1, 2)
  })

  it('an old water main of unknown accuracy lies 0.39 m from a gas main', () => {
    const [water, gas] = pair('unknown-old-water')
    expect(water.accuracyPlanM).toBeUndefined()
    expect(leastPlanGapM(water, gas)).toBeCloseTo(0.39, 2)
  })

  it('a culvert meets a foul sewer', () => {
    const [culvert, sewer] = pair('culvert-through-sewer')
    const [a, b] = levelsAtCrossing(culvert, sewer)!
    expect(Math.abs(a - b)).toBeLessThan(0.55)
  })
})
