import { ASSUMED, type AssetRecord, type Attributes, type AttributeValue, type NodeRecord, type OuterSection } from '../../twin/asset.ts'
import type { ExportNetwork, SchemeProposal } from './export-network.ts'

/** Properties of the canonical form (design §8); what is not known is absent. */
export type CanonicalProperties = Readonly<Record<string, AttributeValue | undefined>>

/** Of an asset, its own attributes among them. */
function assetProperties({ kind, owner, section, status, pressureClass, voltageKv, laying, accuracyPlanM, accuracyLevelM, assumed, attributes }: AssetRecord): CanonicalProperties {
  const own = { kind, owner: owner || undefined, ...sizes(section), pressureClass, voltageKv, laying, status, accuracyPlanM, accuracyLevelM, assumed: assumedWords(assumed) }
  return { ...own, ...apart(attributes) }
}

function proposalProperties(scheme: string, { kind, owner, section, pressureClass, voltageKv, laying, material, bendRadiusM, name }: SchemeProposal['proposal']): CanonicalProperties {
  return { kind, owner: owner || undefined, ...sizes(section), pressureClass, voltageKv, laying, material, bendRadiusM, status: 'planned', name: name || undefined, scheme }
}

export const nodeProperties = ({ id, kind, owner, nodeType, diameterM, bottomZ, attributes }: NodeRecord): CanonicalProperties =>
  ({ id, kind, nodeType, owner: owner || undefined, diameterM, bottomZ, ...apart(attributes) })

const sizes = (section: OuterSection): CanonicalProperties =>
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
function apart(attributes: Attributes): CanonicalProperties {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [RESERVED.has(name) ? `source_${name}` : name, value]))
}

/** A line of the network with a name of its own in the file: schemes may hold copies of each other. */
export interface NamedLine {
  readonly id: string
  readonly record: Pick<AssetRecord, 'kind' | 'owner' | 'section' | 'axis'> & { readonly status: AssetRecord['status'] }
  readonly isProposal: boolean
  /** Without the id. */
  readonly properties: CanonicalProperties
}

/** Assets, then proposals; an id that is used again gets a suffix. */
export function* namedLines({ assets, proposals }: Pick<ExportNetwork, 'assets' | 'proposals'>): Generator<NamedLine> {
  const used = new Set<string>()
  const unique = (id: string): string => {
    let name = id
    for (let n = 2; used.has(name); n++) name = `${id}~${n}`
    used.add(name)
    return name
  }
  for (const asset of assets) yield { id: unique(asset.id), record: asset, isProposal: false, properties: assetProperties(asset) }
  for (const { scheme, proposal } of proposals) yield { id: unique(proposal.id), record: { ...proposal, status: 'planned' }, isProposal: true, properties: proposalProperties(scheme, proposal) }
}

/** The properties that are known, as pairs; `id` first, `scenario` for proposals of formats that have no foreign members. */
export function knownProperties(id: string, properties: CanonicalProperties, isProposal = false): [string, AttributeValue][] {
  const known = Object.entries(properties).filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined)
  return [['id', id], ...known.filter(([key]) => key !== 'id'), ...(isProposal ? [['scenario', true] as [string, AttributeValue]] : [])]
}
