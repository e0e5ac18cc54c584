import type { Attributes } from '../../twin/asset.ts'
import type { IssueLog } from '../issue-log.ts'

const MAX_TEXT = 200

/** Reads the properties of one canonical feature. A value that does not fit is told and left out, never replaced in silence. */
export class CanonicalValues {
  private readonly properties: Attributes
  private readonly ref: string
  private readonly log: IssueLog

  constructor(properties: Attributes, ref: string, log: IssueLog) {
    this.properties = properties
    this.ref = ref
    this.log = log
  }

  private raw(property: string): unknown {
    const value = Object.hasOwn(this.properties, property) ? this.properties[property] : null
    return value === '' ? null : value
  }

  private invalid(property: string, value: unknown): void {
    this.log.add('property_invalid', 'warning', this.ref, { property, value: String(value).slice(0, 50) })
  }

  /** A finite number in low … high; a number written as text is taken. Undefined where absent or told as invalid. */
  number(property: string, low: number, high: number): number | undefined {
    const raw = this.raw(property)
    if (raw === null) return undefined
    const value = typeof raw === 'number' ? raw : typeof raw === 'string' && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(raw) ? Number(raw) : NaN
    if (value >= low && value <= high) return value
    this.invalid(property, raw)
    return undefined
  }

  /** A length above 0 and up to 100 m. Zero stands for unknown; beyond 20 m the unit is suspect, and told. */
  size(property: string): number | undefined {
    const value = this.number(property, 0, 100_000)
    if (value === undefined || value === 0) return undefined
    if (value > 20) this.log.add('unit_suspect', 'warning', this.ref, { property, value })
    return value <= 100 ? value : undefined
  }

  /** One of a closed list. */
  choice<T extends string>(property: string, values: readonly T[]): T | undefined {
    const raw = this.raw(property)
    if (raw === null) return undefined
    if ((values as readonly unknown[]).includes(raw)) return raw as T
    this.invalid(property, raw)
    return undefined
  }

  text(property: string): string {
    const raw = this.raw(property)
    if (raw === null) return ''
    const text = String(raw).trim()
    if (text.length > MAX_TEXT) this.invalid(property, text)
    return text.slice(0, MAX_TEXT)
  }
}
