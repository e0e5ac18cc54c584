import { z } from 'zod'
import { analysisParametersSchema } from '../hazards/analysis/parameters.ts'
import { assetFieldsSchema, HELD_LEVELS } from '../ledger/asset-fields.ts'
import { blockChangeSchema } from '../ledger/block-change.ts'
import { LEFT_REASONS, levelMethodSchema } from '../ledger/levels/fill-levels.ts'
import { qualityFixSchema } from '../ledger/quality-fix.ts'
import { surveyEntrySchema, surveyOptionsSchema } from '../ledger/survey/compare-survey.ts'
import { assetEventSchema, twinEditSchema } from '../ledger/twin-edit.ts'
import { COLLECTION_NAMES, recordChangeSchema, recordIdSchema } from '../register/collections.ts'
import { rulePackSchema } from '../rules/rule-pack.ts'
import { scenarioCommandSchema } from '../scenario/command-schema.ts'
import { ATTRIBUTE_ROLES } from '../twin/attribute-roles.ts'
import { LEVEL_REFERENCES } from '../twin/kinds.ts'
import { analysisResultSchema } from './analysis-shapes.ts'
import { float64Array, request, ticketSchema, uint32Array, uint8Array, type COMMON_ERRORS } from './define.ts'
import { importOutcomeSchema, importRequestSchema, inspectedFileSchema } from './import-shapes.ts'
import { exportRequestSchema } from './export-shapes.ts'
import { paperRequestSchema } from './paper-shapes.ts'
import {
  assetColumnsSchema, attributesSchema, checkResultSchema, checkScopeSchema, fileTicketSchema, packComparisonSchema, projectInfoSchema, recoverySchema,
  scenarioDocumentSchema, scenarioStateSchema, scenarioSummarySchema, packedContextSchema,
} from './shapes.ts'

const nothing = z.strictObject({})
const scenarioId = z.string().min(1).max(200)

const swmmProgramSchema = z.strictObject({ name: z.string().nullable() })

const preferencesSchema = z.strictObject({
  language: z.enum(['zh-CN', 'en']).nullable(),
  theme: z.enum(['dark', 'light', 'system']),
  colours: z.enum(['standard', 'colour_blind']),
  /** Soft shade of the 3D view: where the machine is fast enough, always, never. */
  shade: z.enum(['auto', 'on', 'off']),
  /** The dock layout as the renderer serialised it; opaque to the host. */
  layout: z.string().max(200_000).nullable(),
})

/** The body is parsed by its collection's schema where it is used. */
const storedRecordSchema = recordChangeSchema.extend({ revision: z.int(), changedAt: z.string() })

const openedSchema = z.strictObject({
  project: projectInfoSchema,
  recovery: recoverySchema.nullable(),
  /** File format version the project was migrated from; the original is kept beside it. */
  migratedFrom: z.int().nullable(),
})
const openErrors = ['not_a_project', 'newer_format', 'corrupt', 'already_exists', 'no_permission', 'bad_name'] as const

/** Who changes the twin and why, as typed; empty where nobody says. */
const signedSchema = z.strictObject({ who: z.string().max(200), why: z.string().max(2000) })
/** Fields to set on assets, named by their place in the columns of the twin with this hash. */
const fieldEditSchema = z.strictObject({ twinHash: z.string().max(200), assets: uint32Array, fields: assetFieldsSchema, held: z.enum(HELD_LEVELS) })
/** Assets whose assumed levels are to be filled, by their place in the columns of the twin with this hash. */
const levelFillSchema = z.strictObject({ twinHash: z.string().max(200), assets: uint32Array, method: levelMethodSchema })
const editedSchema = z.strictObject({ edit: twinEditSchema.nullable(), project: projectInfoSchema })

