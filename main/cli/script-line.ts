import { z } from 'zod'
import { outerSectionSchema, proposalSchema } from '#shared/scenario/command-schema.ts'
import { excavationPropertiesSchema, excavationSchema } from '#shared/scenario/excavation-schema.ts'
import { vec3Schema } from '#shared/scenario/field-schemas.ts'
import type { OuterSection } from '#shared/twin/asset.ts'

const name = z.string().min(1).max(200)
const { id, kind, owner, axis, laying, pressureClass, voltageKv, material, bendRadiusM, replaces } = proposalSchema.shape
const excavation = excavationSchema.shape
const sizeM = z.number().positive()

/** One line of `underplan script` (cli.md): a scenario command in words a person can type. Scenarios go by name. */
export const scriptLineSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('scenario'), name }),
  z.strictObject({
    op: z.literal('addProposal'), scenario: name, id, kind, owner: owner.default(''), name: z.string().max(200).default(''),
    diameterM: sizeM.optional(), widthM: sizeM.optional(), heightM: sizeM.optional(), laying: laying.nullable().optional(), pressureClass, voltageKv, material, bendRadiusM, replaces, coordinates: axis,
  }),
  z.strictObject({ op: z.literal('moveVertex'), scenario: name, id, index: z.int().min(0), to: vec3Schema }),
  z.strictObject({ op: z.literal('removeProposal'), scenario: name, id }),
  z.strictObject({
    op: z.literal('addExcavation'), scenario: name, ...excavation, name: excavation.name.default(''), bottom: excavation.bottom.default(null), slopeRatio: excavation.slopeRatio.default(0),
  }),
  z.strictObject({ op: z.literal('setExcavation'), scenario: name, id, properties: excavationPropertiesSchema }),
  z.strictObject({ op: z.literal('removeExcavation'), scenario: name, id }),
  /** `id`: an asset of the baseline that the scheme takes out. */
  z.strictObject({ op: z.literal('addRemoval'), scenario: name, id, reason: z.string().max(1000).default('') }),
  z.strictObject({ op: z.literal('removeRemoval'), scenario: name, id }),
  z.strictObject({ op: z.literal('undo'), scenario: name }),
  z.strictObject({ op: z.literal('redo'), scenario: name }),
])
export type ScriptLine = z.infer<typeof scriptLineSchema>

/** The section an addProposal line gives: a diameter, or a width and a height; null for neither, both or half of it. */
export function sectionOf({ diameterM, widthM, heightM }: Extract<ScriptLine, { op: 'addProposal' }>): OuterSection | null {
  const section =
    diameterM !== undefined && widthM === undefined && heightM === undefined ? { shape: 'circle', diameterM }
    : diameterM === undefined && widthM !== undefined && heightM !== undefined ? { shape: 'rectangle', widthM, heightM }
    : null
  return outerSectionSchema.safeParse(section).data ?? null
}
