import type { Attributes, OuterSection } from '../../twin/asset.ts'
import type { Carrier } from '../../network/carriers.ts'
import { innerSizeM } from '../assumptions.ts'
import type { ExportNetwork } from './export-network.ts'
import { figure, heightOf, widthOf } from './figures.ts'
import type { FormatTerms } from './format-terms.ts'
import { inpGraph, type InpGraphLink, type InpGraphNode } from './inp-graph.ts'

const PRESSURE: ReadonlySet<Carrier> = new Set(['water', 'reclaimed'])
const GRAVITY: ReadonlySet<Carrier> = new Set(['sewer'])
/** Taken where the twin knows none: Hazen–Williams for mains in fair condition, Manning for concrete. */
const ASSUMED = { hazenWilliams: 130, manning: 0.013 } as const
/** Levels of a tank whose own are not known, metres: it neither empties nor overflows at once. */
const TANK = { initM: 1, minM: 0, maxM: 2, diameterM: 10 } as const
const MIN_LENGTH_M = 0.01

/** An EPANET 2.2 model in litres per second and metres: junctions, reservoirs, tanks and pipes with their bends. */
export function* writeEpanet(network: ExportNetwork, { name }: FormatTerms): Generator<string> {
  const { nodes, links } = inpGraph(network, PRESSURE)
  const [junctions, reservoirs, tanks]: [string[], string[], string[]] = [[], [], []]
  for (const place of nodes) {
    const nodeType = place.node?.nodeType ?? 'junction'
    const attributes: Attributes = place.node?.attributes ?? {}
    const head = attributes['headM']
    const level = figure(levelOf(place, attributes['elevationM']))
    if (typeof head === 'number' || nodeType === 'source') reservoirs.push(` ${place.id}\t${typeof head === 'number' ? figure(head) : level}`)
    else if (nodeType === 'tank') tanks.push(` ${place.id}\t${level}\t${TANK.initM}\t${TANK.minM}\t${TANK.maxM}\t${figure(numberIn(attributes['tankDiameterM']) ?? TANK.diameterM)}\t0`)
    else junctions.push(` ${place.id}\t${level}\t${figure(numberIn(attributes['demandLs']) ?? 0)}`)
  }
  const pipes = links.map(link => {
    const own = link.asset.attributes['type'] === 'pipe' ? numberIn(link.asset.attributes['roughness']) : null
    const roughness = own !== null && own > 0 ? own : ASSUMED.hazenWilliams
    return ` ${link.id}\t${link.from.id}\t${link.to.id}\t${figure(Math.max(MIN_LENGTH_M, link.lengthM))}\t${figure(1000 * Math.min(widthOf(link.asset.section), heightOf(link.asset.section)))}\t${figure(roughness)}\t0\t${link.isShut ? 'Closed' : 'Open'}`
  })
  yield* sections([
    ['TITLE', [name.replaceAll(/[\r\n[\]]/g, ' ')]], ['JUNCTIONS', junctions], ['RESERVOIRS', reservoirs], ['TANKS', tanks], ['PIPES', pipes],
    ['OPTIONS', [' Units LPS', ' Headloss H-W']], ['TIMES', [' Duration 0']], ['COORDINATES', coordinates(nodes)], ['VERTICES', vertices(links)],
  ])
}

/** A SWMM 5.2 model in metres and litres per second: junctions, outfalls and conduits with inverts given as elevations. */
export function* writeSwmm(network: ExportNetwork, { name }: FormatTerms): Generator<string> {
  const { nodes, links } = inpGraph(network, GRAVITY)
  const inverts = new Map<InpGraphNode, number>()
  const invertOf = (section: OuterSection, axisZ: number) => axisZ - innerOf(section, heightOf(section)) / 2
  for (const { from, to, asset, startZ, endZ } of links) {
    inverts.set(from, Math.min(inverts.get(from) ?? Infinity, invertOf(asset.section, startZ)))
    inverts.set(to, Math.min(inverts.get(to) ?? Infinity, invertOf(asset.section, endZ)))
  }
  const [junctions, outfalls, storage]: [string[], string[], string[]] = [[], [], []]
  for (const place of nodes) {
    const invert = Math.min(place.node?.bottomZ ?? Infinity, inverts.get(place) ?? Infinity)
    const floor = Number.isFinite(invert) ? invert : place.at[2]
    const depthM = place.node && place.node.at[2] > floor ? place.node.at[2] - floor : 0
    if (place.node?.nodeType === 'outfall') outfalls.push(`${place.id}\t${figure(floor)}\tFREE\t\tNO`)
    else if (place.node?.nodeType === 'tank') storage.push(`${place.id}\t${figure(floor)}\t${figure(depthM)}\t0\tFUNCTIONAL\t0\t0\t100`)
    else junctions.push(`${place.id}\t${figure(floor)}\t${figure(depthM)}\t0\t0\t0`)
  }
  const conduits = links.map(({ id, from, to, lengthM, asset, startZ, endZ }) => {
    const own = numberIn(asset.attributes['roughness'])
    return `${id}\t${from.id}\t${to.id}\t${figure(Math.max(MIN_LENGTH_M, lengthM))}\t${figure(own !== null && own > 0 && own < 1 ? own : ASSUMED.manning)}\t${figure(invertOf(asset.section, startZ))}\t${figure(invertOf(asset.section, endZ))}\t0\t0`
  })
  const shapes = links.map(({ id, asset: { section } }) =>
    section.shape === 'circle' ? `${id}\tCIRCULAR\t${figure(innerOf(section, section.diameterM))}\t0\t0\t0\t1` : `${id}\tRECT_CLOSED\t${figure(innerOf(section, section.heightM))}\t${figure(innerOf(section, section.widthM))}\t0\t0\t1`)
  yield* sections([
    ['TITLE', [name.replaceAll(/[\r\n[\]]/g, ' ')]], ['OPTIONS', ['FLOW_UNITS LPS', 'LINK_OFFSETS ELEVATION', 'FLOW_ROUTING DYNWAVE']], ['JUNCTIONS', junctions], ['OUTFALLS', outfalls], ['STORAGE', storage],
    ['CONDUITS', conduits], ['XSECTIONS', shapes], ['MAP', ['UNITS Meters']], ['COORDINATES', coordinates(nodes)], ['VERTICES', vertices(links)],
  ])
}

/** An outer size less the wall on either side, which follows from the larger of the two. */
function innerOf(section: OuterSection, sizeM: number): number {
  const largestM = Math.max(widthOf(section), heightOf(section))
  return sizeM - (largestM - innerSizeM(largestM))
}

const levelOf = ({ at, node }: InpGraphNode, stated: unknown): number => numberIn(stated) ?? node?.at[2] ?? at[2]
const numberIn = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const coordinates = (nodes: readonly InpGraphNode[]): string[] => nodes.map(({ id, at }) => `${id}\t${figure(at[0])}\t${figure(at[1])}`)
const vertices = (links: readonly InpGraphLink[]): string[] => links.flatMap(({ id, bends }) => bends.map(([x, y]) => `${id}\t${figure(x)}\t${figure(y)}`))

function* sections(parts: readonly (readonly [name: string, rows: readonly string[]])[]): Generator<string> {
  for (const [name, rows] of parts) if (rows.length > 0) yield `[${name}]\n${rows.join('\n')}\n\n`
  yield '[END]\n'
}
