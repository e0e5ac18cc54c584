import { zlibSync } from 'fflate'
import type { Vec3 } from '../../twin/asset.ts'
import { crc32 } from './zip-archive.ts'

/** A line on the picture, as wide as what it stands for. */
export interface PlanLine {
  readonly axis: readonly Vec3[]
  readonly widthM: number
  readonly side: 'a' | 'b'
}

/** RRGGBB of both sides, in the picture and in the viewpoint: vermilion and blue, told apart by every eye (Okabe and Ito). */
export const SIDE_COLOURS = { a: 'D55E00', b: '0072B2' } as const

const [WIDTH, HEIGHT] = [480, 360]
export const PLAN_ASPECT = WIDTH / HEIGHT
/** White, the sides, the spot. */
const PALETTE = ['FFFFFF', SIDE_COLOURS.a, SIDE_COLOURS.b, '111111']
const INDEX = { a: 1, b: 2, spot: 3 } as const

/**
 * A plan of the spot as PNG: north up, the objects at their width, a ring around the spot. Some programs refuse a
 * viewpoint without a picture; this one says where it is even without the model.
 * @param spot Middle of the picture. @param spanM Metres from left to right.
 */
export function planPicture(lines: readonly PlanLine[], spot: Vec3, spanM: number): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT)
  const scale = WIDTH / spanM
  const toX = (x: number): number => WIDTH / 2 + (x - spot[0]) * scale
  const toY = (y: number): number => HEIGHT / 2 - (y - spot[1]) * scale
  for (const side of ['b', 'a'] as const) {
    for (const line of lines) {
      if (line.side !== side) continue
      const radius = Math.max(1.2, (line.widthM * scale) / 2)
      for (let i = 1; i < line.axis.length; i++) {
        const [p, q] = [line.axis[i - 1]!, line.axis[i]!]
        fillNear(pixels, toX(p[0]), toY(p[1]), toX(q[0]), toY(q[1]), 0, radius, INDEX[side])
      }
    }
  }
  fillNear(pixels, WIDTH / 2, HEIGHT / 2, WIDTH / 2, HEIGHT / 2, 22, 25, INDEX.spot)
  return png(pixels)
}

/** Paints the pixels whose distance from the segment lies within the band. */
function fillNear(pixels: Uint8Array, x1: number, y1: number, x2: number, y2: number, from: number, to: number, index: number): void {
  const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(0, value))
  const [left, right] = [Math.floor(clamp(Math.min(x1, x2) - to, WIDTH)), Math.ceil(clamp(Math.max(x1, x2) + to, WIDTH))]
  const [top, bottom] = [Math.floor(clamp(Math.min(y1, y2) - to, HEIGHT)), Math.ceil(clamp(Math.max(y1, y2) + to, HEIGHT))]
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length2 = dx * dx + dy * dy
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const t = length2 === 0 ? 0 : clamp(((x + 0.5 - x1) * dx + (y + 0.5 - y1) * dy) / length2, 1)
      const distance = Math.hypot(x + 0.5 - x1 - t * dx, y + 0.5 - y1 - t * dy)
      if (distance >= from && distance <= to) pixels[y * WIDTH + x] = index
    }
  }
}

/** PNG (ISO 15948) with a palette: signature, header, palette, rows of indices. */
function png(pixels: Uint8Array): Uint8Array {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, WIDTH)
  view.setUint32(4, HEIGHT)
  header.set([8, 3, 0, 0, 0], 8)
  const rows = new Uint8Array(HEIGHT * (WIDTH + 1))
  for (let y = 0; y < HEIGHT; y++) rows.set(pixels.subarray(y * WIDTH, (y + 1) * WIDTH), y * (WIDTH + 1) + 1)
  const palette = Uint8Array.from(PALETTE.flatMap(colour => [0, 2, 4].map(i => parseInt(colour.slice(i, i + 2), 16))))
  const chunks = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', zlibSync(rows)), chunk('IEND', new Uint8Array(0))]
  const file = new Uint8Array(chunks.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of chunks) {
    file.set(part, at)
    at += part.length
  }
  return file
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set([...type].map(letter => letter.charCodeAt(0)), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}
