import type { Finding } from '#shared/clearance/findings/finding.ts'
import { MarkClusters } from '#renderer/scene/overlay/mark-clusters.ts'
import type { CheckScope } from '#renderer/state/findings/findings-store.ts'
import type { Overlay } from './map-overlay.ts'
import { toPixels } from './map-pose.ts'

/** A finding to be marked, and in which list it stands. */
export interface MapFinding {
  readonly finding: Finding
  readonly scope: CheckScope
}

const MARK_PX = 5.5
const OPEN_PX = 9
/** Marks nearer to a heavier one than this are gathered in it. */
const REACH_PX = 30
/** So near to a mark is on it. */
const PRESS_PX = 10
const WORDS_PX = 10

/**
 * Findings on the map, gathered where their marks would cover one another: the heaviest speaks for the others and says how many.
 * Places are worked out at each frame, into arrays of its own.
 */
export class MapFindings {
  private readonly marks: readonly MapFinding[]
  /** x, y of each, local frame. */
  private readonly places: Float64Array
  private readonly x: Float64Array
  private readonly y: Float64Array
  private readonly clusters: MarkClusters

  /** @param marks The heaviest first. @param origin Of the local frame, project CRS. */
  constructor(marks: readonly MapFinding[], origin: readonly number[]) {
    this.marks = marks
    this.places = Float64Array.from(marks.flatMap(({ finding }) => findingPlace(finding, origin)))
    this.x = new Float64Array(marks.length)
    this.y = new Float64Array(marks.length)
    this.clusters = new MarkClusters(marks.length)
  }

  draw(over: Overlay, font: string): void {
    this.gather(over)
    const { clusters, marks } = this
    over.context.font = `600 ${WORDS_PX}px ${font}`
    // The heaviest last: over those that count for less.
    for (let k = clusters.count - 1; k >= 0; k--) {
      const mark = clusters.lead[k]!
      drawMark(over, marks[mark]!.finding, this.x[mark]!, this.y[mark]!, MARK_PX)
      const more = clusters.size[k]! - 1
      if (more > 0) drawMore(over, `+${more}`, this.x[mark]!, this.y[mark]!)
    }
  }

  /** The finding whose mark is under a place of the picture; of several gathered the heaviest. */
  at(view: Pick<Overlay, 'pose' | 'size'>, pxX: number, pxY: number): MapFinding | null {
    this.gather(view)
    const { clusters, x, y } = this
    for (let k = 0; k < clusters.count; k++) {
      const mark = clusters.lead[k]!
      if (Math.hypot(x[mark]! - pxX, y[mark]! - pxY) <= PRESS_PX) return this.marks[mark]!
    }
    return null
  }

  private gather({ pose, size }: Pick<Overlay, 'pose' | 'size'>): void {
    const { places, x, y } = this
    for (let i = 0; i < x.length; i++) {
      const [pxX, pxY] = toPixels(pose, size, places[2 * i]!, places[2 * i + 1]!)
      x[i] = pxX
      y[i] = pxY
    }
    this.clusters.gather(x, y, size.width, size.height, REACH_PX)
  }
}

/** Where a finding is marked: between its nearest points, in plan. @param origin Of the local frame, project CRS. */
export const findingPlace = ({ at: { a, b } }: Finding, origin: readonly number[]): readonly [number, number] => [(a[0] + b[0]) / 2 - origin[0]!, (a[1] + b[1]) / 2 - origin[1]!]

/** The one that is open, over everything. */
export function drawOpenFinding(over: Overlay, finding: Finding, origin: readonly number[]): void {
  drawMark(over, finding, ...toPixels(over.pose, over.size, ...findingPlace(finding, origin)), OPEN_PX)
}

/** Octagon for mandatory, triangle for advisory, as everywhere; a possible one is hollow. */
function drawMark({ context, colours }: Overlay, { mandatory, verdict }: Finding, x: number, y: number, r: number): void {
  const corners = mandatory ? 8 : 3
  context.beginPath()
  for (let k = 0; k < corners; k++) {
    const angle = corners === 8 ? (Math.PI * (k + 0.5)) / 4 : (2 * Math.PI * k) / 3 - Math.PI / 2
    context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle))
  }
  context.closePath()
  const colour = mandatory ? colours.mandatory : colours.advisory
  const isCertain = verdict === 'certain'
  context.fillStyle = isCertain ? colour : colours.soil
  context.fill()
  context.lineWidth = isCertain ? 1.2 : 2
  context.strokeStyle = isCertain ? colours.outline : colour
  context.stroke()
}

/** How many more a mark stands for, with a rim so that it reads over lines. */
function drawMore({ context, colours }: Overlay, text: string, x: number, y: number): void {
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 3
  context.strokeStyle = colours.soil
  context.strokeText(text, x + MARK_PX + 3, y)
  context.fillStyle = colours.outline
  context.fillText(text, x + MARK_PX + 3, y)
}
