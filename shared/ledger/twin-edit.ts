import { z } from 'zod'
import type { Block } from '../twin/surface-feature.ts'
import type { AssetRecord, NodeRecord } from '../twin/asset.ts'

/** Why the twin changed: fields set in the ledger, flaws mended, data imported, a newer survey taken, a scheme built, blocks drawn, levels filled. */
export const TWIN_EDIT_KINDS = ['fields', 'fix', 'import', 'survey', 'as_built', 'blocks', 'levels'] as const
type TwinEditKind = (typeof TWIN_EDIT_KINDS)[number]

/** `done` counts; `undone` may be done again; `dropped` was undone and another edit came after it. */
export const TWIN_EDIT_STATES = ['done', 'undone', 'dropped'] as const

/** What one record becomes; null takes it out. A record that is not there yet is new. */
export type TwinChange =
  | { readonly table: 'assets'; readonly id: string; readonly after: AssetRecord | null }
  | { readonly table: 'nodes'; readonly id: string; readonly after: NodeRecord | null }
  | { readonly table: 'blocks'; readonly id: string; readonly after: Block | null }

/** What an edit says of itself. `detail` fills the text `ledger:edit.<kind>`. */
export interface TwinEditEntry {
  readonly kind: TwinEditKind
  /** As typed; empty where nobody said. */
  readonly who: string
  readonly why: string
  readonly detail: Readonly<Record<string, string | number>>
}

/** How many records an edit touched. */
const countsSchema = z.strictObject({ changed: z.int(), added: z.int(), removed: z.int() })
export type TwinEditCounts = z.infer<typeof countsSchema>

export const twinEditSchema = z.strictObject({
  id: z.int(), at: z.string(), kind: z.enum(TWIN_EDIT_KINDS), who: z.string(), why: z.string(), detail: z.record(z.string(), z.union([z.string(), z.number()])),
  counts: countsSchema, state: z.enum(TWIN_EDIT_STATES),
})
/** One recorded change of the twin, all of it or nothing. */
export type TwinEdit = z.infer<typeof twinEditSchema>

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** One field of an asset before and after an edit; null where it was or is not there. Names are those of the layer `assets`. */
const fieldChangeSchema = z.strictObject({ field: z.string(), before: valueSchema, after: valueSchema })
export type FieldChange = z.infer<typeof fieldChangeSchema>

/** What happened to one asset, oldest first. `fields` is empty where it came or went whole; geometry is told as moved, not point by point. */
export const assetEventSchema = z.strictObject({
  edit: twinEditSchema.omit({ counts: true }), what: z.enum(['added', 'changed', 'removed']), fields: z.array(fieldChangeSchema), movedM: z.number().nullable(),
})
export type AssetEvent = z.infer<typeof assetEventSchema>
