import type { AttributeValue } from '../../../twin/asset.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature } from '../../source.ts'
import { numberIn, type InpRow, type InpSections } from './inp-text.ts'

type Properties = Record<string, AttributeValue>

export interface InpNode {
  readonly id: string
  readonly line: number
  readonly properties: Properties
}

export interface InpLink extends InpNode {
  readonly from: string
  readonly to: string
}

/** Places of an .inp: nodes and bends of links, in the drawing's units. */
export interface InpPlaces {
  readonly nodes: ReadonlyMap<string, readonly number[]>
  readonly bends: ReadonlyMap<string, readonly (readonly number[])[]>
}

const MAX_COORDINATE = 1e9

export function readPlaces(sections: InpSections, name: string, keyOf: (id: string) => string, limits: ImportLimits, log: IssueLog): InpPlaces {
  const nodes = new Map<string, readonly number[]>()
  const bends = new Map<string, (readonly number[])[]>()
  let left = limits.maxVertices
  const take = (row: InpRow): readonly [string, readonly number[]] | null => {
    if (--left < 0) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
    const [x, y] = [numberIn(row.words[1]), numberIn(row.words[2])]
    if (x !== null && y !== null && Math.max(Math.abs(x), Math.abs(y)) <= MAX_COORDINATE) return [keyOf(row.words[0]!), [x, y]]
    log.add('coordinates_invalid', 'error', `${row.words[0]!} (${name}:${row.line})`)
    return null
  }
  for (const row of sections.get('COORDINATES') ?? []) {
    const place = take(row)
    if (place) nodes.set(place[0], place[1])
  }
  for (const row of sections.get('VERTICES') ?? []) {
    const bend = take(row)
    if (!bend) continue
    const known = bends.get(bend[0])
    if (known) known.push(bend[1])
    else bends.set(bend[0], [bend[1]])
  }
  return { nodes, bends }
}

/**
 * Nodes as points, links as lines from node to node through their bends. A pump or valve drawn at one place (both its
 * nodes in one spot) becomes a point. What cannot be placed is told and left out.
 */
export function placeNetwork(
  { nodes, links, places, name, keyOf, metresPerUnit }: {
    readonly nodes: readonly InpNode[]; readonly links: readonly InpLink[]; readonly places: InpPlaces; readonly name: string
    readonly keyOf: (id: string) => string; readonly metresPerUnit: number
  }, log: IssueLog,
): { points: SourceFeature[]; lines: SourceFeature[] } {
  const points: SourceFeature[] = []
  const lines: SourceFeature[] = []
  const scaled = (position: readonly number[]) => position.map(value => value * metresPerUnit)
  const refOf = ({ line }: InpNode) => `${name}#${line}`
  const told = (node: InpNode) => `${node.id} (${refOf(node)})`
  const known = new Set<string>()
  for (const node of nodes) {
    known.add(keyOf(node.id))
    const place = places.nodes.get(keyOf(node.id))
    if (place) points.push({ id: node.id, ref: refOf(node), geometry: 'point', parts: [[scaled(place)]], properties: node.properties })
    else log.add('geometry_null', 'warning', told(node), { section: 'COORDINATES' })
  }
  for (const link of links) {
    const unknown = [link.from, link.to].find(end => !known.has(keyOf(end)))
    if (unknown !== undefined) {
      log.add('schema_invalid', 'error', told(link), { problem: 'unknown_node', node: unknown.slice(0, 50) })
      continue
    }
    const [from, to] = [places.nodes.get(keyOf(link.from)), places.nodes.get(keyOf(link.to))]
    if (!from || !to) {
      log.add('geometry_null', 'warning', told(link), { node: from ? link.to : link.from })
      continue
    }
    const line = [from, ...(places.bends.get(keyOf(link.id)) ?? []), to].map(scaled)
    const isSpot = link.properties['type'] !== 'pipe' && link.properties['type'] !== 'conduit' && line.every(([x, y]) => x === line[0]![0] && y === line[0]![1])
    const feature = { id: link.id, ref: refOf(link), properties: link.properties }
    if (isSpot) points.push({ ...feature, geometry: 'point', parts: [[line[0]!]] })
    else lines.push({ ...feature, geometry: 'line', parts: [line] })
  }
  return { points, lines }
}

/** Drawn against stated lengths tell what the drawing's unit is; within this of each other they agree. */
const LENGTHS_AGREE = 0.1
const FOOT_M = 0.3048
/** Fewer stated lengths prove nothing. */
const MIN_LENGTHS = 5

/**
 * Metres per unit of the drawing. The file's own word counts (`[MAP] UNITS`); else the links' stated lengths, where half
 * of them agree with what is drawn. A drawing that agrees with neither is a scheme: kept as it is, and told.
 */
export function drawingUnit(links: readonly InpLink[], places: InpPlaces, stated: string | undefined, name: string, keyOf: (id: string) => string, log: IssueLog): number {
  if (stated === 'FEET') return FOOT_M
  if (stated === 'METERS' || stated === 'DEGREES') return 1
  const ratios: number[] = []
  for (const link of links) {
    const lengthM = link.properties['lengthM']
    const [from, to] = [places.nodes.get(keyOf(link.from)), places.nodes.get(keyOf(link.to))]
    if (typeof lengthM !== 'number' || lengthM <= 0 || !from || !to) continue
    const line = [from, ...(places.bends.get(keyOf(link.id)) ?? []), to]
    const drawn = line.reduce((sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x! - line[i - 1]![0]!, y! - line[i - 1]![1]!)), 0)
    if (drawn > 0) ratios.push(lengthM / drawn)
  }
  if (ratios.length < MIN_LENGTHS) return 1
  const agreeWith = (unit: number) => ratios.filter(ratio => Math.abs(ratio / unit - 1) <= LENGTHS_AGREE).length * 2 > ratios.length
  if (agreeWith(1)) return 1
  if (agreeWith(FOOT_M)) {
    log.add('unit_suspect', 'info', name, { problem: 'drawing_in_feet', metresPerUnit: FOOT_M })
    return FOOT_M
  }
  const middle = ratios.sort((a, b) => a - b)[ratios.length >> 1]!
  log.add('unit_suspect', 'warning', name, { problem: 'drawing_not_to_scale', statedPerDrawn: Math.round(middle * 1000) / 1000 })
  return 1
}
