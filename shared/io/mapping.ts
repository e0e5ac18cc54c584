import { z } from 'zod'
import { FLOW_DIRECTIONS } from '../twin/flow-direction.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, LEVEL_REFERENCES, NODE_TYPES, PRESSURE_CLASSES } from '../twin/kinds.ts'

/**
 * How a source's fields become assets: proposed from names and values, corrected by the user, saved with the import
 * and offered again for the next file that has the same fields. `--map mapping.json` takes the same form.
 */
export const LENGTH_UNITS = ['m', 'mm', 'cm', 'in', 'ft'] as const
export type LengthUnit = (typeof LENGTH_UNITS)[number]

const field = z.string().max(200).nullable()

export const layerMappingSchema = z.strictObject({
  /** Name of the layer inside the source (file name for one-layer formats). */
  layer: z.string().max(500),
  /** Lines become assets, points become nodes, polygons blocks of responsibility; `skip` leaves the layer out. */
  target: z.enum(['assets', 'nodes', 'blocks', 'skip']),
  id: z.strictObject({ field }),
  /** Of blocks: what people call them. Absent in mappings made before there was such a thing. */
  name: z.strictObject({ field }).optional(),
  /** Value of the field → kind; `fallback` for values not listed or no field. */
  kind: z.strictObject({ field, values: z.record(z.string(), z.enum(ASSET_KINDS)), fallback: z.enum(ASSET_KINDS) }),
  owner: z.strictObject({ field, fallback: z.string().max(200) }),
  size: z.strictObject({
    /** Circle: the diameter. Rectangle: the width, with `heightField`; or the height, with `widthField` (SWMM, Giswater). */
    field, heightField: field, widthField: field,
    /** Field whose words say the shape (circular, rectangular, egg …); null: rectangular where the second size is given and not 0. */
    shapeField: field,
    unit: z.enum(LENGTH_UNITS),
    /** Inner sizes become outer ones by the wall thickness: of a field, else of a named assumption (marked on each asset). */
    dimension: z.enum(['outer', 'inner']),
    wallField: field, wallUnit: z.enum(LENGTH_UNITS),
    /** Used where the source gives none; null leaves such assets out (with an issue). Marked as assumed. */
    fallbackDiameterM: z.number().positive().max(100).nullable(),
  }),
  level: z.strictObject({
    reference: z.enum(LEVEL_REFERENCES),
    /** For sewers where one layer holds all kinds: Chinese surveys give sewers at the inside bottom, everything else at the top. Null: the same. */
    gravityReference: z.enum(LEVEL_REFERENCES).nullable(),
    /** `geometry`: the coordinates' z. `fields`: start and end level interpolated along the line. `cover`: from the ground by an assumed cover. */
    source: z.enum(['geometry', 'fields', 'cover']),
    startField: field, endField: field,
    /** Ground or cover levels at the ends: needed by depth references, and by assumed cover where there is no ground surface. */
    groundStartField: field, groundEndField: field,
    unit: z.enum(LENGTH_UNITS),
    zeroIsUnknown: z.boolean(),
    /** Cover used where the level is not known; null leaves such assets out (with an issue). Marked as assumed. */
    fallbackCoverM: z.number().min(0).max(100).nullable(),
  }),
  status: z.strictObject({ field, values: z.record(z.string(), z.enum(ASSET_STATUSES)), fallback: z.enum(ASSET_STATUSES) }),
  pressureClass: z.strictObject({ field, values: z.record(z.string(), z.enum(PRESSURE_CLASSES)) }),
  laying: z.strictObject({ field, values: z.record(z.string(), z.enum(LAYINGS)) }),
  voltage: z.strictObject({ field, unit: z.enum(['kV', 'V']) }),
  /** Surveyed direction of flow (流向) against the order a line is drawn in; kept as an attribute. Absent in mappings made before there was such a thing. */
  flowDirection: z.strictObject({ field, values: z.record(z.string(), z.enum(FLOW_DIRECTIONS)) }).optional(),
  nodeType: z.strictObject({ field, values: z.record(z.string(), z.enum(NODE_TYPES)), fallback: z.enum(NODE_TYPES) }),
})
export type LayerMapping = z.infer<typeof layerMappingSchema>

export const importMappingSchema = z.strictObject({
  format: z.literal('underplan-mapping/1'),
  layers: z.array(layerMappingSchema).max(500),
})
export type ImportMapping = z.infer<typeof importMappingSchema>
