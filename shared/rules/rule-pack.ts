import { z } from 'zod'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES, SURFACE_CLASSES } from '../twin/kinds.ts'

/**
 * A rule pack: versioned limits, each citing its clause (design §5). Data only: `assets/rules/*.json` and users' copies.
 * `basis` says how the number is known; only `quoted` cells are mandatory by default, the others are advisory.
 */
export const BASES = ['quoted', 'sister', 'memory', 'conflict'] as const
export type Basis = (typeof BASES)[number]

export const SEMANTICS = ['crossing-alongside', 'either', 'distance'] as const

const localText = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
const limitM = z.number().min(0).max(1000)
const classId = z.string().min(1).max(100)
const source = { clause: z.string().max(200), basis: z.enum(BASES), note: z.string().max(1000).optional() }

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

export const rulePackSchema = z.strictObject({
  format: z.literal('underplan-rules/1'),
  id: z.string().min(1).max(100),
  version: z.string().min(1).max(50),
  title: localText,
  semantics: z.enum(SEMANTICS),
  touchBandM: z.number().min(0).max(1).default(0.001),
  crossingMinAngleDeg: z.number().min(0).max(90).default(30),
  snapToleranceM: z.number().min(0).max(10).default(0.01),
  /** Null: no cut-off. */
  alongsideMaxVerticalGapM: limitM.nullable().default(null),
  classes: z.array(classSchema).max(1000),
  horizontal: z.array(pairCell).max(50_000).default([]),
  vertical: z.array(z.strictObject({ upper: classId, lower: classId, either: z.boolean().optional(), minM: limitM, ...source })).max(50_000).default([]),
  distance: z.array(pairCell).max(50_000).default([]),
  cover: z.array(z.strictObject({ class: classId, surface: z.enum(SURFACE_CLASSES), minM: limitM.optional(), maxM: limitM.optional(), ...source })).max(10_000).default([]),
  /** Limits to surface features (buildings, trees, poles, kerbs, rails). */
  surroundings: z.array(z.strictObject({ class: classId, feature: z.string().max(100), minM: limitM, ...source })).max(10_000).default([]),
  /** Who gives way: ordered, the first rule that tells the two apart decides. */
  yielding: z.array(z.strictObject({ yields: z.string().max(100), to: z.string().max(100), clause: z.string().max(200).optional(), basis: z.enum(BASES).optional() })).max(100).default([]),
  notes: z.array(localText).max(200).default([]),
})

export type RulePack = z.infer<typeof rulePackSchema>
export type RuleClass = RulePack['classes'][number]
