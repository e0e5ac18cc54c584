import { z } from 'zod'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '../twin/kinds.ts'

/** Shapes of everything a scenario accepts from outside (interface, script, journal). Parsed once, at the edge. */

/** Coordinates beyond this are no place on Earth in any projected system: a typing slip or a hostile file. */
const COORDINATE_LIMIT_M = 1e9
const coordinate = z.number().min(-COORDINATE_LIMIT_M).max(COORDINATE_LIMIT_M)
export const vec3Schema = z.tuple([coordinate, coordinate, coordinate]).readonly()

const idSchema = z.string().min(1).max(200)
const sizeM = z.number().positive().max(100)

export const outerSectionSchema = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('circle'), diameterM: sizeM }),
  z.strictObject({ shape: z.literal('rectangle'), widthM: sizeM, heightM: sizeM }),
])

export const proposalSchema = z.strictObject({
  id: idSchema,
  name: z.string().max(200),
  kind: z.enum(ASSET_KINDS),
  owner: z.string().max(200),
  section: outerSectionSchema,
  axis: z.array(vec3Schema).min(2).max(10_000),
  laying: z.enum(LAYINGS).optional(),
  pressureClass: z.enum(PRESSURE_CLASSES).optional(),
  voltageKv: z.number().positive().max(2000).optional(),
})

/** A property set to null is cleared. */
const proposalPropertiesSchema = z.strictObject({
  name: z.string().max(200).optional(),
  kind: z.enum(ASSET_KINDS).optional(),
  owner: z.string().max(200).optional(),
  section: outerSectionSchema.optional(),
  laying: z.enum(LAYINGS).nullable().optional(),
  pressureClass: z.enum(PRESSURE_CLASSES).nullable().optional(),
  voltageKv: z.number().positive().max(2000).nullable().optional(),
})

export const scenarioCommandSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('scenario.describe'), name: z.string().min(1).max(200).optional(), description: z.string().max(5000).optional() }),
  z.strictObject({ op: z.literal('proposal.add'), proposal: proposalSchema }),
  z.strictObject({ op: z.literal('proposal.remove'), id: idSchema }),
  z.strictObject({ op: z.literal('proposal.setProperties'), id: idSchema, properties: proposalPropertiesSchema }),
  z.strictObject({ op: z.literal('proposal.setAxis'), id: idSchema, axis: z.array(vec3Schema).min(2).max(10_000) }),
  z.strictObject({ op: z.literal('proposal.moveVertex'), id: idSchema, index: z.int().min(0), to: vec3Schema }),
  z.strictObject({ op: z.literal('proposal.insertVertex'), id: idSchema, index: z.int().min(0), at: vec3Schema }),
  z.strictObject({ op: z.literal('proposal.deleteVertex'), id: idSchema, index: z.int().min(0) }),
])

export type ScenarioCommand = z.infer<typeof scenarioCommandSchema>
export type ScenarioOp = ScenarioCommand['op']
