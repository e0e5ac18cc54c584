import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import { withFields } from '#shared/ledger/asset-fields.ts'
import { mended, type QualityFix } from '#shared/ledger/quality-fix.ts'
import type { TwinChange, TwinEdit } from '#shared/ledger/twin-edit.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { openProject, type CallContext, type Handlers } from './handler.ts'
import { watchingFile } from './project-trouble.ts'

type LedgerCalls = 'ledger.preview' | 'ledger.edit' | 'ledger.fix' | 'ledger.undo' | 'ledger.redo' | 'ledger.edits' | 'ledger.history'
type Edited = CallOutput<'ledger.edit'>

export const ledgerHandlers: Pick<Handlers, LedgerCalls> = {
  'ledger.preview': async (input, context) => {
    const project = openProject(context)
    refuseOther(project, input.twinHash)
    let changes = 0
    let looked = 0
    for (const asset of project.assetRecords(input.assets)) {
      if (withFields(asset, input.fields, input.held) !== asset) changes++
      if (++looked % LOOKED_A_TURN > 0) continue
      context.job.progress(looked / input.assets.length, 'project-file:stage.reading')
      await new Promise(resolve => setImmediate(resolve))
      context.job.throwIfCancelled()
    }
    return { changes }
  },

  'ledger.edit': (input, context) => {
    const project = openProject(context)
    refuseOther(project, input.twinHash)
    const entry = { kind: 'fields' as const, ...input.signed, detail: { fields: Object.keys(input.fields).join(' ') } }
    return changing(context, project, project.editTwin(entry, () => fieldChanges(project, input), { total: input.assets.length }, context.job))
  },

  'ledger.fix': ({ twinHash, fixes, signed }, context) => {
    const project = openProject(context)
    refuseOther(project, twinHash)
    const entry = { kind: 'fix' as const, ...signed, detail: { fixes: [...new Set(fixes.map(({ fix }) => fix))].join(' ') } }
    return changing(context, project, project.editTwin(entry, () => fixChanges(project, fixes), { total: fixes.length }, context.job))
  },

  'ledger.undo': (_, context) => stepping(context, 'undo'),
  'ledger.redo': (_, context) => stepping(context, 'redo'),
  'ledger.edits': (_, context) => ({ edits: openProject(context).twinEdits() }),
  'ledger.history': ({ assetId }, context) => ({ events: openProject(context).assetEvents(assetId) }),
}

const LOOKED_A_TURN = 5000

/** Places in the columns mean something in one state of the twin only. */
function refuseOther(project: ProjectFile, twinHash: string): void {
  if (project.twinHash !== twinHash) throw new CallFailure<'ledger.edit'>('twin_changed')
}

function* fieldChanges(project: ProjectFile, { assets, fields, held }: CallInput<'ledger.edit'>): Generator<TwinChange> {
  for (const asset of project.assetRecords(assets)) {
    const after = withFields(asset, fields, held)
    if (after !== asset) yield { table: 'assets', id: asset.id, after }
  }
}

function* fixChanges(project: ProjectFile, fixes: readonly QualityFix[]): Generator<TwinChange> {
  for (const fix of fixes) {
    const asset = project.assetNamed(fix.id)
    const after = asset && mended(asset, fix)
    if (asset && after !== asset) yield { table: 'assets', id: fix.id, after }
  }
}

const stepping = (context: CallContext, direction: 'undo' | 'redo'): Promise<Edited> => {
  const project = openProject(context)
  return changing(context, project, project.stepTwin(direction, context.job))
}

/** Tells every window once the change is durable. Undoing an import may take nodes and ground away with it. */
export async function changing(context: CallContext, project: ProjectFile, work: Promise<TwinEdit | null>): Promise<Edited> {
  const edit = await watchingFile(context, work)
  const info = project.info()
  if (edit) {
    context.session.emit('project.changed', info)
    context.session.emit('twin.changed', { twinHash: info.twinHash, context: edit.kind !== 'fields' && edit.kind !== 'fix' })
  }
  return { edit, project: info }
}
