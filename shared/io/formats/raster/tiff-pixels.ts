import { Unzlib } from 'fflate'
import { SourceRefused } from '../../issue-log.ts'
import type { TiffTags } from './tiff-tags.ts'

const NONE = 1
const LZW = 5
const DEFLATE = new Set([8, 32946])

/**
 * Values of a one-band image, row by row from the top. Uncompressed, deflated and LZW-compressed strips and tiles, with or
 * without the horizontal predictor: what terrain models are written in. Anything else is refused by name.
 */
export function readPixels(bytes: Uint8Array, tags: TiffTags, cols: number, rows: number, tick: (fraction: number) => void): Float64Array {
  const one = (tag: number, fallback: number) => tags.numbers.get(tag)?.[0] ?? fallback
  const [compression, predictor, bands] = [one(259, NONE), one(317, 1), one(277, 1)]
  const [bits, format] = [one(258, 8), one(339, 1)]
  const unsupported = (what: string, value: number) => new SourceRefused('feature_unsupported', { problem: what, value })
  if (compression !== NONE && compression !== LZW && !DEFLATE.has(compression)) throw unsupported('tiff_compression', compression)
  if (bands !== 1) throw unsupported('tiff_bands', bands)
  if (predictor !== 1 && !(predictor === 2 && format !== 3)) throw unsupported('tiff_predictor', predictor)
  const read = valueReader(bits, format)
  if (!read) throw unsupported('tiff_sample', bits)
  const isTiled = tags.numbers.has(322)
  const [blockCols, blockRows] = isTiled ? [one(322, 0), one(323, 0)] : [cols, Math.min(rows, one(278, rows))]
  const offsets = tags.numbers.get(isTiled ? 324 : 273) ?? []
  const lengths = tags.numbers.get(isTiled ? 325 : 279) ?? []
  if (blockCols < 1 || blockRows < 1 || blockCols > 65_536 || blockRows > 1_000_000) throw new SourceRefused('schema_invalid', { problem: 'tiff_blocks' })
  const [across, down] = [Math.ceil(cols / blockCols), Math.ceil(rows / blockRows)]
  if (offsets.length < across * down || lengths.length < across * down) throw new SourceRefused('schema_invalid', { problem: 'truncated' })
  const sampleBytes = bits / 8
  const values = new Float64Array(cols * rows)
  for (let block = 0; block < across * down; block++) {
    tick(block / (across * down))
    const [column, row] = [(block % across) * blockCols, Math.floor(block / across) * blockRows]
    const rowsHere = isTiled ? blockRows : Math.min(blockRows, rows - row)
    const wantedBytes = blockCols * rowsHere * sampleBytes
    const [from, to] = [offsets[block]!, offsets[block]! + lengths[block]!]
    if (to > bytes.length) throw new SourceRefused('schema_invalid', { problem: 'truncated' })
    const packed = bytes.subarray(from, to)
    const raw = compression === NONE ? packed : compression === LZW ? unpackLzw(packed, wantedBytes) : inflate(packed, wantedBytes)
    if (raw.length < wantedBytes) throw new SourceRefused('schema_invalid', { problem: 'truncated' })
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
    for (let r = 0; r < rowsHere && row + r < rows; r++) {
      let sum = 0
      for (let c = 0; c < blockCols; c++) {
        const value = read(view, (r * blockCols + c) * sampleBytes, tags.littleEndian)
        sum = predictor === 2 ? wrap(sum + value, bits, format) : value
        if (column + c < cols) values[(row + r) * cols + column + c] = sum
      }
    }
  }
  return values
}

/** Sums of the predictor stay within the sample's own width. */
function wrap(value: number, bits: number, format: number): number {
  const range = 2 ** bits
  const unsigned = ((value % range) + range) % range
  return format === 2 && unsigned >= range / 2 ? unsigned - range : unsigned
}

type ValueReader = (view: DataView, at: number, littleEndian: boolean) => number

function valueReader(bits: number, format: number): ValueReader | null {
  if (format === 3) return bits === 32 ? (view, at, le) => view.getFloat32(at, le) : bits === 64 ? (view, at, le) => view.getFloat64(at, le) : null
  const signed = format === 2
  switch (bits) {
    case 8: return (view, at) => (signed ? view.getInt8(at) : view.getUint8(at))
    case 16: return (view, at, le) => (signed ? view.getInt16(at, le) : view.getUint16(at, le))
    case 32: return (view, at, le) => (signed ? view.getInt32(at, le) : view.getUint32(at, le))
    default: return null
  }
}

/** Inflates up to what the block holds; what would be more is a bomb or a mistake, and is not unpacked. */
function inflate(packed: Uint8Array, wantedBytes: number): Uint8Array {
  const out = new Uint8Array(wantedBytes)
  let length = 0
  const stream = new Unzlib(chunk => {
    const part = chunk.subarray(0, wantedBytes - length)
    out.set(part, length)
    length += part.length
  })
  try {
    for (let at = 0; at < packed.length && length < wantedBytes; at += 4096) stream.push(packed.subarray(at, at + 4096), at + 4096 >= packed.length)
  } catch {
    throw new SourceRefused('schema_invalid', { problem: 'tiff_deflate' })
  }
  return out.subarray(0, length)
}

/** TIFF 6.0 §13: codes of 9 to 12 bits, most significant bit first, 256 clears, 257 ends. */
function unpackLzw(packed: Uint8Array, wantedBytes: number): Uint8Array {
  const out = new Uint8Array(wantedBytes)
  let [length, bitAt, width] = [0, 0, 9]
  // Entry i is a stretch of the output: where it begins and how long it is.
  let starts: number[] = []
  let lengths: number[] = []
  let previous = -1
  let previousAt = 0
  const emit = (from: number, count: number) => {
    for (let i = 0; i < count && length < wantedBytes; i++) out[length++] = out[from + i]!
  }
  while (length < wantedBytes && bitAt + width <= packed.length * 8) {
    let code = 0
    for (let i = 0; i < width; i++, bitAt++) code = (code << 1) | ((packed[bitAt >> 3]! >> (7 - (bitAt & 7))) & 1)
    if (code === 257) break
    if (code === 256) {
      starts = []
      lengths = []
      width = 9
      previous = -1
      continue
    }
    const at = length
    const known = code - 258
    if (code < 256) out[length++] = code
    else if (known < starts.length) emit(starts[known]!, lengths[known]!)
    else if (known === starts.length && previous >= 0) {
      // The entry being defined by this very code: the last stretch and its own first byte.
      emit(previousAt, previous)
      if (length < wantedBytes) out[length++] = out[previousAt]!
    } else throw new SourceRefused('schema_invalid', { problem: 'tiff_lzw' })
    if (previous >= 0) {
      starts.push(previousAt)
      lengths.push(previous + 1)
    }
    previousAt = at
    previous = length - at
    const next = 258 + starts.length + 1
    width = next >= 2047 + 1 ? 12 : next >= 1023 + 1 ? 11 : next >= 511 + 1 ? 10 : 9
  }
  return out.subarray(0, length)
}
