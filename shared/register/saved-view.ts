import { z } from 'zod'
import { vec3Schema } from '../scenario/field-schemas.ts'

/**
 * What is cut away of the 3D view. Project CRS, metres: an upright plane beyond which (bearing in radians, 0 north) things are
 * kept, moved along it by `offsetM`; or a box inside which they are.
 */
const savedClipSchema = z.union([
  z.strictObject({ type: z.literal('plane'), at: z.tuple([z.number(), z.number()]).readonly(), bearing: z.number(), offsetM: z.number() }).readonly(),
  z.strictObject({ type: z.literal('box'), min: vec3Schema, max: vec3Schema }).readonly(),
])

/** A view worth coming back to: where the camera stands and what it is shown. Project CRS, metres. */
export const savedViewSchema = z.strictObject({
  name: z.string().min(1).max(200),
  note: z.string().max(5000),
  camera: z.strictObject({ position: vec3Schema, target: vec3Schema }),
  hiddenKinds: z.array(z.string().max(100)).max(100),
  hiddenOwners: z.array(z.string().max(200)).max(10_000),
  colourBy: z.string().max(50),
  showGround: z.boolean(),
  showBuildings: z.boolean(),
  /** How much taller heights are drawn than they are; views kept before there was a choice show them as they are. */
  heightScale: z.number().min(1).max(100).default(1),
  /** Whether one looks through everything. */
  isXray: z.boolean().default(false),
  /** The section plane or box; null for none, as in views kept before they were part of one. */
  clip: savedClipSchema.nullable().default(null),
  /** How solid the ground is drawn, 0 invisible … 1; null in views kept before it was part of one: it stays as it is then. */
  groundOpacity: z.number().min(0).max(1).nullable().default(null),
  /** Scheme it was taken with; null for the baseline. */
  scenarioId: z.string().max(200).nullable(),
  /** Place in the list; views of equal place go by name. */
  order: z.number(),
})
export type SavedView = z.infer<typeof savedViewSchema>
