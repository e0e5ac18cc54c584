import type { PieceCount } from './piece-counts.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord } from '../twin/asset.ts'
import type { GroundSurface } from '../twin/ground.ts'
import type { Block, SurfaceFeature } from '../twin/surface-feature.ts'

/** What a ledger should know of every line (CJJ 61 survey tables ask for all of them). */
export const LEDGER_FACTS = ['kind', 'level', 'size', 'owner', 'accuracy', 'material', 'year'] as const
export type LedgerFact = (typeof LEDGER_FACTS)[number]

/** What can be wrong with a line by itself or beside its neighbours. Append only: packed by index. */
export const FLAW_CODES = [
  'size_implausible', 'above_ground', 'too_deep', 'duplicate', 'near_miss', 'level_jump', 'open_end', 'crossing_unjoined', 'adverse_slope', 'joint_missing',
  'flow_against_levels', 'crossing_level_unknown',
] as const
export type FlawCode = (typeof FLAW_CODES)[number]

export type FlawSeverity = 'error' | 'warning' | 'info'
export const FLAW_SEVERITY: Readonly<Record<FlawCode, FlawSeverity>> = {
  size_implausible: 'warning', above_ground: 'error', too_deep: 'warning', duplicate: 'error', near_miss: 'warning', level_jump: 'warning',
  open_end: 'info', crossing_unjoined: 'error', adverse_slope: 'warning', joint_missing: 'warning', flow_against_levels: 'warning',
  crossing_level_unknown: 'info',
}

export interface QualityInput {
  readonly columns: AssetColumns
  /** Project CRS. */
  readonly nodes: readonly NodeRecord[]
  /** Local frame; null where no ground is known: nothing is judged against it then. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly blocks: readonly Block[]
  /** Project CRS: lines end at buildings by right. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Per asset: 0 where the source says nothing. */
  readonly material: Uint32Array
  readonly year: Uint32Array
  /** Per asset: which way a survey says it flows, 1 as drawn, −1 against, 0 not said. */
  readonly surveyedWays: Int8Array
}

/** Flaws as packed columns, sorted by code, then asset. Places in the local frame, metres. */
export interface Flaws {
  readonly count: number
  /** Index into FLAW_CODES. */
  readonly code: Uint8Array
  readonly asset: Uint32Array
  /** The other asset, or −1. */
  readonly other: Int32Array
  /** [x, y, z, …] */
  readonly xyz: Float64Array
  /** Metres (a slope as a ratio), or NaN: what the code's text names. */
  readonly value: Float64Array
}

/** How much is known of a group of lines. */
export interface Completeness {
  readonly count: number
  readonly lengthM: number
  /** Lines that lack the fact, in the order of LEDGER_FACTS. */
  readonly lacking: readonly number[]
  /** Share of all facts of all lines that are there, 0 … 1; 1 for a group of none. */
  readonly score: number
  readonly flaws: number
}

export interface QualityReport {
  /** Per asset: bit k set where fact k of LEDGER_FACTS is not known or was assumed. */
  readonly missing: Uint8Array
  /** Per asset: index into `blocks`, or −1. */
  readonly blockOf: Int32Array
  readonly flaws: Flaws
  readonly whole: Completeness
  /** What is built at the nodes, by sort. */
  readonly pieces: readonly PieceCount[]
  /** In the order of `columns.owners`. */
  readonly byOwner: readonly Completeness[]
  /** In the order of the input's blocks; last, what lies in none. */
  readonly byBlock: readonly Completeness[]
  /** Ends joined as near as this, metres. */
  readonly toleranceM: number
}
