import { z } from 'zod'
import { layerMappingSchema } from '../io/mapping.ts'
import { float64Array, uint32Array } from './define.ts'
import { issueSummarySchema } from './shapes.ts'

const sourceFieldSchema = z.strictObject({
  name: z.string(), type: z.enum(['text', 'number', 'boolean', 'mixed']), samples: z.array(z.strictObject({ value: z.string(), count: z.int() })),
  distinct: z.int(), missing: z.int(), min: z.number().optional(), max: z.number().optional(),
})

/** What the wizard shows of one layer: fields with samples, the proposed mapping, and a thinned picture of its lines. */
export const inspectedLayerSchema = z.strictObject({
  name: z.string(), geometry: z.enum(['line', 'point', 'polygon', 'mixed']), features: z.int(), fields: z.array(sourceFieldSchema),
  crs: z.string().nullable(), hasZ: z.boolean(),
  /** Coordinates are longitudes and latitudes: the file's system says so. */
  isDegrees: z.boolean(), canonical: z.boolean(), mapping: layerMappingSchema,
  /** True where the mapping is one the user made for a source with the same fields. */
  mappingRemembered: z.boolean(),
  preview: z.strictObject({ xy: float64Array, partStart: uint32Array }),
})

export const inspectedFileSchema = z.strictObject({
  name: z.string(), format: z.string(), sizeBytes: z.number(), layers: z.array(inspectedLayerSchema),
  /** Ground surfaces: they need no mapping. */
  surfaces: z.int(),
  /** Boreholes and soundings: they need none either. */
  boreholes: z.int(),
  /** Lines of roads and railways: nor do they. */
  alignments: z.int(),
  /** True for a file that is read with another one (a .dbf of a .shp): it has to come along and holds nothing by itself. */
  isPart: z.boolean(),
  issues: z.array(issueSummarySchema),
})

/** One named layer of a file with the mapping chosen for it. */
const fileMappingSchema = z.strictObject({ ticket: z.string(), layers: z.array(layerMappingSchema) })
export const importRequestSchema = z.strictObject({ files: z.array(fileMappingSchema).min(1).max(100), crs: z.string().nullable() })

export const importOutcomeSchema = z.strictObject({
  assets: z.strictObject({ total: z.int(), byKind: z.record(z.string(), z.int()) }),
  nodes: z.int(), proposals: z.int(), surfaces: z.int(), boreholes: z.int(), alignments: z.int(), blocks: z.int(), catchments: z.int(), crs: z.string().nullable(), issues: z.array(issueSummarySchema),
})
