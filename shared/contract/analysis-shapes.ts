import { z } from 'zod'
import { ANALYSIS_METHODS, TONES } from '../hazards/analysis/outcome.ts'
import { vec3Schema } from '../scenario/field-schemas.ts'
import { issueSummarySchema } from './shapes.ts'

/** Mirrors `AnalysisOutcome`, with what it was computed from. */
const unitSchema = z.enum(['m', 'm2', 'm3', 'mm', 'm3s', 'ls', 'm3h', 'kgs', 'ms', 'min', 'h', 'years', 'permille', 'percent', 'kPa', 'ha', 'lsha', ''])
const figureSchema = z.strictObject({ id: z.string(), value: z.union([z.number(), z.string(), z.null()]), unit: unitSchema.optional(), decimals: z.int().optional(), figure: z.number().optional(), isName: z.boolean().optional(), title: z.strictObject({ 'zh-CN': z.string(), en: z.string() }).optional() })
const columnSchema = z.strictObject({ id: z.string(), type: z.enum(['id', 'text', 'kind', 'word', 'words', 'yes', 'number']), unit: unitSchema.optional(), decimals: z.int().optional(), figure: z.number().optional() })
const rowSchema = z.strictObject({
  cells: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ref: z.strictObject({ type: z.enum(['asset', 'node', 'place', 'block']), id: z.string() }).nullable(),
  at: vec3Schema.nullable(),
})
const tableSchema = z.strictObject({ id: z.string(), columns: z.array(columnSchema), rows: z.array(rowSchema), total: z.int() })
const areaSchema = z.strictObject({ rings: z.array(z.array(z.number())), levelM: z.number().nullable() })
const groupSchema = z.strictObject({ id: z.string(), tone: z.enum(TONES), assets: z.array(z.string()), points: z.array(vec3Schema), areas: z.array(areaSchema).optional(), arrows: z.array(z.number()).optional() })

export const analysisResultSchema = z.strictObject({
  outcome: z.strictObject({
    method: z.enum(ANALYSIS_METHODS), isScreening: z.boolean(), figures: z.array(figureSchema), tables: z.array(tableSchema), groups: z.array(groupSchema),
    assumptions: z.array(figureSchema), issues: z.array(issueSummarySchema),
  }),
  /** A permit sheet to print, as HTML; null where the method has none. */
  sheet: z.string().nullable(),
  /** A SWMM model to keep and to run elsewhere; null where the method has none. */
  model: z.string().nullable(),
  label: z.strictObject({ twinHash: z.string(), scenarioId: z.string().nullable(), scenarioRevision: z.int() }),
  durationMs: z.number(), computedAt: z.string(),
})
