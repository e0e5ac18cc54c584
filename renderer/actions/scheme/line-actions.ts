import i18next from 'i18next'
import { manholeSpacingM, withManholes } from '#shared/routing/lines/manhole-spacing.ts'
import { freeLineName } from '#shared/review/merge-schemes.ts'
import { bendsOf } from '#shared/routing/lines/ground-bends.ts'
import { evenDepth, evenGrade, joinedLine, parallelLine } from '#shared/routing/lines/line-edits.ts'
import type { SimpleCommand } from '#shared/scenario/command-schema.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { groundInCrs } from '../../state/twin/ground-levels.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { verticesFromSheet } from '../../state/scheme/vertex-sheet.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { executeCommand } from './scenario-actions.ts'

/** Ends this near are the same end, metres. */
const JOIN_M = 0.05

const proposalsNow = (): Readonly<Record<string, Proposal>> => activeScenario(scenarioStore.getState())?.document.proposals ?? {}
const setAxis = (id: string, axis: readonly Vec3[], groundBends?: readonly Vec3[] | null): void =>
  void executeCommand({ op: 'proposal.setAxis', id, axis: [...axis], ...(groundBends !== undefined && { groundBends }) })

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

const namesNow = (): ReadonlySet<string> => new Set(Object.values(proposalsNow()).map(({ id, name }) => name || id))

export const reverseLine = ({ id, axis }: Proposal): void => setAxis(id, axis.toReversed())

export const gradeLine = ({ id, axis }: Proposal): void => setAxis(id, evenGrade(axis), null)

/** The first vertex's depth all along the ground; bends that the ground had made are made anew. */
export function followGround(proposal: Proposal): void {
  const { context, info } = projectStore.getState()
  if (!context?.ground || !info) return
  const groundAt = groundInCrs(context.ground, info.origin)
  const bends = bendsOf(proposal)
  const own = proposal.axis.filter((_, i) => !bends?.[i])
  const first = groundAt(own[0]![0], own[0]![1])
  if (first === null) return
  const { axis, groundBends } = evenDepth(own, first - own[0]![2], groundAt)
  setAxis(proposal.id, axis, groundBends)
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
  else setAxis(id, read.axis, null)
}

/** A copy beside the line: to the left of its direction, or with a negative distance to the right. */
export function copyBeside(proposal: Proposal, leftM: number): void {
  const axis = parallelLine(proposal.axis, leftM)
  if (!axis) return showToast('warning', 'planning:edit.tooSharp')
  const id = freeId()
  const name = freeLineName(i18next.t('planning:edit.copyName', { name: proposal.name || proposal.id }), namesNow())
  // A copy takes nobody's place a second time.
  const { replaces: _, groundBends, ...copied } = proposal
  if (executeCommand({ op: 'proposal.add', proposal: addable({ ...copied, id, name, axis, ...(groundBends && { groundBends: bendsBeside(proposal, axis) }) }) }).ok) sessionStore.setState({ selection: { type: 'proposal', id, vertex: null } })
}

/** The same vertices of a line beside as of this one; where bends were joined into one, all are its own. */
function bendsBeside(proposal: Proposal, beside: readonly Vec3[]): readonly Vec3[] {
  const bends = bendsOf(proposal)
  return beside.length === proposal.axis.length ? beside.filter((_, i) => bends?.[i]) : []
}

/** Lines of the same kind and size that this one's ends meet. */
export function joinCandidates(proposal: Proposal): Proposal[] {
  return Object.values(proposalsNow()).filter(other => other.id !== proposal.id && other.kind === proposal.kind && JSON.stringify(other.section) === JSON.stringify(proposal.section) && joinedLine(proposal.axis, other.axis, JOIN_M) !== null)
}

/** Two lines as one, which keeps this one's id and name. */
export function joinLines({ id, axis, groundBends }: Proposal, other: Proposal): void {
  const joined = joinedLine(axis, other.axis, JOIN_M)
  if (joined) executeCommand({ op: 'group', label: 'join', commands: [{ op: 'proposal.remove', id: other.id }, { op: 'proposal.setAxis', id, axis: [...joined], ...(groundBends && { groundBends: [...groundBends, ...(other.groundBends ?? [])] }) }] })
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
