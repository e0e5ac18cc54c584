import { unattendedJob, type JobControl } from '../../core/job.ts'
import { ASSUMED, type AssetRecord, type Attributes, type AttributeValue, type NodeRecord, type OuterSection, type Vec3 } from '../../twin/asset.ts'
import type { ExportNetwork, SchemeProposal } from './export-network.ts'

type Properties = Record<string, AttributeValue | undefined>

/**
 * The canonical GeoJSON of design §8: axes as LineString Z, nodes as Point Z, proposals with the foreign member
 * `scenario: true`. `readCanonicalGeoJson` gives the same records back. Ids are unique in the file: one that is used
 * again (schemes may hold copies of each other) gets a suffix.
 * @yields pieces of the text: a city does not fit into one string.
 */
export function* writeCanonicalGeoJson({ crs, assets, nodes, proposals }: ExportNetwork, job: JobControl = unattendedJob): Generator<string> {
  const lineIds = new Set<string>()
  const unique = (id: string): string => {
    let name = id
    for (let n = 2; lineIds.has(name); n++) name = `${id}~${n}`
    lineIds.add(name)
    return name
  }
  const features = [
    ...assets.map(asset => () => lineFeature(unique(asset.id), asset.axis, assetProperties(asset))),
    ...proposals.map(({ scheme, proposal }) => () => ({ ...lineFeature(unique(proposal.id), proposal.axis, proposalProperties(scheme, proposal)), scenario: true })),
    ...nodes.map(node => () => ({ type: 'Feature', geometry: { type: 'Point', coordinates: node.at }, properties: nodeProperties(node) })),
  ]
  yield `{"type":"FeatureCollection",${crs === null ? '' : `"crs":${JSON.stringify(crsMember(crs))},`}"features":[`
  for (let i = 0; i < features.length; i++) {
    if (i % 1000 === 0) {
      job.progress(i / features.length, 'cli-export:stage.writing')
      job.throwIfCancelled()
    }
    yield `${i === 0 ? '' : ','}\n${JSON.stringify(features[i]!())}`
  }
  yield '\n]}\n'
}

/** As GeoJSON 2008 names systems: for degrees the one with longitude first. */
const crsMember = (crs: string) =>
  ({ type: 'name', properties: { name: crs === 'EPSG:4326' ? 'urn:ogc:def:crs:OGC:1.3:CRS84' : `urn:ogc:def:crs:${crs.replace(':', '::')}` } })

const lineFeature = (id: string, axis: readonly Vec3[], properties: Properties) =>
  ({ type: 'Feature', geometry: { type: 'LineString', coordinates: axis }, properties: { id, ...properties } })

function assetProperties({ kind, owner, section, status, pressureClass, voltageKv, laying, accuracyPlanM, accuracyLevelM, assumed, attributes }: AssetRecord): Properties {
  const own = { kind, owner: owner || undefined, ...sizes(section), pressureClass, voltageKv, laying, status, accuracyPlanM, accuracyLevelM, assumed: assumedWords(assumed) }
  return { ...own, ...apart(attributes) }
}

function proposalProperties(scheme: string, { kind, owner, section, pressureClass, voltageKv, laying, name }: SchemeProposal['proposal']): Properties {
  return { kind, owner: owner || undefined, ...sizes(section), pressureClass, voltageKv, laying, status: 'planned', name: name || undefined, scheme }
}

const nodeProperties = ({ id, kind, owner, nodeType, diameterM, bottomZ, attributes }: NodeRecord): Properties =>
  ({ id, kind, nodeType, owner: owner || undefined, diameterM, bottomZ, ...apart(attributes) })

const sizes = (section: OuterSection): Properties =>
  section.shape === 'circle' ? { diameterM: section.diameterM } : { widthM: section.widthM, heightM: section.heightM }

/** `level,size`: what was filled from an assumption stays marked in the file. */
const assumedWords = (assumed: number): string | undefined =>
  Object.entries(ASSUMED).filter(([, flag]) => assumed & flag).map(([word]) => word).join(',') || undefined

/** Names the canonical form gives a meaning to; among them those that would move the axis again. */
const RESERVED = new Set([
  'id', 'kind', 'owner', 'diameterM', 'widthM', 'heightM', 'pressureClass', 'voltageKv', 'laying', 'status', 'accuracyPlanM', 'accuracyLevelM',
  'assumed', 'scenario', 'nodeType', 'bottomZ', 'levelReference', 'wallM',
])

/** Attributes of the source; one whose name means something else here is set apart as `source_…`. */
function apart(attributes: Attributes): Properties {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [RESERVED.has(name) ? `source_${name}` : name, value]))
}
