import { enablePatches, produceWithPatches, type Draft, type Patch } from 'immer'
import { fail, ok, type Result } from '../core/result.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { ScenarioCommand, ScenarioOp } from './command-schema.ts'
import type { Proposal, ScenarioDocument } from './document.ts'
import { rejection, type Rejection } from './rejection.ts'

enablePatches()

/** Most vertices of one axis; the schema holds to the same number. */
const VERTEX_LIMIT = 10_000

/** Parts shorter than this are a second click on the same spot, not a piece of pipe: metres, in space. */
const MIN_PART_M = 0.001

/** Property names that immer will not write through and that no id may be. */
const FORBIDDEN_IDS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** What a command did: the new document and how to get there and back. Patches are plain JSON. */
export interface Executed {
  readonly document: ScenarioDocument
  readonly forward: readonly Patch[]
  readonly inverse: readonly Patch[]
  /** Proposals whose geometry or properties differ now; what depends on them is recomputed for these alone. */
  readonly touched: readonly string[]
  /** Catalogue key of the undo label, e.g. `scenario:label.addProposal`. */
  readonly labelKey: string
}

const LABEL_KEYS: Readonly<Record<ScenarioOp, string>> = {
  'scenario.describe': 'scenario:label.describe',
  'proposal.add': 'scenario:label.addProposal',
  'proposal.remove': 'scenario:label.removeProposal',
  'proposal.setProperties': 'scenario:label.setProperties',
  'proposal.setAxis': 'scenario:label.setAxis',
  'proposal.moveVertex': 'scenario:label.moveVertex',
  'proposal.insertVertex': 'scenario:label.insertVertex',
  'proposal.deleteVertex': 'scenario:label.deleteVertex',
}

/**
 * Applies one command to a scenario document. The one way to change a scenario: the renderer calls it before it sends
 * the command (so that nothing waits for the disk), the host calls it again as the authority before it writes the journal.
 * @param command Already parsed by `scenarioCommandSchema`.
 * @returns the outcome, or why the document refuses; the document given is never changed.
 */
export function executeCommand(document: ScenarioDocument, command: ScenarioCommand): Result<Executed, Rejection> {
  const refusal = refuse(document, command)
  if (refusal) return fail(refusal)
  const [next, forward, inverse] = produceWithPatches(document, draft => apply(draft, command))
  if (forward.length === 0) return fail(rejection('no_change'))
  return ok({ document: next, forward, inverse, touched: touchedBy(command), labelKey: LABEL_KEYS[command.op] })
}

function touchedBy(command: ScenarioCommand): readonly string[] {
  if (command.op === 'scenario.describe') return []
  return [command.op === 'proposal.add' ? command.proposal.id : command.id]
}

function refuse(document: ScenarioDocument, command: ScenarioCommand): Rejection | null {
  if (command.op === 'scenario.describe') return null
  if (command.op === 'proposal.add') {
    const { id, axis } = command.proposal
    if (FORBIDDEN_IDS.has(id)) return rejection('invalid_id', { id })
    if (Object.hasOwn(document.proposals, id)) return rejection('duplicate_id', { id })
    return refuseAxis(id, axis)
  }
  const { id } = command
  const proposal = Object.hasOwn(document.proposals, id) ? document.proposals[id] : undefined
  if (!proposal) return rejection('unknown_proposal', { id })
  const axis = axisAfter(proposal, command)
  if (axis === null) return null
  return axis === 'out_of_range'
    ? rejection('index_out_of_range', { id, index: 'index' in command ? command.index : 0, count: proposal.axis.length })
    : refuseAxis(id, axis)
}

/** The axis this command would give; null where it changes none. Insertion may be at the end too. */
function axisAfter(proposal: Proposal, command: ScenarioCommand): readonly Vec3[] | 'out_of_range' | null {
  const { axis } = proposal
  switch (command.op) {
    case 'proposal.setAxis':
      return command.axis
    case 'proposal.moveVertex':
      return command.index < axis.length ? axis.with(command.index, command.to) : 'out_of_range'
    case 'proposal.insertVertex':
      return command.index <= axis.length ? axis.toSpliced(command.index, 0, command.at) : 'out_of_range'
    case 'proposal.deleteVertex':
      return command.index < axis.length ? axis.toSpliced(command.index, 1) : 'out_of_range'
    default:
      return null
  }
}

function refuseAxis(id: string, axis: readonly Vec3[]): Rejection | null {
  if (axis.length < 2) return rejection('too_few_vertices', { id })
  if (axis.length > VERTEX_LIMIT) return rejection('too_many_vertices', { id, limit: VERTEX_LIMIT })
  for (let i = 1; i < axis.length; i++) {
    const [a, b] = [axis[i - 1]!, axis[i]!]
    if (Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]) < MIN_PART_M) return rejection('zero_length_part', { id, index: i })
  }
  return null
}

function apply(draft: Draft<ScenarioDocument>, command: ScenarioCommand): void {
  switch (command.op) {
    case 'scenario.describe':
      if (command.name !== undefined) draft.name = command.name
      if (command.description !== undefined) draft.description = command.description
      return
    case 'proposal.add':
      draft.proposals[command.proposal.id] = withoutUndefined(command.proposal)
      return
    case 'proposal.remove':
      delete draft.proposals[command.id]
      return
    case 'proposal.setProperties':
      setProperties(draft.proposals[command.id]!, command.properties)
      return
    case 'proposal.moveVertex': {
      const axis = draft.proposals[command.id]!.axis
      if (!sameValue(axis[command.index], command.to)) axis[command.index] = mutable(command.to)
      return
    }
    default: {
      // One patch for the whole axis: element by element, an insertion at the front would write a patch per vertex.
      const proposal = draft.proposals[command.id]!
      const axis = axisAfter(proposal, command)
      if (Array.isArray(axis) && !sameValue(proposal.axis, axis)) proposal.axis = axis.map(mutable)
    }
  }
}

type PropertyChanges = Extract<ScenarioCommand, { op: 'proposal.setProperties' }>['properties']

function setProperties(proposal: Draft<Proposal>, changes: PropertyChanges): void {
  if (changes.name !== undefined) proposal.name = changes.name
  if (changes.kind !== undefined) proposal.kind = changes.kind
  if (changes.owner !== undefined) proposal.owner = changes.owner
  if (changes.section !== undefined && !sameValue(proposal.section, changes.section)) proposal.section = changes.section
  if (changes.laying === null) delete proposal.laying
  else if (changes.laying !== undefined) proposal.laying = changes.laying
  if (changes.pressureClass === null) delete proposal.pressureClass
  else if (changes.pressureClass !== undefined) proposal.pressureClass = changes.pressureClass
  if (changes.voltageKv === null) delete proposal.voltageKv
  else if (changes.voltageKv !== undefined) proposal.voltageKv = changes.voltageKv
}

const mutable = ([x, y, z]: Vec3): [number, number, number] => [x, y, z]

/** A key that is present but undefined would be lost on the way through JSON: the document never holds one. */
function withoutUndefined(proposal: Extract<ScenarioCommand, { op: 'proposal.add' }>['proposal']): Draft<Proposal> {
  return Object.fromEntries(Object.entries(proposal).filter(([, value]) => value !== undefined)) as unknown as Draft<Proposal>
}

/** Equality of small JSON values, whatever the order of keys. */
function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)]
  return keysA.length === keysB.length && keysA.every(key => sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
