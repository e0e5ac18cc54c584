import type { PlanRing } from './plan-polygon.ts'

/** Upright box in plan, metres. */
export interface PlanBox {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** A box still being gathered. */
type GrowingBox = { -readonly [K in keyof PlanBox]: PlanBox[K] }

/** Holds nothing: lowest above highest. */
export const emptyBox = (): GrowingBox => ({ minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity })

/** Grows a box in place. */
export function growBox(box: GrowingBox, ring: PlanRing): GrowingBox {
  for (let i = 0; i < ring.length; i += 2) {
    box.minX = Math.min(box.minX, ring[i]!)
    box.maxX = Math.max(box.maxX, ring[i]!)
    box.minY = Math.min(box.minY, ring[i + 1]!)
    box.maxY = Math.max(box.maxY, ring[i + 1]!)
  }
  return box
}

/** The box around points in plan. */
export function pointsBox(points: readonly (readonly [number, number, ...number[]])[]): PlanBox {
  const box = emptyBox()
  for (const [x, y] of points) {
    box.minX = Math.min(box.minX, x)
    box.maxX = Math.max(box.maxX, x)
    box.minY = Math.min(box.minY, y)
    box.maxY = Math.max(box.maxY, y)
  }
  return box
}

export const ringBox = (ring: PlanRing): PlanBox => growBox(emptyBox(), ring)

export const widened = (box: PlanBox, by: number): PlanBox => ({ minX: box.minX - by, minY: box.minY - by, maxX: box.maxX + by, maxY: box.maxY + by })

/** Empty (lowest above highest) where they do not meet. */
export const overlapOf = (a: PlanBox, b: PlanBox): PlanBox => ({
  minX: Math.max(a.minX, b.minX), minY: Math.max(a.minY, b.minY), maxX: Math.min(a.maxX, b.maxX), maxY: Math.min(a.maxY, b.maxY),
})

export const boxesMeet = (a: PlanBox, b: PlanBox): boolean => a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY
