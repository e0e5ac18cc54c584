import type { AttributeValue, Vec3 } from '../../twin/asset.ts'
import { knownProperties, namedLines, nodeProperties } from './canonical-properties.ts'
import type { ExportNetwork } from './export-network.ts'
import { counted, type FormatTerms } from './format-terms.ts'

/** Micrometres: what coordinates of a project are kept to. */
const SCALE_M = 1e-6

/**
 * CityJSON 1.1 with the UtilityNetwork extension: lines as MultiLineString along the axis (`+RoundPipe`, others
 * `+AbstractPipe`), nodes as MultiPoint, canonical properties as attributes. `readCityJson` takes them back.
 */
export function* writeCityJson(network: ExportNetwork, { name, job, at }: FormatTerms): Generator<string> {
  const { crs, nodes } = network
  const lines = [...namedLines(network)]
  const [low, high] = extentOf([...lines.map(line => line.record.axis), nodes.map(node => node.at)])
  const metadata = { title: name, referenceDate: at.slice(0, 10), geographicalExtent: [...low, ...high], ...(crs !== null && { referenceSystem: `https://www.opengis.net/def/crs/EPSG/0/${crs.slice(5)}` }) }
  const extension = { UtilityNetwork: { url: 'https://raw.githubusercontent.com/idiap/cjutilitynetwork/main/utilitynetwork.ext.min.json', version: '0.0.1' } }
  yield `{"type":"CityJSON","version":"1.1","extensions":${JSON.stringify(extension)},"metadata":${JSON.stringify(metadata)},"transform":${JSON.stringify({ scale: [SCALE_M, SCALE_M, SCALE_M], translate: low })},"CityObjects":{`
  const vertices: string[] = []
  const indexOf = (place: Vec3): number => vertices.push(JSON.stringify(place.map((value, i) => Math.round((value - low[i]!) / SCALE_M)))) - 1
  let isFirst = true
  const object = (id: string, type: string, geometry: object, properties: readonly (readonly [string, AttributeValue])[]): string => {
    const text = `${isFirst ? '' : ','}\n${JSON.stringify(id)}:${JSON.stringify({ type, attributes: Object.fromEntries(properties), geometry: [geometry] })}`
    isFirst = false
    return text
  }
  for (const { id, record, isProposal, properties } of counted(lines, lines.length, job)) {
    const type = record.section.shape === 'circle' ? '+RoundPipe' : '+AbstractPipe'
    yield object(id, type, { type: 'MultiLineString', lod: '1', boundaries: [record.axis.map(indexOf)] }, knownProperties(id, properties, isProposal))
  }
  const used = new Set(lines.map(line => line.id))
  for (const node of nodes) {
    // Objects of a file share one list of names; lines and nodes of a project do not.
    const key = used.has(node.id) ? `node:${node.id}` : node.id
    yield object(key, '+Node', { type: 'MultiPoint', lod: '1', boundaries: [indexOf(node.at)] }, knownProperties(node.id, nodeProperties(node)))
  }
  yield `},\n"vertices":[`
  for (let i = 0; i < vertices.length; i += 1000) yield `${i === 0 ? '' : ','}${vertices.slice(i, i + 1000).join(',')}`
  yield ']}\n'
}

function extentOf(axes: readonly (readonly Vec3[])[]): readonly [Vec3, Vec3] {
  const [low, high] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]]
  for (const axis of axes) {
    for (const place of axis) {
      place.forEach((value, i) => {
        low[i] = Math.min(low[i]!, value)
        high[i] = Math.max(high[i]!, value)
      })
    }
  }
  return low.every(Number.isFinite) ? [low.map(Math.floor) as unknown as Vec3, high as unknown as Vec3] : [[0, 0, 0], [0, 0, 0]]
}
