import i18next from 'i18next'
import { hangingLines, ledTo, type HangingLine } from '#shared/routing/lines/hanging-lines.ts'
import type { SimpleCommand } from '#shared/scenario/command-schema.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { assetRecord, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { removalsOf } from '../../state/scheme/removals.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { freeId, freeIds } from './line-actions.ts'
import { canEdit, createScenario, executeCommand, freeScenarioName } from './scenario-actions.ts'

/** Baseline lines that are selected. */
export function selectedAssets(): string[] {
  const { selection, alsoSelected } = sessionStore.getState()
  return [selection, ...alsoSelected].flatMap(ref => (ref?.type === 'asset' ? [ref.id] : []))
}

/** The scheme to edit; the first of a project is made without asking. Null where nothing can be edited. */
async function schemeToEdit(): Promise<ScenarioDocument | null> {
  if (!canEdit()) return null
  if (scenarioStore.getState().activeId === null && !(await createScenario(freeScenarioName(), null))) return null
  return activeScenario(scenarioStore.getState())?.document ?? null
}

/** Takes lines of the baseline out of the ground in the active scheme: one step of undo. */
export async function takeOut(ids: readonly string[]): Promise<void> {
  const document = await schemeToEdit()
  const commands = ids.filter(id => document && !removalsOf(document).has(id)).map((id): SimpleCommand => ({ op: 'removal.add', id, reason: '' }))
  if (commands.length === 1) executeCommand(commands[0]!)
  else if (commands.length > 1) executeCommand({ op: 'group', label: 'remove', commands })
}

/** Leaves a line in the ground after all: its removal goes, or the diversion no longer takes its place. */
export function keepAfterAll(id: string): void {
  const document = activeScenario(scenarioStore.getState())?.document ?? null
  const removal = removalsOf(document).get(id)
  if (!document || !removal) return
  if (removal.replacedBy === null) return void executeCommand({ op: 'removal.remove', id })
  const left = document.proposals[removal.replacedBy]!.replaces!.filter(other => other !== id)
  executeCommand({ op: 'proposal.setProperties', id: removal.replacedBy, properties: { replaces: left.length > 0 ? left : null } })
}

export const setRemovalReason = (id: string, reason: string): void =>
  void executeCommand({ op: 'group', label: 'remove', commands: [{ op: 'removal.remove', id }, { op: 'removal.add', id, reason }] })

/** Begins a diversion: a proposed line that takes an asset's place, at first where that one is; its vertices are then moved. */
export async function divert(assetId: string): Promise<void> {
  const { columns } = projectStore.getState()
  const document = await schemeToEdit()
  const index = columns && assetIndexOf(columns, assetId)
  if (!columns || !document || index === null) return
  const id = freeId()
  const add: SimpleCommand = { op: 'proposal.add', proposal: diversionOf(columns, index, id, assetRecord(columns, index).axis) }
  const isOut = Object.hasOwn(document.removals, assetId)
  const done = isOut ? executeCommand({ op: 'group', label: 'divert', commands: [{ op: 'removal.remove', id: assetId }, add] }) : executeCommand(add)
  if (done.ok) sessionStore.setState({ selection: { type: 'proposal', id, vertex: null }, alsoSelected: [], findingId: null })
}

/** Leads lines that a diversion left hanging to it: each a diversion of its own that takes the old one's place. One step of undo. */
export function takeAlong(hanging: readonly HangingLine[]): void {
  const { columns } = projectStore.getState()
  const document = activeScenario(scenarioStore.getState())?.document
  if (!columns || !document || !canEdit()) return
  const ends = new Map<string, HangingLine[]>()
  for (const one of hanging) ends.set(one.asset, [...(ends.get(one.asset) ?? []), one])
  const ids = freeIds(ends.size)
  const commands = [...ends].flatMap(([asset, held], k): SimpleCommand[] => {
    const index = assetIndexOf(columns, asset)
    if (index === null) return []
    const axis = held.reduce((led, { end, diversion }) => {
      const onto = diversion === null ? undefined : document.proposals[diversion]
      return onto ? ledTo(led, end, onto.axis) : led
    }, assetRecord(columns, index).axis)
    return [{ op: 'proposal.add', proposal: diversionOf(columns, index, ids[k]!, axis) }]
  })
  if (commands.length > 0) executeCommand({ op: 'group', label: 'divert', commands })
}

/** What the active scheme leaves hanging, told anew only where the scheme or the twin changed. */
export function hangingNow(columns: AssetColumns | null, document: ScenarioDocument | null): readonly HangingLine[] {
  if (!columns || !document) return []
  if (hangingKnown?.columns !== columns || hangingKnown.proposals !== document.proposals || hangingKnown.removals !== document.removals) {
    hangingKnown = { columns, proposals: document.proposals, removals: document.removals, lines: hangingLines(columns, document) }
  }
  return hangingKnown.lines
}

let hangingKnown: { readonly columns: AssetColumns; readonly proposals: ScenarioDocument['proposals']; readonly removals: ScenarioDocument['removals']; readonly lines: readonly HangingLine[] } | null = null

/** A proposal that is what an asset is, and takes its place. */
function diversionOf(columns: AssetColumns, index: number, id: string, axis: readonly Vec3[]): Extract<SimpleCommand, { op: 'proposal.add' }>['proposal'] {
  const { id: assetId, kind, owner, section, laying, pressureClass, voltageKv } = assetRecord(columns, index)
  return {
    id, name: i18next.t('planning:removal.diversionName', { id: assetId }), kind, owner, section, axis: axis.map(([x, y, z]): Vec3 => [x, y, z]), replaces: [assetId],
    ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
  }
}
