import type { AttributeValue, Vec3 } from '../../twin/asset.ts'
import type { AssetKind } from '../../twin/kinds.ts'
import { knownProperties, namedLines, nodeProperties, type NamedLine } from './canonical-properties.ts'
import { DXF_END, dxfBegin, dxfText, layerName, type DxfGroup, type DxfLayer } from './dxf-frame.ts'
import type { ExportNetwork } from './export-network.ts'
import { encodeGbk } from './gbk.ts'
import { figure, heightOf, widthOf } from './figures.ts'
import { KIND_ACI } from './kind-aci.ts'
import { counted, type FormatTerms } from './format-terms.ts'

/** Longest text of extended data in bytes: what drawing programs keep. */
const MAX_XDATA_TEXT = 250
const TEXT_HEIGHT_M = 0.8

/**
 * A drawing (DXF R2004, code page 936, metres): a layer per kind in the reader's language, lines as 3D polylines along the axis, or
 * in plan as wide polylines with kind, size and levels as texts; nodes as points. Every entity carries its canonical
 * properties as extended data, which `readDxf` takes back.
 */
export function* writeDxf(network: ExportNetwork, terms: FormatTerms): Generator<Uint8Array> {
  for (const piece of drawing(network, terms)) yield encodeGbk(piece)
}

function* drawing(network: ExportNetwork, { textOf, job, plan }: FormatTerms): Generator<string> {
  const lines = [...namedLines(network)]
  const layerOf = ({ record, isProposal }: NamedLine) => layerName(textOf(`kinds:kind.${record.kind}`), isProposal || record.status !== 'in_use' ? textOf(`kinds:status.${record.status}`) : '')
  const nodeLayer = (kind: AssetKind) => layerName(textOf(`kinds:kind.${kind}`), textOf('cli-formats:dxf.points'))
  const labelLayer = (kind: AssetKind) => layerName(textOf(`kinds:kind.${kind}`), textOf('cli-formats:dxf.labels'))
  const layers = new Map<string, DxfLayer>()
  for (const line of lines) {
    layers.set(layerOf(line), { aci: KIND_ACI[line.record.kind] })
    if (plan) layers.set(labelLayer(line.record.kind), { aci: KIND_ACI[line.record.kind] })
  }
  for (const { kind } of network.nodes) layers.set(nodeLayer(kind), { aci: KIND_ACI[kind] })
  const pen = new Pen()
  yield dxfBegin(layers, extentOf(network), 'm')
  for (const line of counted(lines, lines.length, job)) {
    const xdata = xdataOf(knownProperties(line.id, line.properties, line.isProposal))
    if (!plan) yield pen.polyline3d(layerOf(line), line.record.axis, xdata)
    else {
      yield pen.planPolyline(layerOf(line), line.record.axis, widthOf(line.record.section), xdata)
      yield pen.text(labelLayer(line.record.kind), line.record.axis, labelOf(line, textOf))
    }
  }
  for (const node of counted(network.nodes, network.nodes.length, job)) yield pen.point(nodeLayer(node.kind), node.at, xdataOf(knownProperties(node.id, nodeProperties(node))))
  yield DXF_END
}

function extentOf({ assets, nodes, proposals }: ExportNetwork): readonly [Vec3, Vec3] {
  const [low, high]: [number[], number[]] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]]
  const take = (place: Vec3) => place.forEach((value, i) => {
    low[i] = Math.min(low[i]!, value)
    high[i] = Math.max(high[i]!, value)
  })
  for (const { axis } of assets) axis.forEach(take)
  for (const { proposal } of proposals) proposal.axis.forEach(take)
  for (const { at } of nodes) take(at)
  return low.every(Number.isFinite) ? [low as unknown as Vec3, high as unknown as Vec3] : [[0, 0, 0], [0, 0, 0]]
}

