import { describe, expect, it } from 'vitest'
import { capsOf } from '#renderer/scene/clip/clip-caps.ts'
import { clipFaces, isKept } from '#renderer/scene/clip/clip-planes.ts'
import { poseBetween } from '#renderer/scene/camera/camera-orders.ts'
import { eyeOf } from '#renderer/scene/camera/pose.ts'
import { cutWorld } from '#renderer/state/scheme/scheme-world.ts'
import type { Clip } from '#renderer/state/view/view-store.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { anAsset } from '../../builders/twin-builder.ts'

const keeps = (clip: Clip, at: readonly [number, number, number]) => isKept(clip, at)
const columns = buildAssetColumns([anAsset({ id: 'a', section: { shape: 'circle', diameterM: 1 }, axis: [[-20, 3, -2], [20, 3, -2]] })], [0, 0, 0])
const area = (positions: Float32Array) => {
  let sum = 0
  for (let i = 0; i < positions.length; i += 9) {
    const [u, v] = [[3, 4, 5], [6, 7, 8]].map(corner => corner.map((k, c) => positions[i + k]! - positions[i + c]!)) as [number[], number[]]
    sum += Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!) / 2
  }
  return sum
}
const caps = (clip: Clip) => capsOf(cutWorld(columns, null), clipFaces(clip), [0, 0, 0], () => true, () => [1, 0, 0])

describe('the section', () => {
  const east: Clip = { type: 'plane', at: [5, 0], bearing: Math.PI / 2, offsetM: 1 }
  const box: Clip = { type: 'box', min: [-4, 0, -5], max: [4, 8, 1] }

  it('keeps what lies beyond the plane in its bearing, and inside the box', () => {
    expect([keeps(east, [7, 50, 0]), keeps(east, [5.5, 50, 0])]).toEqual([true, false])
    expect([keeps(box, [0, 4, -2]), keeps(box, [0, 4, -6]), keeps(box, [5, 4, -2]), keeps(box, [0, -1, -2])]).toEqual([true, false, false, false])
  })

  it('caps a pipe it cuts square with a disc, inside what is kept', () => {
    const { positions } = caps(east)
    expect(area(positions)).toBeCloseTo(Math.PI / 4, 2)
    for (let i = 0; i < positions.length; i += 3) expect(keeps(east, [positions[i]!, positions[i + 1]!, positions[i + 2]!])).toBe(true)
  })

  it('caps a pipe it cuts at 45° with an ellipse √2 as large', () => {
    expect(area(caps({ type: 'plane', at: [0, 3], bearing: Math.PI / 4, offsetM: 0 }).positions)).toBeCloseTo((Math.SQRT2 * Math.PI) / 4, 2)
  })

  it('caps both ends where a box cuts a pipe twice, and nothing where it misses', () => {
    expect(area(caps(box).positions)).toBeCloseTo(Math.PI / 2, 2)
    expect(caps({ ...box, min: [-4, 6, -5] }).positions).toHaveLength(0)
  })
})

it('a saved camera stands where it stood', () => {
  const eye = eyeOf(poseBetween([10, -20, 35], [1, 2, 3]))
  expect(eye).toEqual([expect.closeTo(10, 9), expect.closeTo(-20, 9), expect.closeTo(35, 9)])
})
