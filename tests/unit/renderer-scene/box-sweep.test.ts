import { describe, expect, it } from 'vitest'
import { axisFrames } from '#renderer/scene/geometry/axis-frames.ts'
import { addBoxSweep } from '#renderer/scene/geometry/box-sweep.ts'
import { MeshBuffer, type MeshArrays } from '#renderer/scene/geometry/mesh-buffer.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { boundsOf, openEdges, signedVolume } from './mesh-checks.ts'

function sweep(axis: readonly Vec3[], halfWidthM: number, halfHeightM: number): MeshArrays {
  const mesh = new MeshBuffer(4)
  const frames = axisFrames(axis.flat(), 0, axis.length)
  addBoxSweep(mesh, frames, 0, frames.count - 1, halfWidthM, halfHeightM, 3, [0, 0, 0])
  return mesh.finish()
}

describe('rectangular sections', () => {
  it('are as wide and as high as given, level across and upright', () => {
    const { min, max } = boundsOf(sweep([[0, 0, -2], [20, 0, -2]], 0.6, 0.25))
    expect(min.map(x => +x.toFixed(5))).toEqual([0, -0.6, -2.25])
    expect(max.map(x => +x.toFixed(5))).toEqual([20, 0.6, -1.75])
  })

  it('keep their upright height on a slope', () => {
    const mesh = sweep([[0, 0, 0], [10, 0, 10]], 1, 0.5)
    expect(signedVolume(mesh)).toBeCloseTo(2 * 1 * 10, 4)
  })

  it('are closed at bends and risers, and seen from outside', () => {
    const bend = sweep([[0, 0, 0], [10, 0, 0], [10, 10, 1], [3, 14, 1]], 0.6, 0.25)
    expect(openEdges(bend)).toBe(0)
    expect(signedVolume(bend)).toBeGreaterThan(0)
    const riser = sweep([[0, 0, 0], [10, 0, 0], [10, 0, 4], [20, 0, 4]], 0.6, 0.25)
    expect(openEdges(riser)).toBe(0)
    expect(signedVolume(riser)).toBeGreaterThan(10 * 1.2 * 0.5 * 2)
  })
})
