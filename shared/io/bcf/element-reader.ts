import { elementsOf, textOf, type XmlElement } from './xml-tree.ts'

/** What an element holds beyond the fields of its model: written back with it, so that nothing foreign is lost. */
export interface Rest {
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Text between elements, where none belongs. */
  readonly text: string
  /** Text elements that carry attributes or markup, by `leafKey`: written as they were while their text is the same. */
  readonly leaves: ReadonlyMap<string, XmlElement>
  /** Of elements that only hold a list or a value, by name. */
  readonly wrappers: ReadonlyMap<string, Rest>
}

export const leafKey = (name: string, text: string): string => `${name}\n${text}`

/** Takes an element apart field by field; what was not asked for is its `rest()`. */
export class ElementReader {
  readonly element: XmlElement
  readonly #left: Set<XmlElement>
  readonly #attributes: Map<string, string>
  readonly #leaves = new Map<string, XmlElement>()
  readonly #wrappers = new Map<string, ElementReader>()

  constructor(element: XmlElement) {
    this.element = element
    this.#left = new Set(elementsOf(element))
    this.#attributes = new Map(element.attributes)
  }

  /** Value of the first of these attributes that is there. */
  attribute(...names: string[]): string | undefined {
    for (const name of names) {
      const value = this.#attributes.get(name)
      if (value === undefined) continue
      this.#attributes.delete(name)
      return value
    }
    return undefined
  }

  /** Text of the first child of that name. A second one stays in the rest. */
  text(name: string): string | undefined {
    return this.#takeText(this.#first(name))
  }

  texts(name: string): string[] {
    return this.#all(name).map(child => this.#takeText(child)!)
  }

  child(name: string): ElementReader | undefined {
    const child = this.#first(name)
    if (child) this.#left.delete(child)
    return child && new ElementReader(child)
  }

  children(name: string): ElementReader[] {
    return this.#all(name).map(child => {
      this.#left.delete(child)
      return new ElementReader(child)
    })
  }

  /** A child that has no model of its own: its rest goes with this element's. */
  wrapper(name: string): ElementReader | undefined {
    const child = this.child(name)
    if (child) this.#wrappers.set(name, child)
    return child
  }

  /** Call last. Undefined where nothing is left. */
  rest(): Rest | undefined {
    const children = [...this.#left]
    const text = children.length < this.element.nodes.length ? textOf(this.element) : ''
    const wrappers = new Map<string, Rest>()
    for (const [name, reader] of this.#wrappers) {
      const rest = reader.rest()
      if (rest) wrappers.set(name, rest)
    }
    if (this.#attributes.size + children.length + text.trim().length + this.#leaves.size + wrappers.size === 0) return undefined
    return { attributes: this.#attributes, children, text, leaves: this.#leaves, wrappers }
  }

  #first(name: string): XmlElement | undefined {
    for (const child of this.#left) if (child.name === name) return child
    return undefined
  }

  #all(name: string): XmlElement[] {
    return [...this.#left].filter(child => child.name === name)
  }

  #takeText(child: XmlElement | undefined): string | undefined {
    if (!child) return undefined
    this.#left.delete(child)
    const text = textOf(child)
    if (child.attributes.size > 0 || child.nodes.some(node => typeof node !== 'string')) this.#leaves.set(leafKey(child.name, text), child)
    return text
  }
}
