/** Positions [x, y, …] in parts, as an inspected layer carries them. */
export interface PlanPicture {
  readonly xy: Float64Array
  readonly partStart: Uint32Array
}

/** How coordinates become pixels, north up. */
export interface PlanFit {
  /** Pixels per unit of the coordinates. */
  readonly scale: number
  readonly x: (x: number) => number
  readonly y: (y: number) => number
}

/** Fits pictures into a rectangle, their shape kept, in the middle of it; null where they hold no point. */
export function planFit(pictures: readonly PlanPicture[], widthPx: number, heightPx: number, marginPx: number): PlanFit | null {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { xy } of pictures) {
    for (let i = 0; i < xy.length; i += 2) {
      minX = Math.min(minX, xy[i]!)
      maxX = Math.max(maxX, xy[i]!)
      minY = Math.min(minY, xy[i + 1]!)
      maxY = Math.max(maxY, xy[i + 1]!)
    }
  }
  if (!(maxX >= minX && maxY >= minY)) return null
  const scale = Math.min((widthPx - 2 * marginPx) / (maxX - minX || 1), (heightPx - 2 * marginPx) / (maxY - minY || 1))
  const left = (widthPx - scale * (maxX - minX)) / 2
  const top = (heightPx - scale * (maxY - minY)) / 2
  return { scale, x: x => left + scale * (x - minX), y: y => top + scale * (maxY - y) }
}

/** The longest of 1, 2 or 5 times a power of ten that is no longer than this. */
export function barLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return ([5, 2, 1].find(step => step * power <= most) ?? 1) * power
}
