import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { RecordChange } from '#shared/register/collections.ts'
import type { Decision } from '#shared/register/decision.ts'
import type { FindingFilter } from '#shared/register/finding-filter.ts'
import type { FindingException, FindingState } from '#shared/register/finding-state.ts'
import type { Picture } from '#shared/register/picture.ts'
import type { GoneFinding } from '#shared/review/gone.ts'
import { sideHash } from '#shared/review/side-hash.ts'
import { seenOf } from '#shared/review/standing.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { keyIn, recordIn, standingContext } from '../../state/findings/standings.ts'
import { shownResult } from './finding-actions.ts'
import { ask } from '../host.ts'
import { changeRecords } from '../ledger/register-actions.ts'

/** What people make of findings: each change is durable and journalled before it shows. */

type Patch = Partial<Pick<FindingState, 'status' | 'assignee' | 'due' | 'tags' | 'group' | 'exception' | 'comments'>>

const current = () => ({ document: activeScenario(scenarioStore.getState())?.document ?? null, records: registerStore.getState().findingStates })

/**
 * Changes the records of findings of the shown result; a finding nobody touched before gets one.
 * @param beside What the new records name, such as pictures: durable together with them.
 */
export async function workOff(ids: readonly string[], patch: (state: FindingState) => Patch, beside: readonly RecordChange[] = []): Promise<void> {
  const wanted = new Set(ids)
  const findings = shownResult()?.findings.filter(({ id }) => wanted.has(id)) ?? []
  const changes = [...beside, ...findings.map(finding => changeOf(finding, patch))]
  if (findings.length === 0) return
  if ((await changeInBatches(changes)) && ids.length > 1) showToast('success', 'review:bulkDone', { count: findings.length })
}

/** Closes what a check no longer finds; what was last seen of it is kept. */
export async function resolveGone(gone: readonly GoneFinding[]): Promise<void> {
  const changes = gone.map(({ key, state }): RecordChange => ({ collection: 'findingStates', id: key, body: { ...state, status: 'resolved' } }))
  if (await changeInBatches(changes)) showToast('success', 'review:bulkDone', { count: changes.length })
}

/** The host takes ten thousand changes at a time. @returns false where one batch could not be kept. */
async function changeInBatches(changes: readonly RecordChange[]): Promise<boolean> {
  for (let at = 0; at < changes.length; at += 10_000) if (!(await changeRecords(changes.slice(at, at + 10_000)))) return false
  return true
}

function changeOf(finding: Finding, patch: (state: FindingState) => Patch): RecordChange {
  const { key, scenarioId } = keyIn(finding, current().document)
  const seen = seenOf(finding, new Date().toISOString())
  const known: FindingState = recordIn(finding, current()) ?? { scenarioId, findingId: finding.id, status: 'new', assignee: '', due: null, tags: [], group: '', comments: [], exception: null, seen }
  return { collection: 'findingStates', id: key, body: { ...known, ...patch(known), seen } }
}

/** Adds a comment under the name the user works by, with a picture where there is one. */
export async function comment(ids: readonly string[], author: string, text: string, picture: Picture | null): Promise<void> {
  const kept = pictureChange(picture)
  const entry = { id: crypto.randomUUID(), at: new Date().toISOString(), author, text, ...(kept && { picture: kept.id }) }
  await workOff(ids, ({ comments, status }) => ({ comments: [...comments, entry], status: status === 'new' ? 'active' : status }), kept ? [kept] : [])
}

/** The change that keeps a picture under an id of its own. */
export const pictureChange = (picture: Picture | null): (RecordChange & { readonly collection: 'pictures' }) | null =>
  picture && { collection: 'pictures', id: crypto.randomUUID(), body: picture }

/** Accepts a finding by exception, for the geometry of both sides and the rules as they are now. */
export async function accept(finding: Finding, terms: Pick<FindingException, 'reason' | 'measure' | 'person' | 'date' | 'expires'>): Promise<void> {
  const { document } = current()
  const { geometryOf, pack } = standingContext({ project: projectStore.getState(), document })
  const geometry = { a: sideHash(finding.a, geometryOf), b: sideHash(finding.b, geometryOf) }
  await workOff([finding.id], () => ({ status: 'accepted', exception: { ...terms, geometry, pack, shortfall: finding.shortfall } }))
}

export interface HistoryEntry {
  readonly at: string
  readonly body: FindingState | null
}

/** Every state the record of a finding had, oldest first. */
export async function historyOf(finding: Finding): Promise<readonly HistoryEntry[]> {
  const answer = await ask('register.history', { collection: 'findingStates', id: keyIn(finding, current().document).key })
  return (answer?.entries ?? []) as readonly HistoryEntry[]
}

export const saveFilter = (filter: FindingFilter): Promise<unknown> => changeRecords([{ collection: 'findingFilters', id: filter.name, body: filter }])
export const removeFilter = (name: string): Promise<unknown> => changeRecords([{ collection: 'findingFilters', id: name, body: null }])

/** Keeps a decision with the picture it names. @returns false where it could not be kept. */
export const decide = async (decision: Decision, beside: readonly RecordChange[]): Promise<boolean> =>
  (await changeRecords([...beside, { collection: 'decisions', id: crypto.randomUUID(), body: decision }])) !== null
