import { z } from 'zod'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '../twin/kinds.ts'
import { excavationPropertiesSchema, excavationSchema } from './excavation-schema.ts'
import { idSchema, vec3Schema } from './field-schemas.ts'

/** Shapes of everything a scenario accepts from outside (interface, script, journal). Parsed once, at the edge. */

const sizeM = z.number().positive().max(100)

export const outerSectionSchema = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('circle'), diameterM: sizeM }),
  z.strictObject({ shape: z.literal('rectangle'), widthM: sizeM, heightM: sizeM }),
])

export const ductBankSchema = z.strictObject({ columns: z.int().min(1).max(30), rows: z.int().min(1).max(30), ductM: sizeM, gapM: z.number().min(0).max(10), casingM: z.number().min(0).max(10) })

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
  material: z.string().min(1).max(100).optional(),
  bendRadiusM: z.number().positive().max(10_000).optional(),
  ductBank: ductBankSchema.optional(),
  groundBends: z.array(vec3Schema).max(10_000).readonly().optional(),
  /** A diversion: assets of the baseline that this one takes the place of. They are out of the ground in this scheme. */
  replaces: z.array(idSchema).min(1).max(1000).readonly().optional(),
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
  material: z.string().min(1).max(100).nullable().optional(),
  bendRadiusM: z.number().positive().max(10_000).nullable().optional(),
  ductBank: ductBankSchema.nullable().optional(),
  replaces: z.array(idSchema).min(1).max(1000).readonly().nullable().optional(),
})

/** Where a scheme branched off: another scheme as it was at a revision. */
export const branchSchema = z.strictObject({ id: idSchema, revision: z.int().min(0) })
/** `#rrggbb`. */
export const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/)
export const removalSchema = z.strictObject({ reason: z.string().max(1000) })

const simpleCommandSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('scenario.describe'), name: z.string().min(1).max(200).optional(), description: z.string().max(5000).optional(),
    colour: colourSchema.nullable().optional(), basedOn: branchSchema.nullable().optional(),
  }),
  z.strictObject({ op: z.literal('proposal.add'), proposal: proposalSchema }),
  z.strictObject({ op: z.literal('proposal.remove'), id: idSchema }),
  z.strictObject({ op: z.literal('proposal.setProperties'), id: idSchema, properties: proposalPropertiesSchema }),
  /** `groundBends`: null where levels are given from now on; absent: as before. */
  z.strictObject({ op: z.literal('proposal.setAxis'), id: idSchema, axis: z.array(vec3Schema).min(2).max(10_000), groundBends: z.array(vec3Schema).max(10_000).readonly().nullable().optional() }),
  z.strictObject({ op: z.literal('proposal.moveVertex'), id: idSchema, index: z.int().min(0), to: vec3Schema }),
  z.strictObject({ op: z.literal('proposal.insertVertex'), id: idSchema, index: z.int().min(0), at: vec3Schema }),
  z.strictObject({ op: z.literal('proposal.deleteVertex'), id: idSchema, index: z.int().min(0) }),
  z.strictObject({ op: z.literal('excavation.add'), excavation: excavationSchema }),
  z.strictObject({ op: z.literal('excavation.remove'), id: idSchema }),
  z.strictObject({ op: z.literal('excavation.set'), id: idSchema, properties: excavationPropertiesSchema }),
  /** `id`: an asset of the baseline, which the scheme takes out of the ground. */
  z.strictObject({ op: z.literal('removal.add'), id: idSchema, reason: z.string().max(1000) }),
  z.strictObject({ op: z.literal('removal.remove'), id: idSchema }),
])

/** What several commands together are to the person who undoes them. */
const GROUP_LABELS = ['fix', 'split', 'join', 'merge', 'remove', 'divert', 'follow'] as const

export const scenarioCommandSchema = z.discriminatedUnion('op', [
  ...simpleCommandSchema.options,
  /** Several commands as one step: all of them are taken, or none. */
  z.strictObject({ op: z.literal('group'), label: z.enum(GROUP_LABELS), commands: z.array(simpleCommandSchema).min(1).max(2000) }),
])

export type SimpleCommand = z.infer<typeof simpleCommandSchema>
export type ScenarioCommand = z.infer<typeof scenarioCommandSchema>
export type ScenarioOp = ScenarioCommand['op']
