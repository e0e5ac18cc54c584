import { DataTexture, NearestFilter, SRGBColorSpace } from 'three'
import type { Tint } from './path-mesh.ts'

/** Tints per row of the texture. */
export const TINT_ROW = 256

/** Tints as a texture the path shader looks its colours up in. */
export function tintTexture(tints: readonly Tint[]): DataTexture {
  const rows = Math.max(1, Math.ceil(tints.length / TINT_ROW))
  const bytes = new Uint8Array(4 * TINT_ROW * rows)
  tints.forEach((tint, i) => {
    const rgb = Number.parseInt(tint.colour.slice(1), 16)
    bytes.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255, Math.round(255 * tint.strength)], 4 * i)
  })
  const texture = new DataTexture(bytes, TINT_ROW, rows)
  texture.magFilter = texture.minFilter = NearestFilter
  texture.colorSpace = SRGBColorSpace
  texture.needsUpdate = true
  return texture
}
