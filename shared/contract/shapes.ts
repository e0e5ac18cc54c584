import { z } from 'zod'
import { ISSUE_CODES } from '../core/issues.ts'
import { DIFFERENCE_SORTS, FINDING_CHANGES } from '../clearance/findings/compare-findings.ts'
import { RULE_NAMES, RULE_UNITS, VERDICTS } from '../clearance/findings/finding.ts'
import { BASES } from '../rules/rule-pack.ts'
import { branchSchema, colourSchema, proposalSchema, removalSchema } from '../scenario/command-schema.ts'
import { excavationSchema } from '../scenario/excavation-schema.ts'
import { vec3Schema } from '../scenario/field-schemas.ts'
import { SURFACE_CLASSES } from '../twin/kinds.ts'
import { float64Array, ticketSchema, uint16Array, uint32Array, uint8Array } from './define.ts'

/** Shapes that several calls share. Each mirrors a domain type; a type test keeps them equal. */

export const issueSummarySchema = z.strictObject({
  code: z.enum(ISSUE_CODES), severity: z.enum(['info', 'warning', 'error']), count: z.int(), example: z.string(),
})

const packedStringsSchema = z.strictObject({ bytes: uint8Array, start: uint32Array })

export const assetColumnsSchema = z.strictObject({
  origin: vec3Schema, count: z.int(), ids: packedStringsSchema, vertexStart: uint32Array, xyz: float64Array,
  kind: uint8Array, shape: uint8Array, halfWidthM: float64Array, halfHeightM: float64Array,
  owner: uint16Array, owners: z.array(z.string()), pressureClass: uint8Array, laying: uint8Array, voltageKv: float64Array,
  status: uint8Array, accuracyPlanM: float64Array, accuracyLevelM: float64Array, assumed: uint8Array,
})

export const attributesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

export const groundSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('grid'), name: z.string(), cols: z.int(), rows: z.int(), cellSizeM: z.number(), x0: z.number(), y0: z.number(), z: float64Array }),
  z.strictObject({ type: z.literal('tin'), name: z.string(), xyz: float64Array, faces: uint32Array }),
])

const plan = z.tuple([z.number(), z.number()]).readonly()

const blockSchema = z.strictObject({ id: z.string(), name: z.string(), responsible: z.string(), ring: z.array(plan) })

const dictionarySchema = z.strictObject({ texts: packedStringsSchema, codes: uint32Array })
const packedNodesSchema = z.strictObject({
  ids: packedStringsSchema, nodeType: uint8Array, kind: uint8Array, owner: dictionarySchema, at: float64Array, bottomZ: float64Array, diameterM: float64Array, attributes: dictionarySchema,
})
const packedFeaturesSchema = z.strictObject({
  ids: packedStringsSchema, featureType: uint8Array, geometry: uint8Array, start: uint32Array, xy: float64Array, name: dictionarySchema, heightM: float64Array, attributes: dictionarySchema,
})

/** What surrounds the assets, packed (shared/twin/twin-context.ts). */
export const packedContextSchema = z.strictObject({
  nodes: packedNodesSchema, ground: groundSchema.nullable(), surfaceFeatures: packedFeaturesSchema, blocks: z.array(blockSchema),
})

const nearestPointsSchema = z.strictObject({ a: vec3Schema, b: vec3Schema })
const shortfallFields = {
  rule: z.enum(RULE_NAMES), required: z.number(), found: z.number(), shortfall: z.number(), clause: z.string(), basis: z.enum(BASES), pack: z.string().optional(), at: nearestPointsSchema,
  surface: z.strictObject({ surface: z.enum(SURFACE_CLASSES), isAssumed: z.boolean() }).optional(),
  horizontal: z.strictObject({ required: z.number(), found: z.number() }).optional(),
}
export const findingSchema = z.strictObject({
  ...shortfallFields,
  id: z.string(), a: z.array(z.string()), b: z.array(z.string()), against: z.strictObject({ sort: z.enum(['feature', 'node', 'excavation']), type: z.string(), name: z.string().optional() }).optional(),
  unit: z.enum(RULE_UNITS).optional(), verdict: z.enum(VERDICTS), mandatory: z.boolean(), uncertaintyM: z.number().nullable(),
  stretch: z.strictObject({ from: vec3Schema, to: vec3Schema, fromChainageM: z.number(), toChainageM: z.number() }),
  yields: z.strictObject({ side: z.enum(['a', 'b']), yields: z.string(), to: z.string(), clause: z.string() }).nullable(),
  others: z.array(z.strictObject(shortfallFields)),
})

