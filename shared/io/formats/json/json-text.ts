import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { SourceFile } from '../../source.ts'
import { toUtf8 } from '../../text-encoding.ts'

/** Files of these kinds are models of at most a town: parsed whole. */
const MAX_BYTES = 256 * 1024 * 1024

/** Parses a whole JSON document. @throws SourceRefused not JSON, too large, or not an object. */
export function parseJson(file: SourceFile, log: IssueLog): Record<string, unknown> {
  if (file.bytes.length > MAX_BYTES) throw new SourceRefused('outside_limits', { problem: 'bytes', limit: MAX_BYTES })
  const { bytes, encoding } = toUtf8(file.bytes)
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding })
  const value = parseText(new TextDecoder().decode(bytes))
  if (!isObject(value)) throw new SourceRefused('schema_invalid', { problem: 'not_an_object' })
  return value
}

/** @throws SourceRefused not JSON. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new SourceRefused('schema_invalid', { problem: 'syntax' })
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An own member; never one that every object inherits. */
export const member = (value: unknown, key: string): unknown => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined)

/** True where the first kilobytes of a file hold a word: enough to tell one JSON format from another. */
export const beginsWith = (file: SourceFile | undefined, pattern: RegExp): boolean => file !== undefined && pattern.test(new TextDecoder('latin1').decode(file.bytes.subarray(0, 4096)))
