import type { CallOutput } from '#shared/contract/contract.ts'
import { COLLECTIONS, READ_AT_ONCE, type RecordChange, type StoredRecord } from '#shared/register/collections.ts'
import { NO_COST_STEPS, planningStore } from '../../state/scheme/planning-store.ts'
import { NO_HISTORY, ownerStore } from '../../state/twin/owner-store.ts'
import { mergeRecords, showRecords } from '../../state/twin/register-store.ts'
import { ask, host } from '../host.ts'

/** Reads the open project's records anew. */
export async function loadRecords(): Promise<void> {
  const { records } = await host().call('register.list', { collections: READ_AT_ONCE })
  ownerStore.setState(NO_HISTORY)
  planningStore.setState({ costSteps: NO_COST_STEPS })
  showRecords(fittingRecords(records))
}

/**
 * Changes records of the project; shown once durable.
 * @returns the changes that take these back, or null where they were refused (and said so).
 */
export async function changeRecords(changes: readonly RecordChange[]): Promise<readonly RecordChange[] | null> {
  const answer = await ask('register.apply', { changes: [...changes] })
  return answer && (answer.before as RecordChange[])
}

/** The host's word on changed records, our own changes included. */
export function takeRecords({ records, removed }: { readonly records: CallOutput<'register.list'>['records']; readonly removed: Parameters<typeof mergeRecords>[1] }): void {
  mergeRecords(fittingRecords(records), removed)
}

/** A body that does not fit its collection is not shown: it came from a newer program or a foreign hand. */
const fittingRecords = (records: CallOutput<'register.list'>['records']): StoredRecord[] =>
  records.flatMap(record => {
    const parsed = COLLECTIONS[record.collection].safeParse(record.body)
    return parsed.success ? [{ ...record, body: parsed.data } as StoredRecord] : []
  })
