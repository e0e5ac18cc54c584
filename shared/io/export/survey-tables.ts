import { ASSUMED, type Attributes, type NodeRecord, type OuterSection, type Vec3 } from '../../twin/asset.ts'
import { groundSampler, type GroundSampler } from '../../twin/ground.ts'
import { FLOW_DIRECTION, FLOW_DIRECTIONS } from '../../twin/flow-direction.ts'
import type { AssetStatus } from '../../twin/kinds.ts'
import type { Proposal } from '../../scenario/document.ts'
import type { ExportNetwork } from './export-network.ts'
import type { Cell } from './write-csv.ts'

/** A table for people: one heading, rows of as many cells. */
export interface SurveyTable {
  readonly heading: readonly string[]
  readonly rows: Iterable<readonly Cell[]>
}

/** Text of a catalogue key (`cli-export:column.id`, `kinds:kind.water`) in the reader's language. */
export type TextOf = (key: string) => string

type Line = Omit<Proposal, 'name'> & { readonly status: AssetStatus; readonly accuracyPlanM?: number; readonly accuracyLevelM?: number; readonly assumed: number; readonly attributes: Attributes }

const END_COLUMNS = ['easting', 'northing', 'axis', 'crown', 'bottom', 'ground', 'cover'] as const

/**
 * 管线线成果表: a row per line with its ends. Levels and coordinates in metres to the millimetre, sizes (outer) in
 * millimetres. Easting and northing go by name: survey tables of different countries mean different things by X.
 * @param lines `assets` of the twin, or `proposals` of its schemes.
 */
export function lineTable(network: ExportNetwork, lines: 'assets' | 'proposals', textOf: TextOf): SurveyTable {
  const ground: GroundSampler = network.ground ? groundSampler(network.ground) : () => null
  const records: readonly Line[] = lines === 'assets' ? network.assets : network.proposals.map(plannedLine)
  const names = attributeNames(records)
  const attributes = names.filter(name => name !== FLOW_DIRECTION)
  // A column of its own, in words, only where somebody surveyed it.
  const flow = names.includes(FLOW_DIRECTION)
  const ends = (['from', 'to'] as const).flatMap(end => END_COLUMNS.map(column => `${textOf(`cli-export:end.${end}`)}${textOf(`cli-export:column.${column}`)}`))
  const column = (name: string) => textOf(`cli-export:column.${name}`)
  return {
    heading: [
      ...['lineId', 'kind', 'owner', 'status', 'shape', 'size'].map(column), ...ends,
      ...['leastCover', 'length', 'vertices', 'laying', 'pressureClass', 'voltage', 'accuracyPlan', 'accuracyLevel', 'assumed', ...(flow ? ['flowDirection'] : [])].map(column), ...attributes,
    ],
    rows: mapped(records, line => [
      line.id, textOf(`kinds:kind.${line.kind}`), line.owner, textOf(`kinds:status.${line.status}`), textOf(`kinds:shape.${line.section.shape}`), sizeText(line.section),
      ...endCells(line.axis[0]!, line.section, ground), ...endCells(line.axis.at(-1)!, line.section, ground),
      least(line.axis.map(vertex => coverOf(vertex, line.section, ground))), rounded(planLength(line.axis)), line.axis.length,
      line.laying ? textOf(`kinds:laying.${line.laying}`) : null, line.pressureClass ? textOf(`kinds:pressureClass.${line.pressureClass}`) : null,
      line.voltageKv ?? null, line.accuracyPlanM ?? null, line.accuracyLevelM ?? null, assumedText(line.assumed, textOf), ...(flow ? [flowText(line.attributes, textOf)] : []), ...attributeCells(line, attributes),
    ]),
  }
}

/** 管线点成果表: a row per node. */
export function pointTable({ nodes }: ExportNetwork, textOf: TextOf): SurveyTable {
  const attributes = attributeNames(nodes)
  return {
    heading: [...['pointId', 'nodeType', 'kind', 'owner', 'easting', 'northing', 'level', 'nodeBottom', 'depth', 'size'].map(name => textOf(`cli-export:column.${name}`)), ...attributes],
    rows: mapped(nodes, node => [
      node.id, textOf(`kinds:nodeType.${node.nodeType}`), textOf(`kinds:kind.${node.kind}`), node.owner, ...node.at.map(rounded), ...depthCells(node),
      node.diameterM === undefined ? null : millimetres(node.diameterM), ...attributeCells(node, attributes),
    ]),
  }
}

const plannedLine = ({ scheme, proposal: { name, ...proposal } }: ExportNetwork['proposals'][number]): Line =>
  ({ ...proposal, status: 'planned', assumed: 0, attributes: { scheme, ...(name !== '' && { name }) } })

function* mapped<T, R>(items: readonly T[], map: (item: T) => R): Generator<R> {
  for (const item of items) yield map(item)
}

function endCells(vertex: Vec3, section: OuterSection, ground: GroundSampler): Cell[] {
  const [x, y, z] = vertex
  const halfM = halfHeightM(section)
  const level = ground(x, y)
  return [rounded(x), rounded(y), rounded(z), rounded(z + halfM), rounded(z - halfM), level === null ? null : rounded(level), coverOf(vertex, section, ground)]
}

/** Ground to crown; null where the ground is not known. */
function coverOf([x, y, z]: Vec3, section: OuterSection, ground: GroundSampler): number | null {
  const level = ground(x, y)
  return level === null ? null : rounded(level - z - halfHeightM(section))
}

const depthCells = ({ at, bottomZ }: NodeRecord): Cell[] => (bottomZ === undefined ? [null, null] : [rounded(bottomZ), rounded(at[2] - bottomZ)])
const halfHeightM = (section: OuterSection): number => (section.shape === 'circle' ? section.diameterM : section.heightM) / 2
const sizeText = (section: OuterSection): Cell =>
  section.shape === 'circle' ? millimetres(section.diameterM) : `${millimetres(section.widthM)}×${millimetres(section.heightM)}`
const millimetres = (metres: number): number => Math.round(10_000 * metres) / 10
const rounded = (metres: number): number => Math.round(1000 * metres) / 1000
const least = (values: readonly (number | null)[]): number | null => values.reduce((low, value) => (low === null || (value !== null && value < low) ? value : low), null)
const planLength = (axis: readonly Vec3[]): number => axis.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - axis[i]![0], y - axis[i]![1]), 0)
const assumedText = (assumed: number, textOf: TextOf): string =>
  Object.entries(ASSUMED).filter(([, flag]) => assumed & flag).map(([word]) => textOf(`cli-export:assumed.${word}`)).join('; ')

const flowText = (attributes: Attributes, textOf: TextOf): Cell => {
  const direction = FLOW_DIRECTIONS.find(known => known === attributes[FLOW_DIRECTION])
  return direction ? textOf(`kinds:flowDirection.${direction}`) : null
}

function attributeNames(records: readonly { readonly attributes: Attributes }[]): string[] {
  const names = new Set<string>()
  for (const { attributes } of records) for (const name of Object.keys(attributes)) names.add(name)
  return [...names].sort()
}

const attributeCells = ({ attributes }: { readonly attributes: Attributes }, names: readonly string[]): Cell[] =>
  names.map(name => {
    const value = Object.hasOwn(attributes, name) ? attributes[name]! : null
    return typeof value === 'boolean' ? String(value) : value
  })