export const resultLabelSchema = z.strictObject({
  twinHash: z.string(), scenarioId: z.string().nullable(), scenarioRevision: z.int(),
  pack: z.strictObject({ id: z.string(), version: z.string(), hash: z.string() }), engine: z.string(),
})

/** What a check is of: what touches a proposal, the whole network, what a scheme adds to the four hazards or makes worse, or the two sets of a saved job. */
export const checkScopeSchema = z.union([z.enum(['proposals', 'network', 'lifeline']), z.templateLiteral(['job:', z.string().min(1).max(200)])])
export type CheckScope = z.infer<typeof checkScopeSchema>

/** Findings of one check with what they were computed from. */
export const checkResultSchema = z.strictObject({
  label: resultLabelSchema, scope: checkScopeSchema, findings: z.array(findingSchema),
  pairCount: z.int(), durationMs: z.number(), checkedAt: z.string(), partial: z.boolean(),
  /** All findings, where they are more than are listed; `partial` then. */
  total: z.int().optional(),
})

/** What two packs find in the same network: what each was computed from, what differs, and how often between which kinds. */
export const packComparisonSchema = z.strictObject({
  left: resultLabelSchema, right: resultLabelSchema, scope: checkScopeSchema, checkedAt: z.string(),
  same: z.int(),
  /** All of them, counted; `differences` lists the heaviest where they are too many to carry. */
  total: z.int(),
  tallies: z.array(z.strictObject({ a: z.string(), b: z.string(), onlyLeft: z.int(), onlyRight: z.int(), changed: z.int() })),
  differences: z.array(z.strictObject({ sort: z.enum(DIFFERENCE_SORTS), left: findingSchema.nullable(), right: findingSchema.nullable(), changes: z.array(z.enum(FINDING_CHANGES)) })),
})

/** Documents of before excavations and removals have neither record. */
export const scenarioDocumentSchema = z.strictObject({
  id: z.string(), name: z.string(), description: z.string(), proposals: z.record(z.string(), proposalSchema),
  excavations: z.record(z.string(), excavationSchema).default({}), removals: z.record(z.string(), removalSchema).default({}),
  colour: colourSchema.optional(), basedOn: branchSchema.optional(),
})

/** `revision` counts the durable commands (undo and redo included). */
export const scenarioStateSchema = z.strictObject({
  document: scenarioDocumentSchema, revision: z.int(), undoLabel: z.string().nullable(), redoLabel: z.string().nullable(),
})

export const scenarioSummarySchema = z.strictObject({
  id: z.string(), name: z.string(), proposals: z.int(), excavations: z.int(), removals: z.int(), edits: z.int(), revision: z.int(),
  colour: colourSchema.nullable(), basedOn: branchSchema.nullable(),
})

export const projectInfoSchema = z.strictObject({
  /** The same in every copy of the project. */
  id: z.string(),
  /** File name without folder. */
  name: z.string(),
  crs: z.string().nullable(),
  /** `CGCS2000 / …`; empty for a local frame. */
  crsName: z.string(),
  origin: vec3Schema,
  /** Project CRS [minX, minY, minZ, maxX, maxY, maxZ]; null while empty. */
  extent: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]).nullable(),
  synthetic: z.boolean(),
  twinHash: z.string(),
  assetCount: z.int(), segmentCount: z.int(), nodeCount: z.int(),
  scenarios: z.array(scenarioSummarySchema),
  packId: z.string(),
  /** Why this project cannot be edited here; null where it can. */
  readOnly: z.enum(['open_elsewhere', 'no_permission', 'newer_minor']).nullable(),
  /** Last named revision, and whether anything was committed since. */
  savedRevision: z.strictObject({ name: z.string(), at: z.string() }).nullable(),
  changedSinceSave: z.boolean(),
})

/** What opening found to repair: shown to the user as it is. */
export const recoverySchema = z.strictObject({
  /** Edits that were acknowledged after the last save and are all there. */
  editsSinceSave: z.int(),
  /** The previous session ended without closing the file. */
  uncleanEnd: z.boolean(),
  lastEditAt: z.string().nullable(),
})

export const fileTicketSchema = z.strictObject({ ticket: ticketSchema, name: z.string(), sizeBytes: z.number() })
