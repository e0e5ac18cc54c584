import { unattendedJob, type JobControl } from '../../core/job.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { namedLines, nodeProperties, type CanonicalProperties } from './canonical-properties.ts'
import type { ExportNetwork } from './export-network.ts'

/**
 * The canonical GeoJSON of design §8: axes as LineString Z, nodes as Point Z, proposals with the foreign member
 * `scenario: true`. `readCanonicalGeoJson` gives the same records back. Ids are unique in the file: one that is used
 * again (schemes may hold copies of each other) gets a suffix.
 * @yields pieces of the text: a city does not fit into one string.
 */
export function* writeCanonicalGeoJson(network: ExportNetwork, job: JobControl = unattendedJob): Generator<string> {
  const { crs, assets, nodes, proposals } = network
  const total = assets.length + nodes.length + proposals.length
  let written = 0
  const featureText = (feature: object): string => {
    if (written % 1000 === 0) {
      job.progress(written / total, 'cli-export:stage.writing')
      job.throwIfCancelled()
    }
    return `${written++ === 0 ? '' : ','}\n${JSON.stringify(feature)}`
  }
  yield `{"type":"FeatureCollection",${crs === null ? '' : `"crs":${JSON.stringify(crsMember(crs))},`}"features":[`
  for (const { id, record, isProposal, properties } of namedLines(network)) yield featureText({ ...lineFeature(id, record.axis, properties), ...(isProposal && { scenario: true }) })
  for (const node of nodes) yield featureText({ type: 'Feature', geometry: { type: 'Point', coordinates: node.at }, properties: nodeProperties(node) })
  yield '\n]}\n'
}

/** As GeoJSON 2008 names systems: for degrees the one with longitude first. */
const crsMember = (crs: string) =>
  ({ type: 'name', properties: { name: crs === 'EPSG:4326' ? 'urn:ogc:def:crs:OGC:1.3:CRS84' : `urn:ogc:def:crs:${crs.replace(':', '::')}` } })

const lineFeature = (id: string, axis: readonly Vec3[], properties: CanonicalProperties) =>
  ({ type: 'Feature', geometry: { type: 'LineString', coordinates: axis }, properties: { id, ...properties } })
