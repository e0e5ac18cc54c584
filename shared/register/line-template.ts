import { z } from 'zod'
import { ductBankSchema, outerSectionSchema } from '../scenario/command-schema.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '../twin/kinds.ts'

const coverM = z.number().min(0).max(100)

/** What a line is when it is drawn, kept under a name for whoever draws the next one. Metres; a fall in metres per metre of plan. */
export const lineTemplateSchema = z.strictObject({
  name: z.string().min(1).max(200),
  kind: z.enum(ASSET_KINDS),
  section: outerSectionSchema,
  laying: z.enum(LAYINGS),
  pressureClass: z.enum(PRESSURE_CLASSES).nullable(),
  voltageKv: z.number().positive().max(2000).nullable(),
  material: z.string().min(1).max(100).nullable(),
  bendRadiusM: z.number().positive().max(10_000).nullable(),
  ductBank: ductBankSchema.nullable(),
  owner: z.string().max(200),
  vertical: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('cover'), coverM }),
    z.strictObject({ mode: z.literal('level'), levelM: z.number().min(-1000).max(10_000) }),
    z.strictObject({ mode: z.literal('grade'), coverM, fallRatio: z.number().min(-1).max(1) }),
  ]),
})
export type LineTemplate = z.infer<typeof lineTemplateSchema>