/** Kind, size in millimetres and the levels of both ends: what a plan says beside a line. */
function labelOf({ record: { kind, section, axis } }: NamedLine, textOf: FormatTerms['textOf']): string {
  const size = section.shape === 'circle' ? `DN${Math.round(1000 * section.diameterM)}` : `${Math.round(1000 * section.widthM)}×${Math.round(1000 * section.heightM)}`
  const halfM = heightOf(section) / 2
  return `${textOf(`kinds:kind.${kind}`)} ${size} ${textOf('cli-formats:dxf.crown')} ${(axis[0]![2] + halfM).toFixed(2)}/${(axis.at(-1)![2] + halfM).toFixed(2)}`
}

/** `key=value` with the value as JSON, so that figures stay figures; what is too long for a drawing is left out. */
const xdataOf = (properties: readonly (readonly [string, AttributeValue])[]): DxfGroup[] =>
  [[1001, 'UNDERPLAN'], ...properties.map(([key, value]) => `${key}=${JSON.stringify(value)}`).filter(text => encodeGbk(text).length <= MAX_XDATA_TEXT).map((text): DxfGroup => [1000, text.replaceAll(/[\r\n]/g, ' ')])]

/** Writes entities with handles of their own. */
class Pen {
  #handle = 0x100

  polyline3d(layer: string, axis: readonly Vec3[], xdata: readonly DxfGroup[]): string {
    const owner = this.#next()
    const vertices = axis.flatMap((place): DxfGroup[] => [[0, 'VERTEX'], [5, this.#next()], [330, owner], [100, 'AcDbEntity'], [8, layer], [100, 'AcDbVertex'], [100, 'AcDb3dPolylineVertex'], ...placeGroups(place), [70, 32]])
    return dxfText([
      [0, 'POLYLINE'], [5, owner], [330, '1F'], [100, 'AcDbEntity'], [8, layer], [100, 'AcDb3dPolyline'], [66, 1], [10, 0], [20, 0], [30, 0], [70, 8], ...xdata,
      ...vertices, [0, 'SEQEND'], [5, this.#next()], [330, owner], [100, 'AcDbEntity'], [8, layer],
    ])
  }

  planPolyline(layer: string, axis: readonly Vec3[], widthM: number, xdata: readonly DxfGroup[]): string {
    const places = axis.flatMap(([x, y]): DxfGroup[] => [[10, figure(x)], [20, figure(y)]])
    return dxfText([[0, 'LWPOLYLINE'], [5, this.#next()], [330, '1F'], [100, 'AcDbEntity'], [8, layer], [100, 'AcDbPolyline'], [90, axis.length], [70, 0], [43, figure(widthM)], ...places, ...xdata])
  }

  point(layer: string, place: Vec3, xdata: readonly DxfGroup[]): string {
    return dxfText([[0, 'POINT'], [5, this.#next()], [330, '1F'], [100, 'AcDbEntity'], [8, layer], [100, 'AcDbPoint'], ...placeGroups(place), ...xdata])
  }

  /** A text along the longest straight part of a line, readable from below or from the right. */
  text(layer: string, axis: readonly Vec3[], content: string): string {
    const parts = axis.slice(1).map((to, i) => ({ from: axis[i]!, to, lengthM: Math.hypot(to[0] - axis[i]![0], to[1] - axis[i]![1]) }))
    const { from, to } = parts.reduce((longest, part) => (part.lengthM > longest.lengthM ? part : longest))
    const turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI
    const upright = turn > 90 ? turn - 180 : turn <= -90 ? turn + 180 : turn
    const middle: Vec3 = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, 0]
    return dxfText([
      [0, 'TEXT'], [5, this.#next()], [330, '1F'], [100, 'AcDbEntity'], [8, layer], [100, 'AcDbText'], ...placeGroups(middle), [40, TEXT_HEIGHT_M], [1, content.replaceAll(/[\r\n]/g, ' ')], [50, figure(upright)],
      [72, 1], [11, figure(middle[0])], [21, figure(middle[1])], [31, 0], [100, 'AcDbText'], [73, 1],
    ])
  }

  #next(): string {
    return (this.#handle++).toString(16).toUpperCase()
  }
}

const placeGroups = ([x, y, z]: Vec3): DxfGroup[] => [[10, figure(x)], [20, figure(y)], [30, figure(z)]]
