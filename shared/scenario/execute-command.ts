import { enablePatches, produceWithPatches, type Draft, type Patch } from 'immer'
import { fail, ok, type Result } from '../core/result.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { ScenarioCommand, SimpleCommand } from './command-schema.ts'
import type { ScenarioDocument } from './document.ts'
import { axisAfter, refuseCommand } from './refuse-command.ts'
import { rejection, type Rejection } from './rejection.ts'
import { sameValue, setFields, withoutUndefined } from './set-fields.ts'

enablePatches()

/** What a command did: the new document and how to get there and back. Patches are plain JSON. */
export interface Executed {
  readonly document: ScenarioDocument
  readonly forward: readonly Patch[]
  readonly inverse: readonly Patch[]
  /** Proposals, excavations and removed assets that differ now; what depends on them is recomputed for these alone. */
  readonly touched: readonly string[]
  /** Catalogue key of the undo label, e.g. `scenario:label.addProposal`. */
  readonly labelKey: string
}

const LABEL_KEYS: Readonly<Record<SimpleCommand['op'], string>> = {
  'scenario.describe': 'scenario:label.describe',
  'proposal.add': 'scenario:label.addProposal',
  'proposal.remove': 'scenario:label.removeProposal',
  'proposal.setProperties': 'scenario:label.setProperties',
  'proposal.setAxis': 'scenario:label.setAxis',
  'proposal.moveVertex': 'scenario:label.moveVertex',
  'proposal.insertVertex': 'scenario:label.insertVertex',
  'proposal.deleteVertex': 'scenario:label.deleteVertex',
  'excavation.add': 'scenario:label.addExcavation',
  'excavation.remove': 'scenario:label.removeExcavation',
  'excavation.set': 'scenario:label.setExcavation',
  'removal.add': 'scenario:label.addRemoval',
  'removal.remove': 'scenario:label.removeRemoval',
}

/**
 * Applies one command to a scenario document. The one way to change a scenario: the renderer calls it before it sends
 * the command (so that nothing waits for the disk), the host calls it again as the authority before it writes the journal.
 * @param command Already parsed by `scenarioCommandSchema`.
 * @returns the outcome, or why the document refuses; the document given is never changed.
 */
export function executeCommand(document: ScenarioDocument, command: ScenarioCommand): Result<Executed, Rejection> {
  if (command.op === 'group') return executeGroup(document, command)
  const refusal = refuseCommand(document, command)
  if (refusal) return fail(refusal)
  const [next, forward, inverse] = produceWithPatches(document, draft => apply(draft, command))
  if (forward.length === 0) return fail(rejection('no_change'))
  return ok({ document: next, forward, inverse, touched: touchedBy(command), labelKey: LABEL_KEYS[command.op] })
}

/** One after the other on what the ones before made; a command that changes nothing is passed over. */
function executeGroup(document: ScenarioDocument, { label, commands }: Extract<ScenarioCommand, { op: 'group' }>): Result<Executed, Rejection> {
  let next = document
  const [forward, inverse, touched]: [Patch[], Patch[], string[]] = [[], [], []]
  for (const command of commands) {
    const done = executeCommand(next, command)
    if (!done.ok) {
      if (done.error.code === 'no_change') continue
      return done
    }
    next = done.value.document
    forward.push(...done.value.forward)
    inverse.unshift(...done.value.inverse)
    touched.push(...done.value.touched)
  }
  if (forward.length === 0) return fail(rejection('no_change'))
  return ok({ document: next, forward, inverse, touched: [...new Set(touched)], labelKey: `scenario:label.group.${label}` })
}

function touchedBy(command: SimpleCommand): readonly string[] {
  if (command.op === 'scenario.describe') return []
  if (command.op === 'proposal.add') return [command.proposal.id]
  return [command.op === 'excavation.add' ? command.excavation.id : command.id]
}

function apply(draft: Draft<ScenarioDocument>, command: SimpleCommand): void {
  switch (command.op) {
    case 'scenario.describe': {
      const { name, description, colour, basedOn } = command
      return setFields(draft, { name, description, colour, basedOn })
    }
    case 'proposal.add':
      draft.proposals[command.proposal.id] = withoutUndefined(command.proposal) as Draft<ScenarioDocument>['proposals'][string]
      return
    case 'proposal.remove':
      delete draft.proposals[command.id]
      return
    case 'proposal.setProperties':
      return setFields(draft.proposals[command.id]!, command.properties)
    case 'proposal.moveVertex': {
      const axis = draft.proposals[command.id]!.axis
      if (!sameValue(axis[command.index], command.to)) axis[command.index] = mutable(command.to)
      return
    }
    case 'excavation.add':
      draft.excavations[command.excavation.id] = withoutUndefined(command.excavation) as Draft<ScenarioDocument>['excavations'][string]
      return
    case 'excavation.remove':
      delete draft.excavations[command.id]
      return
    case 'excavation.set':
      return setFields(draft.excavations[command.id]!, command.properties, ['bottom'])
    case 'removal.add':
      draft.removals[command.id] = { reason: command.reason }
      return
    case 'removal.remove':
      delete draft.removals[command.id]
      return
    default: {
      // One patch for the whole axis: element by element, an insertion at the front would write a patch per vertex.
      const proposal = draft.proposals[command.id]!
      const axis = axisAfter(proposal, command)
      if (Array.isArray(axis) && !sameValue(proposal.axis, axis)) proposal.axis = axis.map(mutable)
      if (command.op === 'proposal.setAxis') setFields(proposal, { groundBends: command.groundBends })
    }
  }
}

const mutable = ([x, y, z]: Vec3): [number, number, number] => [x, y, z]
