import { placeAt } from '../../geometry/section-line.ts'
import type { CutLine } from '../../profile/cut-line.ts'
import { planFrame, type PlanFrame } from './plan-frame.ts'
import type { PaperBox } from './clip.ts'

/** A stretch of a line that one sheet shows, and how its plan lies there. */
export interface Strip {
  readonly fromM: number
  readonly toM: number
  readonly frame: PlanFrame
}

/** Share of the plan's window that a line may use across. */
const ACROSS = 0.72
/** Shortest stretch: a line that turns on itself within it is cut off by the window. */
const LEAST_M = 5

/**
 * Cuts a line into stretches that fit a plan window each, turned so that it runs from left to right.
 * @param mostM Longest stretch, metres: what the profile has room for.
 */
export function stripsAlong(line: CutLine, window: PaperBox, scale: number, mostM: number): Strip[] {
  const count = cutInto(line, window, scale, mostM).length
  // Equal stretches look deliberate; where bends decide, the first cut stands.
  const even = cutInto(line, window, scale, Math.min(mostM, Math.ceil(line.lengthM / count)))
  const cuts = even.length === count ? even : cutInto(line, window, scale, mostM)
  return cuts.map(([fromM, toM]) => ({ fromM, toM, frame: frameOf(line, fromM, toM, window, scale) }))
}

function cutInto(line: CutLine, window: PaperBox, scale: number, mostM: number): (readonly [number, number])[] {
  const cuts: (readonly [number, number])[] = []
  for (let from = 0; from < line.lengthM - 1e-6;) {
    let to = Math.min(line.lengthM, from + mostM)
    if (!fits(line, from, to, window, scale)) {
      let [good, bad] = [Math.min(to, from + LEAST_M), to]
      while (bad - good > 0.5) {
        const middle = (good + bad) / 2
        if (fits(line, from, middle, window, scale)) good = middle
        else bad = middle
      }
      to = good
    }
    // A last stretch of a metre or two would be a sheet for nothing.
    if (line.lengthM - to < 0.02 * mostM) to = line.lengthM
    cuts.push([from, to])
    from = to
  }
  return cuts
}

function fits(line: CutLine, from: number, to: number, window: PaperBox, scale: number): boolean {
  const { toSheet } = frameOf(line, from, to, window, scale)
  const points = placesOf(line, from, to).map(([x, y]) => toSheet(x, y))
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return Math.max(...xs) - Math.min(...xs) <= window.maxX - window.minX - 4 && Math.max(...ys) - Math.min(...ys) <= ACROSS * (window.maxY - window.minY)
}

function frameOf(line: CutLine, from: number, to: number, window: PaperBox, scale: number): PlanFrame {
  const places = placesOf(line, from, to)
  const [p, q] = [places[0]!, places.at(-1)!]
  const turn = -Math.atan2(q[1] - p[1], q[0] - p[0])
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const turned = places.map(([x, y]) => [x * cos - y * sin, x * sin + y * cos] as const)
  const middle = (k: 0 | 1): number => (Math.min(...turned.map(at => at[k])) + Math.max(...turned.map(at => at[k]))) / 2
  const [u, v] = [middle(0), middle(1)]
  return planFrame(window, scale, [u * cos + v * sin, -u * sin + v * cos], turn)
}

const placesOf = ({ axis, chainages }: CutLine, from: number, to: number): (readonly [number, number, number])[] =>
  [placeAt(axis, chainages, from).at, ...axis.filter((_, i) => chainages[i]! > from + 1e-9 && chainages[i]! < to - 1e-9), placeAt(axis, chainages, to).at]
