import type { AttributeValue } from '../../../twin/asset.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import { guessEncoding } from '../../text-encoding.ts'

/** Rows of a dBase table; null for a row marked as deleted. */
export interface DbfTable {
  readonly rows: readonly (Readonly<Record<string, AttributeValue>> | null)[]
}

type Decoder = InstanceType<typeof TextDecoder>

interface DbfField {
  readonly name: string
  readonly type: string
  readonly at: number
  readonly length: number
}

/** Language driver ids of dBase that name an encoding we know. */
const DRIVERS: Readonly<Record<number, string>> = { 0x03: 'windows-1252', 0x57: 'windows-1252', 0x4d: 'gb18030', 0x7a: 'gb18030', 0x4f: 'big5', 0x78: 'big5', 0x7b: 'shift_jis', 0x13: 'shift_jis', 0xc9: 'windows-1251' }
const SAMPLE_BYTES = 1 << 20

/**
 * Reads a .dbf (dBase III to Visual FoxPro, without memo files). The encoding is what the .cpg says, else what the bytes
 * say, else the language driver: writers leave a wrong driver more often than a wrong .cpg.
 * @throws SourceRefused not a dBase table, or cut off within its header.
 */
export function readDbf(bytes: Uint8Array, codePage: string | null, ref: string, log: IssueLog): DbfTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33) throw new SourceRefused('schema_invalid', { problem: 'dbf_truncated' }, ref)
  const [stated, headerLength, rowLength] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)]
  if (headerLength < 33 || headerLength > bytes.length || rowLength < 1) throw new SourceRefused('schema_invalid', { problem: 'dbf_header' }, ref)
  const held = Math.floor((bytes.length - headerLength) / rowLength)
  const count = Math.min(stated, held)
  if (stated > held) log.add('schema_invalid', 'warning', ref, { problem: 'dbf_rows', stated, held })
  const decoder = decoderFor(codePage, bytes, headerLength, ref, log)
  const fields = readFields(bytes, headerLength, rowLength, decoder)
  const rows: (Record<string, AttributeValue> | null)[] = []
  for (let i = 0; i < count; i++) {
    const start = headerLength + i * rowLength
    rows.push(bytes[start] === 0x2a ? null : Object.fromEntries(fields.map(field => [field.name, readValue(bytes, view, start + field.at, field, decoder)])))
  }
  return { rows }
}

function readFields(bytes: Uint8Array, headerLength: number, rowLength: number, decoder: Decoder): DbfField[] {
  const fields: DbfField[] = []
  const names = new Set<string>()
  let at = 1 // the row's first byte is its deletion mark
  for (let i = 32; i + 32 <= headerLength && bytes[i] !== 0x0d; i += 32) {
    const end = bytes.subarray(i, i + 11).indexOf(0)
    const said = decoder.decode(bytes.subarray(i, i + (end < 0 ? 11 : end))).trim() || `field${fields.length + 1}`
    let name = said === '__proto__' ? '_proto_' : said
    for (let n = 2; names.has(name); n++) name = `${said}_${n}` // names are cut to ten bytes, so they can meet
    names.add(name)
    const length = bytes[i + 16]!
    if (at + length > rowLength) break
    fields.push({ name, type: String.fromCharCode(bytes[i + 11]!), at, length })
    at += length
  }
  return fields
}

function readValue(bytes: Uint8Array, view: DataView, at: number, { type, length }: DbfField, decoder: Decoder): AttributeValue {
  if (type === 'I' && length === 4) return view.getInt32(at, true)
  if ((type === 'O' || type === 'B') && length === 8) return finite(view.getFloat64(at, true))
  const text = decoder.decode(bytes.subarray(at, at + length)).replace(/\0.*$/s, '').trim()
  if (text === '' || /^\*+$/.test(text)) return null
  if (type === 'N' || type === 'F') return finite(Number(text))
  if (type === 'L') return /^[YyTt]$/.test(text) ? true : /^[NnFf]$/.test(text) ? false : null
  return text
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

function decoderFor(codePage: string | null, bytes: Uint8Array, headerLength: number, ref: string, log: IssueLog): Decoder {
  const named = codePage?.trim().replace(/^(\d+)$/, (_all, digits: string) => (digits === '936' ? 'gb18030' : digits === '65001' ? 'utf-8' : digits === '950' ? 'big5' : digits === '932' ? 'shift_jis' : `windows-${digits}`)).replace(/^cp(?=936)/i, 'gb').replace(/^gb(k|936)$/i, 'gb18030')
  const guessed = guessEncoding(bytes.subarray(headerLength, headerLength + SAMPLE_BYTES))
  const encoding = named ?? (guessed === 'windows-1252' ? (DRIVERS[bytes[29]!] ?? guessed) : guessed)
  if (named === undefined && encoding !== 'utf-8') log.add('encoding', 'info', ref, { encoding })
  try {
    return new TextDecoder(encoding)
  } catch {
    log.add('encoding', 'warning', ref, { said: encoding.slice(0, 40), read: guessed })
    return new TextDecoder(guessed)
  }
}
