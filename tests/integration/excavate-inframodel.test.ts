import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cutVolume } from '#shared/excavation/cut-volume.ts'
import { excavate } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { ringBox } from '#shared/geometry/plan-box.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { groundSampler, type GroundSampler, type TinSurface } from '#shared/twin/ground.ts'

const DATA = new URL('../../../shared/data/inframodel-m3-road/', import.meta.url)
const hasData = existsSync(new URL('M3_Terrain.mm.xml', DATA))
/** Near the road, so that doubles keep micrometres: easting, northing. */
const ORIGIN = [21_530_000, 6_782_000] as const

/** The TIN of a LandXML file: points are "northing easting level", faces name them. Test only: just enough for these files. */
function readTin(name: string): TinSurface {
  const text = readFileSync(new URL(name, DATA), 'latin1')
  const index = new Map<string, number>()
  const xyz: number[] = []
  for (const [, id, coordinates] of text.matchAll(/<P id="(\w+)"[^>]*>([^<]+)<\/P>/g)) {
    const [northing, easting, level] = coordinates!.trim().split(/\s+/).map(Number) as [number, number, number]
    index.set(id!, xyz.length / 3)
    xyz.push(easting - ORIGIN[0], northing - ORIGIN[1], level)
  }
  const faces = [...text.matchAll(/<F(?: [^>]*)?>([^<]+)<\/F>/g)].flatMap(match => match[1]!.trim().split(/\s+/).map(id => index.get(id)!))
  return { type: 'tin', name, xyz: Float64Array.from(xyz), faces: Uint32Array.from(faces) }
}

/** Triangles of a TIN as floors of a cut, seen from above. */
function floorsOf(tin: TinSurface) {
  const floors: { ring: number[]; floor: { x: number; y: number; c: number; gx: number; gy: number } }[] = []
  groundPatches(tin).forEachIn({ minX: -1e9, minY: -1e9, maxX: 1e9, maxY: 1e9 }, patch => floors.push({ ring: [...patch.ring], floor: patch }))
  return floors
}

/** The same volume by midpoints of squares of `stepM`, through the samplers of shared/twin: other code, other method. */
function sampledCut(terrain: GroundSampler, floor: GroundSampler, box: { minX: number; minY: number; maxX: number; maxY: number }, stepM: number) {
  let [cutM3, areaM2] = [0, 0]
  for (let y = box.minY + stepM / 2; y < box.maxY; y += stepM) {
    for (let x = box.minX + stepM / 2; x < box.maxX; x += stepM) {
      const low = floor(x, y)
      const high = low === null ? null : terrain(x, y)
      if (low === null || high === null || high <= low) continue
      cutM3 += (high - low) * stepM * stepM
      areaM2 += stepM * stepM
    }
  }
  return { cutM3, areaM2 }
}

describe.skipIf(!hasData)('road M3 (InfraModel)', () => {
  const terrain = hasData ? readTin('M3_Terrain.mm.xml') : null
  const lowest = hasData ? readTin('M3_Lowest_Comb_Rev2_201200.mm.xml') : null

  it('is read whole', () => {
    expect([terrain!.xyz.length / 3, terrain!.faces.length / 3]).toEqual([19_872, 36_067])
    expect(lowest!.xyz.length / 3).toBe(4997)
  })

  it('excavation from terrain to the lowest surface agrees with sampling within 0.1 %', () => {
    const floors = floorsOf(lowest!)
    const exact = cutVolume(floors, groundPatches(terrain!))
    const sampled = sampledCut(groundSampler(terrain!), groundSampler(lowest!), ringBox(floors.flatMap(({ ring }) => ring)), 0.25)
    expect(exact.cutM3).toBeGreaterThan(1000)
    expect(Math.abs(exact.cutM3 / sampled.cutM3 - 1)).toBeLessThan(1e-3)
    expect(Math.abs(exact.areaM2 / sampled.areaM2 - 1)).toBeLessThan(1e-3)
  })

  it.each([[0, 6], [1.5, 3]])('a concave pit with sides 1:%f in its terrain agrees with sampling within 0.1 %%', (slopeRatio, depthM) => {
    const columns = buildAssetColumns([], [0, 0, 0])
    const at = spotOn(terrain!, [-12, -12, 38, 31])
    const toe = ([[0, 0], [24, 3], [26, 17], [12, 11], [3, 19]] as const).map(([x, y]) => [at[0] + x, at[1] + y] as const)
    const result = excavate({ outline: toe, bottom: { depthM }, slopeRatio, bench: null, soil: null, structuresM3: 0 }, { columns, index: buildSegmentIndex(columns), ground: groundPatches(terrain!) })
    if (!result.ok) throw new Error(result.error.code)
    const { levelM } = result.value.solid
    // Floor by the offset polygon of sampling: the lowest of the edges' planes where they are the nearest.
    const floor: GroundSampler = (x, y) => {
      const run = mitredRun(toe, x, y)
      return run === 0 ? levelM : slopeRatio === 0 ? null : levelM + run / slopeRatio
    }
    const reach = slopeRatio * 12
    const sampled = sampledCut(groundSampler(terrain!), floor, { minX: at[0] - reach, minY: at[1] - reach, maxX: at[0] + 26 + reach, maxY: at[1] + 19 + reach }, 0.06)
    expect(Math.abs(result.value.volumes.cutM3 / sampled.cutM3 - 1)).toBeLessThan(1e-3)
    expect(Math.abs(result.value.solid.areaTopM2 / sampled.areaM2 - 1)).toBeLessThan(2e-3)
  })
})

/** The first vertex of the terrain with known ground all over the rectangle beside it. */
function spotOn(terrain: TinSurface, [minX, minY, maxX, maxY]: readonly [number, number, number, number]): readonly [number, number] {
  const ground = groundSampler(terrain)
  const steps = Array.from({ length: 13 }, (_, k) => k / 12)
  for (let i = 0; i < terrain.xyz.length; i += 3) {
    const [x, y] = [terrain.xyz[i]!, terrain.xyz[i + 1]!]
    if (steps.every(u => steps.every(v => ground(x + minX + u * (maxX - minX), y + minY + v * (maxY - minY)) !== null))) return [x, y]
  }
  throw new Error('the terrain is nowhere that wide')
}

/** Mitred distance to this outline, whose corners turn left but for the fourth. */
function mitredRun(toe: readonly (readonly [number, number])[], x: number, y: number): number {
  const outs = toe.map(([ax, ay], i) => {
    const [bx, by] = toe[(i + 1) % toe.length]!
    const length = Math.hypot(bx - ax, by - ay)
    return ((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length
  }) as [number, number, number, number, number]
  // The outline is what both halves at its reflex corner hold: inside edges 0, 1, 4 and inside either of 2 and 3.
  return Math.max(0, outs[0], outs[1], outs[4], Math.min(outs[2], outs[3]))
}
