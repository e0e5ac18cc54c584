import { z } from 'zod'
import { ASSET_KINDS, LAYINGS, NODE_TYPES, PRESSURE_CLASSES, SURFACE_CLASSES } from '../twin/kinds.ts'
import { SITE_WORDS } from './site-words.ts'

/**
 * A rule pack: versioned limits, each citing its clause (design §5). Data only: `assets/rules/*.json` and users' copies.
 * `basis` says how the number is known; `quoted` cells are mandatory, and those a user has confirmed against the printed
 * standard; the others are advisory. The better founded comes first.
 */
export const BASES = ['quoted', 'confirmed', 'sister', 'memory', 'conflict'] as const
export type Basis = (typeof BASES)[number]

/** Whether a limit must be kept; else it is advice. */
export const isMandatory = (basis: Basis): boolean => basis === 'quoted' || basis === 'confirmed'

export const SEMANTICS = ['crossing-alongside', 'either', 'distance'] as const

const localText = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
const limitM = z.number().min(0).max(1000)
const classId = z.string().min(1).max(200)
/** `pack` names where a cell of a combined pack is from. */
const source = {
  clause: z.string().max(200), basis: z.enum(BASES), note: z.string().max(1000).optional(), pack: z.string().max(100).optional(),
  /** Who looked the number up in the printed standard, when, and what its basis was before. */
  confirmed: z.strictObject({ by: z.string().min(1).max(200), at: z.string().max(40), was: z.enum(BASES) }).optional(),
}

/** A condition names one value or several, of which one must hold. */
const oneOrMany = <const T extends readonly [string, ...string[]]>(values: T) => z.union([z.enum(values), z.array(z.enum(values)).min(1)])

const classSchema = z.strictObject({
  id: classId,
  title: localText.optional(),
  match: z.strictObject({
    kind: oneOrMany(ASSET_KINDS).optional(),
    /** Exclusive. */
    minDiameterM: z.number().min(0).optional(),
    /** Inclusive; of a rectangle the larger outer dimension counts. */
    maxDiameterM: z.number().min(0).optional(),
    pressureClass: oneOrMany(PRESSURE_CLASSES).optional(),
    laying: oneOrMany(LAYINGS).optional(),
    /** Exclusive. */
    minVoltageKv: z.number().min(0).optional(),
    /** Inclusive. */
    maxVoltageKv: z.number().min(0).optional(),
  }),
})

const pairCell = z.strictObject({ a: classId, b: classId, minM: limitM, ...source })
const degrees = z.number().min(0).max(180)
/** Rise over plan length. */
const slopeRatio = z.number().min(0).max(10)
/** Classes in their order, those of one rank together. `plannedOnly`: only where a planned line takes part. */
const order = z.strictObject({ ranks: z.array(z.array(classId).min(1)).min(2).max(100), plannedOnly: z.boolean().default(false), ...source })

/** Rule 8 (design §5): what a line keeps to by itself, to the ground's furniture and to structures. Absent tables ask for nothing. */
const lineTables = {
  /** Limits to surface features (see `SITE_WORDS`): in plan, but level under rails and culverts. `maxDepthM`: not for lines whose crown is deeper. */
  surroundings: z.array(z.strictObject({ class: classId, feature: z.enum(SITE_WORDS), minM: limitM, maxDepthM: limitM.optional(), ...source })).max(10_000).default([]),
  /** Clear distance to manholes, chambers and other nodes that have a size. */
  structures: z.array(z.strictObject({ class: classId, nodeType: oneOrMany(NODE_TYPES), nodeKind: oneOrMany(ASSET_KINDS).optional(), minM: limitM, ...source })).max(10_000).default([]),
  /** Angle at which lines cross a surface feature, or lines of another class. */
  crossingAngle: z.array(z.strictObject({ class: classId, feature: z.enum(SITE_WORDS).optional(), with: classId.optional(), minDeg: degrees.max(90), ...source })).max(10_000).default([]),
  /** Who lies above whom where lines cross: from the ground down. */
  levelOrder: order.nullable().default(null),
  /** Fall of gravity lines in the direction of flow. */
  slope: z.array(z.strictObject({ class: classId, min: slopeRatio.optional(), max: slopeRatio.optional(), ...source })).max(1000).default([]),
  /** Step between the bottoms of two gravity lines where they meet, in the direction of flow. */
  levelJump: z.array(z.strictObject({ class: classId, maxRiseM: limitM.optional(), maxDropM: limitM.optional(), ...source })).max(1000).default([]),
  /** Velocity when full (Manning), from the outer size times `innerShare`. */
  velocity: z.array(z.strictObject({
    class: classId, roughness: z.number().positive().max(1), innerShare: z.number().positive().max(1).default(1),
    minMps: z.number().positive().max(100).optional(), maxMps: z.number().positive().max(100).optional(), ...source,
  })).max(1000).default([]),
  /** Radius of bends: metres, outer diameters, or the larger of both. */
  bend: z.array(z.strictObject({ class: classId, minRadiusM: limitM.optional(), minDiameters: z.number().positive().max(10_000).optional(), ...source })).max(1000).default([]),
  /** Angle between the two legs at a change of direction in plan: 180 is straight on. */
  turn: z.array(z.strictObject({ class: classId, minDeg: degrees, ...source })).max(1000).default([]),
}

