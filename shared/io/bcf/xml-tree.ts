import { SaxesParser } from 'saxes'
import { BcfRefused } from './refused.ts'

/** An element as written: attributes in order, text and elements in order. Comments and instructions are not kept. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly nodes: readonly (XmlElement | string)[]
}

const [MAX_DEPTH, MAX_ELEMENTS, MAX_CHARACTERS] = [64, 2_000_000, 134_217_728]

/**
 * Reads one XML file. No document type, so no entities but XML's own five.
 * @throws BcfRefused naming the file and the place.
 */
export function parseXml(bytes: Uint8Array, file: string): XmlElement {
  if (bytes.length > MAX_CHARACTERS) throw new BcfRefused('xml_too_large', file)
  const parser = new SaxesParser({ position: true })
  const open: { name: string; attributes: Map<string, string>; nodes: (XmlElement | string)[] }[] = []
  let root: XmlElement | null = null
  let count = 0
  parser.on('error', cause => {
    throw new BcfRefused('xml_broken', file, cause.message)
  })
  parser.on('doctype', () => {
    throw new BcfRefused('xml_doctype', file)
  })
  parser.on('opentag', tag => {
    if (open.length >= MAX_DEPTH) throw new BcfRefused('xml_too_deep', file)
    if (++count > MAX_ELEMENTS) throw new BcfRefused('xml_too_large', file)
    const element = { name: tag.name, attributes: new Map(Object.entries(tag.attributes)), nodes: [] }
    open.at(-1)?.nodes.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => {
    const element = open.pop()!
    // White space between elements is layout; in an element without any it is the text.
    if (element.nodes.some(node => typeof node !== 'string')) element.nodes = element.nodes.filter(node => typeof node !== 'string' || node.trim() !== '')
  })
  const addText = (text: string): void => {
    const nodes = open.at(-1)?.nodes
    if (!nodes) return
    const last = nodes.at(-1)
    if (typeof last === 'string') nodes[nodes.length - 1] = last + text
    else nodes.push(text)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(decode(bytes, file)).close()
  if (!root) throw new BcfRefused('xml_broken', file)
  return root
}

function decode(bytes: Uint8Array, file: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const named = /^[^>]*?encoding\s*=\s*["']([\w-]+)["']/.exec(head)?.[1] ?? 'utf-8'
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : /^utf-?16/i.test(named) ? 'utf-8' : named
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    throw new BcfRefused('xml_broken', file, label)
  }
}

export const elementsOf = (element: XmlElement): XmlElement[] => element.nodes.filter(node => typeof node !== 'string')

/** Text of an element itself, without that of elements in it. */
export const textOf = (element: XmlElement): string => element.nodes.filter(node => typeof node === 'string').join('')

/** Local part of a name, without a prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const encoder = new TextEncoder()

/** The element as a UTF-8 file, indented; texts exactly as they are. */
export function writeXml(root: XmlElement): Uint8Array {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>\n']
  put(root, '', out)
  return encoder.encode(`${out.join('')}\n`)
}

function put({ name, attributes, nodes }: XmlElement, indent: string, out: string[]): void {
  const head = [...attributes].map(([key, value]) => ` ${key}="${escape(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
  out.push('<', name, ...head)
  if (nodes.length === 0) {
    out.push('/>')
    return
  }
  out.push('>')
  const isMixed = nodes.some(node => typeof node === 'string')
  const inner = `${indent}  `
  for (const node of nodes) {
    if (typeof node === 'string') out.push(escape(node))
    else {
      if (!isMixed) out.push('\n', inner)
      put(node, inner, out)
    }
  }
  if (!isMixed) out.push('\n', indent)
  out.push('</', name, '>')
}

/** What no XML file may hold, in names people gave to things: control characters and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** A carriage return would be read back as a line feed. */
function escape(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}
