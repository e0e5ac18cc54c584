import { describe, expect, it } from 'vitest'
import { decodeFrame, FrameReader } from '#shared/contract/decode-frame.ts'
import { encodeFrame, framePieces, TO_CLIENT_LIMITS, TO_HOST_LIMITS, WireError, type Frame } from '#shared/contract/wire.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'

const decode = (frame: unknown) => decodeFrame(frame, TO_CLIENT_LIMITS)
const roundTrip = (value: unknown) => decode(encodeFrame(value))

/** A random value of every sort the wire carries. */
function randomValue(random: Random, depth = 0): unknown {
  const sort = random.int(depth > 4 ? 6 : 9)
  if (sort === 0) return null
  if (sort === 1) return random.chance(0.5)
  if (sort === 2) return random.normal() * 10 ** random.int(300)
  if (sort === 3) return random.int(1_000_000)
  if (sort === 4) return ['', 'a', '管线', '\u0000"\\\n', '🚧', '\ud800', '__proto__'][random.int(7)]
  if (sort === 5 || sort === 6) {
    const type = random.pick([Float64Array, Float32Array, Uint32Array, Int32Array, Uint16Array, Int16Array, Uint8Array, Int8Array])
    return type.from(Array.from({ length: random.int(9) }, () => random.int(200) - (type.name.startsWith('U') ? 0 : 100)))
  }
  const items = Array.from({ length: random.int(5) }, () => randomValue(random, depth + 1))
  return sort === 7 ? items : Object.fromEntries(items.map((item, i) => [random.pick(['a', 'constructor', '', '0', 'toString', '$array', 'value', 'arrays']) + i, item]))
}