/** A line as one would describe it, for a test of the pack. */
const testedLine = z.strictObject({
  kind: z.enum(ASSET_KINDS), diameterM: z.number().positive().max(100), pressureClass: z.enum(PRESSURE_CLASSES).optional(), laying: z.enum(LAYINGS).optional(), voltageKv: z.number().positive().max(2000).optional(),
})

/** Which limit a test asks for: `cover` that of the first line, under `surface`. */
export const TESTED_LIMITS = ['horizontal', 'first_above', 'second_above', 'distance', 'cover'] as const

/** "Water 300 mm beside gas medium A: needs 0.5, because …": run again whenever the pack changes. */
const packTest = z.strictObject({
  a: testedLine, b: testedLine, limit: z.enum(TESTED_LIMITS), surface: z.enum(SURFACE_CLASSES).optional(),
  /** Null: no limit. */
  needsM: limitM.nullable(), because: z.string().max(1000),
})

export const rulePackSchema = z.strictObject({
  format: z.literal('underplan-rules/1'),
  /** Of combined packs, their ids with `+` between. */
  id: z.string().min(1).max(400),
  version: z.string().min(1).max(200),
  title: localText,
  semantics: z.enum(SEMANTICS),
  touchBandM: z.number().min(0).max(1).default(0.001),
  crossingMinAngleDeg: z.number().min(0).max(90).default(30),
  snapToleranceM: z.number().min(0).max(10).default(0.01),
  /** Null: no cut-off. */
  alongsideMaxVerticalGapM: limitM.nullable().default(null),
  classes: z.array(classSchema).max(5000),
  horizontal: z.array(pairCell).max(50_000).default([]),
  vertical: z.array(z.strictObject({ upper: classId, lower: classId, either: z.boolean().optional(), minM: limitM, ...source })).max(50_000).default([]),
  distance: z.array(pairCell).max(50_000).default([]),
  cover: z.array(z.strictObject({ class: classId, surface: z.enum(SURFACE_CLASSES), minM: limitM.optional(), maxM: limitM.optional(), ...source })).max(10_000).default([]),
  ...lineTables,
  /** Who gives way: ordered, the first rule that tells the two apart decides. */
  yielding: z.array(z.strictObject({ yields: z.string().max(200), to: z.string().max(200), clause: z.string().max(200).optional(), basis: z.enum(BASES).optional() })).max(100).default([]),
  notes: z.array(localText).max(200).default([]),
  /** What notes of cells say in Chinese, by the note. Absent where none is translated. */
  translations: z.strictObject({ 'zh-CN': z.record(z.string().max(1000), z.string().max(1000)) }).optional(),
  /** Absent, not empty, where there are none: packs from before have the same hash. */
  tests: z.array(packTest).min(1).max(1000).optional(),
})

export type RulePack = z.infer<typeof rulePackSchema>

/** A cell's note in the reader's language, where its pack has it; what somebody wrote stays as it was written. */
export function noteWords({ translations }: RulePack, note: string, language: 'zh-CN' | 'en'): string {
  const known = language === 'en' ? undefined : translations?.[language]
  return known && Object.hasOwn(known, note) ? known[note]! : note
}

export type RuleClass = RulePack['classes'][number]
export type PackTest = NonNullable<RulePack['tests']>[number]
