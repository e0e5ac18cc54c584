import { z } from 'zod'
import { coordinate, idSchema, vec3Schema } from './field-schemas.ts'

/** Shapes of excavations as a scenario accepts them from outside. Plan coordinates in the project CRS, metres, z up. */

export const TRENCH_POINT_LIMIT = 900
/** Flattest side, run per 1 of rise. */
export const SLOPE_RATIO_LIMIT = 20

const plan = z.tuple([coordinate, coordinate]).readonly()

export const excavationShapeSchema = z.discriminatedUnion('type', [
  /** Outline of the bottom (toe), not closed. */
  z.strictObject({ type: z.literal('pit'), outline: z.array(plan).max(10_000).readonly() }),
  /** Middle of the bottom, and its width. */
  z.strictObject({ type: z.literal('trench'), line: z.array(plan).max(10_000).readonly(), widthM: z.number().min(0.1).max(100) }),
  /** Axis of the hole from entry to exit; `minRadiusM`: the tightest bend the machine and the pipe allow. */
  z.strictObject({ type: z.literal('bore'), axis: z.array(vec3Schema).max(10_000).readonly(), diameterM: z.number().min(0.05).max(20), minRadiusM: z.number().positive().max(10_000).optional() }),
])

/** Depth below the lowest ground on the outline, or level of the bottom; null for bores. */
const bottomSchema = z.union([z.strictObject({ depthM: z.number().positive().max(500) }), z.strictObject({ levelM: coordinate })]).nullable()
const slopeRatio = z.number().min(0).max(SLOPE_RATIO_LIMIT)
const benchSchema = z.strictObject({ everyM: z.number().min(0.1).max(100), widthM: z.number().positive().max(100) })
const day = z.iso.date()
/** When it is open: its place in the order of works, and the first and last day where they are known. */
const stageSchema = z.strictObject({ order: z.int().min(1).max(999), from: day.optional(), to: day.optional() })
const soil = z.string().min(1).max(100)
const structuresM3 = z.number().min(0).max(1e9)

export const excavationSchema = z.strictObject({
  id: idSchema,
  name: z.string().max(200),
  shape: excavationShapeSchema,
  bottom: bottomSchema,
  /** Run per 1 of rise; 0: vertical, supported. */
  slopeRatio,
  /** Id of a soil class. */
  soil: soil.optional(),
  bench: benchSchema.optional(),
  /** Volume of what is built in the cut and not filled back, cubic metres. */
  structuresM3: structuresM3.optional(),
  stage: stageSchema.optional(),
})

/** A property set to null is cleared. */
export const excavationPropertiesSchema = z.strictObject({
  name: z.string().max(200).optional(),
  shape: excavationShapeSchema.optional(),
  bottom: bottomSchema.optional(),
  slopeRatio: slopeRatio.optional(),
  soil: soil.nullable().optional(),
  bench: benchSchema.nullable().optional(),
  structuresM3: structuresM3.nullable().optional(),
  stage: stageSchema.nullable().optional(),
})
