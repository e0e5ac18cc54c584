import type { Attributes } from '../../../twin/asset.ts'
import { canonicalFeature } from '../../canonical/canonical-feature.ts'
import type { SourceFeature } from '../../source.ts'
import { childText, descendants, numberOr, type XmlNode } from '../../xml/read-xml.ts'
import type { LandXmlUnits } from './landxml-units.ts'
import { pointOf, type PipeNetwork } from './pipe-network.ts'

/** Pieces of lines and structures of our own export; what is not told as such is left to the general reader. */
export interface OwnNetwork {
  readonly features: readonly SourceFeature[]
  readonly rest: PipeNetwork
}

/**
 * Takes back what `writeLandXml` wrote: the straight pipes of one line (property `line`) as one axis with the level of each
 * vertex, nodes by their canonical properties. Connections at bends belong to the lines and are no nodes.
 */
export function ownNetwork(network: PipeNetwork, units: LandXmlUnits, file: string): OwnNetwork {
  const structs = new Map(network.structs.map(node => [node.attributes['name'] ?? '', node]))
  const features: SourceFeature[] = []
  const pieces = Map.groupBy(network.pipes, pipe => wordOf(pipe, 'line'))
  const strange: XmlNode[] = [...(pieces.get('') ?? [])]
  let count = 0
  for (const [line, parts] of pieces) {
    if (line === '') continue
    const axis = axisOf(parts, structs, units)
    const feature = axis && canonicalFeature({ id: null, ref: `${file}:lines#${++count}`, geometry: 'line', parts: [axis] }, wordsOf(parts[0]!))
    if (feature) features.push(feature)
    else strange.push(...parts)
  }
  const others = network.structs.filter((node, i) => {
    const words = wordsOf(node)
    if (words['id'] === undefined) return node.children.every(child => child.name !== 'Connection')
    const place = pointOf(childText(node, 'Center'), units)
    const rimM = numberOr(node.attributes['elevRim'])
    const feature = place && rimM !== null ? canonicalFeature({ id: null, ref: `${file}:points#${i + 1}`, geometry: 'point', parts: [[[place[0]!, place[1]!, rimM]]] }, words) : null
    if (feature) features.push(feature)
    return !feature
  })
  return { features, rest: { ...network, pipes: strange, structs: strange.length > 0 ? network.structs : others } }
}

/** Axis through the pieces of a line, level by level: the inverts of our files are the outside bottom. */
function axisOf(parts: readonly XmlNode[], structs: ReadonlyMap<string, XmlNode>, units: LandXmlUnits): number[][] | null {
  const axis: number[][] = []
  for (const pipe of parts) {
    const shape = pipe.children.find(child => /Pipe$/.test(child.name))
    const heightM = numberOr(shape?.attributes['diameter']) ?? numberOr(shape?.attributes['height'])
    for (const [end, direction] of [['refStart', 'out'], ['refEnd', 'in']] as const) {
      const struct = structs.get(pipe.attributes[end] ?? '')
      const invert = struct?.children.find(child => child.name === 'Invert' && child.attributes['refPipe'] === pipe.attributes['name'] && child.attributes['flowDir'] === direction)
      const place = struct ? pointOf(childText(struct, 'Center'), units) : null
      const levelM = numberOr(invert?.attributes['elev'])
      if (!place || levelM === null || heightM === null) return null
      if (axis.length === 0 || direction === 'in') axis.push([place[0]!, place[1]!, levelM + heightM / 2])
    }
  }
  return axis
}

const wordOf = (node: XmlNode, label: string): string => descendants(node, 'Property').find(({ attributes }) => attributes['label'] === label)?.attributes['value'] ?? ''

/** Canonical properties beside the element; yes and no as such, all else as text. */
function wordsOf(node: XmlNode): Attributes {
  const labelled = descendants(node, 'Property').map(({ attributes }): [string, string | boolean] => {
    const value = attributes['value'] ?? ''
    return [attributes['label'] ?? '', value === 'true' ? true : value === 'false' ? false : value]
  })
  return Object.fromEntries(labelled.filter(([label]) => label !== '' && label !== 'line' && label !== '__proto__'))
}
