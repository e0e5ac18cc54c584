import { zlibSync } from 'fflate'

/** A one-strip GeoTIFF of 16-bit values, after TIFF 6.0. */
export function tiff(values: readonly number[], cols: number, { compression = 1, predictor = 1, epsg = 26910, bigEndian = false } = {}): Uint8Array {
  const rows = values.length / cols
  const raw = new Uint8Array(2 * values.length)
  const little = !bigEndian
  values.forEach((value, i) => new DataView(raw.buffer).setInt16(2 * i, predictor === 2 && i % cols > 0 ? value - values[i - 1]! : value, little))
  const data = compression === 8 ? zlibSync(raw) : raw
  const doubles: [number, number[]][] = [[33550, [10, 10, 0]], [33922, [0, 0, 0, 429000, 5440020, 0]]]
  const geo = [1, 1, 0, 1, 3072, 0, 1, epsg]
  const shorts: [number, number[]][] = [[256, [cols]], [257, [rows]], [258, [16]], [259, [compression]], [277, [1]], [278, [rows]], [317, [predictor]], [339, [2]]]
  const tags = [...shorts.map(([tag, v]) => ({ tag, type: 3, v })), { tag: 273, type: 4, v: [-1] }, { tag: 279, type: 4, v: [data.length] }, ...doubles.map(([tag, v]) => ({ tag, type: 12, v })), { tag: 34735, type: 3, v: geo }].sort((a, b) => a.tag - b.tag)
  const size = { 3: 2, 4: 4, 12: 8 } as Record<number, number>
  let extra = 8 + 2 + 12 * tags.length + 4
  const bytes = new Uint8Array(4096)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(bigEndian ? 'MM' : 'II'))
  view.setUint16(2, 42, little)
  view.setUint32(4, 8, little)
  view.setUint16(8, tags.length, little)
  const put = (at: number, type: number, value: number) => (type === 3 ? view.setUint16(at, value, little) : type === 4 ? view.setUint32(at, value, little) : view.setFloat64(at, value, little))
  let offsetAt = 0
  tags.forEach(({ tag, type, v }, i) => {
    const at = 10 + 12 * i
    view.setUint16(at, tag, little)
    view.setUint16(at + 2, type, little)
    view.setUint32(at + 4, v.length, little)
    let dataAt = at + 8
    if (size[type]! * v.length > 4) {
      view.setUint32(at + 8, extra, little)
      dataAt = extra
      extra += size[type]! * v.length
    }
    if (tag === 273) offsetAt = dataAt
    else v.forEach((value, n) => put(dataAt + n * size[type]!, type, value))
  })
  view.setUint32(offsetAt, extra, little)
  bytes.set(data, extra)
  return bytes.slice(0, extra + data.length)
}
