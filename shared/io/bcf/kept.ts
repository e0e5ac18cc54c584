import { elementsOf, textOf, type XmlElement } from './xml-tree.ts'

/**
 * What a version has no place for is kept in a file of its own beside it and put back by reading: elements and attributes
 * in the form of the version that knows them, under a key that says where they belong. With them what was filled in
 * because the version demands it, which reading takes out again, and which files were moved or made.
 */
export const KEPT_FILE = 'underplan-kept.xml'

export interface KeptPart {
  readonly attributes: Map<string, string>
  readonly elements: XmlElement[]
  /** Attributes and plain elements added by us, with the value they were given. */
  readonly filledAttributes: Map<string, string>
  readonly filledElements: XmlElement[]
}

export interface Kept {
  readonly parts: Map<string, KeptPart>
  /** Where files stand now and where they stood. */
  readonly moved: { readonly from: string; readonly to: string }[]
  /** Files made by us, with the checksum of what we wrote: one that was changed since is not ours. */
  readonly made: { readonly path: string; readonly crc: string }[]
}

export const emptyKept = (): Kept => ({ parts: new Map(), moved: [], made: [] })

/** The part under that key, made where there is none. */
export function partOf(kept: Kept, key: string): KeptPart {
  let part = kept.parts.get(key)
  if (!part) kept.parts.set(key, (part = { attributes: new Map(), elements: [], filledAttributes: new Map(), filledElements: [] }))
  return part
}

/** Null where nothing had to be kept. */
export function writeKept(kept: Kept): XmlElement | null {
  if (kept.parts.size + kept.moved.length + kept.made.length === 0) return null
  const element = (name: string, attributes: Record<string, string>, nodes: XmlElement[] = []): XmlElement => ({ name, attributes: new Map(Object.entries(attributes)), nodes })
  const values = (name: string, from: ReadonlyMap<string, string>) => [...from].map(([key, value]) => element(name, { Name: key, Value: value }))
  const parts = [...kept.parts].map(([key, part]) => element('Part', { Of: key }, [
    ...values('Attribute', part.attributes),
    ...values('FilledAttribute', part.filledAttributes),
    ...(part.elements.length > 0 ? [element('Elements', {}, part.elements)] : []),
    ...(part.filledElements.length > 0 ? [element('FilledElements', {}, part.filledElements)] : []),
  ]))
  const moved = kept.moved.map(({ from, to }) => element('Moved', { From: from, To: to }))
  const made = kept.made.map(({ path, crc }) => element('Made', { Path: path, Crc32: crc }))
  return element('Kept', { Format: '1' }, [...parts, ...moved, ...made])
}

/** Takes what it knows; a file that is not of our making says nothing. */
export function readKept(root: XmlElement): Kept {
  const kept = emptyKept()
  if (root.name !== 'Kept') return kept
  for (const entry of elementsOf(root)) {
    const value = (name: string): string => entry.attributes.get(name) ?? ''
    if (entry.name === 'Moved') kept.moved.push({ from: value('From'), to: value('To') })
    else if (entry.name === 'Made') kept.made.push({ path: value('Path'), crc: value('Crc32') })
    else if (entry.name === 'Part') readPart(entry, partOf(kept, value('Of')))
  }
  return kept
}

function readPart(entry: XmlElement, part: KeptPart): void {
  for (const child of elementsOf(entry)) {
    const [name, value] = [child.attributes.get('Name') ?? '', child.attributes.get('Value') ?? '']
    if (child.name === 'Attribute') part.attributes.set(name, value)
    else if (child.name === 'FilledAttribute') part.filledAttributes.set(name, value)
    else if (child.name === 'Elements') part.elements.push(...elementsOf(child))
    else if (child.name === 'FilledElements') part.filledElements.push(...elementsOf(child))
  }
}

/**
 * The tree with what was kept put back and what was filled in taken out, before the model is read from it.
 * @param base Key of what the file is about: `topic/G`, `topic/G/view/V`, `project` …
 */
export function restoreKept(root: XmlElement, base: string, kept: Kept): XmlElement {
  if (kept.parts.size === 0) return root
  const counts = new Map<string, number>()
  const restore = (element: XmlElement, parent: string): XmlElement => {
    const key = keyOf(element, parent, base, counts)
    const part = key === null ? undefined : kept.parts.get(key)
    const nodes = element.nodes.map(node => (typeof node === 'string' ? node : restore(node, element.name)))
    return part ? merge({ ...element, nodes }, part) : { ...element, nodes }
  }
  return restore(root, '')
}

/** Key of the part that belongs to an element; null for one that nothing is kept for. */
function keyOf({ name, attributes }: XmlElement, parent: string, base: string, counts: Map<string, number>): string | null {
  const guid = attributes.get('Guid')
  const byGuid = (word: string): string | null => (guid === undefined ? null : `${base}/${word}/${guid}`)
  const byNumber = (word: string): string => {
    const n = counts.get(word) ?? 0
    counts.set(word, n + 1)
    return `${base}/${word}/${n}`
  }
  switch (name) {
    case 'Topic': return parent === 'Markup' ? base : null
    case 'Comment': return byGuid('comment')
    case 'ViewPoint': case 'Viewpoints': return byGuid('viewpoint')
    case 'DocumentReference': return byGuid('document')
    case 'File': return byNumber('file')
    case 'BimSnippet': return byNumber('snippet')
    case 'Components': return parent === 'VisualizationInfo' ? `${base}/components` : null
    case 'PerspectiveCamera': case 'OrthogonalCamera': return byNumber('camera')
    case 'Project': return `${base}/project`
    case 'ProjectExtension': case 'ProjectInfo': case 'Extensions': case 'DocumentInfo': return base
    default: return null
  }
}

/** Elements of which one may be kept although others of the name stand there. */
const REPEATED = new Set(['BimSnippet'])

function merge(element: XmlElement, part: KeptPart): XmlElement {
  const attributes = new Map(element.attributes)
  for (const [name, value] of part.filledAttributes) if (attributes.get(name) === value) attributes.delete(name)
  for (const [name, value] of part.attributes) if (!attributes.has(name)) attributes.set(name, value)
  const isFilled = (node: XmlElement): boolean =>
    part.filledElements.some(filled => filled.name === node.name && textOf(filled) === textOf(node) && sameAttributes(filled, node) && elementsOf(node).length === 0)
  const nodes = element.nodes.filter(node => typeof node === 'string' || !isFilled(node))
  // A value that came back in the meantime counts, not the one set aside.
  const added = part.elements.filter(kept => REPEATED.has(kept.name) || !nodes.some(node => typeof node !== 'string' && node.name === kept.name))
  return { ...element, attributes, nodes: [...nodes, ...added] }
}

const sameAttributes = (a: XmlElement, b: XmlElement): boolean => a.attributes.size === b.attributes.size && [...a.attributes].every(([name, value]) => b.attributes.get(name) === value)
