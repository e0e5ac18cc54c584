import i18next from 'i18next'
import { manholeSpacingM, withManholes } from '#shared/routing/manhole-spacing.ts'
import { evenDepth, evenGrade, joinedLine, parallelLine } from '#shared/routing/line-edits.ts'
import type { SimpleCommand } from '#shared/scenario/command-schema.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { showToast } from '../state/jobs-store.ts'
import { groundOf } from '../state/ground-levels.ts'
import { projectStore } from '../state/project-store.ts'
import { activeScenario, scenarioStore } from '../state/scenario-store.ts'
import { verticesFromSheet } from '../state/vertex-sheet.ts'
import { sessionStore } from '../state/session-store.ts'
import { executeCommand } from './scenario-actions.ts'

/** Ends this near are the same end, metres. */
const JOIN_M = 0.05

const proposalsNow = (): Readonly<Record<string, Proposal>> => activeScenario(scenarioStore.getState())?.document.proposals ?? {}
const setAxis = (id: string, axis: readonly Vec3[]): void => void executeCommand({ op: 'proposal.setAxis', id, axis: [...axis] })

/** A line as the command takes it: the same data, its axis mutable in type. */
export const addable = (proposal: Proposal): Extract<SimpleCommand, { op: 'proposal.add' }>['proposal'] => ({ ...proposal, axis: [...proposal.axis] })

/** The first ids of the form `proposal-3` that are free in the active scheme. */
export function freeIds(count: number): readonly string[] {
  const taken = proposalsNow()
  const ids: string[] = []
  for (let serial = 1; ids.length < count; serial++) if (!Object.hasOwn(taken, `proposal-${serial}`)) ids.push(`proposal-${serial}`)
  return ids
}

export const freeId = (): string => freeIds(1)[0]!

/** The first of "Main", "Main (2)", "Main (3)" … that is not taken. */
export function freeLineName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  const stem = name.replace(/ \(\d+\)$/, '')
  let serial = 2
  while (taken.has(`${stem} (${serial})`)) serial++
  return `${stem} (${serial})`
}

const namesNow = (): ReadonlySet<string> => new Set(Object.values(proposalsNow()).map(({ id, name }) => name || id))

export const reverseLine = ({ id, axis }: Proposal): void => setAxis(id, axis.toReversed())

export const gradeLine = ({ id, axis }: Proposal): void => setAxis(id, evenGrade(axis))

/** The first vertex's depth all along the ground. */
export function followGround({ id, axis }: Proposal): void {
  const { context, info } = projectStore.getState()
  if (!context?.ground || !info) return
  const { origin } = info
  const sampler = groundOf(context.ground)
  const groundAt = (x: number, y: number): number | null => {
    const level = sampler(x - origin[0], y - origin[1])
    return level === null ? null : level + origin[2]
  }
  const first = groundAt(axis[0]![0], axis[0]![1])
  if (first !== null) setAxis(id, evenDepth(axis, first - axis[0]![2], groundAt))
}

/** Further vertices where the spacing rule asks for manholes. */
export function placeManholes({ id, axis, section }: Proposal): void {
  const next = withManholes(axis, manholeSpacingM(section))
  if (next.length === axis.length) return showToast('info', 'planning:edit.manholesEnough', { spacing: manholeSpacingM(section) })
  setAxis(id, next)
}

/** The axis as pasted from a sheet: x, y and level of the axis in each row. */
export function pasteAxis(id: string, text: string): void {
  const read = verticesFromSheet(text)
  if ('code' in read) showToast('warning', `planning:edit.sheet.${read.code}`, { row: read.row })
  else setAxis(id, read.axis)
}

/** A copy beside the line: to the left of its direction, or with a negative distance to the right. */
export function copyBeside(proposal: Proposal, leftM: number): void {
  const axis = parallelLine(proposal.axis, leftM)
  if (!axis) return showToast('warning', 'planning:edit.tooSharp')
  const id = freeId()
  const name = freeLineName(i18next.t('planning:edit.copyName', { name: proposal.name || proposal.id }), namesNow())
  // A copy takes nobody's place a second time.
  const { replaces: _, ...copied } = proposal
  if (executeCommand({ op: 'proposal.add', proposal: addable({ ...copied, id, name, axis }) }).ok) sessionStore.setState({ selection: { type: 'proposal', id, vertex: null } })
}

/** Lines of the same kind and size that this one's ends meet. */
export function joinCandidates(proposal: Proposal): Proposal[] {
  return Object.values(proposalsNow()).filter(other => other.id !== proposal.id && other.kind === proposal.kind && JSON.stringify(other.section) === JSON.stringify(proposal.section) && joinedLine(proposal.axis, other.axis, JOIN_M) !== null)
}

/** Two lines as one, which keeps this one's id and name. */
export function joinLines({ id, axis }: Proposal, other: Proposal): void {
  const joined = joinedLine(axis, other.axis, JOIN_M)
  if (joined) executeCommand({ op: 'group', label: 'join', commands: [{ op: 'proposal.remove', id: other.id }, { op: 'proposal.setAxis', id, axis: [...joined] }] })
}

/** Cuts a line in two at an inner vertex; the part behind it becomes a line of its own, with a name of its own. */
export function splitLine(proposal: Proposal, vertex: number): void {
  const { id, axis } = proposal
  if (vertex < 1 || vertex >= axis.length - 1) return
  const name = freeLineName(proposal.name || id, namesNow())
  // Of a diversion the first part goes on taking the place: nothing is replaced twice.
  const { replaces: _, ...behind } = proposal
  executeCommand({ op: 'group', label: 'split', commands: [
    { op: 'proposal.setAxis', id, axis: axis.slice(0, vertex + 1) }, { op: 'proposal.add', proposal: addable({ ...behind, id: freeId(), name, axis: axis.slice(vertex) }) },
  ] })
}
