import { describe, expect, it } from 'vitest'
import { patchMesh, patchWindow, type GridWindow } from '#renderer/scene/ground/ground-patch.ts'
import { terrainMesh, thinningStep } from '#renderer/scene/ground/terrain-mesh.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { GridSurface } from '#shared/twin/ground.ts'

const [COLS, ROWS, CELL_M] = [403, 311, 2.5]
const random = seededRandom(7)
const grid: GridSurface = {
  type: 'grid', name: 'hills', x0: 1000, y0: -400, cols: COLS, rows: ROWS, cellSizeM: CELL_M,
  z: Float64Array.from({ length: COLS * ROWS }, (_, i) => 20 * Math.sin((i % COLS) / 9) + 12 * Math.cos(Math.floor(i / COLS) / 7) + random.range(0, 2)),
}
const MOST = 50
const step = thinningStep(grid, MOST)

describe('the patch of ground where one looks', () => {
  it('is not needed where the sheet is hardly thinned', () => {
    expect(patchWindow(grid, 1, [1200, 0], 200, null)).toBeNull()
    expect(patchWindow(grid, 3, [1200, 0], 200, null)).toBeNull()
  })

  it('lies about the place, within the grid, on points of the sheet, and stays while the place is well within (seed 11)', () => {
    const places = seededRandom(11)
    let current: GridWindow | null = null
    for (let i = 0; i < 500; i++) {
      const at = [places.range(900, 2100), places.range(-500, 500)] as const
      const next: GridWindow = patchWindow(grid, step, at, 200, current)!
      for (const point of [next.col0, next.row0, next.col1, next.row1]) expect(point % step).toBe(0)
      expect(next.col0).toBeGreaterThanOrEqual(0)
      expect(next.row0).toBeGreaterThanOrEqual(0)
      expect(next.col1).toBeLessThan(COLS)
      expect(next.row1).toBeLessThan(ROWS)
      expect(next.col1 - next.col0).toBeGreaterThan(150 / CELL_M)
      // The place, brought into the grid, is in the window.
      const col = Math.min(Math.max((at[0] - grid.x0) / CELL_M, next.col0), next.col1)
      if (at[0] >= grid.x0 && at[0] <= grid.x0 + next.col1 * CELL_M) expect(Math.abs(col - (at[0] - grid.x0) / CELL_M)).toBeLessThanOrEqual(step)
      expect(patchWindow(grid, step, at, 200, next)).toBe(next)
      current = next
    }
  })

  it('is the ground itself inside, and meets the sheet along its rim', () => {
    const window = patchWindow(grid, step, [1500, 0], 300, null)!
    const patch = patchMesh(grid, step, window, [0, 0, 0], 1000)
    const sheet = terrainMesh(grid, [0, 0, 0], MOST)
    const sheetLevels = new Map<string, number>()
    for (let p = 0; p < sheet.positions.length; p += 3) sheetLevels.set(`${sheet.positions[p]},${sheet.positions[p + 1]}`, sheet.positions[p + 2]!)
    let [inside, rim] = [0, 0]
    for (let p = 0; p < patch.positions.length; p += 3) {
      const [col, row] = [(patch.positions[p]! - grid.x0) / CELL_M, (patch.positions[p + 1]! - grid.y0) / CELL_M]
      const inward = Math.min(col - window.col0, window.col1 - col, row - window.row0, window.row1 - row)
      if (inward >= step) {
        inside++
        expect(patch.positions[p + 2]).toBe(Math.fround(grid.z[row * COLS + col]!))
      } else if (inward === 0) {
        rim++
        // Along the rim the sheet is straight between two of its points.
        const [across, along] = col === window.col0 || col === window.col1 ? [col, row] : [row, col]
        const isColumn = col === window.col0 || col === window.col1
        const from = along - (along % step)
        const level = (at: number) => sheetLevels.get(isColumn ? `${grid.x0 + across * CELL_M},${grid.y0 + at * CELL_M}` : `${grid.x0 + at * CELL_M},${grid.y0 + across * CELL_M}`)!
        const share = (along % step) / step
        expect(patch.positions[p + 2]!).toBeCloseTo(share === 0 ? level(from) : level(from) * (1 - share) + level(from + step) * share, 4)
      }
    }
    expect(inside).toBeGreaterThan(1000)
    expect(rim).toBeGreaterThan(200)
  })
})
