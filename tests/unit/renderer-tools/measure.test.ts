import { describe, expect, it } from 'vitest'
import { measure } from '#renderer/tools/measure/measure-figures.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { anAsset } from '../../builders/twin-builder.ts'

const round = (diameterM: number) => ({ shape: 'circle', diameterM }) as const
const columns = buildAssetColumns([
  anAsset({ id: 'a', section: round(0.4), axis: [[-10, 0, -2], [10, 0, -2]] }),
  anAsset({ id: 'b', section: round(0.2), axis: [[0, -10, -1], [0, 10, -1]] }),
  anAsset({ id: 'c', section: { shape: 'rectangle', widthM: 2, heightM: 1 }, axis: [[-10, 5, -2], [10, 5, -2]] }),
], [0, 0, 0])
const on = (asset: number, at: readonly [number, number, number]) => ({ asset, at, label: '' })
const ground = () => 0

describe('measuring', () => {
  it('gives the clear distance of two crossing pipes: 1 m between axes less both radii, at a right angle', () => {
    const { clear } = measure(columns, ground, on(0, [5, 0, -2]), on(1, [0, 5, -1]))
    expect(clear).toMatchObject({ distanceM: expect.closeTo(0.7, 9), angleDeg: expect.closeTo(90, 9) })
    expect(clear!.a).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9), expect.closeTo(-2, 9)])
  })

  it('measures a rectangle from its side: 5 m between axes less half a width and a radius', () => {
    expect(measure(columns, ground, on(0, [0, 0, -2]), on(2, [0, 5, -2])).clear).toMatchObject({ distanceM: expect.closeTo(3.8, 9), angleDeg: expect.closeTo(0, 9) })
  })

  it('gives straight, plan, level and slope between the points, and cover at each', () => {
    const figures = measure(columns, ground, on(0, [0, 0, -2]), on(1, [0, 4, -1]))
    expect(figures).toMatchObject({ straightM: expect.closeTo(Math.sqrt(17), 9), planM: 4, levelM: 1, slopeRatio: 0.25 })
    expect(figures.cover).toEqual([expect.closeTo(1.8, 9), expect.closeTo(0.9, 9)])
  })

  it('has no clear distance within one line or to the ground, no slope straight up, no cover without ground', () => {
    expect(measure(columns, ground, on(0, [0, 0, -2]), on(0, [5, 0, -2])).clear).toBeNull()
    expect(measure(columns, null, on(0, [0, 0, -2]), { asset: null, at: [0, 0, 0], label: '' })).toMatchObject({ clear: null, slopeRatio: null, cover: [null, null] })
  })
})
