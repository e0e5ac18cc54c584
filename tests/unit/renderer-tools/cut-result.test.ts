import { describe, expect, it } from 'vitest'
import { cutResult } from '#renderer/tools/excavate/cut-result.ts'
import type { DigSite } from '#renderer/tools/excavate/dig-site.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { groundSampler } from '#shared/twin/ground.ts'
import { flatGround, TwinBuilder } from '#tests/builders/twin-builder.ts'

const ORIGIN = [1000, 2000, 200] as const
const indexed = (twin: TwinBuilder) => {
  const columns = buildAssetColumns(twin.build().assets, ORIGIN)
  return { columns, index: buildSegmentIndex(columns) }
}
const ground = flatGround(0)
const site: DigSite = {
  ground: groundPatches(ground), groundAt: groundSampler(ground), removed: new Set(), rockHoles: [],
  baseline: indexed(TwinBuilder.with().aPipe('through', [[990, 2005, 198], [1030, 2005, 198]], { owner: 'A' }).aPipe('far', [[990, 2060, 198], [1030, 2060, 198]])),
  proposals: indexed(TwinBuilder.with().aPipe('planned', [[1005, 1990, 198.5], [1005, 2030, 198.5]], { owner: 'B', status: 'planned' })),
}
const pit: Excavation = { id: 'p', name: '', shape: { type: 'pit', outline: [[1000, 2000], [1012, 2000], [1012, 2010], [1000, 2010]] }, bottom: { levelM: 197 }, slopeRatio: 0 }

describe('what is shown of an excavation', () => {
  it('tells of rock that a borehole near it found above its bottom, in the project datum', () => {
    const rockHoles = [{ id: 'BH1', at: [1015, 2005], rockLevelM: 198.2, rock: 'MUDSTONE' }] as const
    expect(cutResult(pit, { ...site, rockHoles }, ORIGIN).rock.map(({ id, distanceM, intoRockM }) => [id, distanceM, Math.round(1000 * intoRockM) / 1000])).toEqual([['BH1', 3, 1.2]])
    expect(cutResult(pit, site, ORIGIN).rock).toEqual([])
  })

  it('covers the baseline and the scheme\'s own lines, with what hangs in the cut', () => {
    const { cut, hanging, mesh, refusal } = cutResult(pit, site, ORIGIN)
    expect(refusal).toBeNull()
    expect(cut!.volumes.cutM3).toBeCloseTo(12 * 10 * 3, 6)
    expect(cut!.assets.map(asset => [asset.id, asset.struck, asset.exposedSpanM])).toEqual([['through', true, expect.closeTo(12, 6)], ['planned', true, expect.closeTo(10, 6)]])
    expect(cut!.notices).toEqual([{ owner: 'A', assets: ['through'] }, { owner: 'B', assets: ['planned'] }])
    expect(hanging.map(({ asset, spans }) => [asset.id, spans])).toEqual([['through', [[[0, 5, -2], [12, 5, -2]]]], ['planned', [[[5, 0, -1.5], [5, 10, -1.5]]]]])
    expect(mesh!.positions.length).toBeGreaterThan(0)
  })
  it('leaves out what the scheme takes out of the ground', () => {
    expect(cutResult(pit, { ...site, removed: new Set(['through']) }, ORIGIN).cut!.assets.map(asset => asset.id)).toEqual(['planned'])
  })
  it('gives the volumes while the index is not there yet', () => {
    expect(cutResult(pit, { ...site, baseline: null, proposals: null }, ORIGIN).cut).toMatchObject({ assets: [], volumes: { cutM3: expect.closeTo(360, 6) as number } })
  })
  it.each<[string, Partial<Excavation>]>([
    ['outline_self_crossing', { shape: { type: 'pit', outline: [[1000, 2000], [1010, 2010], [1010, 2000], [1000, 2010]] } }],
    ['above_ground', { bottom: { levelM: 201 } }],
    ['no_ground', { bottom: { depthM: 2 }, shape: { type: 'trench', line: [[5000, 5000], [5010, 5000]], widthM: 1 } }],
    ['no_ground_for_slope', { slopeRatio: 1, shape: { type: 'trench', line: [[5000, 5000], [5010, 5000]], widthM: 1 } }],
    ['trench_self_crossing', { shape: { type: 'trench', line: [[1000, 2000], [1010, 2000], [1001, 2001]], widthM: 3 } }],
  ])('refuses with %s and shows nothing', (code, fields) => {
    expect(cutResult({ ...pit, ...fields }, site, ORIGIN)).toMatchObject({ refusal: { code }, mesh: null, cut: null, hanging: [] })
  })
  it('tells what a bore comes near', () => {
    const bore: Excavation = { id: 'b', name: '', shape: { type: 'bore', axis: [[1005, 1980, 198.2], [1005, 2040, 198.2]], diameterM: 0.5 }, bottom: null, slopeRatio: 0 }
    expect(cutResult(bore, site, ORIGIN).bored!.map(asset => [asset.id, asset.struck])).toEqual([['through', true], ['planned', true]])
  })
})
