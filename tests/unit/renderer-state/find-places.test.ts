import { expect, it } from 'vitest'
import { coordinatesIn, idsLike, streetsLike } from '#renderer/state/twin/find-places.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const city = (ids: readonly string[]) => buildAssetColumns(ids.map((id, i) => anAsset({ id, axis: [[10 * i, 0, -1], [10 * i + 8, 0, -1]] })), [0, 0, 0])

it('finds the whole id first, then what begins with it, then what holds it', () => {
  const columns = city(['XJS-1', 'JS-12', 'JS-1', 'YS-3', 'js-11'])
  expect(idsLike(columns, 'JS-1', 8)).toEqual(['JS-1', 'JS-12', 'js-11', 'XJS-1'])
  expect(idsLike(columns, ' js-1 ', 2)).toEqual(['JS-1', 'JS-12'])
  expect(idsLike(columns, 'J', 8)).toEqual([])
  expect(idsLike(columns, 'GAS', 8)).toEqual([])
})

it('says no more than asked, whatever the number of lines (500 lines)', () => {
  const columns = city(Array.from({ length: 500 }, (_, i) => `W${i}`))
  expect(idsLike(columns, 'W4', 8)).toHaveLength(8)
  expect(idsLike(columns, 'W499', 8)).toEqual(['W499'])
})

it.each([
  ['363803.09, 3272006.63', [363803.09, 3272006.63]],
  ['363803 3272006', [363803, 3272006]],
  ['-5；7.25', [-5, 7.25]],
  ['363803\t3272006', [363803, 3272006]],
  ['363803', null],
  ['JS 1, 2', null],
  ['1, 2, 3', null],
  ['1e9, 2', null],
] as const)('reads %j as a place or as none', (text, place) => {
  expect(coordinatesIn(text)).toEqual(place)
})

it('finds a street by any part of its name, once, at the middle of its longest piece', () => {
  const street = (id: string, name: string, points: readonly (readonly [number, number])[]) => ({ id, type: 'street_centreline' as const, geometry: 'line' as const, points, name, attributes: {} })
  const context = {
    nodes: [], ground: null, blocks: [],
    surfaceFeatures: [
      street('s1', '书院大道 Shuyuan Avenue', [[0, 0], [10, 0]]), street('s2', '书院大道 Shuyuan Avenue', [[10, 0], [50, 0], [90, 0]]), street('s3', 'Avenue of Trees', [[0, 5], [1, 5]]),
      { ...street('k1', 'Avenue kerb', [[0, 0], [1, 0]]), type: 'kerb' as const }, street('s4', '', [[0, 0], [1, 0]]),
    ],
  }
  expect(streetsLike(context, '书院', 8)).toEqual([{ name: '书院大道 Shuyuan Avenue', at: [50, 0] }])
  expect(streetsLike(context, 'avenue', 8).map(({ name }) => name)).toEqual(['Avenue of Trees', '书院大道 Shuyuan Avenue'])
  expect(streetsLike(context, 'avenue', 1)).toHaveLength(1)
  expect(streetsLike(context, 'a', 8)).toEqual([])
})
