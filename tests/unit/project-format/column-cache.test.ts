import { describe, expect, it } from 'vitest'
import { columnsFromBytes, columnsToBytes, COLUMN_CACHE_VERSION } from '#shared/project-format/column-cache.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { IDS, TwinBuilder } from '#tests/builders/twin-builder.ts'

const columns = TwinBuilder.with()
  .aPipe(IDS.W1, [[500_003, 4_000_007, -2], [500_020, 4_000_000, -2]]).aPipe(IDS.P1, [[500_000, 4_000_000, -1], [500_010, 4_000_000, -1], [500_010, 4_000_010, -1]], { kind: 'power' })
  .buildColumns()
const header = { version: COLUMN_CACHE_VERSION, label: 'x', origin: columns.origin, count: columns.count, owners: columns.owners }
const copied = (source: AssetColumns) => new Map([...columnsToBytes(source)].map(([name, bytes]) => [name, bytes.slice()] as const))

describe('column cache', () => {
  it('gives back the columns it was given', () => {
    expect(columnsFromBytes(header, copied(columns))).toEqual(columns)
  })
  it('works for a twin without assets', () => {
    const none = TwinBuilder.with().buildColumns()
    expect(columnsFromBytes({ ...header, origin: none.origin, count: 0, owners: [] }, copied(none))).toEqual(none)
  })
  it('holds every column of the twin, so that none is lost in a project file', () => {
    const kept = new Set([...columnsToBytes(columns).keys(), 'origin', 'count', 'owners'])
    expect(Object.keys(columns).filter(name => name !== 'ids' && !kept.has(name))).toEqual([])
  })
  it.each([...columnsToBytes(columns).keys()].filter(name => name !== 'idBytes'))('gives null where %s is missing or cut off', name => {
    const parts = copied(columns)
    const whole = parts.get(name)!
    parts.delete(name)
    expect(columnsFromBytes(header, parts)).toBeNull()
    parts.set(name, whole.slice(0, -1))
    expect(columnsFromBytes(header, parts)).toBeNull()
  })
})
