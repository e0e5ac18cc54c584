import type { Attributes, NodeRecord } from '../twin/asset.ts'
import type { DeclaredLink, EdgeDevice } from './topology.ts'

/** An asset whose source names the nodes it runs between. */
export interface NamedEnds {
  readonly asset: number
  readonly attributes: Attributes
}

/**
 * Links of a hydraulic model (EPANET, SWMM), whose attributes `node1` and `node2` name their nodes: what such a model
 * joins follows from names, not from where it is drawn. A valve or pump that became a node is a link as well. Links to
 * nodes that are not there are left to geometry.
 */
export function declaredLinks(assets: readonly NamedEnds[], nodes: readonly NodeRecord[]): DeclaredLink[] {
  // Most twins are no models: there is nothing to look up by name, and a city's nodes are many.
  if (!assets.some(({ attributes }) => hasNamedEnds(attributes)) && !nodes.some(node => hasNamedEnds(node.attributes))) return []
  const byName = new Map<string, number>()
  // SWMM does not mind case; an exact name goes before.
  nodes.forEach((node, n) => {
    if (hasNamedEnds(node.attributes)) return
    if (!byName.has(node.id.toLowerCase())) byName.set(node.id.toLowerCase(), n)
  })
  nodes.forEach((node, n) => {
    if (!hasNamedEnds(node.attributes)) byName.set(`=${node.id}`, n)
  })
  const indexOf = (name: unknown): number | undefined => (typeof name === 'string' ? (byName.get(`=${name}`) ?? byName.get(name.toLowerCase())) : undefined)
  const links: DeclaredLink[] = []
  const add = (asset: number, node: number, attributes: Attributes): void => {
    const [fromNode, toNode] = [indexOf(attributes['node1']), indexOf(attributes['node2'])]
    if (fromNode === undefined || toNode === undefined) return
    const lengthM = attributes['lengthM']
    links.push({ asset, node, fromNode, toNode, device: deviceOf(attributes), ...(typeof lengthM === 'number' && lengthM > 0 && { lengthM }) })
  }
  for (const { asset, attributes } of assets) if (hasNamedEnds(attributes)) add(asset, -1, attributes)
  nodes.forEach((node, n) => {
    if (hasNamedEnds(node.attributes)) add(-1, n, node.attributes)
  })
  return links
}

const hasNamedEnds = (attributes: Attributes): boolean => typeof attributes['node1'] === 'string' && typeof attributes['node2'] === 'string'

function deviceOf(attributes: Attributes): EdgeDevice {
  if (String(attributes['status'] ?? '').toUpperCase() === 'CLOSED') return 'shut'
  const type = attributes['type']
  return type === 'valve' || type === 'pump' ? type : 'none'
}
