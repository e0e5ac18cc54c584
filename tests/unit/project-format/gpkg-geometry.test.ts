import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { decodeGeometry, encodeGeometry, geometryEnvelope } from '#shared/project-format/gpkg-geometry.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))

describe('geometry blobs', () => {
  it('writes a point byte for byte as OGC 12-128r17 and ISO WKB say', () => {
    expect(Buffer.from(encodeGeometry('point', [[1, 2, 3]], 4326)).toString('hex')).toBe(
      '4750' + '00' + '01' + 'e6100000' + '01' + 'e9030000' + '000000000000f03f' + '0000000000000040' + '0000000000000840',
    )
  })
  it('writes a line with its envelope in plan', () => {
    const line = encodeGeometry('line', [[3, -1, 9], [1, 4, 8]], -1)
    expect(geometryEnvelope(line)).toEqual([1, 3, -1, 4])
    expect(Buffer.from(line.subarray(0, 8)).toString('hex')).toBe('47500003ffffffff')
  })
  it('closes the ring of a polygon, once', () => {
    const open: Vec3[] = [[0, 0, 1], [4, 0, 1], [4, 4, 1]]
    expect(decodeGeometry(encodeGeometry('polygon', open, 0))?.xyz).toEqual(new Float64Array([...open, open[0]!].flat()))
    expect(decodeGeometry(encodeGeometry('polygon', [...open, open[0]!], 0))?.xyz).toHaveLength(12)
  })
  it('gives back every coordinate exactly (seed 5)', () => {
    const random = seededRandom(5)
    for (let round = 0; round < 50; round++) {
      const axis = Array.from({ length: 2 + random.int(20) }, (): Vec3 => [random.range(3e6, 4e6), random.range(-1e7, 1e7), random.range(-100, 900)])
      expect(decodeGeometry(encodeGeometry('line', axis, 25831))).toEqual({ type: 'line', xyz: new Float64Array(axis.flat()) })
    }
  })
  it.each([
    ['big-endian without z', '47500000 00000000 00 00000001 3ff0000000000000 4000000000000000', [1, 2, 0]],
    ['with m', '47500001 00000000 01 d1070000 000000000000f03f 0000000000000040 0000000000001040', [1, 2, 0]],
    ['with z and m', '47500001 00000000 01 b90b0000 000000000000f03f 0000000000000040 0000000000000840 0000000000001040', [1, 2, 3]],
    ['EWKB with z', '47500001 00000000 01 01000080 000000000000f03f 0000000000000040 0000000000000840', [1, 2, 3]],
  ])('reads a point %s', (_, bytes, xyz) => {
    expect(decodeGeometry(hex(bytes))).toEqual({ type: 'point', xyz: new Float64Array(xyz) })
    expect(geometryEnvelope(hex(bytes))).toEqual([1, 1, 2, 2])
  })
  it.each([
    ['no bytes', ''], ['another magic', '58500001 00000000 01 e9030000'], ['empty flag', '47500011 00000000 01 e9030000 000000000000f87f 000000000000f87f 000000000000f87f'],
    ['a multi-line', '47500001 00000000 01 ed030000 01000000'], ['a count beyond the bytes', '47500001 00000000 01 ea030000 ffffff7f 000000000000f03f'],
    ['an unknown envelope', '4750000f 00000000 01 e9030000'],
  ])('gives null for %s', (_, bytes) => {
    expect(decodeGeometry(hex(bytes))).toBeNull()
    expect(geometryEnvelope(hex(bytes))).toBeNull()
  })
  it('gives null for a line cut off anywhere', () => {
    const line = encodeGeometry('line', [[3, -1, 9], [1, 4, 8]], -1)
    for (let length = 0; length < line.length; length++) expect(decodeGeometry(line.slice(0, length))).toBeNull()
  })
})
