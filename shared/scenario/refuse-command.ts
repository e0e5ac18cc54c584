import type { Vec3 } from '../twin/asset.ts'
import type { SimpleCommand } from './command-schema.ts'
import type { Excavation, Proposal, ScenarioDocument } from './document.ts'
import { refuseExcavation } from './refuse-excavation.ts'
import { rejection, type Rejection } from './rejection.ts'
import { setFields } from './set-fields.ts'

/** Most vertices of one axis; the schema holds to the same number. */
const VERTEX_LIMIT = 10_000

/** Parts shorter than this are a second click on the same spot, not a piece of pipe: metres, in space. */
const MIN_PART_M = 0.001

/** Property names that immer will not write through and that no id may be. */
const FORBIDDEN_IDS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Why the document refuses this command; null where it takes it. */
export function refuseCommand(document: ScenarioDocument, command: SimpleCommand): Rejection | null {
  switch (command.op) {
    case 'scenario.describe':
      return null
    case 'proposal.add':
      return refuseNewId(document, command.proposal.id) ?? refuseAxis(command.proposal.id, command.proposal.axis)
    case 'excavation.add':
      return refuseNewId(document, command.excavation.id) ?? refuseExcavation(command.excavation as Excavation)
    case 'excavation.remove':
    case 'excavation.set':
      return refuseExcavationEdit(document, command)
    case 'removal.add':
      if (FORBIDDEN_IDS.has(command.id)) return rejection('invalid_id', { id: command.id })
      return Object.hasOwn(document.removals, command.id) ? rejection('duplicate_removal', { id: command.id }) : null
    case 'removal.remove':
      return Object.hasOwn(document.removals, command.id) ? null : rejection('unknown_removal', { id: command.id })
    default:
      return refuseProposalEdit(document, command)
  }
}

/** Proposals and excavations share one name space: a selection, a table or a link says which by the id alone. */
function refuseNewId(document: ScenarioDocument, id: string): Rejection | null {
  if (FORBIDDEN_IDS.has(id)) return rejection('invalid_id', { id })
  return Object.hasOwn(document.proposals, id) || Object.hasOwn(document.excavations, id) ? rejection('duplicate_id', { id }) : null
}

function refuseExcavationEdit({ excavations }: ScenarioDocument, command: Extract<SimpleCommand, { op: 'excavation.remove' | 'excavation.set' }>): Rejection | null {
  const excavation = Object.hasOwn(excavations, command.id) ? excavations[command.id] : undefined
  if (!excavation) return rejection('unknown_excavation', { id: command.id })
  if (command.op === 'excavation.remove') return null
  const next = { ...excavation }
  setFields(next, command.properties, ['bottom'])
  return refuseExcavation(next)
}

type ProposalEdit = Extract<SimpleCommand, { op: 'proposal.remove' | 'proposal.setProperties' | 'proposal.setAxis' | 'proposal.moveVertex' | 'proposal.insertVertex' | 'proposal.deleteVertex' }>

function refuseProposalEdit({ proposals }: ScenarioDocument, command: ProposalEdit): Rejection | null {
  const { id } = command
  const proposal = Object.hasOwn(proposals, id) ? proposals[id] : undefined
  if (!proposal) return rejection('unknown_proposal', { id })
  const axis = axisAfter(proposal, command)
  if (axis === null) return null
  return axis === 'out_of_range'
    ? rejection('index_out_of_range', { id, index: 'index' in command ? command.index : 0, count: proposal.axis.length })
    : refuseAxis(id, axis)
}

/** The axis this command would give; null where it changes none. Insertion may be at the end too. */
export function axisAfter(proposal: Proposal, command: ProposalEdit): readonly Vec3[] | 'out_of_range' | null {
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
