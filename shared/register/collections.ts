import { z } from 'zod'
import { checkJobSchema, ignoreRuleSchema, savedQuerySchema } from '../ledger/selection-set.ts'
import { rulePackSchema } from '../rules/rule-pack.ts'
import { lifelineSettingsSchema } from '../hazards/lifeline/lifeline-settings.ts'
import { catchmentSchema } from '../hazards/overflow/drawn-catchment.ts'
import { completenessSchema } from './completeness.ts'
import { decisionSchema } from './decision.ts'
import { findingFilterSchema } from './finding-filter.ts'
import { findingStateSchema } from './finding-state.ts'
import { routeCostsSchema } from '../routing/search/route-costs.ts'
import { lineTemplateSchema } from './line-template.ts'
import { ownerSchema } from './owner.ts'
import { pictureSchema } from './picture.ts'
import { savedViewSchema } from './saved-view.ts'
import { schemeRecordSchema } from './scheme-stage.ts'

/**
 * What a project keeps beside its twin and its schemes, as records of named collections: small JSON bodies under ids of
 * their own, each change durable and journalled. A new sort of record is a schema here and nothing else.
 */
export const COLLECTIONS = {
  views: savedViewSchema,
  findingStates: findingStateSchema,
  findingFilters: findingFilterSchema,
  decisions: decisionSchema,
  /** The project's own rule packs, by their id. */
  rulePacks: rulePackSchema,
  /** How far each scheme has come, by the scheme's id. */
  schemeStages: schemeRecordSchema,
  /** Filters of the ledger under a name: selection sets. */
  queries: savedQuerySchema,
  checkJobs: checkJobSchema,
  ignoreRules: ignoreRuleSchema,
  /** How complete the ledger was, by the twin's hash. */
  completeness: completenessSchema,
  /** Of comments and decisions; large, so read one by one. */
  pictures: pictureSchema,
  catchments: catchmentSchema,
  /** One record: what findings of the four hazards are computed with. */
  lifeline: lifelineSettingsSchema,
  /** Who answers for lines, and how to reach them. */
  owners: ownerSchema,
  lineTemplates: lineTemplateSchema,
  /** One record: what automatic routes and cost indices go by. */
  routeCosts: routeCostsSchema,
} as const

export type CollectionName = keyof typeof COLLECTIONS
export type RecordBody<N extends CollectionName> = z.infer<(typeof COLLECTIONS)[N]>
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as [CollectionName, ...CollectionName[]]

/** What is read when a project is shown; pictures are large, and read when they are shown. */
export const READ_AT_ONCE: CollectionName[] = COLLECTION_NAMES.filter(name => name !== 'pictures')

export const recordIdSchema = z.string().min(1).max(500)

/** One change of a record; a null body takes it out. Bodies are parsed by their collection's schema where they arrive. */
export const recordChangeSchema = z.strictObject({ collection: z.enum(COLLECTION_NAMES), id: recordIdSchema, body: z.unknown() })
export type RecordChange = { readonly [N in CollectionName]: { readonly collection: N; readonly id: string; readonly body: RecordBody<N> | null } }[CollectionName]

/** A record as kept. `revision` counts its changes. */
export interface StoredRecord<N extends CollectionName = CollectionName> {
  readonly collection: N
  readonly id: string
  readonly body: RecordBody<N>
  readonly revision: number
  readonly changedAt: string
}

/** A record of whichever collection: its name tells the type of the body. */
export type AnyRecord = { readonly [N in CollectionName]: StoredRecord<N> }[CollectionName]

/**
 * A change whose body fits its collection.
 * @throws z.ZodError where it does not.
 */
export function parseRecordChange({ collection, id, body }: z.infer<typeof recordChangeSchema>): RecordChange {
  return { collection, id, body: body === null || body === undefined ? null : COLLECTIONS[collection].parse(body) } as RecordChange
}
