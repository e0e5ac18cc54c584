import { z } from 'zod'

/** Files the twin goes out as from the app; the command line knows more (tables one by one, projects, other systems). */
export const EXPORT_CHOICES = ['geojson', 'dxf', 'dxf_plan', 'ifc', 'xml', 'json', 'glb', 'xlsx', 'epanet', 'swmm'] as const
export type ExportChoice = (typeof EXPORT_CHOICES)[number]

export const exportRequestSchema = z.strictObject({
  format: z.enum(EXPORT_CHOICES),
  /** Scheme whose lines go along; null for what is in the ground alone. */
  scenarioId: z.string().min(1).max(200).nullable(),
  language: z.enum(['zh-CN', 'en']),
})
