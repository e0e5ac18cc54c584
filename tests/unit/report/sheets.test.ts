import { describe, expect, it } from 'vitest'
import { textWidthMm } from '#shared/io/export/drawing-sheet.ts'
import { cutLine } from '#shared/profile/cut-line.ts'
import { worldToCut } from '#shared/profile/cut-world.ts'
import { clipLine, clipRing } from '#shared/report/sheets/clip.ts'
import { LabelRoom } from '#shared/report/sheets/label-room.ts'
import { spread } from '#shared/report/sheets/sheet-profile.ts'
import { uprightDeg } from '#shared/report/sheets/sheet-plan.ts'
import { stripsAlong } from '#shared/report/sheets/strips.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { mulberry32 } from '#tests/oracle/random-network.ts'

const BOX = { minX: 10, minY: 5, maxX: 40, maxY: 25 }
const inside = ([x, y]: readonly [number, number], slack: number) => x >= BOX.minX - slack && x <= BOX.maxX + slack && y >= BOX.minY - slack && y <= BOX.maxY + slack
const lengthOf = (points: readonly (readonly [number, number])[]) => points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)

describe('clipping to a window', () => {
  it.each([1, 2, 3, 4, 5])('keeps exactly the length of a line that walking along it finds inside (seed %i)', seed => {
    const random = mulberry32(seed)
    for (let k = 0; k < 50; k++) {
      const line = Array.from({ length: 2 + Math.floor(random() * 6) }, () => [random() * 60 - 5, random() * 40 - 5] as const)
      const pieces = clipLine(line, BOX)
      expect(pieces.flat().every(point => inside(point, 1e-9))).toBe(true)
      // Walked in small steps: a step counts where its middle is inside.
      let walked = 0
      for (let i = 0; i + 1 < line.length; i++) {
        const [[px, py], [qx, qy]] = [line[i]!, line[i + 1]!]
        const step = Math.hypot(qx - px, qy - py) / 4000
        for (let s = 0.5; s < 4000; s++) if (inside([px + (s / 4000) * (qx - px), py + (s / 4000) * (qy - py)], 0)) walked += step
      }
      expect(Math.abs(pieces.reduce((sum, piece) => sum + lengthOf(piece), 0) - walked)).toBeLessThan(0.1)
    }
  })

  it.each([11, 12, 13])('keeps exactly the area of a triangle that falling sand finds inside (seed %i)', seed => {
    const random = mulberry32(seed)
    for (let k = 0; k < 20; k++) {
      const ring = Array.from({ length: 3 }, () => [random() * 60 - 5, random() * 40 - 5] as const)
      const kept = clipRing(ring, BOX)
      const area = Math.abs(kept.reduce((sum, [x, y], i) => { const [nx, ny] = kept[(i + 1) % kept.length]!; return sum + x * ny - nx * y }, 0)) / 2
      const sign = (p: readonly [number, number], q: readonly [number, number], x: number, y: number) => Math.sign((q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]))
      let grains = 0
      for (let i = 0; i < 150; i++) {
        for (let j = 0; j < 100; j++) {
          const [x, y] = [BOX.minX + (i + 0.5) * 0.2, BOX.minY + (j + 0.5) * 0.2]
          const signs = [sign(ring[0]!, ring[1]!, x, y), sign(ring[1]!, ring[2]!, x, y), sign(ring[2]!, ring[0]!, x, y)]
          if (!(signs.includes(1) && signs.includes(-1))) grains += 0.04
        }
      }
      expect(Math.abs(area - grains)).toBeLessThan(6)
    }
  })
})

describe('labels', () => {
  it('find no room where one stands, at any angle, and find it beside', () => {
    const room = new LabelRoom()
    expect(room.takeText('给水 Ø 300', 2.5, [50, 50], 30)).toBe(true)
    expect(room.takeText('给水 Ø 300', 2.5, [51, 51], -60)).toBe(false)
    expect(room.takeText('给水 Ø 300', 2.5, [50, 50 + 3 * textWidthMm('给水 Ø 300', 2.5)], -60)).toBe(true)
  })
  it.each([5, 6, 7])('of a profile stay in their order, a pitch apart and within (seed %i)', seed => {
    const random = mulberry32(seed)
    const wanted = Array.from({ length: 12 }, () => random() * 120).sort((a, b) => a - b)
    const places = spread(wanted, 10, 0, 120)
    expect(places[0]).toBeGreaterThanOrEqual(0)
    expect(places.at(-1)).toBeLessThanOrEqual(120)
    for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(10 - 1e-9)
  })
  it('are read from below or from the right, whichever way a line runs', () => {
    for (let deg = -360; deg <= 720; deg += 7) {
      const upright = uprightDeg(deg)
      expect(upright).toBeGreaterThan(-90)
      expect(upright).toBeLessThanOrEqual(90.001)
      expect(Math.abs(Math.sin(((upright - deg) * Math.PI) / 180))).toBeLessThan(1e-9)
    }
  })
})

describe('strips along a line', () => {
  const window = { minX: 25, minY: 180, maxX: 333, maxY: 292 }
  it.each([21, 22, 23, 24, 25, 26])('follow each other without a gap, each wholly on its sheet and running to the right (seed %i)', seed => {
    const random = mulberry32(seed)
    let [x, y, heading] = [0, 0, random() * 6]
    const axis: Vec3[] = [[0, 0, 0]]
    for (let i = 0; i < 60; i++) {
      heading += (random() - 0.5) * 1.4
      const step = 3 + random() * 25
      axis.push([(x += step * Math.cos(heading)), (y += step * Math.sin(heading)), 0])
    }
    const line = cutLine(worldToCut(buildAssetColumns([{ id: 'L', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis, status: 'in_use', assumed: 0, attributes: {} }], [0, 0, 0]), [], []), 'L')!
    const strips = stripsAlong(line, window, 500, 136)
    expect(strips[0]!.fromM).toBe(0)
    expect(strips.at(-1)!.toM).toBeCloseTo(line.lengthM, 9)
    strips.forEach(({ fromM, toM, frame }, i) => {
      if (i > 0) expect(fromM).toBe(strips[i - 1]!.toM)
      expect(toM - fromM).toBeLessThanOrEqual(136 * 1.03)
      const within = axis.filter((_, v) => line.chainages[v]! >= fromM && line.chainages[v]! <= toM).map(([px, py]) => frame.toSheet(px, py))
      for (const [sx, sy] of within) {
        expect(sx).toBeGreaterThanOrEqual(window.minX)
        expect(sx).toBeLessThanOrEqual(window.maxX)
        expect(sy).toBeGreaterThanOrEqual(window.minY)
        expect(sy).toBeLessThanOrEqual(window.maxY)
      }
      if (within.length > 2) expect(within.at(-1)![0]).toBeGreaterThan(within[0]![0] - 1e-9)
      // A metre is two millimetres, whichever way it lies.
      const [p, q] = [frame.toSheet(3, 4), frame.toSheet(4, 4)]
      expect(Math.hypot(p[0] - q[0], p[1] - q[1])).toBeCloseTo(2, 9)
      expect(frame.toWorld(p)[0]).toBeCloseTo(3, 9)
    })
  })
})
