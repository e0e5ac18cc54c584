import type { SlotAnswer } from '#shared/routing/free-slots.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { Section } from './section-model.ts'

interface SlotBandsProps {
  readonly answer: SlotAnswer
  readonly plane: Section['plane']
  readonly groundAt: GroundSampler
  /** Level that depths count from where no ground is known. */
  readonly levelM: number
  readonly halfHeightM: number
  readonly x: (u: number) => number
  readonly y: (z: number) => number
  readonly chosen: number | null
}

/** Where the axis of the line may lie: each depth's free stretches as a band under the ground, as deep as half-way to the next. */
export function SlotBands({ answer, plane, groundAt, levelM, halfHeightM, x, y, chosen }: SlotBandsProps) {
  const covers = answer.rows.map(({ coverM }) => coverM)
  const level = (u: number, coverM: number) => y((groundAt(plane.x + u * plane.dirX, plane.y + u * plane.dirY) ?? levelM) - coverM - halfHeightM)
  const bounds = (coverM: number): readonly [number, number] => {
    const i = covers.indexOf(coverM)
    return [i === 0 ? coverM : (covers[i - 1]! + coverM) / 2, i === covers.length - 1 ? coverM : (covers[i + 1]! + coverM) / 2]
  }
  return (
    <g pointerEvents="none">
      {answer.slots.map((slot, k) => slot.rows.map(({ coverM, from, to }) => {
        const [top, bottom] = bounds(coverM)
        const places = [from, (from + to) / 2, to]
        const points = [...places.map(u => `${x(u)},${level(u, top)}`), ...places.toReversed().map(u => `${x(u)},${level(u, bottom)}`)].join(' ')
        return <polygon key={`${k} ${coverM} ${from}`} className={`cut-slot ${k === chosen ? 'cut-slot--chosen' : ''}`} points={points} />
      }))}
    </g>
  )
}
