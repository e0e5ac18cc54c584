/** A box wanted at a place of the picture, pixels; `priority` higher is placed first. */
export interface WantedLabel {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly priority: number
}

export interface PlacedLabel {
  readonly id: string
  /** Left top corner. */
  readonly x: number
  readonly y: number
}

const GAP_PX = 4
/** What lies over the picture there: the tool's options above, the view buttons at the right, the scale below. */
export interface LabelInset {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}
export const INSET_PX: LabelInset = { top: 92, right: 84, bottom: 44, left: 4 }
/** The view buttons end here; below them the right edge is free. */
export const BUTTONS = { bottomPx: 340, belowPx: 8 } as const
/** The same while a line is drawn: the bars of options and figures above, the card of the governing gap at the left. */
export const DRAWING_INSET_PX: LabelInset = { ...INSET_PX, top: 176, left: 240 }
/** Narrower pictures have no room to spare. */
export const LEAST_WIDTH_FOR_INSET_PX = 700
/** Side steps from the anchor tried in turn: near first, then far enough to clear a crowded spot. */
const SIDE_GAPS_PX = [36, 110, 200] as const
/** What must stay visible is kept clear by this much. */
const CLEAR_PX = 14
const LOWER_GAP_PX = 24

export interface PicturePoint {
  readonly x: number
  readonly y: number
}

/** Places tried around an anchor, in order: right above, left above, right below, left below, then further out. */
const OFFSETS: readonly (readonly [side: 1 | -1, gapPx: number, step: number])[] = SIDE_GAPS_PX.flatMap(gap => [1, 2, 3, 4].flatMap(ring => [[1, gap, -ring], [-1, gap, -ring], [1, gap, ring], [-1, gap, ring]] as const))

/**
 * Puts labels beside their anchors so that none covers another and all stay inside the picture. Labels that find no
 * free place are left out: the tables still say what they would.
 * @param clear Points that no label may cover, as long as there is another place: the line under the pointer.
 */
export function placeLabels(wanted: readonly WantedLabel[], pictureWidth: number, pictureHeight: number, clear: readonly PicturePoint[] = [], inset: LabelInset = INSET_PX): PlacedLabel[] {
  const taken: { x: number; y: number; width: number; height: number }[] = []
  const placed: PlacedLabel[] = []
  const order = [...wanted].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))
  const covers = (x: number, y: number, label: WantedLabel): boolean => clear.some(point =>
    point.x > x - CLEAR_PX && point.x < x + label.width + CLEAR_PX && point.y > y - CLEAR_PX && point.y < y + label.height + CLEAR_PX)
  for (const label of order) {
    const free: PlacedLabel[] = []
    for (const [side, gap, step] of OFFSETS) {
      const x = side > 0 ? label.x + gap : label.x - gap - label.width
      const y = step < 0 ? label.y + step * (label.height + GAP_PX) : label.y + (step - 1) * (label.height + GAP_PX) + LOWER_GAP_PX
      const inside = x >= inset.left && y >= inset.top && x + label.width <= pictureWidth - (y < BUTTONS.bottomPx ? inset.right : BUTTONS.belowPx) && y + label.height <= pictureHeight - inset.bottom
      if (!inside || taken.some(box => overlaps(box, x, y, label))) continue
      free.push({ id: label.id, x, y })
      if (!covers(x, y, label)) break
    }
    const last = free.at(-1)
    const place = last && (covers(last.x, last.y, label) ? free[0]! : last)
    if (!place) continue
    taken.push({ x: place.x, y: place.y, width: label.width, height: label.height })
    placed.push(place)
  }
  return placed
}

const overlaps = (box: { x: number; y: number; width: number; height: number }, x: number, y: number, label: WantedLabel): boolean =>
  x < box.x + box.width + GAP_PX && box.x < x + label.width + GAP_PX && y < box.y + box.height + GAP_PX && box.y < y + label.height + GAP_PX