describe('frames', () => {
  it.each(Array.from({ length: 300 }, (_, seed) => seed))('come back as they went, seed %i', seed => {
    const value = randomValue(seededRandom(seed))
    expect(roundTrip(value)).toEqual(value)
  })

  it('are text without typed arrays and binary with them, buffers aligned to 8 bytes', () => {
    expect(encodeFrame({ a: 1 })).toBe('{"a":1}')
    const frame = encodeFrame({ a: new Uint8Array([1]), b: new Float64Array([1]) })
    if (typeof frame === 'string') throw new Error('text')
    const header = new DataView(frame.buffer).getUint32(0, true)
    const first = Math.ceil((4 + header) / 8) * 8
    expect(frame[first]).toBe(1)
    expect(new DataView(frame.buffer).getFloat64(first + 8, true)).toBe(1)
    expect(frame.length).toBe(first + 16)
  })

  it('keep every bit of NaN, infinities and negative zero inside typed arrays', () => {
    const bits = new Float64Array([Number.NaN, Infinity, -Infinity, -0, Number.MIN_VALUE, Number.MAX_VALUE])
    expect(new BigUint64Array((roundTrip(bits) as Float64Array<ArrayBuffer>).buffer)).toEqual(new BigUint64Array(bits.buffer))
  })

  it('send only the part of a buffer the array views, from shared memory too', () => {
    expect(roundTrip({ a: new Uint16Array([1, 2, 3, 4]).subarray(1, 3) })).toEqual({ a: new Uint16Array([2, 3]) })
    const shared = new Float64Array(new SharedArrayBuffer(16))
    shared[1] = 7
    expect(roundTrip(shared)).toEqual(new Float64Array([0, 7]))
  })

  it('are read from a part of a larger buffer, as Node delivers them, into memory of their own', () => {
    const frame = encodeFrame({ a: new Float64Array([1, 2]) }) as Uint8Array<ArrayBuffer>
    for (const shift of [0, 1, 3, 8]) {
      const pool = Buffer.alloc(frame.length + 16, 0xff)
      pool.set(frame, shift)
      const { a } = decode(pool.subarray(shift, shift + frame.length)) as { a: Float64Array }
      expect(a).toEqual(new Float64Array([1, 2]))
      expect(a.buffer.byteLength).toBe(16)
    }
  })

  it.each(Array.from({ length: 60 }, (_, seed) => seed))('are read the same in whatever pieces they come, seed %i', seed => {
    const random = seededRandom(seed)
    const value = { list: Array.from({ length: 1 + random.int(6) }, () => randomValue(random)), never: new Uint8Array(random.int(3)) }
    const frame = encodeFrame(value) as Uint8Array<ArrayBuffer>
    const reader = new FrameReader(frame.length, TO_CLIENT_LIMITS)
    for (let from = 0; from < frame.length;) {
      const to = Math.min(frame.length, from + random.int(1 + random.int(40)))
      reader.push(frame.subarray(from, to))
      from = to
    }
    expect(reader.finish()).toEqual(value)
  })

  it('are refused by a reader that was told another size, and unless they are whole', () => {
    const frame = encodeFrame({ a: new Float64Array([1, 2]) }) as Uint8Array<ArrayBuffer>
    expect(() => new FrameReader(3, TO_CLIENT_LIMITS)).toThrow('truncated')
    expect(() => new FrameReader(1001, { maxBytes: 1000, maxTextBytes: 100 })).toThrow('too large')
    expect(() => new FrameReader(frame.length - 8, TO_CLIENT_LIMITS).push(frame.subarray(0, frame.length - 8))).toThrow('array beyond the frame')
    expect(() => new FrameReader(frame.length + 8, TO_CLIENT_LIMITS).push(frame)).toThrow('bytes left over')
    expect(() => new FrameReader(frame.length, TO_CLIENT_LIMITS).push(new Uint8Array(frame.length + 1))).toThrow('bytes left over')
    const cut = new FrameReader(frame.length, TO_CLIENT_LIMITS)
    cut.push(frame.subarray(0, frame.length - 1))
    expect(() => cut.finish()).toThrow('truncated')
  })

  it('take no memory for arrays that cannot be in a frame of the size told', () => {
    const taken: number[] = []
    const header = new TextEncoder().encode('{"value":{"a":null},"arrays":[{"type":"f64","length":1000,"path":["a"]}]}')
    const frame = new Uint8Array(4 + header.length)
    new DataView(frame.buffer).setUint32(0, header.length, true)
    frame.set(header, 4)
    const reader = new FrameReader(frame.length + 100, TO_CLIENT_LIMITS, bytes => (taken.push(bytes), new ArrayBuffer(bytes)))
    expect(() => reader.push(frame)).toThrow('array beyond the frame')
    expect(taken).toEqual([])
  })

  it('in pieces are the arrays themselves between header and padding', () => {
    const xyz = new Float64Array([1, 2])
    const pieces = framePieces({ xyz, ids: new Uint8Array(3) })
    if (typeof pieces === 'string') throw new Error('text')
    expect(pieces.some(piece => piece.buffer === xyz.buffer)).toBe(true)
    expect(Buffer.concat(pieces)).toEqual(Buffer.from(encodeFrame({ xyz, ids: new Uint8Array(3) }) as Uint8Array))
  })

  it('leave out undefined properties', () => {
    expect(roundTrip({ a: undefined, b: 1 })).toEqual({ b: 1 })
  })

  it.each([
    ['NaN', { a: Number.NaN }], ['Infinity', [Infinity]], ['undefined in a list', [undefined]], ['a function', { a: () => 1 }], ['a bigint', 1n], ['a date', new Date()],
    ['a map', new Map()], ['a class instance', new (class Pipe {})()], ['a prototype key', JSON.parse('{"__proto__":1}')], ['a symbol', Symbol('a')], ['big integers', new BigInt64Array(1)],
    ['too deep', Array.from({ length: 70 }).reduce<unknown>(inner => [inner], 1)], ['a ring', ring()],
  ])('refuse to be made of %s', (_, value) => {
    expect(() => encodeFrame(value)).toThrow(WireError)
  })

  it('refuse every truncation', () => {
    for (const value of [{ id: 1, name: '管线', list: [1, [2]] }, { id: 1, xyz: new Float64Array([1, 2, 3]), ids: new Uint8Array(5) }]) {
      const frame = encodeFrame(value)
      for (let length = 0; length < frame.length; length++) expect(() => decode(frame.slice(0, length)), `length ${length}`).toThrow(WireError)
    }
  })

  it.each([1, 2, 3, 4])('never fail but by refusing when bytes are changed, seed %i', seed => {
    const random = seededRandom(seed)
    const frame = encodeFrame({ id: 1, input: { xyz: new Float64Array([1, 2, 3]), ids: new Uint8Array(5), name: 'a' } }) as Uint8Array<ArrayBuffer>
    for (let i = 0; i < 3000; i++) {
      const broken = frame.slice()
      for (let k = 0; k <= random.int(3); k++) broken[random.int(broken.length)] = random.int(256)
      try {
        decode(broken)
      } catch (cause) {
        expect(cause).toBeInstanceOf(WireError)
      }
    }
  })

  it('hold the limits of what comes in', () => {
    const limits = { maxBytes: 1000, maxTextBytes: 100 }
    expect(() => decodeFrame(`"${'a'.repeat(99)}"`, limits)).toThrow('too large')
    expect(() => decodeFrame(new Uint8Array(1001), limits)).toThrow('too large')
    expect(() => decodeFrame(encodeFrame({ name: 'a'.repeat(100), bytes: new Uint8Array(1) }), limits)).toThrow(WireError)
    expect(() => encodeFrame('a'.repeat(101), limits)).toThrow('too large')
    expect(() => encodeFrame(new Uint8Array(1001), limits)).toThrow('too large')
    expect(decodeFrame(encodeFrame(new Uint8Array(800), limits), limits)).toHaveLength(800)
  })

  it('refuse a nesting bomb of the greatest size they take without hanging', () => {
    const half = TO_HOST_LIMITS.maxTextBytes / 2
    const bombs: Frame[] = ['['.repeat(2 * half), '['.repeat(half) + ']'.repeat(half), '{"a":'.repeat(half / 3)]
    for (const bomb of bombs) expect(() => decodeFrame(bomb, TO_HOST_LIMITS)).toThrow(WireError)
  })

  it('refuse to claim more than they hold', () => {
    const text = '{"value":{"a":null},"arrays":[{"type":"f64","length":200000000,"path":["a"]}]}'
    const header = new TextEncoder().encode(text)
    const frame = new Uint8Array(4 + header.length + 64)
    new DataView(frame.buffer).setUint32(0, header.length, true)
    frame.set(header, 4)
    expect(() => decode(frame)).toThrow('array beyond the frame')
  })
})

function ring(): unknown {
  const list: unknown[] = []
  list.push(list)
  return list
}
