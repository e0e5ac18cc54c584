import { unattendedJob } from '#shared/core/job.ts'
import { SourceRefused } from '#shared/io/issue-log.ts'
import { readOwners } from '#shared/io/owners/read-owners.ts'
import type { RecordChange } from '#shared/register/collections.ts'
import { ownerKey, type Owner } from '#shared/register/owner.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { ownerStore } from '../../state/twin/owner-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { changeRecords } from './register-actions.ts'
import { canEdit } from '../scheme/scenario-actions.ts'

/** A table of owners beyond this is no table of owners, bytes. */
const MAX_TABLE_BYTES = 50_000_000

/** Keeps an owner, new (`id` null) or changed. @returns its id, or null where it was refused (and said so). */
export async function keepOwner(id: string | null, owner: Owner): Promise<string | null> {
  const kept = id ?? crypto.randomUUID()
  return (await changeOwners([{ collection: 'owners', id: kept, body: owner }])) ? kept : null
}

export const removeOwner = (id: string): Promise<boolean> => changeOwners([{ collection: 'owners', id, body: null }])

/** Reads a table of owners (CSV, XLSX) into the register: those of a known name are replaced, the others added. One step to undo. */
export async function importOwners(file: File): Promise<void> {
  if (file.size > MAX_TABLE_BYTES) return showToast('error', 'owners:toast.refused', { name: file.name })
  const owners = readTable(file.name, new Uint8Array(await file.arrayBuffer()))
  if (!owners || owners.length === 0) return showToast('error', 'owners:toast.refused', { name: file.name })
  const known = new Map(Object.values(registerStore.getState().owners).map(({ id, body }) => [ownerKey(body.name), id]))
  const changes = owners.map((owner): RecordChange => ({ collection: 'owners', id: known.get(ownerKey(owner.name)) ?? crypto.randomUUID(), body: owner }))
  const changed = changes.filter(({ id }) => registerStore.getState().owners[id]).length
  if (await changeOwners(changes)) showToast('success', 'owners:toast.imported', { count: changes.length, changed })
}

function readTable(name: string, bytes: Uint8Array): readonly Owner[] | null {
  try {
    return readOwners({ name, bytes }, unattendedJob).value
  } catch (cause) {
    if (cause instanceof SourceRefused) return null
    throw cause
  }
}

/** One change of the register, durable, that can be taken back. */
async function changeOwners(changes: readonly RecordChange[]): Promise<boolean> {
  const before = await changeRecords(changes)
  if (!before) return false
  ownerStore.setState(({ undo }) => ({ undo: [...undo, before], redo: [] }))
  sessionStore.setState({ lastEdited: 'owners' })
  return true
}

export const canUndoOwners = (): boolean => canEdit() && ownerStore.getState().undo.length > 0
export const canRedoOwners = (): boolean => canEdit() && ownerStore.getState().redo.length > 0

export async function undoOwners(): Promise<void> {
  const { undo, redo } = ownerStore.getState()
  const back = await changeRecords(undo.at(-1) ?? [])
  if (back) ownerStore.setState({ undo: undo.slice(0, -1), redo: [...redo, back] })
}

export async function redoOwners(): Promise<void> {
  const { undo, redo } = ownerStore.getState()
  const back = await changeRecords(redo.at(-1) ?? [])
  if (back) ownerStore.setState({ undo: [...undo, back], redo: redo.slice(0, -1) })
}
