import type { Random } from '#shared/core/random.ts'
import type { ScenarioCommand, ScenarioOp } from '#shared/scenario/command-schema.ts'
import type { Proposal, ScenarioDocument } from '#shared/scenario/document.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'

const aPoint = (random: Random): Vec3 => [random.range(-500, 500), random.range(-500, 500), random.range(-9, 9)]

const aSection = (random: Random): OuterSection =>
  random.chance(0.5) ? { shape: 'circle', diameterM: random.range(0.05, 3) } : { shape: 'rectangle', widthM: random.range(0.1, 3), heightM: random.range(0.1, 3) }

const anAxis = (random: Random): Vec3[] => Array.from({ length: 2 + random.int(6) }, () => aPoint(random))

export function randomProposal(random: Random, id: string): Proposal {
  return {
    id, name: `name ${random.int(100)}`, kind: random.pick(ASSET_KINDS), owner: random.chance(0.5) ? '' : 'owner', section: aSection(random), axis: anAxis(random),
    ...(random.chance(0.5) && { laying: random.pick(LAYINGS) }),
    ...(random.chance(0.5) && { pressureClass: random.pick(PRESSURE_CLASSES) }),
    ...(random.chance(0.5) && { voltageKv: random.range(0.4, 220) }),
  }
}

export function randomDocument(random: Random): ScenarioDocument {
  const proposals = Array.from({ length: 1 + random.int(5) }, (_, i) => randomProposal(random, `P${i}`))
  return { id: 's', name: 'scheme', description: '', proposals: Object.fromEntries(proposals.map(proposal => [proposal.id, proposal])) }
}

/** A command of this op that may or may not suit the document: indices and ids are sometimes wrong. */
export function randomCommand(random: Random, document: ScenarioDocument, op: ScenarioOp): ScenarioCommand {
  const ids = Object.keys(document.proposals)
  const id = ids.length === 0 || random.chance(0.1) ? 'nobody' : random.pick(ids)
  const index = random.int((document.proposals[id]?.axis.length ?? 3) + 2)
  const at = random.chance(0.1) ? (document.proposals[id]?.axis[0] ?? aPoint(random)) : aPoint(random)
  switch (op) {
    case 'scenario.describe':
      return { op, name: `scheme ${random.int(4)}`, ...(random.chance(0.5) && { description: 'words' }) }
    case 'proposal.add':
      return { op, proposal: structuredClone({ ...randomProposal(random, random.chance(0.2) ? id : `Q${random.int(1000)}`) }) as Extract<ScenarioCommand, { op: 'proposal.add' }>['proposal'] }
    case 'proposal.remove':
      return { op, id }
    case 'proposal.setProperties':
      return {
        op, id,
        properties: {
          ...(random.chance(0.5) && { kind: random.pick(ASSET_KINDS) }), ...(random.chance(0.5) && { section: aSection(random) }),
          ...(random.chance(0.5) && { laying: random.chance(0.5) ? null : random.pick(LAYINGS) }), ...(random.chance(0.5) && { voltageKv: random.chance(0.5) ? null : 10 }),
          ...(random.chance(0.3) && { name: 'renamed', owner: 'other' }), ...(random.chance(0.3) && { pressureClass: null }),
        },
      }
    case 'proposal.setAxis':
      return { op, id, axis: anAxis(random) }
    case 'proposal.moveVertex':
      return { op, id, index, to: at }
    case 'proposal.insertVertex':
      return { op, id, index, at }
    case 'proposal.deleteVertex':
      return { op, id, index }
  }
}
