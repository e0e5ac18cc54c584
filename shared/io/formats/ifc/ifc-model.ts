import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { StepFile } from './step-file.ts'
import { unscrambled, type StepValue } from './step-values.ts'

/** Far beyond what an honest model unfolds to, which is about one visit for every few instances. */
const VISITS = { least: 50_000, perInstance: 20 } as const

/** Attribute access over a STEP file by position, with the types IFC's schemas give them; nothing here throws on bad data. */
export class IfcModel {
  readonly step: StepFile
  readonly #log: IssueLog
  readonly #file: string
  #toldEncoding = false
  #visits = 0

  constructor(step: StepFile, file: string, log: IssueLog) {
    this.step = step
    this.#file = file
    this.#log = log
  }

  /** Counts a shape that is followed: shapes made of shapes can be few in the file and countless unfolded. @throws SourceRefused */
  visit(): void {
    const limit = VISITS.least + VISITS.perInstance * this.step.size
    if (++this.#visits > limit) throw new SourceRefused('outside_limits', { problem: 'nested_shapes', limit })
  }

  attribute(id: number, index: number): StepValue {
    return this.step.argumentsOf(id)[index] ?? null
  }

  /** Instance an attribute refers to; 0 where it refers to none. */
  reference(id: number, index: number): number {
    return referenceOf(this.attribute(id, index))
  }

  references(id: number, index: number): number[] {
    const value = this.attribute(id, index)
    return Array.isArray(value) ? (value as readonly StepValue[]).map(referenceOf).filter(ref => ref !== 0) : []
  }

  number(id: number, index: number): number | null {
    return numberOf(this.attribute(id, index))
  }

  numbers(id: number, index: number): number[] {
    const value = this.attribute(id, index)
    return Array.isArray(value) ? (value as readonly StepValue[]).map(numberOf).filter(number => number !== null) : []
  }

  text(id: number, index: number): string {
    const value = this.attribute(id, index)
    return typeof value === 'string' ? this.mended(value) : ''
  }

  /** Word of an enumeration; empty where there is none. */
  word(id: number, index: number): string {
    const value = this.attribute(id, index)
    return value !== null && typeof value === 'object' && 'word' in value ? value.word : ''
  }

  /** A text as it was meant: letters that are the bytes of others are put together, and that is told once. */
  mended(text: string): string {
    const meant = unscrambled(text)
    if (meant === null) return text
    if (!this.#toldEncoding) this.#log.add('encoding', 'warning', this.#file, { problem: 'utf8_as_latin1', read: text.slice(0, 40), meant: meant.slice(0, 40) })
    this.#toldEncoding = true
    return meant
  }
}

export const referenceOf = (value: StepValue): number => (value !== null && typeof value === 'object' && 'ref' in value ? value.ref : 0)

export function numberOf(value: StepValue): number | null {
  const inner = value !== null && typeof value === 'object' && 'type' in value ? value.value : value
  return typeof inner === 'number' && Math.abs(inner) <= 1e12 ? inner : null
}

/** Attribute positions that hold from IFC2x3 to IFC4.3. */
export const ATTRIBUTE = { globalId: 0, name: 2, description: 3, objectType: 4, placement: 5, representation: 6, tag: 7, predefinedType: 8 } as const
