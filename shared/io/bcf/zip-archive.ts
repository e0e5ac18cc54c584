import { inflateSync, zipSync, type Zippable } from 'fflate'
import { BcfRefused } from './refused.ts'

/** Limits against hostile archives. Real ones hold a few hundred topics with pictures. */
export interface ArchiveLimits {
  readonly maxArchiveBytes: number
  readonly maxFiles: number
  readonly maxFileBytes: number
  readonly maxTotalBytes: number
  /** Expanded size over archive size, looked at from 16 MB on: XML shrinks by 20, pictures hardly. */
  readonly maxExpansion: number
}

export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  maxArchiveBytes: 536_870_912, maxFiles: 50_000, maxFileBytes: 268_435_456, maxTotalBytes: 1_073_741_824, maxExpansion: 100,
}

const [END, CENTRAL, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50]
const SMALL_BYTES = 16_777_216

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  readonly offset: number
}

/**
 * Files of a zip archive by their path (`/` between folders; entries of folders are left out), in the archive's order.
 * The whole directory is judged before a byte is expanded, and every checksum is verified.
 * @throws BcfRefused for anything but a plain zip archive within the limits with safe, different names.
 */
export function readZip(archive: Uint8Array, limits: ArchiveLimits): Map<string, Uint8Array> {
  if (archive.length > limits.maxArchiveBytes) throw new BcfRefused('too_large', '', archive.length)
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const entries = readDirectory(archive, view, limits)
  judgeSizes(entries, archive.length, limits)
  const files = new Map<string, Uint8Array>()
  for (const entry of entries) files.set(entry.name, expand(entry, archive, view))
  return files
}

function readDirectory(archive: Uint8Array, view: DataView, limits: ArchiveLimits): Entry[] {
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) throw new BcfRefused('zip_unsupported', '', 'several volumes')
  if (count === 0xffff || start === 0xffffffff) throw new BcfRefused('zip_unsupported', '', 'zip64')
  if (count > limits.maxFiles) throw new BcfRefused('too_many_files', '', count)
  const entries: Entry[] = []
  const names = new Set<string>()
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw new BcfRefused('zip_broken', '', `entry ${i + 1}`)
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const next = at + 46 + nameLength + extraLength + commentLength
    if (next > end) throw new BcfRefused('zip_broken', '', `entry ${i + 1}`)
    const name = safeName(decodeName(archive.subarray(at + 46, at + 46 + nameLength)))
    const entry: Entry = {
      name, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true), bytes: view.getUint32(at + 24, true), offset: view.getUint32(at + 42, true),
    }
    if ((view.getUint16(at + 8, true) & 0x2041) !== 0) throw new BcfRefused('zip_encrypted', name)
    if ([entry.packedBytes, entry.bytes, entry.offset].includes(0xffffffff)) throw new BcfRefused('zip_unsupported', name, 'zip64')
    if (entry.method !== 0 && entry.method !== 8) throw new BcfRefused('zip_unsupported', name, `method ${entry.method}`)
    // Windows and macOS do not tell names apart by case: one would overwrite the other on unpacking.
    const folded = name.toLowerCase()
    if (names.has(folded)) throw new BcfRefused('duplicate_name', name)
    names.add(folded)
    if (!name.endsWith('/')) entries.push(entry)
    at = next
  }
  for (const { name } of entries) {
    for (let cut = name.indexOf('/'); cut >= 0; cut = name.indexOf('/', cut + 1)) {
      if (names.has(name.slice(0, cut).toLowerCase())) throw new BcfRefused('duplicate_name', name.slice(0, cut))
    }
  }
  return entries
}

/** Offset of the end record: within the last 64 KB, as a comment may follow it. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === END && at + 22 + view.getUint16(at + 20, true) <= view.byteLength) return at
  }
  throw new BcfRefused('not_zip')
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}

/** `__proto__` because fflate would drop it on writing. */
const NO_NAMES = new Set(['', '.', '..', '__proto__'])

/** Paths with `\` come from some Windows tools; whatever leads out of the archive or means a device is refused. */
function safeName(raw: string): string {
  const name = raw.replaceAll('\\', '/')
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/')
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const isBad = name.length > 1000 || parts.length > 32 || /^[a-z]:|[\u0000-\u001f]/i.test(name) || parts.some(part => NO_NAMES.has(part))
  if (isBad) throw new BcfRefused('bad_name', name.slice(0, 200))
  return name
}

function judgeSizes(entries: readonly Entry[], archiveBytes: number, limits: ArchiveLimits): void {
  let total = 0
  for (const { name, bytes } of entries) {
    if (bytes > limits.maxFileBytes) throw new BcfRefused('expands_too_much', name, bytes)
    total += bytes
  }
  if (total > limits.maxTotalBytes || total > Math.max(SMALL_BYTES, limits.maxExpansion * archiveBytes)) throw new BcfRefused('expands_too_much', '', total)
  // Entries that share a stretch of data: how bombs stay small.
  let free = 0
  for (const { name, offset, packedBytes } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < free) throw new BcfRefused('zip_broken', name, 'overlap')
    free = offset + 30 + packedBytes
  }
}

function expand(entry: Entry, archive: Uint8Array, view: DataView): Uint8Array {
  const { name, offset } = entry
  if (offset + 30 > archive.length || view.getUint32(offset, true) !== LOCAL) throw new BcfRefused('zip_broken', name)
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + entry.packedBytes > archive.length) throw new BcfRefused('zip_broken', name)
  const packed = archive.subarray(start, start + entry.packedBytes)
  let bytes: Uint8Array
  try {
    bytes = entry.method === 0 ? packed.slice() : inflateSync(packed, { out: new Uint8Array(entry.bytes) })
  } catch {
    throw new BcfRefused('zip_broken', name)
  }
  if (bytes.length !== entry.bytes || crc32(bytes) !== entry.crc) throw new BcfRefused('zip_broken', name, 'checksum')
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

/** CRC-32 as zip has it (ISO 3309). fflate computes it on writing but checks none on reading. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** An archive of the files, in their order. The same files give the same bytes: no clock, no machine in them. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = Object.create(null) as Zippable
  for (const [name, bytes] of files) entries[name] = [bytes, { level: /\.(png|jpe?g|zip|ifczip)$/i.test(name) ? 0 : 6, mtime: new Date(1980, 0, 1) }]
  return zipSync(entries)
}
