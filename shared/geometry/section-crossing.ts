import type { SolidPart } from './section-shape.ts'

export interface PlanCrossing {
  /** Shares of either part, 0 … 1. */
  readonly onA: number
  readonly onB: number
  /** Level of b's axis over a's at the crossing, metres. */
  readonly riseM: number
  /** Least vertical gap of the outer surfaces over where the two overlap in plan (design §5, G_v); below zero they meet. */
  readonly gapM: number
}

/** Nearer to parallel than this (sine) two parts make no crossing. */
const LEAST_SINE = 1e-6

/** Where two straight parts cross in plan, or null. Starts belong to a part, ends too. */
export function planCrossing(a: SolidPart, b: SolidPart): PlanCrossing | null {
  const [ux, uy] = [a.bx - a.ax, a.by - a.ay]
  const [vx, vy] = [b.bx - b.ax, b.by - b.ay]
  const [lengthA, lengthB] = [Math.hypot(ux, uy), Math.hypot(vx, vy)]
  const det = ux * vy - uy * vx
  const sine = Math.abs(det) / (lengthA * lengthB)
  if (!(sine > LEAST_SINE)) return null
  const [wx, wy] = [b.ax - a.ax, b.ay - a.ay]
  const onA = (wx * vy - wy * vx) / det
  const onB = (wx * uy - wy * ux) / det
  if (!(onA >= 0 && onA <= 1 && onB >= 0 && onB <= 1)) return null
  const riseM = b.az + onB * (b.bz - b.az) - (a.az + onA * (a.bz - a.az))
  // Level difference over the overlap |s·u − t·v| < w: linear, so its change is at most w times the length of its gradient.
  const [slopeA, slopeB] = [(a.bz - a.az) / lengthA, (b.bz - b.az) / lengthB]
  const cosine = (ux * vx + uy * vy) / (lengthA * lengthB)
  const steepest = Math.sqrt(Math.max(0, slopeA ** 2 + slopeB ** 2 - 2 * slopeA * slopeB * cosine)) / sine
  const reachM = a.halfWidthM + b.halfWidthM
  const apartM = Math.max(0, Math.abs(riseM) - reachM * steepest)
  return { onA, onB, riseM, gapM: apartM - a.halfHeightM - b.halfHeightM }
}
