import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import type { AssetKind } from '../../twin/kinds.ts'
import { knownProperties, namedLines, nodeProperties, type NamedLine } from './canonical-properties.ts'
import type { ExportNetwork } from './export-network.ts'
import { figure, heightOf, xmlText } from './figures.ts'
import { counted, type FormatTerms } from './format-terms.ts'
import { groundTriangles } from './ground-tin.ts'

/** `pipeNetType` of LandXML 1.2, which knows four and `other`. */
const NETWORK_TYPES: Partial<Readonly<Record<AssetKind, string>>> = { water: 'water', sewer_foul: 'sanitary', sewer_storm: 'storm' }
const STATES = { in_use: 'existing', planned: 'proposed', abandoned: 'abandoned', removed: 'destroyed' } as const
/** Ends this near are one structure, metres. */
const SNAP_M = 0.01

/**
 * LandXML 1.2: a pipe network per kind with its structures, and the ground as a TIN. A pipe of LandXML is straight between
 * two structures: a line with bends becomes one pipe per straight part, with a connection at each bend. Diameters are those
 * of the outside (`readLandXml` knows by the application), inverts the outside bottom. Northing stands first.
 */
export function* writeLandXml(network: ExportNetwork, { name, textOf, job, at }: FormatTerms): Generator<string> {
  const { crs, ground, nodes } = network
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<LandXML xmlns="http://www.landxml.org/schema/LandXML-1.2" version="1.2" date="${at.slice(0, 10)}" time="${at.slice(11, 19)}" language="English" readOnly="false">\n`
  yield '<Units><Metric areaUnit="squareMeter" linearUnit="meter" volumeUnit="cubicMeter" temperatureUnit="celsius" pressureUnit="HPA" diameterUnit="meter" widthUnit="meter" heightUnit="meter" elevationUnit="meter"/></Units>\n'
  if (crs !== null) yield `<CoordinateSystem name="${crs}" epsgCode="${crs.slice(5)}"/>\n`
  yield `<Project name="${xmlText(name)}"/>\n<Application name="Underplan" version="1"/>\n`
  const byKind = Map.groupBy(namedLines(network), line => line.record.kind)
  const nodesByKind = Map.groupBy(nodes, node => node.kind)
  const kinds = [...new Set([...byKind.keys(), ...nodesByKind.keys()])]
  if (kinds.length > 0) {
    yield `<PipeNetworks name="${xmlText(name)}">\n`
    for (const kind of kinds) yield* pipeNetwork(kind, textOf(`kinds:kind.${kind}`), byKind.get(kind) ?? [], nodesByKind.get(kind) ?? [], job)
    yield '</PipeNetworks>\n'
  }
  if (ground) yield* surface(ground.name, groundTriangles(ground))
  yield '</LandXML>\n'
}

interface Struct {
  readonly name: string
  readonly at: Vec3
  readonly node: NodeRecord | null
  readonly inverts: { readonly pipe: string; readonly levelM: number; readonly direction: 'in' | 'out' }[]
}

function* pipeNetwork(kind: AssetKind, label: string, lines: readonly NamedLine[], nodes: readonly NodeRecord[], job: FormatTerms['job']): Generator<string> {
  const structs = new StructIndex(nodes)
  const pipes: string[] = []
  for (const { id, record, isProposal, properties } of counted(lines, lines.length, job)) {
    const halfM = heightOf(record.section) / 2
    const shape = record.section.shape === 'circle' ? `<CircPipe diameter="${figure(record.section.diameterM)}"/>` : `<RectPipe width="${figure(record.section.widthM)}" height="${figure(record.section.heightM)}"/>`
    // Every piece says whose it is; the first one everything else.
    const extra = propertyXml([['line', id], ...knownProperties(id, properties, isProposal)])
    const further = propertyXml([['line', id]])
    for (let i = 1; i < record.axis.length; i++) {
      const pipe = record.axis.length === 2 ? id : `${id}.${i}`
      const [from, to] = [structs.at(record.axis[i - 1]!), structs.at(record.axis[i]!)]
      from.inverts.push({ pipe, levelM: record.axis[i - 1]![2] - halfM, direction: 'out' })
      to.inverts.push({ pipe, levelM: record.axis[i]![2] - halfM, direction: 'in' })
      pipes.push(`<Pipe name="${xmlText(pipe)}" refStart="${xmlText(from.name)}" refEnd="${xmlText(to.name)}" state="${STATES[record.status]}">${shape}${i === 1 ? extra : further}</Pipe>\n`)
    }
  }
  yield `<PipeNetwork name="${xmlText(label)}" pipeNetType="${NETWORK_TYPES[kind] ?? 'other'}">\n<Feature code="underplan"><Property label="kind" value="${kind}"/></Feature>\n<Structs>\n`
  for (const struct of structs.all) yield structXml(struct)
  yield '</Structs>\n<Pipes>\n'
  yield* pipes
  yield '</Pipes>\n</PipeNetwork>\n'
}

/** Structures by place: the nodes of the network, and a connection wherever a line ends or bends without one. */
class StructIndex {
  readonly all: Struct[] = []
  readonly #byCell = new Map<string, Struct>()
  readonly #names = new Set<string>()

  constructor(nodes: readonly NodeRecord[]) {
    for (const node of nodes) this.#add(node.id, node.at, node)
  }

  at(place: Vec3): Struct {
    const [i, j] = cellOf(place)
    for (let di = -1; di <= 1; di++) {
      for (let dj = -1; dj <= 1; dj++) {
        const near = this.#byCell.get(`${i + di} ${j + dj}`)
        if (near && Math.hypot(near.at[0] - place[0], near.at[1] - place[1]) <= SNAP_M) return near
      }
    }
    return this.#add(`C${this.all.length + 1}`, place, null)
  }

  #add(wanted: string, at: Vec3, node: NodeRecord | null): Struct {
    let name = wanted
    for (let n = 2; this.#names.has(name); n++) name = `${wanted}~${n}`
    this.#names.add(name)
    const struct: Struct = { name, at, node, inverts: [] }
    this.all.push(struct)
    const key = cellOf(at).join(' ')
    if (!this.#byCell.has(key)) this.#byCell.set(key, struct)
    return struct
  }
}

const cellOf = ([x, y]: Vec3): readonly [number, number] => [Math.floor(x / SNAP_M), Math.floor(y / SNAP_M)]

function structXml({ name, at, node, inverts }: Struct): string {
  const lowest = inverts.reduce((low, invert) => Math.min(low, invert.levelM), Infinity)
  const sumpM = node?.bottomZ ?? (Number.isFinite(lowest) ? lowest : at[2])
  const shape = node?.diameterM === undefined ? '<Connection/>' : `<CircStruct diameter="${figure(node.diameterM)}"/>`
  const extra = node ? propertyXml(knownProperties(node.id, nodeProperties(node))) : ''
  const invertXml = inverts.map(({ pipe, levelM, direction }) => `<Invert elev="${figure(levelM)}" flowDir="${direction}" refPipe="${xmlText(pipe)}"/>`).join('')
  return `<Struct name="${xmlText(name)}" elevSump="${figure(sumpM)}" elevRim="${figure(node?.at[2] ?? at[2])}"><Center>${figure(at[1])} ${figure(at[0])}</Center>${shape}${invertXml}${extra}</Struct>\n`
}

const propertyXml = (properties: readonly (readonly [string, unknown])[]): string =>
  `<Feature code="underplan">${properties.filter(([, value]) => value !== null).map(([key, value]) => `<Property label="${xmlText(key)}" value="${xmlText(String(value))}"/>`).join('')}</Feature>`

function* surface(name: string, { xyz, faces }: ReturnType<typeof groundTriangles>): Generator<string> {
  yield `<Surfaces><Surface name="${xmlText(name || 'ground')}"><Definition surfType="TIN">\n<Pnts>\n`
  for (let i = 0; i < xyz.length; i += 3) yield `<P id="${i / 3 + 1}">${figure(xyz[i + 1]!)} ${figure(xyz[i]!)} ${figure(xyz[i + 2]!)}</P>\n`
  yield '</Pnts>\n<Faces>\n'
  for (let i = 0; i < faces.length; i += 3) yield `<F>${faces[i]! + 1} ${faces[i + 1]! + 1} ${faces[i + 2]! + 1}</F>\n`
  yield '</Faces></Definition></Surface></Surfaces>\n'
}
