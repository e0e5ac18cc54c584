import { SaxesParser } from 'saxes'
import type { JobControl } from '../../core/job.ts'
import { SourceRefused, type IssueLog } from '../issue-log.ts'
import type { ImportLimits, SourceFile } from '../source.ts'

/** An element with what is in it. Names are local: prefixes are each writer's own choice. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  /** Its own text, without that of its children. */
  readonly text: string
}

export interface XmlHandler {
  /** An element opens; `path` are the local names of those around it. True: it is wanted whole, with all that is in it. */
  open(name: string, attributes: Readonly<Record<string, string>>, path: readonly string[]): boolean
  /** A wanted element is complete. */
  take(node: XmlNode, path: readonly string[]): void
  /** Text of an element that is not wanted whole, `path` ending in its own name: for documents of more elements than should ever be objects. */
  text?(text: string, path: readonly string[]): void
  /** An element that was not wanted closes. */
  close?(name: string, path: readonly string[]): void
}

interface OpenNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlNode[]
  text: string
}

const CHUNK_BYTES = 1 << 16
/** Elements one wanted element may hold. */
const MAX_NODES = 2_000_000
const ENCODING = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/

/**
 * Reads XML as a stream: only wanted elements are ever whole in memory. Entities beyond XML's own five are an error (no
 * expansion, nothing is fetched), depth is bounded.
 * @throws SourceRefused not well-formed, too deep, or in an encoding that is not known. @throws CancelledError
 */
export function readXml(file: SourceFile, handler: XmlHandler, limits: ImportLimits, job: JobControl, log: IssueLog): void {
  if (file.bytes.length === 0) throw new SourceRefused('schema_invalid', { problem: 'empty' })
  const parser = new SaxesParser({ xmlns: false, position: true })
  const path: string[] = []
  const wanted: OpenNode[] = []
  let nodes = 0
  // Few elements have attributes with prefixes: only theirs are worth copying.
  let isPrefixed = false
  parser.on('attribute', ({ name }) => (isPrefixed ||= name.includes(':')))
  parser.on('error', cause => {
    throw new SourceRefused('schema_invalid', { problem: 'xml', line: parser.line, said: cause.message.replace(/^\d+:\d+: /, '').slice(0, 100) })
  })
  parser.on('opentag', tag => {
    const name = localName(tag.name)
    const attributes = isPrefixed ? localAttributes(tag.attributes) : tag.attributes
    isPrefixed = false
    if (path.length + wanted.length >= limits.maxDepth) throw new SourceRefused('outside_limits', { problem: 'depth', limit: limits.maxDepth })
    if (wanted.length > 0 || handler.open(name, attributes, path)) {
      if (++nodes > MAX_NODES) throw new SourceRefused('outside_limits', { problem: 'elements', limit: MAX_NODES })
      wanted.push({ name, attributes, children: [], text: '' })
    } else path.push(name)
  })
  const addText = (text: string) => {
    const node = wanted.at(-1)
    if (node) node.text += text
    else if (path.length > 0) handler.text?.(text, path)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const node = wanted.pop()
    if (!node) {
      const name = path.pop()!
      handler.close?.(name, path)
    } else if (wanted.length > 0) wanted.at(-1)!.children.push(node)
    else {
      nodes = 0
      handler.take(node, path)
    }
  })
  const decoder = decoderOf(file, log)
  for (let at = 0; at < file.bytes.length; at += CHUNK_BYTES) {
    job.progress(at / file.bytes.length, 'import:stage.reading')
    job.throwIfCancelled()
    parser.write(decoder.decode(file.bytes.subarray(at, at + CHUNK_BYTES), { stream: true }))
  }
  parser.write(decoder.decode())
  parser.close()
}

/** The decoder the declaration asks for; where that is UTF-8 and the bytes are not, the file is refused as it stands. */
function decoderOf(file: SourceFile, log: IssueLog) {
  const [a, b] = file.bytes
  const marked = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null
  const declared = ENCODING.exec(new TextDecoder('latin1').decode(file.bytes.subarray(0, 200)).replace(/^\u00ef\u00bb\u00bf/, ''))?.[1]?.toLowerCase()
  const encoding = marked ?? declared ?? 'utf-8'
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding: encoding.slice(0, 40) })
  try {
    return new TextDecoder(encoding)
  } catch {
    throw new SourceRefused('encoding', { encoding: encoding.slice(0, 40) })
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const localAttributes = (attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), value]))

/** Local name of a document's root element; null where it is no XML. */
export function xmlRoot(bytes: Uint8Array): string | null {
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe
  const head = new TextDecoder(isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes.subarray(0, 8192))
  if (!/^\ufeff?\s*</.test(head)) return null
  const root = /^\ufeff?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?>\s*)*<([A-Za-z_][\w.:-]*)/.exec(head)?.[1]
  return root ? localName(root) : null
}

export const childOf = (node: XmlNode, name: string): XmlNode | undefined => node.children.find(child => child.name === name)

/** Text of a child, trimmed; empty where there is none. */
export const childText = (node: XmlNode, name: string): string => childOf(node, name)?.text.trim() ?? ''

/** Every element below with this name, in the order of the document. */
export function descendants(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap(child => (child.name === name ? [child] : descendants(child, name)))
}

/** Numbers separated by blanks; null where anything else stands among them. */
export function numbersIn(text: string): number[] | null {
  const words = text.trim().split(/\s+/)
  if (words.length === 1 && words[0] === '') return []
  const numbers = words.map(Number)
  return numbers.every(value => Math.abs(value) <= 1e9) ? numbers : null
}

/** A number from an attribute or text; null where there is none. */
export function numberOr(text: string | undefined): number | null {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text)
  return Number.isFinite(value) ? value : null
}
