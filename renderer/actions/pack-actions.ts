import { parseRulePackText, type PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { hostStore } from '../state/host-store.ts'
import { showToast } from '../state/jobs-store.ts'
import { projectStore } from '../state/project-store.ts'
import { registerStore } from '../state/register-store.ts'
import { viewStore } from '../state/view-store.ts'
import { download } from './download.ts'
import { ask } from './host.ts'
import { choosePack } from './project-actions.ts'
import { changeRecords } from './register-actions.ts'

/** A pack by id: the project's own, else the shipped one. */
export async function fetchPack(id: string): Promise<RulePack | null> {
  const own = registerStore.getState().rulePacks[id]
  return own ? own.body : ((await ask('rules.get', { id }))?.pack ?? null)
}

/** Keeps a pack in the project. Where the project judges by it, everything is checked again. */
export async function keepPack(pack: RulePack): Promise<boolean> {
  const isKept = (await changeRecords([{ collection: 'rulePacks', id: pack.id, body: pack }])) !== null
  if (isKept && projectStore.getState().info?.packId === pack.id) await choosePack(pack.id)
  return isKept
}

/** A copy of a pack as one of the project's own, which can be edited. @returns its id. */
export async function copyPack(pack: RulePack, mark: string): Promise<string | null> {
  const taken = new Set([...hostStore.getState().packs.map(({ id }) => id), ...Object.keys(registerStore.getState().rulePacks)])
  let n = 1
  while (taken.has(`${pack.id}-${n}`)) n++
  const copy: RulePack = { ...pack, id: `${pack.id}-${n}`, version: '1', title: { 'zh-CN': `${mark} ${n}：${pack.title['zh-CN']}`, en: `${mark} ${n}: ${pack.title.en}` } }
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
  if (await keepPack({ ...read.value, version: raisedVersion(pack.version) })) showToast('success', 'packs:matrixTaken')
  return []
}

/** The pair tables of a pack as an XLSX workbook. */
export async function exportMatrix(pack: RulePack): Promise<void> {
  const { packWorkbook } = await import('#shared/io/pack-workbook.ts')
  download(packWorkbook(pack, viewStore.getState().language), `${pack.id}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
}

/** Every change is a version of its own, so that a report's pack can be told from a later one. */
export const raisedVersion = (version: string): string => (/^\d+$/.test(version) ? String(Number(version) + 1) : `${version}.1`)
