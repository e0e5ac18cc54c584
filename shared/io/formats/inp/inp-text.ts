import type { JobControl } from '../../../core/job.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { ImportLimits } from '../../source.ts'

/** One data line of a section. */
export interface InpRow {
  readonly line: number
  readonly words: readonly string[]
}

/** Sections by upper-case name, in the order of the file; a section that occurs twice continues. */
export type InpSections = ReadonlyMap<string, readonly InpRow[]>

/** Longest line either program reads is 1024 characters; anything much longer is no .inp. */
const MAX_LINE = 100_000
const PROGRESS_EVERY = 8192
const decoder = new TextDecoder('utf-8')

/**
 * Splits an EPANET or SWMM input file into sections and words. `;` begins a comment, `"` encloses a word with blanks.
 * @throws SourceRefused no section at all, or beyond a limit.
 */
export function readSections(bytes: Uint8Array, name: string, limits: ImportLimits, job: JobControl, log: IssueLog): InpSections {
  const sections = new Map<string, InpRow[]>()
  let rows: InpRow[] | null = null
  let [line, count, start] = [0, 0, 0]
  let strays = 0
  while (start < bytes.length) {
    let end = bytes.indexOf(10, start)
    if (end < 0) end = bytes.length
    line++
    if (end - start > MAX_LINE) throw new SourceRefused('schema_invalid', { problem: 'line_too_long', line })
    const text = decoder.decode(bytes.subarray(start, end)).trim()
    start = end + 1
    if (line % PROGRESS_EVERY === 0) {
      job.progress(start / bytes.length, 'import:stage.reading')
      job.throwIfCancelled()
    }
    if (text.startsWith('[')) {
      const section = text.slice(1).split(/[\];\s]/, 1)[0]!.toUpperCase()
      rows = sections.get(section) ?? []
      sections.set(section, rows)
      continue
    }
    const words = wordsOf(text)
    if (words.length === 0) continue
    if (!rows) {
      strays++
      continue
    }
    if (++count > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
    rows.push({ line, words })
  }
  if (sections.size === 0) throw new SourceRefused('schema_invalid', { problem: line === 0 ? 'empty' : 'no_sections' })
  if (strays > 0) log.add('schema_invalid', 'warning', name, { problem: 'lines_before_sections', lines: strays })
  return sections
}

function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [, quoted, plain] of text.replace(/;.*/, '').matchAll(/"([^"]*)"|(\S+)/g)) words.push(quoted ?? plain!)
  return words
}

/** A word as a finite number; null where it is none. */
export function numberIn(word: string | undefined): number | null {
  const value = word === undefined || word === '' ? NaN : Number(word)
  return Number.isFinite(value) ? value : null
}

/** Value of an option, upper case; undefined where it is not set. */
export const optionOf = (sections: InpSections, section: string, name: string): string | undefined =>
  sections.get(section)?.find(row => row.words[0]!.toUpperCase() === name)?.words[1]?.toUpperCase()
