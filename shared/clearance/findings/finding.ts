import type { Basis } from '../../rules/rule-pack.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { SurfaceClass } from '../../twin/kinds.ts'

/** Rules in the order in which they lead a finding (design §5): touching last of those between assets, since it can be hidden. */
export const RULE_NAMES = [
  'hard', 'vertical', 'stacked', 'horizontal', 'either', 'distance', 'touching', 'cover', 'cover_max',
  'structure_hard', 'structure', 'surroundings', 'surroundings_level', 'crossing_angle', 'level_order',
  'adverse_slope', 'level_jump', 'slope', 'slope_max', 'level_drop', 'velocity', 'velocity_max', 'turn_angle', 'bend_radius',
  'dig_struck', 'bore_struck', 'dig_undermined', 'dig_near', 'bore_near',
  'trench_struck', 'trench_undermined', 'gas_space', 'manhole_flooding', 'collapse_factors',
] as const
export type RuleName = (typeof RULE_NAMES)[number]

/** Rules of the lifeline: what a scheme adds to a hazard or makes worse. Methods that screen stand behind them, and they speak of one scheme alone. */
const SCREENING: ReadonlySet<RuleName> = new Set(['trench_struck', 'trench_undermined', 'gas_space', 'manhole_flooding', 'collapse_factors'])
export const isScreening = (rule: RuleName): boolean => SCREENING.has(rule)

export const RULE_UNITS = ['m', 'deg', 'ratio', 'mps', 'lps', 'count'] as const
export type RuleUnit = (typeof RULE_UNITS)[number]

/** Unit of a rule's figures where it is not the metre: degrees, rise over plan length, metres per second, litres per second, a number. */
const OTHER_UNITS: Readonly<Partial<Record<RuleName, RuleUnit>>> = {
  crossing_angle: 'deg', turn_angle: 'deg', adverse_slope: 'ratio', slope: 'ratio', slope_max: 'ratio', velocity: 'mps', velocity_max: 'mps', manhole_flooding: 'lps', collapse_factors: 'count',
}
export const unitOf = (rule: RuleName): RuleUnit => OTHER_UNITS[rule] ?? 'm'

/** Rules whose figure may be at most what is required. */
const MAXIMA: ReadonlySet<RuleName> = new Set(['cover_max', 'slope_max', 'level_jump', 'level_drop', 'velocity_max', 'dig_struck', 'dig_undermined', 'trench_struck', 'trench_undermined', 'manhole_flooding', 'collapse_factors'])
export const isMaximum = (rule: RuleName): boolean => MAXIMA.has(rule)

export const VERDICTS = ['certain', 'possible', 'clear'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Points are on the axes, project CRS. For cover, `b` is the point on the ground above `a`; of rules for one line alone, `a` itself. */
export interface NearestPoints {
  readonly a: Vec3
  readonly b: Vec3
}

/** Use of the ground that a cover limit was taken for; assumed where no area says it. */
export interface SurfaceThere {
  readonly surface: SurfaceClass
  readonly isAssumed: boolean
}

/** What `b` names where it is no asset: something on the ground, a node, or an excavation of the scheme. */
export interface Against {
  readonly sort: 'feature' | 'node' | 'excavation'
  /** `tree`, `kerb` … as packs name them; the node's type; `pit`, `trench`, `bore`. */
  readonly type: string
  /** What people call it, where that is not its id. */
  readonly name?: string
}

/** What one rule says on a stretch, in the rule's unit; shortfall = required − found (of a maximum, found − required). */
export interface Shortfall {
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly shortfall: number
  readonly clause: string
  readonly basis: Basis
  /** The pack the limit is from, where several are combined. */
  readonly pack?: string
  readonly at: NearestPoints
  /** Cover only. */
  readonly surface?: SurfaceThere
  /** Rule `either` only: the horizontal figures at the same points. */
  readonly horizontal?: { readonly required: number; readonly found: number }
}

/** One conflict: a pair of runs on one connected stretch (or one asset and the ground); the leading rule carries the others. */
export interface Finding extends Shortfall {
  /** Identity: runs + rule + ordinal along the run; survives re-runs, not tied to coordinates. */
  readonly id: string
  /**
   * Ids of the assets of either run that lie on the stretch, sorted; the run with the lowest id is `a`. `b` is empty for
   * cover and what concerns one line alone, and the id of the feature, node or excavation where `against` is given.
   */
  readonly a: readonly string[]
  readonly b: readonly string[]
  readonly against?: Against
  /** Unit of the figures where it is not the metre. */
  readonly unit?: RuleUnit
  readonly verdict: Verdict
  /** Mandatory (quoted cell, or hard contact) or advisory. */
  readonly mandatory: boolean
  /** Root-sum-square of both sides' 95 % limits in the rule's direction, in its unit; null where a side is unknown. */
  readonly uncertaintyM: number | null
  /** Ends of the stretch along side a, project CRS, with plan chainages from the start of a's run; of an excavation, from the start of the asset itself. */
  readonly stretch: { readonly from: Vec3; readonly to: Vec3; readonly fromChainageM: number; readonly toChainageM: number }
  /** Who gives way, and by which rule of the pack (`pressure→gravity` …); null where the pack does not tell. */
  readonly yields: { readonly side: 'a' | 'b'; readonly yields: string; readonly to: string; readonly clause: string } | null
  readonly others: readonly Shortfall[]
}

/** The ground findings stand on: every two assets and rule that fall short on the drawn position (cli.md `pairs`). */
export interface PairRow {
  readonly a: string
  readonly b: string
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly at: NearestPoints
}

/** Name and version of the engine in every result; a new number where results of the same input may differ. */
export const ENGINE = 'underplan-clearance/2'
