import type { JobControl } from '../../../core/job.ts'
import { SourceRefused } from '../../issue-log.ts'
import type { ImportLimits } from '../../source.ts'
import { parseStepArguments, type StepValue } from './step-values.ts'

/**
 * The instances of a STEP physical file (ISO 10303-21), found in one pass over the bytes and parsed only when asked for:
 * a model holds millions of which an import needs few.
 */
export class StepFile {
  /** `IFC4X3_ADD2` and the like, upper case; empty where the header does not say. */
  readonly schema: string
  readonly #bytes: Uint8Array
  /** Instance number → where its arguments begin and end. */
  readonly #spans = new Map<number, readonly [type: string, from: number, to: number]>()
  readonly #byType = new Map<string, number[]>()
  readonly #parsed = new Map<number, readonly StepValue[]>()
  readonly #maxDepth: number

  /** @throws SourceRefused not such a file, cut off, or too large. */
  constructor(bytes: Uint8Array, limits: ImportLimits, job: JobControl) {
    this.#bytes = bytes
    this.#maxDepth = limits.maxDepth
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 20_000))
    if (!/^\s*ISO-10303-21\s*;/.test(head)) throw new SourceRefused('schema_invalid', { problem: 'not_step' })
    this.schema = (/FILE_SCHEMA\s*\(\s*\(\s*'([^']{0,60})'/i.exec(head)?.[1] ?? '').toUpperCase()
    this.#scan(limits, job)
  }

  /** Numbers of the instances of a type (upper case), in the order of the file. */
  ofType(type: string): readonly number[] {
    return this.#byType.get(type) ?? []
  }

  get size(): number {
    return this.#spans.size
  }

  types(): IterableIterator<string> {
    return this.#byType.keys()
  }

  typeOf(id: number): string {
    return this.#spans.get(id)?.[0] ?? ''
  }

  /** Arguments of an instance; empty for one that is not there. */
  argumentsOf(id: number): readonly StepValue[] {
    const known = this.#parsed.get(id)
    if (known) return known
    const span = this.#spans.get(id)
    const parsed = span ? parseStepArguments(new TextDecoder().decode(this.#bytes.subarray(span[1], span[2])), this.#maxDepth) : []
    this.#parsed.set(id, parsed)
    return parsed
  }

  #scan(limits: ImportLimits, job: JobControl): void {
    const scan = new StepScan(this.#bytes)
    if (!scan.skipPast('DATA;')) throw new SourceRefused('schema_invalid', { problem: 'step_data' })
    for (let count = 0; ; count++) {
      const instance = scan.next()
      if (instance === null) break
      if (count >= limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'elements', limit: limits.maxVertices })
      if (count % 50_000 === 0) {
        job.progress(scan.at / this.#bytes.length, 'import:stage.reading')
        job.throwIfCancelled()
      }
      const { id, type, from, to } = instance
      this.#spans.set(id, [type, from, to])
      const list = this.#byType.get(type)
      if (list) list.push(id)
      else this.#byType.set(type, [id])
    }
    if (this.#spans.size === 0) throw new SourceRefused('schema_invalid', { problem: 'step_data' })
  }
}

const [HASH, QUOTE, SEMICOLON, SLASH, STAR, OPEN, EQUALS] = [0x23, 0x27, 0x3b, 0x2f, 0x2a, 0x28, 0x3d] as const

/** Walks over `#12= IFCWALL(…);` without looking into the arguments. */
class StepScan {
  at = 0
  readonly #bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Goes behind the first `word` outside texts; false where there is none. */
  skipPast(word: string): boolean {
    const bytes = this.#bytes
    for (; this.at < bytes.length; this.at++) {
      if (this.#skipsCommentOrText()) continue
      let i = 0
      while (i < word.length && bytes[this.at + i] === word.charCodeAt(i)) i++
      if (i < word.length) continue
      this.at += word.length
      return true
    }
    return false
  }

  /** The next instance; null at ENDSEC. @throws SourceRefused the file ends within one. */
  next(): { id: number; type: string; from: number; to: number } | null {
    const bytes = this.#bytes
    for (;;) {
      while (this.at < bytes.length && bytes[this.at] !== HASH && bytes[this.at] !== 0x45) if (!this.#skipsCommentOrText()) this.at++
      if (this.at >= bytes.length) throw new SourceRefused('schema_invalid', { problem: 'step_cut_off' })
      if (bytes[this.at] === 0x45) return null // ENDSEC
      let id = 0
      for (this.at++; bytes[this.at]! >= 0x30 && bytes[this.at]! <= 0x39 && id < 1e12; this.at++) id = 10 * id + bytes[this.at]! - 0x30
      while (bytes[this.at] !== EQUALS && this.at < bytes.length && bytes[this.at] !== SEMICOLON) this.at++
      if (bytes[this.at] !== EQUALS) continue
      const nameFrom = ++this.at
      while (this.at < bytes.length && bytes[this.at] !== OPEN && bytes[this.at] !== SEMICOLON) this.at++
      const type = new TextDecoder('latin1').decode(bytes.subarray(nameFrom, Math.min(this.at, nameFrom + 100))).trim().toUpperCase()
      const from = this.at
      if (!this.#toEndOfInstance()) throw new SourceRefused('schema_invalid', { problem: 'step_cut_off', instance: id })
      return { id, type, from, to: this.at - 1 }
    }
  }

  #toEndOfInstance(): boolean {
    for (; this.at < this.#bytes.length; this.at++) {
      if (this.#skipsCommentOrText()) {
        this.at--
        continue
      }
      if (this.#bytes[this.at] === SEMICOLON) {
        this.at++
        return true
      }
    }
    return false
  }

  /** Goes behind a comment or a text that begins here. */
  #skipsCommentOrText(): boolean {
    const bytes = this.#bytes
    if (bytes[this.at] === QUOTE) {
      const end = bytes.indexOf(QUOTE, this.at + 1)
      this.at = end < 0 ? bytes.length : end + 1
      return true
    }
    if (bytes[this.at] !== SLASH || bytes[this.at + 1] !== STAR) return false
    for (this.at += 2; this.at < bytes.length && !(bytes[this.at - 1] === STAR && bytes[this.at] === SLASH && bytes[this.at - 2] !== SLASH); this.at++);
    this.at++
    return true
  }
}
