import { SourceRefused } from './issue-log.ts'

/** Text of a source as UTF-8 without byte order mark, and what it was written in. */
export interface Utf8Text {
  readonly bytes: Uint8Array
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252'
}

/** Decoded piece by piece, so that a file of hundreds of megabytes never stands in memory as one string. */
const CHUNK_BYTES = 1 << 20

/**
 * Turns the bytes of a text format into UTF-8. Order of trial: byte order mark; NUL bytes that give UTF-16 away; strict
 * UTF-8; GB18030 (the Chinese standard, a superset of GBK and GB2312); Windows-1252, which accepts anything.
 * @throws SourceRefused text of none of these (a NUL-ridden or broken UTF-16 file).
 */
export function toUtf8(bytes: Uint8Array): Utf8Text {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { bytes: transcode(bytes, 'utf-16le'), encoding: 'utf-16le' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { bytes: transcode(bytes, 'utf-16be'), encoding: 'utf-16be' }
  if (bytes[0] !== 0 && bytes[1] === 0) return { bytes: transcode(bytes, 'utf-16le'), encoding: 'utf-16le' }
  if (bytes[0] === 0 && bytes[1] !== 0) return { bytes: transcode(bytes, 'utf-16be'), encoding: 'utf-16be' }
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const encoding = guessEncoding(bytes)
  return encoding === 'utf-8' ? { bytes: bytes.subarray(start), encoding } : { bytes: transcode(bytes, encoding), encoding }
}

/** Encoding of bytes without a mark of their own: strict UTF-8, else GB18030 where it looks Chinese, else Windows-1252. */
export function guessEncoding(bytes: Uint8Array): 'utf-8' | 'gb18030' | 'windows-1252' {
  return isUtf8(bytes) ? 'utf-8' : looksChinese(bytes) ? 'gb18030' : 'windows-1252'
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/**
 * GB18030 or a Western single-byte text? In Chinese text nearly every lead byte is followed by a byte from A1 on
 * (GB 2312's range); an accented letter in a Western text is followed by a plain letter.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let [pairs, lone] = [0, 0]
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue
    if ((bytes[i + 1] ?? 0) >= 0xa1) {
      pairs++
      i++
    } else lone++
  }
  return pairs > lone
}

function transcode(bytes: Uint8Array, encoding: Exclude<Utf8Text['encoding'], 'utf-8'>): Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  let length = 0
  const push = (text: string) => {
    const part = encoder.encode(text)
    parts.push(part)
    length += part.length
  }
  try {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) push(decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true }))
    push(decoder.decode())
  } catch {
    throw new SourceRefused('encoding', { encoding })
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
