import { unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'

/**
 * An independent look at an archive, sharing no code with the reader: fflate's own unzip and a plain tree of saxes events.
 */
export interface Tree {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: Tree[]
}

export function unpack(archive: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(archive)).filter(([name]) => !name.endsWith('/')))
}

export function parseTree(bytes: Uint8Array): Tree {
  const parser = new SaxesParser()
  const stack: Tree[] = [{ name: '', attributes: {}, text: '', children: [] }]
  parser.on('opentag', ({ name, attributes }) => {
    const tree: Tree = { name, attributes: { ...attributes }, text: '', children: [] }
    stack.at(-1)!.children.push(tree)
    stack.push(tree)
  })
  parser.on('text', text => {
    stack.at(-1)!.text += text
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  parser.write(new TextDecoder().decode(bytes)).close()
  return stack[0]!.children[0]!
}

export const isXml = (path: string): boolean => /(^|\/)(markup\.bcf|bcf\.version|project\.bcfp|extensions\.xml|documents\.xml)$|\.bcfv$/.test(path)

/** A tree as one text, whatever the order of attributes and children; layout, namespaces and hints at schemas do not count. */
export function canonical(tree: Tree, isDropped: (tree: Tree) => boolean = () => false): string {
  const children = tree.children.map(child => canonical(child, isDropped)).filter(text => text !== '').sort()
  const attributes = Object.entries(tree.attributes).filter(([name]) => !/chemaLocation$|^xmlns/.test(name)).map(([name, value]) => `${name}=${JSON.stringify(value)}`).sort()
  const text = tree.children.length > 0 ? tree.text.trim() : tree.text
  if (isDropped(tree) && children.length + attributes.length === 0 && text === '') return ''
  return `<${tree.name} ${attributes.join(' ')}>${JSON.stringify(text)}${children.join('')}</>`
}

/** Differences between two archives of one version: empty where every element and file is in both. */
export function differences(a: Uint8Array, b: Uint8Array, isDropped?: (tree: Tree) => boolean): string[] {
  const [filesA, filesB] = [unpack(a), unpack(b)]
  const out: string[] = []
  for (const path of new Set([...filesA.keys(), ...filesB.keys()])) {
    const [fileA, fileB] = [filesA.get(path), filesB.get(path)]
    if (!fileA || !fileB) out.push(`${fileA ? 'lost' : 'new'} ${path}`)
    else if (isXml(path)) {
      const [textA, textB] = [canonical(parseTree(fileA), isDropped), canonical(parseTree(fileB), isDropped)]
      if (textA !== textB) out.push(`${path}\n  ${firstDifference(textA, textB)}`)
    } else if (!Buffer.from(fileA).equals(Buffer.from(fileB))) out.push(`bytes of ${path}`)
  }
  return out
}

function firstDifference(a: string, b: string): string {
  let i = 0
  while (a[i] === b[i]) i++
  return `${a.slice(Math.max(0, i - 60), i + 120)}\n  ${b.slice(Math.max(0, i - 60), i + 120)}`
}

/** Elements that only hold a list in one version or the other, by the element around them: looked through. */
const LISTS = new Set(['Header/Files', 'Topic/ReferenceLinks', 'Topic/DocumentReferences', 'Topic/RelatedTopics', 'Topic/Comments', 'Topic/Viewpoints', 'VisualizationInfo/Bitmaps', 'Color/Components'])

/**
 * Everything the topics of an archive say as a multiset of facts, named alike for 2.1 and 3.0: `path of guids and
 * element names = text`. Written from the two schemas, not from our writer.
 */
export function factsOf(archive: Uint8Array): Map<string, number> {
  const facts = new Map<string, number>()
  const add = (fact: string): void => void facts.set(fact, (facts.get(fact) ?? 0) + 1)
  const walk = (tree: Tree, path: string, parent: string): void => {
    if (LISTS.has(`${parent}/${tree.name}`) && tree.attributes['Guid'] === undefined) {
      for (const child of tree.children) walk(child, path, parent)
      return
    }
    const isLabelList = tree.name === 'Labels' && tree.children.length > 0
    if (isLabelList) {
      for (const child of tree.children) walk({ ...child, name: 'Labels' }, path, parent)
      return
    }
    // 3.0 has comments and viewpoints in the topic, hints in the visibility, a format instead of an inner Bitmap.
    const name = tree.name === 'ViewPoint' ? 'Viewpoints' : tree.name === 'Format' || (tree.name === 'Bitmap' && parent === 'Bitmap') ? 'Format' : tree.name
    const isTopLevel = ['Comment', 'Viewpoints'].includes(name) && (parent === 'Topic' || parent === 'Markup')
    const base = isTopLevel ? path.replace(/\/Topic\([^)]*\)$/, '') : name === 'ViewSetupHints' ? path.replace(/\/Visibility$/, '') : path
    const id = name === 'VisualizationInfo' ? undefined : tree.attributes['Guid'] ?? tree.attributes['IfcGuid'] ?? tree.attributes['Color']
    const own = `${base}/${name}${id === undefined ? '' : `(${id})`}`
    for (const [key, value] of Object.entries(tree.attributes)) {
      if (!/^xmlns|chemaLocation$/.test(key)) add(`${own}@${key.replace(/^isExternal$/, 'IsExternal')} = ${value}`)
    }
    if (tree.children.length === 0 && (tree.text.trim() !== '' || Object.keys(tree.attributes).length === 0)) add(`${own} = ${name === 'Format' ? tree.text.toLowerCase() : tree.text}`)
    for (const child of tree.children) walk(child, own, tree.name)
  }
  for (const [path, bytes] of unpack(archive)) if (/markup\.bcf$|\.bcfv$/.test(path)) walk(parseTree(bytes), path, '')
  return facts
}

/** Facts of `a` that `b` has not, or fewer times. */
export function missingFacts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] {
  return [...a].filter(([fact, count]) => (b.get(fact) ?? 0) < count).map(([fact]) => fact).sort()
}
