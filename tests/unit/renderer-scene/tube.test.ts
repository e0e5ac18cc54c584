import { describe, expect, it } from 'vitest'
import { axisFrames } from '#renderer/scene/geometry/axis-frames.ts'
import { MeshBuffer, type MeshArrays } from '#renderer/scene/geometry/mesh-buffer.ts'
import { addTube, tubeSides } from '#renderer/scene/geometry/tube.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { boundsOf, openEdges, signedVolume } from './mesh-checks.ts'

function tube(axis: readonly Vec3[], radiusM: number, pieces: readonly (readonly [number, number])[] = [[0, axis.length - 1]]): MeshArrays {
  const mesh = new MeshBuffer(4)
  const frames = axisFrames(axis.flat(), 0, axis.length)
  for (const [first, last] of pieces) addTube(mesh, frames, first, last, radiusM, 7, [0, 0, 0])
  return mesh.finish()
}

/** Area of the regular polygon a tube's ring is. */
const ringArea = (radiusM: number) => (tubeSides(radiusM) / 2) * radiusM ** 2 * Math.sin((2 * Math.PI) / tubeSides(radiusM))

describe('tubes', () => {
  it('has one ring a vertex and a cap at either end', () => {
    const mesh = tube([[0, 0, 0], [10, 0, 0], [20, 3, 0]], 0.2)
    const sides = tubeSides(0.2)
    expect(mesh.items.length).toBe(3 * sides + 2 * (sides + 1))
    expect(mesh.indices.length / 3).toBe(2 * 2 * sides + 2 * sides)
    expect(new Set(mesh.items)).toEqual(new Set([7]))
  })

  it('reaches exactly its outer radius from a straight axis', () => {
    const { min, max } = boundsOf(tube([[5, 1, -2], [25, 1, -2]], 0.5))
    expect(min[0]).toBeCloseTo(5, 6)
    expect(max[0]).toBeCloseTo(25, 6)
    expect(max[1]! - min[1]!).toBeCloseTo(1, 6)
    expect(max[2]! - min[2]!).toBeCloseTo(1, 6)
  })

  it('encloses the volume of its section times its length, seen from outside', () => {
    expect(signedVolume(tube([[0, 0, 0], [10, 0, 0]], 0.3))).toBeCloseTo(10 * ringArea(0.3), 4)
    // A mitred bend keeps the volume: what one side loses the other gains.
    expect(signedVolume(tube([[0, 0, 0], [10, 0, 0], [10, 8, 0]], 0.3))).toBeCloseTo(18 * ringArea(0.3), 3)
  })

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))('has no gap at any joint, risers and sharp turns included (seed %i)', seed => {
    const random = seededRandom(seed)
    const axis: Vec3[] = [[0, 0, 0]]
    for (let i = 0; i < 8; i++) {
      const last = axis.at(-1)!
      const isRiser = random.chance(0.25)
      axis.push(isRiser ? [last[0], last[1], last[2] + random.range(-3, 3)] : [last[0] + random.range(-6, 6), last[1] + random.range(-6, 6), last[2] + random.range(-1, 1)])
    }
    expect(openEdges(tube(axis, 0.25))).toBe(0)
  })

  it('closes where a piece ends inside the axis and the next begins: the same ring', () => {
    const axis: Vec3[] = [[0, 0, 0], [10, 2, 0], [20, -3, 1], [28, 4, 0], [28, 4, 5]]
    expect(openEdges(tube(axis, 0.3, [[0, 2], [2, 3], [3, 4]]))).toBe(0)
  })

  it('points its normals away from the axis', () => {
    const mesh = tube([[0, 0, 0], [10, 0, 0], [10, 10, 0]], 0.4)
    for (let v = 0; v < 8; v++) {
      const outward = mesh.positions[3 * v + 1]! * mesh.packed[4 * v + 1]! + mesh.positions[3 * v + 2]! * mesh.packed[4 * v + 2]!
      expect(outward).toBeGreaterThan(0)
    }
  })

  it('leaves out repeated points and draws nothing for a single place', () => {
    expect(tube([[0, 0, 0], [0, 0, 0], [10, 0, 0]], 0.2, [[0, 1]]).items.length).toBeGreaterThan(0)
    expect(tube([[1, 1, 1], [1, 1, 1]], 0.2, [[0, 0]]).items.length).toBe(0)
  })
})
