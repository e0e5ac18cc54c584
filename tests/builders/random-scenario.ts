import type { Random } from '#shared/core/random.ts'
import type { ScenarioCommand, ScenarioOp } from '#shared/scenario/command-schema.ts'
import { emptyScenario, type Excavation, type Proposal, type ScenarioDocument } from '#shared/scenario/document.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { soilClasses } from '#shared/twin/soils.ts'
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
    ...(random.chance(0.2) && { replaces: ['asset 1'] }),
  }
}

const aPlanPoint = (random: Random): [number, number] => [random.range(-500, 500), random.range(-500, 500)]

/** Shapes of every type; some pits and trenches cross themselves. */
function aShape(random: Random): Excavation['shape'] {
  const type = random.pick(['pit', 'trench', 'bore'] as const)
  if (type === 'pit') return { type, outline: Array.from({ length: 3 + random.int(2) }, () => aPlanPoint(random)) }
  if (type === 'trench') return { type, line: Array.from({ length: 2 + random.int(2) }, () => aPlanPoint(random)), widthM: random.range(0.5, 3) }
  return { type, axis: anAxis(random), diameterM: random.range(0.2, 3), ...(random.chance(0.5) && { minRadiusM: 200 }) }
}

const aBottom = (random: Random) => (random.chance(0.5) ? { depthM: random.range(0.5, 20) } : { levelM: random.range(-20, 300) })

export function randomExcavation(random: Random, id: string): Excavation {
  const shape = aShape(random)
  return {
    id, name: `pit ${random.int(100)}`, shape, bottom: shape.type === 'bore' ? null : aBottom(random), slopeRatio: random.pick([0, 0.33, 1]),
    ...(random.chance(0.5) && { soil: random.pick(soilClasses).id }),
    ...(random.chance(0.3) && { bench: { everyM: 3, widthM: 1 } }),
    ...(random.chance(0.3) && { stage: { order: 1 + random.int(5), ...(random.chance(0.5) && { from: '2027-03-01', to: '2027-06-30' }) } }),
  }
}

export function randomDocument(random: Random): ScenarioDocument {
  const proposals = Array.from({ length: 1 + random.int(5) }, (_, i) => randomProposal(random, `P${i}`))
  const excavations = Array.from({ length: 1 + random.int(3) }, (_, i) => randomExcavation(random, `E${i}`))
  return {
    ...emptyScenario('s', 'scheme'), ...(random.chance(0.3) && { colour: '#112233' }),
    proposals: Object.fromEntries(proposals.map(proposal => [proposal.id, proposal])),
    excavations: Object.fromEntries(excavations.map(excavation => [excavation.id, excavation])),
    removals: Object.fromEntries(Array.from({ length: random.int(3) }, (_, i) => [`asset ${i}`, { reason: 'in the way' }])),
  }
}

/** A command of this op that may or may not suit the document: indices and ids are sometimes wrong. */
export function randomCommand(random: Random, document: ScenarioDocument, op: ScenarioOp): ScenarioCommand {
  const ids = Object.keys(document.proposals)
  const id = ids.length === 0 || random.chance(0.1) ? 'nobody' : random.pick(ids)
  const index = random.int((document.proposals[id]?.axis.length ?? 3) + 2)
  const cuts = Object.keys(document.excavations)
  const cut = cuts.length === 0 || random.chance(0.1) ? 'nobody' : random.pick(cuts)
  const at = random.chance(0.1) ? (document.proposals[id]?.axis[0] ?? aPoint(random)) : aPoint(random)
  switch (op) {
    case 'scenario.describe':
      return { op, name: `scheme ${random.int(4)}`, ...(random.chance(0.5) && { description: 'words' }), ...(random.chance(0.3) && { colour: random.chance(0.5) ? null : '#445566' }), ...(random.chance(0.3) && { basedOn: { id: 'other', revision: random.int(9) } }) }
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
          ...(random.chance(0.2) && { replaces: random.chance(0.5) ? null : ['asset 2'] }),
        },
      }
    case 'proposal.setAxis':
      return { op, id, axis: anAxis(random) }
    case 'group':
      return { op, label: random.pick(['fix', 'split', 'join', 'merge'] as const), commands: Array.from({ length: 1 + random.int(3) }, () => ({ op: 'proposal.setAxis' as const, id, axis: anAxis(random) })) }
    case 'proposal.moveVertex':
      return { op, id, index, to: at }
    case 'proposal.insertVertex':
      return { op, id, index, at }
    case 'proposal.deleteVertex':
      return { op, id, index }
    case 'excavation.add':
      return { op, excavation: structuredClone(randomExcavation(random, random.chance(0.2) ? cut : `X${random.int(1000)}`)) }
    case 'excavation.remove':
      return { op, id: cut }
    case 'excavation.set':
      return { op, id: cut, properties: someExcavationProperties(random) }
    case 'removal.add':
      return { op, id: `asset ${random.int(9)}`, reason: random.chance(0.5) ? '' : 'obsolete' }
    case 'removal.remove':
      return { op, id: random.chance(0.9) ? (Object.keys(document.removals)[0] ?? 'asset 0') : 'asset 5' }
  }
}

const someExcavationProperties = (random: Random): Extract<ScenarioCommand, { op: 'excavation.set' }>['properties'] => ({
  name: `cut ${random.int(9)}`,
  ...(random.chance(0.3) && { shape: aShape(random) }), ...(random.chance(0.3) && { bottom: random.chance(0.3) ? null : aBottom(random) }),
  ...(random.chance(0.3) && { slopeRatio: random.range(0, 2) }), ...(random.chance(0.3) && { soil: random.chance(0.5) ? null : random.pick(soilClasses).id }),
  ...(random.chance(0.3) && { bench: null }), ...(random.chance(0.3) && { stage: random.chance(0.5) ? null : { order: 2 } }),
})
