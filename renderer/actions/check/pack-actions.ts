import { parseRulePackText, type PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { CheckScope } from '../../state/findings/findings-store.ts'
import { hostStore } from '../../state/app/host-store.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { packEditorStore } from '../../state/findings/pack-editor-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { download } from '../files/download.ts'
import { openFinding, showSpot, shownResult } from './finding-actions.ts'
import { ask } from '../host.ts'
import { choosePack } from '../files/project-actions.ts'
import { longCall } from '../long-call.ts'
import { changeRecords } from '../ledger/register-actions.ts'
import { select } from '../viewing/selection-actions.ts'

/** A pack by id with its hash: the project's own, else the shipped one. */
export async function fetchHashedPack(id: string): Promise<{ readonly pack: RulePack; readonly hash: string } | null> {
  return id === '' ? null : await ask('rules.get', { id })
}

/** Keeps a pack in the project. Where the project judges by it, everything is checked again. */
async function keepPack(pack: RulePack): Promise<boolean> {
  const isKept = (await changeRecords([{ collection: 'rulePacks', id: pack.id, body: pack }])) !== null
  if (isKept && projectStore.getState().info?.packId === pack.id) await choosePack(pack.id)
  return isKept
}

/** More steps back than anybody takes. */
const MOST_STEPS = 100

/** Changes one of the project's own packs: a version of its own, and a step that can be taken back. */
export async function changePack(pack: RulePack, next: RulePack): Promise<void> {
  if (JSON.stringify(next) === JSON.stringify(pack)) return
  if (!(await keepPack({ ...next, version: raisedVersion(pack.version) }))) return
  packEditorStore.setState(({ past, future }) => ({
    past: { ...past, [pack.id]: [...(past[pack.id] ?? []), pack].slice(-MOST_STEPS) }, future: { ...future, [pack.id]: [] },
  }))
}

/** Takes the last change of an own pack back, or makes it again. The content is that of before, the version a new one. */
export async function stepPack(pack: RulePack, direction: 'past' | 'future'): Promise<void> {
  const to = packEditorStore.getState()[direction][pack.id]?.at(-1)
  if (!to || !(await keepPack({ ...to, version: raisedVersion(pack.version) }))) return
  const other = direction === 'past' ? 'future' : 'past'
  packEditorStore.setState(state => ({
    [direction]: { ...state[direction], [pack.id]: (state[direction][pack.id] ?? []).slice(0, -1) },
    [other]: { ...state[other], [pack.id]: [...(state[other][pack.id] ?? []), pack] },
  }))
}

/** Checks by two packs and shows what differs. @param run Cancels it. */
export async function compareFindingsOf(left: string, right: string, scope: CheckScope, run: AbortController): Promise<void> {
  const comparison = await longCall('check.compare', { scenarioId: scenarioStore.getState().activeId, scope, left, right }, 'packs:job.compare', run)
  if (comparison) packEditorStore.setState({ comparison })
}

/** Shows the place of a finding that may be in no result: the finding itself where the table lists it, else its line and the spot. */
export function showFindingPlace(finding: Finding): void {
  sessionStore.setState({ dialog: null })
  if (shownResult()?.findings.some(({ id }) => id === finding.id)) return openFinding(finding.id)
  const [id] = finding.a
  const isProposal = id !== undefined && scenarioStore.getState().byId[scenarioStore.getState().activeId ?? '']?.document.proposals[id] !== undefined
  if (id !== undefined) select(isProposal ? { type: 'proposal', id, vertex: null } : { type: 'asset', id })
  showSpot(finding)
}

/** A copy of a pack as one of the project's own, which can be edited. @returns its id. */
export async function copyPack(pack: RulePack, mark: RulePack['title']): Promise<string | null> {
  const taken = new Set([...hostStore.getState().packs.map(({ id }) => id), ...Object.keys(registerStore.getState().rulePacks)])
  let n = 1
  while (taken.has(`${pack.id}-${n}`)) n++
  const copy: RulePack = { ...pack, id: `${pack.id}-${n}`, version: '1', title: { 'zh-CN': `${mark['zh-CN']} ${n}：${pack.title['zh-CN']}`, en: `${mark.en} ${n}: ${pack.title.en}` } }
  return (await keepPack(copy)) ? copy.id : null
}

/** Takes one of the project's own packs out; the one in use stays. */
export async function removePack(id: string): Promise<void> {
  if (projectStore.getState().info?.packId === id) return showToast('warning', 'packs:inUse')
  await changeRecords([{ collection: 'rulePacks', id, body: null }])
}

/** Reads a pack from the text of its file and keeps it. A shipped pack's id is not taken over. @returns what is wrong with it. */
export async function importPack(text: string): Promise<{ readonly id: string } | { readonly problems: readonly PackProblem[] }> {
  const parsed = parseRulePackText(text)
  if (!parsed.ok) return { problems: parsed.error }
  const isShipped = hostStore.getState().packs.some(({ id }) => id === parsed.value.id)
  const pack = isShipped ? { ...parsed.value, id: `${parsed.value.id}-own` } : parsed.value
  return (await keepPack(pack)) ? { id: pack.id } : { problems: [] }
}

/** Takes the figures of a matrix workbook over into one of the project's own packs. @returns what is wrong with it. */
export async function importMatrix(pack: RulePack, bytes: Uint8Array): Promise<readonly PackProblem[]> {
  const { packFromWorkbook } = await import('#shared/io/pack-workbook.ts')
  const read = packFromWorkbook(pack, bytes)
  if (!read.ok) return read.error
  await changePack(pack, read.value)
  showToast('success', 'packs:matrixTaken')
  return []
}

/** The pair tables of a pack as an XLSX workbook. */
export async function exportMatrix(pack: RulePack): Promise<void> {
  const { packWorkbook } = await import('#shared/io/pack-workbook.ts')
  download(packWorkbook(pack, viewStore.getState().language), `${pack.id}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
}

/** Every change is a version of its own, so that a report's pack can be told from a later one. */
const raisedVersion = (version: string): string => (/^\d+$/.test(version) ? String(Number(version) + 1) : `${version}.1`)
