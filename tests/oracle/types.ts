/** Types of the clearance oracle: its inputs (canonical GeoJSON, rule pack) and its rows. */

export type Vec3 = readonly [number, number, number]

export interface AssetProperties {
  id: string
  kind?: string
  owner?: string
  diameterM?: number
  widthM?: number
  heightM?: number
  pressureClass?: string
  voltageKv?: number
  laying?: string
  status?: string
  [other: string]: unknown
}

export interface LineFeature {
  type: 'Feature'
  geometry: { type: 'LineString'; coordinates: number[][] }
  properties: AssetProperties
  scenario?: boolean
}

export interface FeatureCollection {
  type: 'FeatureCollection'
  features: LineFeature[]
}

/** One condition or several of which one must hold. */
export type OneOrMany = string | readonly string[]

export interface OracleClassMatch {
  kind?: OneOrMany
  minDiameterM?: number
  maxDiameterM?: number
  pressureClass?: OneOrMany
  laying?: OneOrMany
  minVoltageKv?: number
  maxVoltageKv?: number
}

export interface OraclePack {
  semantics: 'crossing-alongside' | 'either' | 'distance'
  touchBandM?: number
  crossingMinAngleDeg?: number
  snapToleranceM?: number
  alongsideMaxVerticalGapM?: number | null
  classes: readonly { id: string; match: OracleClassMatch }[]
  horizontal?: readonly { a: string; b: string; minM: number }[]
  vertical?: readonly { upper: string; lower: string; either?: boolean; minM: number }[]
  distance?: readonly { a: string; b: string; minM: number }[]
  cover?: readonly { class: string; surface: string; minM?: number; maxM?: number }[]
}

export type PairRule =
  'hard' | 'touching' | 'vertical' | 'horizontal' | 'stacked' | 'either' | 'distance'

export interface OraclePair {
  a: string
  b: string
  rule: PairRule
  required: number
  found: number
  at: { a: [number, number, number]; b: [number, number, number] }
}

/** An asset as the oracle sees it; `chainage[i]` is the plan length from the start to `points[i]`. */
export interface Asset {
  index: number
  id: string
  group: string
  points: readonly Vec3[]
  chainage: readonly number[]
  lengthM: number
  isRectangle: boolean
  halfWidthM: number
  halfHeightM: number
  classes: ReadonlySet<string>
}

/** Chainage interval, closed. */
export interface Interval { from: number; to: number }

/** Plan tolerance below which two numbers are the same place, m. */
export const SAME_M = 1e-6
/** "A limit is broken where required − found > 1e-6 m"; also the least overlap in plan. */
export const BROKEN_M = 1e-6