/** The calls the renderer may make. Names are `namespace.verb`; each namespace has one file in main/handlers. */
export const contract = {
  'app.info': request({
    input: nothing,
    output: z.strictObject({
      version: z.string(), host: z.enum(['electron', 'web', 'memory']), platform: z.string(),
      /** What this host can do; the interface asks before it shows a button. */
      capabilities: z.strictObject({ nativePicker: z.boolean(), browsePicker: z.boolean(), upload: z.boolean(), quit: z.boolean() }),
    }),
    errors: [],
  }),
  'preferences.get': request({ input: nothing, output: preferencesSchema, errors: [] }),
  'preferences.set': request({ input: preferencesSchema.partial(), output: preferencesSchema, errors: [] }),

  'files.pick': request({
    input: z.strictObject({ purpose: z.enum(['open_project', 'save_project', 'import', 'rules', 'program']), suggestedName: z.string().max(255).optional() }),
    output: z.strictObject({ files: z.array(fileTicketSchema) }),
    errors: ['unavailable'],
  }),
  'files.browse': request({
    input: z.strictObject({ folder: ticketSchema.nullable(), purpose: z.enum(['open_project', 'save_project', 'import', 'rules']) }),
    output: z.strictObject({
      folder: z.strictObject({ ticket: ticketSchema, name: z.string() }),
      parent: ticketSchema.nullable(),
      entries: z.array(z.strictObject({ type: z.enum(['folder', 'file']), name: z.string(), ticket: ticketSchema, sizeBytes: z.number(), modifiedAt: z.string() })),
    }),
    errors: ['unavailable'],
  }),
  'files.nameIn': request({
    input: z.strictObject({ folder: ticketSchema, name: z.string().min(1).max(255) }),
    output: z.strictObject({ file: fileTicketSchema, exists: z.boolean() }),
    errors: ['unavailable', 'bad_name'],
  }),
  'files.upload': request({
    input: z.strictObject({ upload: ticketSchema.nullable(), name: z.string().min(1).max(255), offset: z.int().min(0), totalBytes: z.int().min(0), bytes: uint8Array }),
    /** `file` once every byte has arrived. */
    output: z.strictObject({ upload: ticketSchema, file: fileTicketSchema.nullable() }),
    errors: ['unavailable', 'too_large', 'out_of_order', 'bad_name'],
  }),

  'project.openSample': request({ input: nothing, output: openedSchema, errors: openErrors, long: true }),
  'project.open': request({ input: z.strictObject({ ticket: ticketSchema }), output: openedSchema, errors: openErrors, long: true }),
  'project.create': request({ input: z.strictObject({ ticket: ticketSchema, overwrite: z.boolean().optional() }), output: openedSchema, errors: openErrors }),
  'project.info': request({ input: nothing, output: projectInfoSchema, errors: [] }),
  /** What is open; `toOpen` names a file that the user started with and that is not open yet, or could not be: opening it says how far it has come, or why. */
  'project.current': request({ input: nothing, output: z.strictObject({ opened: openedSchema.nullable(), toOpen: ticketSchema.nullable() }), errors: [] }),
  'project.recent': request({
    input: nothing,
    output: z.strictObject({ files: z.array(z.strictObject({ ticket: ticketSchema, name: z.string(), folder: z.string(), openedAt: z.string(), missing: z.boolean() })) }),
    errors: [],
  }),
  'project.save': request({ input: z.strictObject({ name: z.string().max(200) }), output: projectInfoSchema, errors: [] }),
  'project.saveAs': request({ input: z.strictObject({ ticket: ticketSchema, overwrite: z.boolean().optional() }), output: openedSchema, errors: openErrors, long: true }),
  'project.close': request({ input: nothing, output: nothing, errors: [] }),

  'twin.columns': request({ input: nothing, output: assetColumnsSchema, errors: [] }),
  'twin.context': request({ input: nothing, output: packedContextSchema, errors: [] }),
  'twin.attributes': request({
    input: z.strictObject({ assetId: z.string().max(200) }),
    output: z.strictObject({ attributes: attributesSchema, importedFrom: z.string().nullable(), levelReference: z.enum(LEVEL_REFERENCES).nullable() }),
    errors: ['not_found'],
  }),
  /** One attribute of every asset, in the order of the columns: `codes` is 0 where the source says nothing, else 1 + index into `values`. */
  'twin.attributeColumn': request({
    input: z.strictObject({ role: z.enum(ATTRIBUTE_ROLES) }),
    /** `names`: what the sources call it, most used first. */
    output: z.strictObject({ role: z.enum(ATTRIBUTE_ROLES), names: z.array(z.string()), values: z.array(z.string()), codes: uint32Array }),
    errors: [],
    long: true,
  }),

  /** How many of these assets an edit would change. */
  'ledger.preview': request({ input: fieldEditSchema, output: z.strictObject({ changes: z.int() }), errors: ['twin_changed'], long: true }),
  /** Edits of the twin answer once durable: one recorded step each. `edit` is null where nothing changed. */
  'ledger.edit': request({ input: fieldEditSchema.extend({ signed: signedSchema }), output: editedSchema, errors: ['twin_changed'], long: true }),
  'ledger.fix': request({ input: z.strictObject({ twinHash: z.string().max(200), fixes: z.array(qualityFixSchema).min(1).max(200_000), signed: signedSchema }), output: editedSchema, errors: ['twin_changed'], long: true }),
  /** How many of these assets a method would give levels, and why the others stay as they are. */
  'ledger.previewLevels': request({ input: levelFillSchema, output: z.strictObject({ changes: z.int(), left: z.record(z.enum(LEFT_REASONS), z.int()) }), errors: ['twin_changed'], long: true }),
  'ledger.fillLevels': request({ input: levelFillSchema.extend({ signed: signedSchema }), output: editedSchema, errors: ['twin_changed'], long: true }),
  /** Blocks of responsibility that come, change (`after`) or go (null). */
  'ledger.blocks': request({ input: z.strictObject({ twinHash: z.string().max(200), changes: z.array(blockChangeSchema).min(1).max(10_000), signed: signedSchema }), output: editedSchema, errors: ['twin_changed'], long: true }),
  'ledger.undo': request({ input: nothing, output: editedSchema, errors: ['nothing_to_undo'], long: true }),
  'ledger.redo': request({ input: nothing, output: editedSchema, errors: ['nothing_to_redo'], long: true }),
  /** Newest first. */
  'ledger.edits': request({ input: nothing, output: z.strictObject({ edits: z.array(twinEditSchema) }), errors: [] }),
  'ledger.history': request({ input: z.strictObject({ assetId: z.string().max(200) }), output: z.strictObject({ events: z.array(assetEventSchema) }), errors: [] }),

  'scenario.list': request({ input: nothing, output: z.strictObject({ scenarios: z.array(scenarioSummarySchema) }), errors: [] }),
  'scenario.get': request({ input: z.strictObject({ id: scenarioId }), output: scenarioStateSchema, errors: ['not_found'] }),
  'scenario.create': request({ input: z.strictObject({ name: z.string().min(1).max(200), copyFrom: scenarioId.nullable() }), output: scenarioStateSchema, errors: ['name_taken', 'not_found'] }),
  'scenario.remove': request({ input: z.strictObject({ id: scenarioId }), output: nothing, errors: ['not_found'] }),
  /** Answers once the edit is durable. `baseRevision` is the revision the sender applied it to: a mismatch is refused, never merged blindly. */
  'scenario.execute': request({
    input: z.strictObject({ id: scenarioId, baseRevision: z.int().min(0), command: scenarioCommandSchema }),
    output: z.strictObject({ revision: z.int(), undoLabel: z.string().nullable(), redoLabel: z.string().nullable() }),
    errors: ['not_found', 'rejected', 'revision_mismatch'],
  }),
  'scenario.undo': request({ input: z.strictObject({ id: scenarioId }), output: scenarioStateSchema, errors: ['not_found', 'rejected', 'nothing_to_undo'] }),
  'scenario.redo': request({ input: z.strictObject({ id: scenarioId }), output: scenarioStateSchema, errors: ['not_found', 'rejected', 'nothing_to_redo'] }),

  'check.run': request({
    /** `scenarioId` null checks the baseline alone, which has nothing for the scope `lifeline`; scope `proposals` lists only findings that touch a proposal, `job:<id>` those between the sets of a saved job. */
    input: z.strictObject({ scenarioId: scenarioId.nullable(), scope: checkScopeSchema, packId: z.string().max(100) }),
    output: checkResultSchema,
    errors: ['not_found', 'pack_missing', 'too_many_conflicts'],
    long: true,
  }),
  /** Checks by two packs and tells what differs; nothing is stored. */
  'check.compare': request({
    input: z.strictObject({ scenarioId: scenarioId.nullable(), scope: checkScopeSchema, left: z.string().max(100), right: z.string().max(100) }),
    output: packComparisonSchema,
    errors: ['not_found', 'pack_missing', 'too_many_conflicts'],
    long: true,
  }),
  /** The last stored result for this scenario and scope, or null. */
  'check.latest': request({ input: z.strictObject({ scenarioId: scenarioId.nullable(), scope: checkScopeSchema }), output: z.strictObject({ result: checkResultSchema.nullable() }), errors: [] }),

  /** One method on the twin, with a scheme in it where one is named. */
  'analysis.run': request({
    input: z.strictObject({ scenarioId: scenarioId.nullable(), parameters: analysisParametersSchema, language: z.enum(['zh-CN', 'en']) }),
    output: analysisResultSchema,
    errors: ['not_found', 'asset_missing', 'asset_unused', 'not_gas', 'no_source', 'nothing_to_analyse', 'nothing_dug', 'model_refused', 'pack_missing', 'swmm_failed', 'swmm_timeout'],
    long: true,
  }),
  /** The SWMM program of this machine, by its file name; null where there is none. */
  'analysis.swmm': request({ input: nothing, output: swmmProgramSchema, errors: [] }),
  /** Chooses another; null gives up the chosen one. */
  'analysis.useSwmm': request({ input: z.strictObject({ program: ticketSchema.nullable() }), output: swmmProgramSchema, errors: ['not_a_program'] }),

  /** The papers of a check, made anew from what is open: the bytes of a file for the user to keep. */
  /** `lacksPdf`: minutes in one file that came without their PDF, as nothing here could print it. */
  'papers.make': request({ input: paperRequestSchema, output: z.strictObject({ name: z.string(), bytes: uint8Array, lacksPdf: z.boolean() }), errors: ['not_found', 'pack_missing', 'no_printer', 'print_failed', 'too_many_findings', 'scene_too_large', 'nothing_to_draw', 'too_many_sheets'], long: true }),

  /** The twin as a file for other programs. `losses`: what the format could not carry (`cli-formats:loss.*`). */
  'export.make': request({ input: exportRequestSchema, output: z.strictObject({ name: z.string(), bytes: uint8Array, losses: z.array(z.string()) }), errors: ['not_found', 'too_many_assets'], long: true }),

  'rules.list': request({ input: nothing, output: z.strictObject({ packs: z.array(z.strictObject({ id: z.string(), version: z.string(), title: z.strictObject({ 'zh-CN': z.string(), en: z.string() }) })) }), errors: [] }),
  'rules.get': request({ input: z.strictObject({ id: z.string().max(100) }), output: z.strictObject({ pack: rulePackSchema, hash: z.string() }), errors: ['not_found'] }),
  'rules.use': request({ input: z.strictObject({ id: z.string().max(100) }), output: projectInfoSchema, errors: ['not_found'] }),

  /** Records kept beside twin and schemes (shared/register). */
  /** `ids`: these records alone. */
  'register.list': request({ input: z.strictObject({ collections: z.array(z.enum(COLLECTION_NAMES)).max(100), ids: z.array(recordIdSchema).max(1000).optional() }), output: z.strictObject({ records: z.array(storedRecordSchema) }), errors: [] }),
  /** Answers once all changes are durable, with those that would take them back. */
  'register.apply': request({ input: z.strictObject({ changes: z.array(recordChangeSchema).min(1).max(10_000) }), output: z.strictObject({ before: z.array(recordChangeSchema) }), errors: [] }),
  'register.history': request({
    input: z.strictObject({ collection: z.enum(COLLECTION_NAMES), id: recordIdSchema }),
    output: z.strictObject({ entries: z.array(z.strictObject({ at: z.string(), body: z.unknown() })) }),
    errors: [],
  }),

  'import.inspect': request({
    input: z.strictObject({ tickets: z.array(ticketSchema).min(1).max(100) }),
    output: z.strictObject({ files: z.array(inspectedFileSchema.extend({ ticket: ticketSchema })), suggestedCrs: z.string().nullable() }),
    errors: ['too_large', 'unreadable'],
    long: true,
  }),
  'import.dryRun': request({ input: importRequestSchema, output: importOutcomeSchema, errors: ['too_large', 'unreadable', 'crs_unknown'], long: true }),
  'import.commit': request({ input: importRequestSchema.extend({ who: z.string().max(200).optional() }), output: importOutcomeSchema.extend({ project: projectInfoSchema }), errors: ['too_large', 'unreadable', 'crs_unknown', 'nothing_to_import'], long: true }),
  /**
   * A newer survey against the twin, or what was built against a scheme (`scenarioId`): nothing is taken yet. The host keeps
   * the last comparison, as long as the twin stays as it is.
   */
  'survey.compare': request({
    input: z.strictObject({ request: importRequestSchema, scenarioId: scenarioId.nullable(), options: surveyOptionsSchema }),
    output: z.strictObject({
      comparison: z.string(), entries: z.array(surveyEntrySchema), same: z.int(), nodeChanges: z.int(), issues: importOutcomeSchema.shape.issues,
      /** Axes of the survey's lines in its order, and their ids. Local frame, metres. */
      ids: z.array(z.string()), start: uint32Array, xyz: float64Array,
      /** Surveyed points by name, [x, y] each in the local frame, metres; the files they came from. */
      pointIds: z.array(z.string()), pointXy: float64Array, files: z.array(z.string()),
    }),
    errors: ['not_found', 'too_large', 'unreadable', 'crs_unknown', 'nothing_to_import'],
    long: true,
  }),
  /** Takes entries of the last comparison, by their place in it, as one recorded step. */
  'survey.accept': request({
    input: z.strictObject({ comparison: z.string().max(100), entries: uint32Array, withNodes: z.boolean(), signed: signedSchema }),
    output: editedSchema, errors: ['twin_changed'], long: true,
  }),
  'crs.search': request({
    input: z.strictObject({ text: z.string().max(100) }),
    output: z.strictObject({ matches: z.array(z.strictObject({ code: z.string(), name: z.string() })).max(50) }),
    errors: [],
  }),
} as const

