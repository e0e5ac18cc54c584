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
const INSET_PX = { top: 92, right: 52, bottom: 44, left: 4 } as const
const ANCHOR_GAP_PX = 36

/** Places tried around an anchor, in order: right above, left above, right below, left below, then further out. */
const OFFSETS: readonly (readonly [number, number])[] = [1, 2, 3, 4].flatMap(ring => [[1, -ring], [-1, -ring], [1, ring], [-1, ring]] as const)

/**
 * Puts labels beside their anchors so that none covers another and all stay inside the picture. Labels that find no
 * free place are left out: the tables still say what they would.
 */
export function placeLabels(wanted: readonly WantedLabel[], pictureWidth: number, pictureHeight: number): PlacedLabel[] {
  const taken: { x: number; y: number; width: number; height: number }[] = []
  const placed: PlacedLabel[] = []
  const order = [...wanted].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))
  for (const label of order) {
    for (const [side, step] of OFFSETS) {
      const x = side > 0 ? label.x + ANCHOR_GAP_PX : label.x - ANCHOR_GAP_PX - label.width
      const y = step < 0 ? label.y + step * (label.height + GAP_PX) : label.y + (step - 1) * (label.height + GAP_PX) + ANCHOR_GAP_PX
      const inside = x >= INSET_PX.left && y >= INSET_PX.top && x + label.width <= pictureWidth - INSET_PX.right && y + label.height <= pictureHeight - INSET_PX.bottom
      if (!inside || taken.some(box => overlaps(box, x, y, label))) continue
      taken.push({ x, y, width: label.width, height: label.height })
      placed.push({ id: label.id, x, y })
      break
    }
  }
  return placed
}

const overlaps = (box: { x: number; y: number; width: number; height: number }, x: number, y: number, label: WantedLabel): boolean =>
  x < box.x + box.width + GAP_PX && box.x < x + label.width + GAP_PX && y < box.y + box.height + GAP_PX && box.y < y + label.height + GAP_PX
