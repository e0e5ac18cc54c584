import { leafKey, type Rest } from './element-reader.ts'
import { emptyKept, partOf, type Kept } from './kept.ts'
import type { BcfArchive, WrittenVersion } from './model.ts'
import type { BcfNotice, BcfNoticeCode } from './refused.ts'
import type { XmlElement } from './xml-tree.ts'

type Attributes = Readonly<Record<string, string | undefined>>
type Nodes = readonly (XmlElement | undefined)[]

/**
 * Builds the elements of one version. What has no place in it is kept aside and what it demands is filled in, both
 * under the key of the element (`kept.ts`).
 */
export class ElementWriter {
  readonly target: WrittenVersion
  /** The archive comes from another version, now or in an earlier conversion. */
  readonly isConverted: boolean
  readonly kept: Kept = emptyKept()
  readonly notices: BcfNotice[] = []

  constructor(target: WrittenVersion, { version, isRestored }: BcfArchive) {
    this.target = target
    this.isConverted = version !== target || isRestored === true
  }

  get is30(): boolean {
    return this.target === '3.0'
  }

  element(name: string, attributes: Attributes, nodes: Nodes, rest?: Rest): XmlElement {
    const all = new Map<string, string>()
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) all.set(key, value)
    for (const [key, value] of rest?.attributes ?? []) if (!all.has(key)) all.set(key, value)
    const children: (XmlElement | string)[] = nodes.filter(node => node !== undefined)
    children.push(...(rest?.children ?? []))
    if (rest && rest.text.trim() !== '') children.push(rest.text)
    return { name, attributes: all, nodes: children }
  }

  /** The root of a file. Hints at the schema of the version it was read from do not hold for another. */
  root(name: string, attributes: Attributes, nodes: Nodes, rest?: Rest): XmlElement {
    const root = this.element(name, attributes, nodes, rest)
    if (!this.isConverted) return root
    return { ...root, attributes: new Map([...root.attributes].filter(([key]) => !/(^|:)(noNamespaceS|s)chemaLocation$/.test(key))) }
  }

  /** A text element; undefined where the text is. */
  text(name: string, value: string | undefined, rest?: Rest): XmlElement | undefined {
    if (value === undefined) return undefined
    return rest?.leaves.get(leafKey(name, value)) ?? { name, attributes: new Map(), nodes: value === '' ? [] : [value] }
  }

  /** A text that need not be there: version 3.0 has none that are empty. */
  optional(key: string, name: string, value: string | undefined, rest?: Rest): XmlElement | undefined {
    const element = this.text(name, value, rest)
    if (!element || !this.is30 || !this.isConverted || value!.trim() !== '') return element
    this.keepElement(key, element)
    return undefined
  }

  /** A list in an element of its own; undefined where the list is, or where it is empty and the version has no empty ones. */
  list(name: string, items: Nodes | undefined, rest: Rest | undefined, mayBeEmpty: boolean): XmlElement | undefined {
    const own = rest?.wrappers.get(name)
    if (!items || (items.length === 0 && !mayBeEmpty && !own)) return undefined
    return this.element(name, {}, items, own)
  }

  /** Versions 2 have no element around most lists: what else such an element held is kept aside, or stays if it was foreign before. */
  foreignList(key: string, name: string, rest: Rest | undefined): XmlElement | undefined {
    const own = rest?.wrappers.get(name)
    const element = own && this.element(name, {}, [], own)
    if (!this.isConverted) return element
    this.keepElement(key, element)
    return undefined
  }

  /** A guid of an IFC model and the like: an empty one is no value in any version, though tools write it. */
  attribute(key: string, name: string, value: string | undefined): string | undefined {
    if (value !== '' || !this.isConverted) return value
    this.keepAttribute(key, name, value)
    return undefined
  }

  /** What the version demands and the archive does not say. */
  fillAttribute(key: string, name: string, value: string | undefined, filler: string): string {
    if (value !== undefined && (value.trim() !== '' || !this.is30)) return value
    if (!this.isConverted) return value ?? filler
    if (value !== undefined) this.keepAttribute(key, name, value)
    partOf(this.kept, key).filledAttributes.set(name, filler)
    this.notice('filled_in', `${key} ${name}`)
    return filler
  }

  fillElement(key: string, element: XmlElement): XmlElement {
    partOf(this.kept, key).filledElements.push(element)
    this.notice('filled_in', `${key} ${element.name}`)
    return element
  }

  keepAttribute(key: string, name: string, value: string): void {
    partOf(this.kept, key).attributes.set(name, value)
    if (value !== '') this.notice('kept_aside', `${key} ${name}`)
  }

  keepElement(key: string, element: XmlElement | undefined): void {
    if (!element) return
    partOf(this.kept, key).elements.push(element)
    if (element.nodes.length + element.attributes.size > 0) this.notice('kept_aside', `${key} ${element.name}`)
  }

  /** The rest without those children, which are kept aside: elements of older versions that the written ones lack. */
  keepChildren(key: string, rest: Rest | undefined, names: readonly string[]): Rest | undefined {
    if (!rest) return rest
    for (const child of rest.children) if (names.includes(child.name)) this.keepElement(key, child)
    return { ...rest, children: rest.children.filter(child => !names.includes(child.name)) }
  }

  notice(code: BcfNoticeCode, ref: string): void {
    this.notices.push({ code, severity: 'info', ref })
  }
}