/** What the host tells the renderer without being asked. */
export const events = {
  'project.changed': projectInfoSchema,
  'register.changed': z.strictObject({ records: z.array(storedRecordSchema), removed: z.array(z.strictObject({ collection: z.enum(COLLECTION_NAMES), id: recordIdSchema })) }),
  /** `columns`: assets changed; `context`: nodes, ground, blocks or what stands on the ground did. */
  'twin.changed': z.strictObject({ twinHash: z.string(), columns: z.boolean(), context: z.boolean() }),
  /** What a running `check.run` has found so far (`partial`): told now and then, each time all of it, up to some two thousand. */
  'check.found': checkResultSchema,
  'scenario.changed': z.strictObject({ id: scenarioId, document: scenarioDocumentSchema, revision: z.int() }),
  /** A menu item or a file opened from the desktop: the renderer runs the action of that name. */
  'app.command': z.strictObject({ action: z.string().max(100), ticket: ticketSchema.nullable() }),
  /** The file under the open project vanished or failed; the renderer shows it until it is resolved. */
  'project.trouble': z.strictObject({ code: z.enum(['file_gone', 'disk_full', 'write_failed']) }),
} as const

export type Contract = typeof contract
export type CallName = keyof Contract
export type CallInput<N extends CallName> = z.infer<Contract[N]['input']>
export type CallOutput<N extends CallName> = z.infer<Contract[N]['output']>
export type CallError<N extends CallName> = Contract[N]['errors'][number] | (typeof COMMON_ERRORS)[number]
export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
