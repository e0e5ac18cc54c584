import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { rockHoles, rockMet, type RockHole } from '#shared/excavation/rock.ts'
import { schemeDigs } from '#shared/excavation/scheme-digs.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { boreholeFeature, type Stratum } from '#shared/twin/borehole.ts'
import { rockIn } from '#shared/twin/rock.ts'
import { flatGround } from '../../builders/twin-builder.ts'
import { importOf } from '../io/mutate.ts'
import { hasSharedData, sharedData } from '../io/shared-data.ts'

const layer = (topM: number, baseM: number, description: string, code = ''): Stratum => ({ topM, baseM, description, code })
const hole = (id: string, at: readonly [number, number], groundM: number | null, strata: readonly Stratum[]) => boreholeFeature({ id, groundM, depthM: null, strata, attributes: {} }, at)
const pit = (bottom: { readonly levelM: number } | { readonly depthM: number }): Excavation => ({ id: 'pit', name: '', shape: { type: 'pit', outline: [[0, 0], [20, 0], [20, 10], [0, 10]] }, bottom, slopeRatio: 0 })

describe('a layer of a log', () => {
  it.each([
    ['Grey MUDSTONE', '801'], ['Coal', '806'], ['COAL with mudstone bands.', '806'], ['CHALK recovered as (soft to firm) light grey silt', '805'], ['weathered sandstone', ''], ['', '803'], ['', 'SANDSTONE'],
    ['中风化泥岩，紫红色，节理发育', ''], ['砂岩：灰白色', ''], ['强风化砂质泥岩', ''], ['基岩', ''],
  ])('is rock: %s %s', (description, code) => {
    expect(rockIn({ description, code })).toBe(true)
  })

  it.each([
    ['Firm brown sandy CLAY with fragments of mudstone', '201'], ['MADE GROUND: brick and sandstone', '102'], ['Sandstone gravel', ''], ['Silty CLAY', '801'], ['BOULDERS', '730'], ['', '201'], ['', ''], ['VOID', '999'],
    ['素填土（含砂岩、泥岩碎块）', ''], ['粉质黏土', ''], ['含泥岩碎石黏土', ''], ['GR ZMGO GG2', 'Zg1'],
  ])('is none: %s %s', (description, code) => {
    expect(rockIn({ description, code })).toBe(false)
  })
})

describe('rock below an excavation', () => {
  it('is what its nearest boreholes found above the bottom: which, how far, at what level, how deep', () => {
    const holes = rockHoles([
      hole('BH1', [30, 5], 240, [layer(6, 9, '泥岩'), layer(0, 6, '素填土'), layer(9, 12, '砂岩')]),
      hole('BH2', [10, 5], 241, [layer(0, 5, 'Firm CLAY'), layer(5, 8, 'Weak SANDSTONE')]),
      hole('BH3', [10, 59], 241, [layer(0, 1, 'MUDSTONE')]), hole('BH4', [10, 61], 241, [layer(0, 1, 'MUDSTONE')]),
      hole('no level', [10, 5], null, [layer(0, 5, 'SANDSTONE')]), hole('no rock', [10, 5], 240, [layer(0, 20, 'Stiff CLAY')]), hole('deeper', [10, 5], 240, [layer(12, 20, 'SHALE')]),
    ])
    expect(rockMet(pit({ levelM: 232 }), 232, holes)).toEqual([
      { id: 'BH2', at: [10, 5], rockLevelM: 236, rock: 'Weak SANDSTONE', distanceM: 0, intoRockM: 4 },
      { id: 'BH1', at: [30, 5], rockLevelM: 234, rock: '泥岩', distanceM: 10, intoRockM: 2 },
      { id: 'BH3', at: [10, 59], rockLevelM: 241, rock: 'MUDSTONE', distanceM: 49, intoRockM: 9 },
    ])
    expect(rockMet(pit({ levelM: 241 }), 241, holes)).toEqual([])
    expect(rockMet(pit({ depthM: 4 }), null, holes)).toEqual([])
  })

  it('of a bore is asked of the part within 50 m of the hole, against every half centimetre of 60 axes (seed 4)', () => {
    const random = seededRandom(4)
    for (let n = 0; n < 60; n++) {
      const axis = Array.from({ length: 5 }, (_, i) => [60 * i + random.range(-20, 20), random.range(-40, 40), random.range(-15, 0)] as const)
      const at: readonly [number, number] = [random.range(0, 240), random.range(-60, 60)]
      const shape = { type: 'bore' as const, axis, diameterM: 0.8 }
      let lowest = Infinity
      let nearest = Infinity
      for (const [i, b] of axis.slice(1).entries()) {
        for (let k = 0; k <= 20_000; k++) {
          const [x, y, z] = [0, 1, 2].map(c => axis[i]![c]! + (k / 20_000) * (b[c]! - axis[i]![c]!)) as [number, number, number]
          const distance = Math.hypot(x - at[0], y - at[1])
          nearest = Math.min(nearest, distance)
          if (distance <= 50) lowest = Math.min(lowest, z - 0.4)
        }
      }
      const rock: RockHole = { id: 'B', at, rockLevelM: 5, rock: 'rock' }
      const [met] = rockMet({ shape }, null, [rock])
      if (nearest > 50) expect(met).toBeUndefined()
      else {
        expect(met!.distanceM).toBeCloseTo(nearest, 2)
        expect(met!.intoRockM).toBeCloseTo(5 - lowest, 1)
      }
    }
  })

  it('is told of every excavation of a scheme, in the project datum, by depth too; a log that is no log is passed over', () => {
    const holes = rockHoles([hole('BH1', [1005, 5], 200, [layer(3, 9, 'MUDSTONE')]), { ...hole('bad', [1005, 5], 200, []), attributes: { groundM: 200, strata: '{"a":' } }])
    const shape = { type: 'pit' as const, outline: [[1000, 0], [1020, 0], [1020, 10], [1000, 10]] as const }
    const bore: Excavation = { id: 'bore', name: '', shape: { type: 'bore', axis: [[1000, 5, 196], [1020, 5, 196]], diameterM: 1 }, bottom: null, slopeRatio: 0 }
    const digs = schemeDigs(buildAssetColumns([], [1000, 0, 200]), flatGround(0), [{ ...pit({ depthM: 5 }), shape }, bore], holes)
    expect(digs.map(({ rock }) => rock.map(({ id, intoRockM }) => [id, Math.round(1000 * intoRockM) / 1000]))).toEqual([[['BH1', 2]], [['BH1', 1.5]]])
    expect(schemeDigs(buildAssetColumns([], [1000, 0, 200]), flatGround(0), [{ ...pit({ depthM: 2 }), shape }], holes)[0]!.rock).toEqual([])
  })
})

describe.skipIf(!hasSharedData('ags-boreholes'))('a real AGS file', () => {
  it('North Kelvinside: rock in R14 is the uppermost of its layers, however the file orders them', () => {
    const { surfaceFeatures } = importOf(sharedData('ags-boreholes/1-CO102748.002_NorthKelvinsideLogs.ags'))
    const r14 = surfaceFeatures.find(({ id }) => id === 'R14')!
    const strata = JSON.parse(String(r14.attributes['strata'])) as Stratum[]
    const tops = strata.filter(({ code }) => /^8\d\d$/.test(code)).map(({ topM }) => topM)
    const found = rockHoles(surfaceFeatures).find(({ id }) => id === 'R14')!
    expect(found.rockLevelM).toBeCloseTo(Number(r14.attributes['groundM']) - Math.min(...tops), 9)
    expect(found.rock).toMatch(/STONE|COAL|Coal/)
  })
})
