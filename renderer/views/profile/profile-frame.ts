import type { Profile } from '#shared/profile/profile-model.ts'

export const EXAGGERATIONS = ['fit', '1', '2', '5', '10'] as const
export type Exaggeration = (typeof EXAGGERATIONS)[number]

/** Stretch shown, and how far the picture was pushed down from where it fits, metres. */
export interface Window {
  readonly fromM: number
  readonly toM: number
  readonly liftM: number
}

/** Places of the chart, pixels: levels left, what is read at the cursor above, the data band below. */
export const MARGIN = { left: 84, right: 20, top: 22 } as const
export const BAND_ROW = 17
export const BAND_ROWS = ['chainage', 'ground', 'crown', 'bottom', 'cover', 'slope', 'size', 'material'] as const

export interface ProfileFrame {
  readonly window: Window
  readonly pxPerM: number
  readonly exaggeration: number
  readonly plotBottom: number
  readonly x: (chainageM: number) => number
  readonly y: (levelM: number) => number
  readonly chainageAt: (x: number) => number
  readonly levelAt: (y: number) => number
}

/** Ratios a drawing is made at. */
const ROUND = [100, 50, 20, 10, 5, 2, 1]

const wholeLine = (lengthM: number): Window => ({ fromM: -0.05 * lengthM, toM: 1.05 * lengthM, liftM: 0 })

/**
 * Scales for a picture of this size: one for chainage, and for levels the same times the exaggeration, never less: a short line
 * seen whole is drawn smaller instead.
 * @param shown Null for the whole line.
 */
export function profileFrame(profile: Profile, shown: Window | null, exaggeration: Exaggeration, width: number, height: number): ProfileFrame {
  const plotWidth = Math.max(1, width - MARGIN.left - MARGIN.right)
  const plotBottom = Math.max(MARGIN.top + 40, height - BAND_ROWS.length * BAND_ROW - 4)
  const plotHeight = plotBottom - MARGIN.top
  const asked = shown ?? wholeLine(profile.line.lengthM)
  const [low, high] = levelsWithin(profile, asked)
  const spanM = Math.max(high - low, 0.5) * 1.2
  const window = shown ?? widened(asked, (spanM * plotWidth) / plotHeight)
  const pxPerM = plotWidth / (window.toM - window.fromM)
  const most = plotHeight / (spanM * pxPerM)
  const ratio = exaggeration === 'fit' ? (ROUND.find(round => round <= most + 1e-9) ?? 1) : Number(exaggeration)
  const middle = (low + high) / 2 + window.liftM
  const pxPerLevel = pxPerM * ratio
  const centre = (MARGIN.top + plotBottom) / 2
  return {
    window, pxPerM, exaggeration: ratio, plotBottom,
    x: chainageM => MARGIN.left + (chainageM - window.fromM) * pxPerM,
    y: levelM => centre - (levelM - middle) * pxPerLevel,
    chainageAt: x => window.fromM + (x - MARGIN.left) / pxPerM,
    levelAt: y => middle - (y - centre) / pxPerLevel,
  }
}

/** The same middle, at least this long. */
function widened(window: Window, leastM: number): Window {
  const moreM = Math.max(0, leastM - (window.toM - window.fromM)) / 2
  return { ...window, fromM: window.fromM - moreM, toM: window.toM + moreM }
}

function levelsWithin(profile: Profile, { fromM, toM }: Window): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  const look = (chainageM: number, ...levels: readonly number[]) => {
    if (chainageM >= fromM && chainageM <= toM) [low, high] = [Math.min(low, ...levels), Math.max(high, ...levels)]
  }
  for (const { chainageM, crownM, bottomM } of profile.stations) look(chainageM, crownM, bottomM)
  for (const { chainageM, shape } of profile.crossings) look(chainageM, ...shape.outline.map(([, z]) => z))
  for (const stretch of profile.ground) for (const [s, z] of stretch) look(s, z)
  return low < high ? [low, high] : [profile.minLevelM, profile.maxLevelM]
}

/** Zooms about a place; never closer than a metre or farther than twice the line. */
export function zoomed({ fromM, toM, liftM }: Window, aboutM: number, factor: number, lengthM: number): Window {
  const span = Math.min(Math.max((toM - fromM) * factor, Math.min(1, lengthM)), 2 * lengthM)
  const k = span / (toM - fromM)
  return { fromM: aboutM - (aboutM - fromM) * k, toM: aboutM + (toM - aboutM) * k, liftM }
}

export const panned = ({ fromM, toM, liftM }: Window, alongM: number, upM: number): Window => ({ fromM: fromM + alongM, toM: toM + alongM, liftM: liftM + upM })
