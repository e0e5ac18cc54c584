import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'

/**
 * Some columns of a row as they are kept beside an edit: JSON, and the blobs one after the other. A column that held a
 * blob says how many bytes of them are its own.
 */
export interface RowImage {
  readonly json: string
  readonly blob: Uint8Array | null
}

export function imageOf(columns: readonly (readonly [name: string, value: SQLInputValue | SQLOutputValue])[]): RowImage {
  const blobs: Uint8Array[] = []
  const values = Object.fromEntries(columns.map(([name, value]) => {
    if (!ArrayBuffer.isView(value)) return [name, typeof value === 'bigint' ? Number(value) : value]
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    blobs.push(bytes)
    return [name, { bytes: bytes.byteLength }]
  }))
  return { json: JSON.stringify(values), blob: blobs.length === 0 ? null : Buffer.concat(blobs) }
}

/** The columns of an image; null where there is none. */
export function rowOfImage(json: unknown, blob: unknown): Map<string, SQLInputValue> | null {
  if (typeof json !== 'string') return null
  let at = 0
  return new Map(Object.entries(JSON.parse(json) as Record<string, unknown>).map(([name, value]): [string, SQLInputValue] => {
    if (typeof value !== 'object' || value === null) return [name, value as SQLInputValue]
    const { bytes } = value as { bytes: number }
    const part = blob instanceof Uint8Array ? blob.slice(at, at + bytes) : null
    at += bytes
    return [name, part]
  }))
}
