import { describe, expect, it } from 'vitest'
import { cutMesh, type CutMesh } from '#shared/excavation/cut-mesh.ts'
import { answerOf, solidOf, type ExcavationRequest } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import { flatGround } from '#tests/builders/twin-builder.ts'
import { randomFor, randomGround, randomOutline } from './random-sites.ts'

const meshOf = (fields: Partial<ExcavationRequest>, ground: GroundSurface | null) => {
  const request: ExcavationRequest = { outline: [[0, 0], [8, 0], [8, 6], [0, 6]], bottom: { depthM: 3 }, slopeRatio: 0, bench: null, soil: null, structuresM3: 0, ...fields }
  const solid = solidOf(request, ground && groundPatches(ground))
  if (!solid.ok) throw new Error(solid.error.code)
  return { mesh: cutMesh(solid.value, ground && groundSampler(ground)), answer: answerOf(request, solid.value, []) }
}

/** Volume between the mesh and a level lid over it: what the triangles enclose under their opening. */
function volumeUnder(mesh: CutMesh, lidZ: (x: number, y: number) => number): number {
  const { positions: p } = mesh
  let volume = 0
  for (let i = 0; i < p.length; i += 9) {
    const twice = (p[i + 3]! - p[i]!) * (p[i + 7]! - p[i + 1]!) - (p[i + 4]! - p[i + 1]!) * (p[i + 6]! - p[i]!)
    const depth = [0, 3, 6].reduce((sum, k) => sum + lidZ(p[i + k]!, p[i + k + 1]!) - p[i + k + 2]!, 0) / 3
    volume += (twice / 2) * depth
  }
  return volume
}

const openingArea = (mesh: CutMesh) => mesh.openings.reduce((sum, ring) => sum + ringArea(ring), 0)

describe('a cut as drawn', () => {
  it('with upright sides on level ground is a box without a lid, every face seen from within', () => {
    const { mesh } = meshOf({}, flatGround(0))
    const middle = [4, 3, -1.5]
    for (let i = 0; i < mesh.positions.length; i += 9) {
      const at = (k: number) => [0, 1, 2].map(c => mesh.positions[i + 3 * k + c]!)
      const [a, b, c] = [at(0), at(1), at(2)] as [number[], number[], number[]]
      const [u, v] = [b.map((x, k) => x - a[k]!), c.map((x, k) => x - a[k]!)] as [number[], number[]]
      const normal = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!]
      expect(normal.reduce((sum, x, k) => sum + x * (middle[k]! - a[k]!), 0)).toBeGreaterThan(0)
      expect(normal.reduce((sum, x, k) => sum + x * mesh.normals[i + k]!, 0)).toBeGreaterThan(0)
    }
    const z = mesh.positions.filter((_, i) => i % 3 === 2)
    expect([Math.min(...z), Math.max(...z)]).toEqual([-3, 0])
    expect(openingArea(mesh)).toBeCloseTo(48, 9)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('encloses the cut volume and opens over the top area, any outline and ground (seed %i)', seed => {
    const random = randomFor(seed)
    const ground = randomGround(random)
    const { mesh, answer } = meshOf({ outline: randomOutline(random), bottom: { depthM: 4 }, slopeRatio: 0.7 }, ground)
    const level = groundSampler(ground)
    const [volume, area] = [volumeUnder(mesh, (x, y) => level(x, y) ?? 0), openingArea(mesh)]
    expect(Math.abs(volume / answer.volumes.cutM3 - 1)).toBeLessThan(0.02)
    expect(Math.abs(area / answer.solid.areaTopM2 - 1)).toBeLessThan(0.02)
  })

  it('without known ground is drawn a few metres high', () => {
    const { mesh } = meshOf({ bottom: { levelM: 10 } }, null)
    expect(Math.max(...mesh.positions.filter((_, i) => i % 3 === 2))).toBe(13)
  })
})
