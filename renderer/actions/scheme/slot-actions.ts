import i18next from 'i18next'
import type { FreeSlot } from '#shared/routing/free-slots.ts'
import { evenDepth, parallelLine } from '#shared/routing/lines/line-edits.ts'
import { partOfAxis } from '#shared/routing/lines/axis.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { groundOf } from '../../state/twin/ground-levels.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { slotStore, type SlotOptions } from '../../state/scheme/slot-store.ts'
import { addable, freeId } from './line-actions.ts'
import { askWorker, lineToLay, stopPlanning, twinNow } from './planning-actions.ts'
import { canEdit, createScenario, executeCommand, freeScenarioName } from './scenario-actions.ts'

/** Covers that free places are looked for at, metres. */
const COVERS_M = [0.7, 0.9, 1.2, 1.5, 1.8, 2.1, 2.5, 3, 3.5, 4]

export function turnSlots(isOn: boolean): void {
  stopPlanning()
  slotStore.setState({ isOn, shown: null })
}

export const setSlotOptions = (change: Partial<SlotOptions>): void => slotStore.setState(({ options }) => ({ options: { ...options, ...change }, shown: null }))

/** Looks for the places where the line that would be drawn next could lie, across a line at a chainage. @param axis Local frame. */
export function findSlots(lineId: string, axis: readonly Vec3[], lengthM: number, chainageM: number): void {
  const twin = twinNow()
  const document = activeScenario(scenarioStore.getState())?.document ?? null
  if (!twin) return
  const { options } = slotStore.getState()
  const half = Math.min(options.lengthM, lengthM) / 2
  const middle = Math.min(Math.max(chainageM, half), lengthM - half)
  const { section, kind } = sessionStore.getState().template
  slotStore.setState({ shown: { lineId, chainageM, answer: null } })
  const input = { ...twin.input, line: { ...lineToLay(), id: 'slot', kind, section }, along: axis, from: middle - half, to: middle + half, reachM: options.reachM, coversM: COVERS_M }
  askWorker({ type: 'slots', ...twin.asked, input, proposals: Object.values(document?.proposals ?? {}), removed: Object.keys(document?.removals ?? {}) }, 'planning:job.slots', answer => {
    if (answer.type === 'slots') slotStore.setState({ shown: { lineId, chainageM, answer: answer.answer } })
  }, () => slotStore.setState({ isOn: false, shown: null }))
}

/** Lays a line in a free place as far as it stays open: one step of undo. @param along Local frame. */
export async function layInSlot({ at, open }: FreeSlot, along: readonly Vec3[]): Promise<void> {
  const { info, context } = projectStore.getState()
  if (!canEdit() || !info) return
  if (scenarioStore.getState().activeId === null && !(await createScenario(freeScenarioName(), null))) return
  const part = partOfAxis(along, open.from.chainageM, open.to.chainageM)
  const beside = at.rightM === 0 ? part : parallelLine(part, -at.rightM)
  if (!beside) return showToast('warning', 'planning:edit.tooSharp')
  const { section } = sessionStore.getState().template
  const half = (section.shape === 'circle' ? section.diameterM : section.heightM) / 2
  const { origin } = info
  const toCrs = ([x, y, z]: Vec3): Vec3 => [x + origin[0], y + origin[1], z + origin[2]]
  const laid = evenDepth(beside, at.coverM + half, groundOf(context?.ground ?? null))
  const id = freeId()
  const kind = i18next.t(`kinds:kind.${lineToLay().kind}`)
  const name = i18next.t('planning:route.name', { kind, serial: id.replace(/\D/g, '') })
  if (executeCommand({ op: 'proposal.add', proposal: addable({ ...lineToLay(), id, name, axis: laid.axis.map(toCrs), groundBends: laid.groundBends.map(toCrs) }) }).ok) sessionStore.setState({ selection: { type: 'proposal', id, vertex: null } })
}
