import type { PaperPoint } from '../../io/export/drawing-sheet.ts'
import type { PaperBox } from './clip.ts'

/** How a plan lies on a sheet. World: local frame, metres. */
export interface PlanFrame {
  readonly window: PaperBox
  /** 500 for 1 : 500. */
  readonly scale: number
  /** World turned anticlockwise by this so that it lies as drawn, degrees. */
  readonly turnDeg: number
  /** Box in the world around all that the window shows. */
  readonly reach: PaperBox
  toSheet(x: number, y: number): PaperPoint
  toWorld(at: PaperPoint): readonly [number, number]
}

/** @param centre World place in the middle of the window. */
export function planFrame(window: PaperBox, scale: number, centre: readonly [number, number], turnRad: number): PlanFrame {
  const [mx, my] = [(window.minX + window.maxX) / 2, (window.minY + window.maxY) / 2]
  const mmPerM = 1000 / scale
  const [cos, sin] = [Math.cos(turnRad), Math.sin(turnRad)]
  const toSheet = (x: number, y: number): PaperPoint => {
    const [dx, dy] = [(x - centre[0]) * mmPerM, (y - centre[1]) * mmPerM]
    return [mx + dx * cos - dy * sin, my + dx * sin + dy * cos]
  }
  const toWorld = ([x, y]: PaperPoint): readonly [number, number] => {
    const [dx, dy] = [(x - mx) / mmPerM, (y - my) / mmPerM]
    return [centre[0] + dx * cos + dy * sin, centre[1] - dx * sin + dy * cos]
  }
  const corners = [[window.minX, window.minY], [window.maxX, window.minY], [window.maxX, window.maxY], [window.minX, window.maxY]].map(([x, y]) => toWorld([x!, y!]))
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { window, scale, turnDeg: (turnRad * 180) / Math.PI, reach: { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) }, toSheet, toWorld }
}

/** The largest scale of a list at which an extent fits a window; the smallest where none does. @param scales Rising. */
export const scaleFor = (scales: readonly number[], widthM: number, heightM: number, window: PaperBox, share: number): number =>
  scales.find(scale => (widthM * 1000) / scale <= share * (window.maxX - window.minX) && (heightM * 1000) / scale <= share * (window.maxY - window.minY)) ?? scales.at(-1)!
