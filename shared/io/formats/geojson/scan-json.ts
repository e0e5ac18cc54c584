import { SourceRefused } from '../../issue-log.ts'

/** What a scan reports; positions are bytes[start … end). */
export interface JsonVisitor {
  /** An element of a top-level object's `features` array. */
  feature(start: number, end: number): void
  /** Another member of a top-level object. */
  member(key: string, start: number, end: number): void
  /** A top-level value has ended; it was an object with a `features` array, or not. */
  document(start: number, end: number, hadFeatures: boolean): void
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d]
const [COMMA, COLON] = [0x2c, 0x3a]
/** Starts each text of an RFC 8142 sequence. */
const RECORD_SEPARATOR = 0x1e
/** Longest member name that can matter here. */
const MAX_KEY_BYTES = 200

/**
 * Walks over UTF-8 JSON without building it: finds the features of a collection (or the values of a sequence, one per
 * line or RFC 8142) by their byte ranges, so that each is parsed alone and memory stays bounded by the largest one.
 * Checks only what finding the ranges needs (strings, brackets, separators, depth); parsing a range checks the rest.
 * @throws SourceRefused `schema_invalid` with the byte where it stopped making sense; `outside_limits` too deep.
 */
export function scanJson(bytes: Uint8Array, maxDepth: number, visitor: JsonVisitor): void {
  const length = bytes.length
  const closers = new Uint8Array(maxDepth)

  const refuse = (at: number): never => {
    throw new SourceRefused('schema_invalid', at >= length ? { problem: 'truncated', byte: length } : { problem: 'syntax', byte: at, line: lineOf(bytes, at) })
  }
  const skipSpace = (at: number): number => {
    while (at < length && isSpace(bytes[at]!)) at++
    return at
  }
  const skipString = (at: number): number => {
    for (let i = at + 1; i < length; i++) {
      const byte = bytes[i]!
      if (byte === QUOTE) return i + 1
      if (byte === BACKSLASH) i++
    }
    return refuse(length)
  }
  const skipValue = (at: number): number => {
    const first = bytes[at]
    if (first === QUOTE) return skipString(at)
    if (first === OPEN_OBJECT || first === OPEN_ARRAY) return skipNested(at)
    let end = at
    while (end < length && !isEndOfScalar(bytes[end]!)) end++
    return end === at ? refuse(at) : end
  }
  const skipNested = (at: number): number => {
    let depth = 0
    for (let i = at; i < length; i++) {
      const byte = bytes[i]!
      if (byte === QUOTE) i = skipString(i) - 1
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (depth === maxDepth) throw new SourceRefused('outside_limits', { problem: 'depth', limit: maxDepth, byte: i })
        closers[depth++] = byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (closers[--depth] !== byte) return refuse(i)
        if (depth === 0) return i + 1
      }
    }
    return refuse(length)
  }
  /** After a member or element: the position behind a comma, or -1 - position behind the closer. */
  const afterItem = (at: number, closer: number): number => {
    const next = skipSpace(at)
    if (bytes[next] === closer) return -1 - (next + 1)
    if (bytes[next] !== COMMA) return refuse(next)
    return skipSpace(next + 1)
  }
  const walkFeatures = (at: number): number => {
    let item = skipSpace(at + 1)
    if (bytes[item] === CLOSE_ARRAY) return item + 1
    for (;;) {
      const end = skipValue(item)
      visitor.feature(item, end)
      item = afterItem(end, CLOSE_ARRAY)
      if (item < 0) return -1 - item
    }
  }
  const walkObject = (at: number): { end: number; hadFeatures: boolean } => {
    let hadFeatures = false
    let item = skipSpace(at + 1)
    if (bytes[item] === CLOSE_OBJECT) return { end: item + 1, hadFeatures }
    for (;;) {
      if (bytes[item] !== QUOTE) return refuse(item)
      const keyEnd = skipString(item)
      const key = keyEnd - item > MAX_KEY_BYTES ? '' : decoder.decode(bytes.subarray(item + 1, keyEnd - 1))
      const colon = skipSpace(keyEnd)
      if (bytes[colon] !== COLON) return refuse(colon)
      const value = skipSpace(colon + 1)
      let end: number
      if (key === 'features' && bytes[value] === OPEN_ARRAY) {
        end = walkFeatures(value)
        hadFeatures = true
      } else {
        end = skipValue(value)
        visitor.member(key, value, end)
      }
      item = afterItem(end, CLOSE_OBJECT)
      if (item < 0) return { end: -1 - item, hadFeatures }
    }
  }

  let at = skipSpace(0)
  while (at < length) {
    if (bytes[at] === OPEN_ARRAY) {
      // Well formed as far as a scan sees, yet no GeoJSON: that is another thing to mend than a slip of syntax.
      skipValue(at)
      throw new SourceRefused('schema_invalid', { problem: 'not_geojson', type: '' })
    }
    if (bytes[at] !== OPEN_OBJECT) refuse(at)
    const { end, hadFeatures } = walkObject(at)
    visitor.document(at, end, hadFeatures)
    at = skipSpace(end)
  }
}

const decoder = new TextDecoder('utf-8')

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === RECORD_SEPARATOR
const isEndOfScalar = (byte: number): boolean =>
  isSpace(byte) || byte === COMMA || byte === COLON || byte === QUOTE || byte === OPEN_OBJECT || byte === CLOSE_OBJECT || byte === OPEN_ARRAY || byte === CLOSE_ARRAY

function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1
  for (let i = 0; i < at; i++) if (bytes[i] === 0x0a) line++
  return line
}
