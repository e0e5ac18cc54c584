import type { AttributeValue } from '../../../twin/asset.ts'
import { childOf, descendants, numberOr, type XmlNode } from '../../xml/read-xml.ts'

/** Last part of an address or name: `…/Thema/laagspanning` → `laagspanning`. Identifiers keep their points. */
const lastPart = (text: string): string => text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('#')) + 1)

/** The value of a code list entry below an object; empty where it has none. */
export const codeOf = (node: XmlNode, name: string): string => lastPart(childOf(node, name)?.attributes['href'] ?? childOf(node, name)?.text.trim() ?? '')

/** Keys under which a reference may be looked up: as it stands, without `#`, and its last part (KLIP: `urn:…:id`). */
const keysOf = (href: string): string[] => [href.replace(/^#/, ''), href.slice(href.lastIndexOf(':') + 1), lastPart(href)]

/** Ids of the objects a property refers to, or that stand inside it. */
export const refsOf = (node: XmlNode, name: string): string[] =>
  node.children.filter(child => child.name === name).flatMap(child => [child.attributes['href'] ?? '', ...child.children.map(inner => inner.attributes['id'] ?? '')]).filter(id => id !== '')

/** Finds objects by whichever of their names a reference uses: the gml:id, or the local id inside their identifier. */
export class ById {
  private readonly map = new Map<string, XmlNode>()

  add(node: XmlNode): void {
    const local = descendants(node, 'localId')[0]?.text.trim() ?? descendants(node, 'lokaalID')[0]?.text.trim()
    for (const key of [node.attributes['id'], local]) if (key && !this.map.has(key)) this.map.set(key, node)
  }

  find(href: string): XmlNode | undefined {
    return keysOf(href).map(key => this.map.get(key)).find(node => node !== undefined)
  }
}

const UNIT_M: Readonly<Record<string, number>> = { m: 1, dm: 0.1, cm: 0.01, mm: 0.001 }

/**
 * A length of a property in metres by its unit of measure (`urn:ogc:def:uom:OGC::cm`).
 * @returns null where it is void, zero's meaning being left to the caller; `unit` where it is one that is no length.
 */
export function metresIn(node: XmlNode, name: string): { readonly valueM: number | null; readonly strangeUnit?: string } {
  const child = childOf(node, name)
  const value = numberOr(child?.text)
  if (!child || value === null || Math.abs(value) > 1e7) return { valueM: null }
  const unit = /([A-Za-z]*)$/.exec(child.attributes['uom'] ?? '')![1]!
  if (unit === '') return { valueM: null, strangeUnit: 'none' }
  return Object.hasOwn(UNIT_M, unit) ? { valueM: Math.round(value * UNIT_M[unit]! * 1e9) / 1e9 } : { valueM: null, strangeUnit: unit.slice(0, 20) }
}

/** Simple values of an object by their own names, code list values by their last part; what is void is left out. */
export function plainValues(node: XmlNode): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = { class: node.name }
  for (const child of node.children) {
    if (child.children.length > 0 || child.name === '__proto__' || Object.hasOwn(values, child.name)) continue
    const text = child.text.trim()
    const value = text === '' ? lastPart(child.attributes['href'] ?? '') : text
    if (value === '') continue
    const unit = child.attributes['uom']
    values[unit ? `${child.name} (${lastPart(unit).split(':').at(-1)!})` : child.name] = unit && numberOr(value) !== null ? Number(value) : value.slice(0, 1000)
  }
  return values
}
