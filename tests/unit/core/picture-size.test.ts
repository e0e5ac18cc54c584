import { describe, expect, it } from 'vitest'
import { pictureSize } from '#shared/core/picture-size.ts'
import { seededRandom } from '#shared/core/random.ts'

const bytes = (...parts: (number | string)[]): Uint8Array => Uint8Array.from(parts.flatMap(part => (typeof part === 'number' ? [part] : [...part].map(letter => letter.charCodeAt(0)))))
const png = (width: number, height: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(33))
  new Uint8Array(view.buffer).set(bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR'))
  view.setUint32(16, width)
  view.setUint32(20, height)
  return new Uint8Array(view.buffer)
}
/** APP0, a table, fill bytes, then the frame header: 640 × 480, progressive. */
const JPEG = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 6, 'JFIF', 0xff, 0xc4, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 1, 0xe0, 2, 0x80, 1, 1, 0x11, 0, 0xff, 0xda)

describe('pictureSize', () => {
  it('reads the head of a PNG and of a JPEG', () => {
    expect(pictureSize(png(1440, 900))).toEqual({ type: 'image/png', width: 1440, height: 900 })
    expect(pictureSize(JPEG)).toEqual({ type: 'image/jpeg', width: 640, height: 480 })
  })

  it('tells a gigantic size without unpacking anything', () => {
    expect(pictureSize(png(0x7fffffff, 0x7fffffff))).toMatchObject({ width: 0x7fffffff })
  })

  it('is null for what is neither, for no size at all, and for nothing', () => {
    for (const other of [undefined, bytes('GIF89a'.padEnd(40)), png(0, 10), bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), new Uint8Array(24)]) expect(pictureSize(other)).toBeNull()
  })

  it('ends for every cut and every mutant of a JPEG (seed 7)', () => {
    const random = seededRandom(7)
    for (let length = 0; length < JPEG.length; length++) expect([null, 640]).toContain(pictureSize(JPEG.slice(0, length))?.width ?? null)
    for (let i = 0; i < 5000; i++) {
      const mutant = JPEG.slice()
      for (let k = 0; k < 3; k++) mutant[random.int(mutant.length)] = random.int(256)
      const size = pictureSize(mutant)
      expect(size === null || (size.width > 0 && size.height > 0)).toBe(true)
    }
  })
})
