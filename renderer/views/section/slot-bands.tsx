import type { SlotAnswer } from '#shared/routing/free-slots.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { Rect } from '../cut/chart.ts'
import type { Section } from './section-model.ts'

interface SlotPlaces {
  readonly answer: SlotAnswer
  readonly plane: Section['plane']
  readonly groundAt: GroundSampler
  /** Level that depths count from where no ground is known. */
  readonly levelM: number
  readonly halfHeightM: number
  readonly x: (u: number) => number
  readonly y: (z: number) => number
}

/** A free stretch at one depth, px. */
interface SlotBand {
  /** Which of the slots it is of. */
  readonly slot: number
  readonly points: readonly (readonly [number, number])[]
}

/** Where the axis of the line may lie: each depth's free stretches as a band under the ground, as deep as half-way to the next. */
export function slotBands({ answer, plane, groundAt, levelM, halfHeightM, x, y }: SlotPlaces): SlotBand[] {
  const covers = answer.rows.map(({ coverM }) => coverM)
  const level = (u: number, coverM: number) => y((groundAt(plane.x + u * plane.dirX, plane.y + u * plane.dirY) ?? levelM) - coverM - halfHeightM)
  const bounds = (coverM: number): readonly [number, number] => {
    const i = covers.indexOf(coverM)
    return [i === 0 ? coverM : (covers[i - 1]! + coverM) / 2, i === covers.length - 1 ? coverM : (covers[i + 1]! + coverM) / 2]
  }
  return answer.slots.flatMap(({ rows }, slot) => rows.map(({ coverM, from, to }) => {
    const [top, bottom] = bounds(coverM)
    const places = [from, (from + to) / 2, to]
    return { slot, points: [...places.map(u => [x(u), level(u, top)] as const), ...places.toReversed().map(u => [x(u), level(u, bottom)] as const)] }
  }))
}

/** What a band covers, px. */
export function bandBox({ points }: SlotBand): Rect {
  const [xs, ys] = [points.map(([px]) => px), points.map(([, py]) => py)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

export function SlotBands({ bands, chosen }: { readonly bands: readonly SlotBand[]; readonly chosen: number | null }) {
  return (
    <g pointerEvents="none">
      {bands.map(({ slot, points }, i) => <polygon key={i} className={`cut-slot ${slot === chosen ? 'cut-slot--chosen' : ''}`} points={points.map(place => place.join()).join(' ')} />)}
    </g>
  )
}
