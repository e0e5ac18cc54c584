import type { Random } from '../../core/random.ts'

/**
 * The lie of the land: a ridge that runs east between two rivers and ends in a rounded tip, as in Chongqing.
 * Base frame: x along the ridge from the neck (0), y across; plan frame: base bent by gentle waves and turned, metres.
 */
export interface CityShape {
  /** Contour streets at equal spacing from the ridge; the outermost is the quay. */
  readonly ringCount: number
  /** Length of the straight ridge; the tip is half a disc around its end. */
  readonly spineM: number
  readonly ringSpacingM: number
  /** Distance of the quay street from the ridge. */
  readonly quayM: number
  /** Distance of the water's edge from the ridge. */
  readonly shoreM: number
  toPlan(x: number, y: number): [number, number]
  toBase(planX: number, planY: number): [number, number]
  /** Natural ground at a base point, before streets cut their terraces. Metres above datum. */
  naturalLevel(x: number, y: number): number
}

/** The rivers' surface: the ground there, as a survey from the air sees it. */
const WATER_LEVEL_M = 176
const QUAY_LEVEL_M = 193
const RING_SPACING_M = 112
const TURN_RAD = 0.21

export function cityShape(ringCount: number, spineM: number, random: Random): CityShape {
  const phases = Array.from({ length: 8 }, () => random.range(0, 2 * Math.PI))
  const [cos, sin] = [Math.cos(TURN_RAD), Math.sin(TURN_RAD)]
  const quayM = ringCount * RING_SPACING_M
  const wave = (t: number, lengthM: number, phase: number) => Math.sin((2 * Math.PI * t) / lengthM + phases[phase]!)
  const bendY = (x: number) => 46 * wave(x, 1500, 0) + 11 * wave(x, 520, 1)
  const bendX = (y: number) => 20 * wave(y, 900, 2) + 7 * wave(y, 380, 3)

  /** Narrows the hill towards the tip. */
  const taper = (x: number) => {
    const t = Math.min(1, Math.max(0, x / (spineM + quayM)))
    return 1.1 - 0.34 * t * t * (3 - 2 * t)
  }
  const toPlan = (x: number, y: number): [number, number] => {
    const [u, v] = [x + bendX(y), y * taper(x) + bendY(x)]
    return [u * cos - v * sin, u * sin + v * cos]
  }
  const toBase = (planX: number, planY: number): [number, number] => {
    const [u, v] = [planX * cos + planY * sin, planY * cos - planX * sin]
    let [x, y] = [u, v]
    // Each bend depends on the other coordinate alone and is shallow: the fixed point is reached to the millimetre in 12 steps.
    for (let i = 0; i < 12; i++) [x, y] = [u - bendX(y), (v - bendY(x)) / taper(x)]
    return [x, y]
  }
  const crest = (x: number): number => {
    const t = Math.min(1, Math.max(0, x / spineM))
    return 296 - 58 * t * t * (3 - 2 * t) + 5 * wave(x, 610, 4)
  }
  const naturalLevel = (x: number, y: number): number => {
    const r = x <= spineM ? Math.abs(y) : Math.hypot(x - spineM, y)
    if (r >= quayM) return bankLevel(r - quayM)
    const u = r / quayM
    const fall = 0.65 * u + 0.35 * u * u * (3 - 2 * u)
    const lumps = 4 * u * (1 - u) * (5 * wave(x, 430, 5) * wave(y, 390, 6) + 2.5 * wave(x + y, 260, 7))
    return QUAY_LEVEL_M + (crest(x) - QUAY_LEVEL_M) * (1 - fall) + lumps
  }
  return { ringCount, spineM, ringSpacingM: RING_SPACING_M, quayM, shoreM: quayM + 52, toPlan, toBase, naturalLevel }
}

/** From the quay terrace (30 m wide) down the embankment to the water. */
function bankLevel(beyondQuayM: number): number {
  const t = Math.min(1, Math.max(0, (beyondQuayM - 30) / 24))
  return QUAY_LEVEL_M + (WATER_LEVEL_M - QUAY_LEVEL_M) * t * t * (3 - 2 * t)
}
