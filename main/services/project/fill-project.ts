import type { JobControl } from '#shared/core/job.ts'
import { proposalSchema } from '#shared/scenario/command-schema.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { excavationSchema } from '#shared/scenario/excavation-schema.ts'
import type { Owner } from '#shared/register/owner.ts'
import type { TwinRecords } from '#shared/twin/twin.ts'
import type { Database } from './database.ts'
import { ScenarioStore } from './scenario-store.ts'
import { applyRecordChanges } from './register-store.ts'
import { TwinStore } from './twin-store.ts'

/** Puts a new project's content in, inside the caller's transaction. Scenarios keep the ids they come with. */
export async function fillProject(db: Database, { records, scenarios = [], owners = [] }: { readonly records?: TwinRecords; readonly scenarios?: readonly ScenarioDocument[]; readonly owners?: readonly Owner[] }, job: JobControl): Promise<void> {
  const twin = TwinStore.empty(db)
  if (records) {
    const { crs, assets, nodes, surfaceFeatures, blocks, ground, synthetic } = records
    const batch = { assets, nodes, surfaceFeatures, blocks, grounds: ground ? [ground] : [] }
    await twin.add(batch, { crs, importId: null, synthetic, job })
    twin.settle()
  }
  const store = new ScenarioStore(db, twin.srsId)
  for (const scenario of scenarios) {
    for (const proposal of Object.values(scenario.proposals)) proposalSchema.parse(proposal)
    for (const excavation of Object.values(scenario.excavations)) excavationSchema.parse(excavation)
    store.create(scenario, new Date().toISOString())
  }
  store.settle()
  applyRecordChanges(db, owners.map((body, i) => ({ collection: 'owners' as const, id: `owner-${i + 1}`, body })), new Date().toISOString())
}
