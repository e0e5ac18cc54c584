/** What a picture is and how large, pixels. */
export interface PictureSize {
  readonly type: 'image/png' | 'image/jpeg'
  readonly width: number
  readonly height: number
}

/** Kind and size of a PNG or JPEG picture from its head, without decoding it: what claims a gigantic size is never unpacked. Null for anything else. */
export function pictureSize(bytes: Uint8Array | undefined): PictureSize | null {
  if (!bytes || bytes.length < 24) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = view.getUint32(0) === 0x89504e47 ? pngSize(view) : view.getUint16(0) === 0xffd8 ? jpegSize(view) : null
  return size && size.width > 0 && size.height > 0 ? size : null
}

/** PNG (ISO/IEC 15948, 11.2.2): the first chunk is the header. */
function pngSize(view: DataView): PictureSize | null {
  return view.getUint32(12) === 0x49484452 ? { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) } : null
}

/** JPEG (ITU-T T.81, B.2.2): the frame header among the segments before the scan. */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at++
    else if (isFrameHeader(marker)) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    else at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** SOF0 … SOF15, without DHT, JPG and DAC, which lie among them. */
const isFrameHeader = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
