import { hash } from 'node:crypto'
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'

const LANES = 8

/**
 * Hash of the rows of a table whatever their order: the SHA-256 of each row, added lane by lane. Adding rows later needs
 * no second look at the earlier ones, and VACUUM, Save As or a copy into a new file change nothing.
 */
export class RowHash {
  readonly #lanes = new Uint32Array(LANES)
  #count = 0

  /** To go on where an earlier hash ended. */
  static from(count: number, bytes: Uint8Array): RowHash {
    const started = new RowHash()
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let lane = 0; lane < LANES; lane++) started.#lanes[lane] = view.getUint32(4 * lane, true)
    started.#count = count
    return started
  }

  get count(): number {
    return this.#count
  }

  /** Values as they are bound or as they are read: both give the same hash. Blobs count byte by byte. */
  add(values: readonly (SQLInputValue | SQLOutputValue)[]): void {
    const digest = digestOf(values)
    for (let lane = 0; lane < LANES; lane++) this.#lanes[lane] = this.#lanes[lane]! + digest.readUInt32LE(4 * lane)
    this.#count++
  }

  /** Takes back what `add` of the same values did. */
  remove(values: readonly (SQLInputValue | SQLOutputValue)[]): void {
    const digest = digestOf(values)
    for (let lane = 0; lane < LANES; lane++) this.#lanes[lane] = this.#lanes[lane]! - digest.readUInt32LE(4 * lane)
    this.#count--
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(4 * LANES)
    const view = new DataView(bytes.buffer)
    this.#lanes.forEach((lane, i) => view.setUint32(4 * i, lane, true))
    return bytes
  }
}

function digestOf(values: readonly (SQLInputValue | SQLOutputValue)[]): Buffer {
  const blobs = values.filter(value => ArrayBuffer.isView(value)) as Uint8Array[]
  const text = JSON.stringify(values.map(value => (ArrayBuffer.isView(value) ? value.byteLength : typeof value === 'bigint' ? Number(value) : value)))
  return hash('sha256', Buffer.concat([Buffer.from(text), ...blobs]), 'buffer')
}
