import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import { withFields } from '#shared/ledger/asset-fields.ts'
import { fillLevels, withLevels, type LevelInput, type LevelMethod } from '#shared/ledger/levels/fill-levels.ts'
import type { TwinChange, TwinEdit } from '#shared/ledger/twin-edit.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import { fixChanges } from '../services/ledger-fixes.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { catchmentTeller } from './catchment-teller.ts'
import { openProject, type CallContext, type Handlers } from './handler.ts'
import { watchingFile } from './project-trouble.ts'

type LedgerCalls = 'ledger.preview' | 'ledger.edit' | 'ledger.fix' | 'ledger.previewLevels' | 'ledger.fillLevels' | 'ledger.blocks' | 'ledger.undo' | 'ledger.redo' | 'ledger.edits' | 'ledger.history'
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
    return changing(context, project, () => project.editTwin(entry, () => fieldChanges(project, input), { total: input.assets.length }, context.job))
  },

  'ledger.fix': ({ twinHash, fixes, signed }, context) => {
    const project = openProject(context)
    refuseOther(project, twinHash)
    const entry = { kind: 'fix' as const, ...signed, detail: { fixes: [...new Set(fixes.map(({ fix }) => fix))].join(' ') } }
    return changing(context, project, () => project.editTwin(entry, () => fixChanges(project, fixes), { total: fixes.length }, context.job))
  },

  'ledger.previewLevels': ({ twinHash, assets, method }, context) => {
    const project = openProject(context)
    refuseOther(project, twinHash)
    const { levels, left } = fillLevels(levelInput(project), assets, method)
    return { changes: levels.size, left }
  },

  'ledger.fillLevels': ({ twinHash, assets, method, signed }, context) => {
    const project = openProject(context)
    refuseOther(project, twinHash)
    const { levels } = fillLevels(levelInput(project), assets, method)
    const entry = { kind: 'levels' as const, ...signed, detail: { method: method.type, ...(method.type === 'cover' && { coverM: method.coverM }) } }
    return changing(context, project, () => project.editTwin(entry, () => levelChanges(project, levels, method), { total: levels.size }, context.job))
  },

  'ledger.blocks': ({ twinHash, changes, signed }, context) => {
    const project = openProject(context)
    refuseOther(project, twinHash)
    const names = new Map(project.context().blocks.map(({ id, name }) => [id, name]))
    const entry = { kind: 'blocks' as const, ...signed, detail: { blocks: changes.slice(0, NAMED_BLOCKS).map(({ id, after }) => after?.name ?? names.get(id) ?? id).join(', ') } }
    return changing(context, project, () => project.editTwin(entry, () => changes.map(({ id, after }): TwinChange => ({ table: 'blocks', id, after })), { total: changes.length }, context.job))
  },

  'ledger.undo': (_, context) => stepping(context, 'undo'),
  'ledger.redo': (_, context) => stepping(context, 'redo'),
  'ledger.edits': (_, context) => ({ edits: openProject(context).twinEdits() }),
  'ledger.history': ({ assetId }, context) => ({ events: openProject(context).assetEvents(assetId) }),
}

const LOOKED_A_TURN = 5000
/** Blocks an edit names in its own words. */
const NAMED_BLOCKS = 5

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

/** The records of the ground and of nodes as the host has them. */
function levelInput(project: ProjectFile): LevelInput {
  const { ground, nodes } = project.context()
  return { columns: project.columns(), nodes: nodes as readonly NodeRecord[], ground }
}

function* levelChanges(project: ProjectFile, levels: ReadonlyMap<number, readonly number[]>, method: LevelMethod): Generator<TwinChange> {
  const values = [...levels.values()]
  let k = 0
  for (const asset of project.assetRecords(levels.keys())) yield { table: 'assets', id: asset.id, after: withLevels(asset, values[k++]!, method) }
}

const stepping = (context: CallContext, direction: 'undo' | 'redo'): Promise<Edited> => {
  const project = openProject(context)
  const tell = catchmentTeller(context)
  return changing(context, project, () => project.stepTwin(direction, context.job)).then(edited => {
    tell()
    return edited
  })
}

/** Tells every window once the change is durable, and what of the twin it has to read again. */
export async function changing(context: CallContext, project: ProjectFile, work: () => Promise<TwinEdit | null>): Promise<Edited> {
  const before = { columns: project.columns(), surroundings: project.surroundingsHash }
  const edit = await watchingFile(context, work())
  const info = project.info()
  if (edit) {
    context.session.emit('project.changed', info)
    context.session.emit('twin.changed', { twinHash: info.twinHash, columns: project.columns() !== before.columns, context: project.surroundingsHash !== before.surroundings })
  }
  return { edit, project: info }
}
