import type { AttributeValue } from '../../../twin/asset.ts'
import { numberIn, type InpRow, type InpSections } from './inp-text.ts'

/** How high and wide a link's section is inside, metres, and what of it is a circle. */
export type SwmmSize = Record<'shape' | 'heightM' | 'widthM' | 'barrels' | 'sectionShape', AttributeValue>

/** Arch and ellipse sizes of SWMM's standard tables are given by their number; they are rare, and told as missing. */
const CIRCLES = new Set(['CIRCULAR', 'FORCE_MAIN', 'FILLED_CIRCULAR'])
/** Closed shapes whose width follows from the height alone (SWMM reference manual II, table 5-2: greatest width to full depth). */
const WIDTH_PER_HEIGHT: Readonly<Record<string, number>> = { EGG: 0.667, HORSESHOE: 1, GOTHIC: 0.84, CATENARY: 0.9, SEMIELLIPTICAL: 1, BASKETHANDLE: 0.944, SEMICIRCULAR: 1.64 }

/** Sizes by link, from `[XSECTIONS]` and, for natural channels, `[TRANSECTS]`. */
export function readSwmmSizes(sections: InpSections, lengthM: number, keyOf: (id: string) => string): ReadonlyMap<string, SwmmSize> {
  const transects = readTransects(sections.get('TRANSECTS') ?? [], lengthM)
  const sizes = new Map<string, SwmmSize>()
  for (const { words } of sections.get('XSECTIONS') ?? []) {
    const shape = (words[1] ?? '').toUpperCase()
    const [g1, g2, g3, g4] = [2, 3, 4, 5].map(i => (numberIn(words[i]) ?? 0) * lengthM) as [number, number, number, number]
    const slopes = (g3 + g4) / lengthM // ratios, no lengths
    const barrels = Math.max(1, numberIn(words[6]) ?? 1)
    const size = ((): readonly [number, number] => {
      if (shape === 'IRREGULAR') return transects.get(words[2] ?? '') ?? [0, 0]
      if (CIRCLES.has(shape)) return [g1, g1]
      if (shape === 'TRAPEZOIDAL') return [g1, g2 + g1 * slopes]
      if (Object.hasOwn(WIDTH_PER_HEIGHT, shape)) return [g1, g1 * WIDTH_PER_HEIGHT[shape]!]
      return [g1, g2]
    })()
    // Several barrels lie side by side; what surrounds them is one rectangle.
    const isCircle = CIRCLES.has(shape) && barrels === 1
    sizes.set(keyOf(words[0]!), { shape, sectionShape: isCircle ? 'circle' : 'rectangle', heightM: size[0], widthM: isCircle ? null : size[1] * barrels, barrels })
  }
  return sizes
}

/** Depth and width of natural cross-sections: `GR` lines hold pairs of elevation and station. */
function readTransects(rows: readonly InpRow[], lengthM: number): Map<string, readonly [number, number]> {
  const transects = new Map<string, readonly [number, number]>()
  let name: string | null = null
  let extent = [Infinity, -Infinity, Infinity, -Infinity]
  const close = () => {
    if (name !== null && extent[0]! <= extent[1]!) transects.set(name, [(extent[1]! - extent[0]!) * lengthM, (extent[3]! - extent[2]!) * lengthM])
    extent = [Infinity, -Infinity, Infinity, -Infinity]
  }
  for (const { words } of rows) {
    const code = words[0]!.toUpperCase()
    if (code === 'X1') {
      close()
      name = words[1] ?? null
    }
    if (code !== 'GR') continue
    for (let i = 1; i + 1 < words.length; i += 2) {
      const [z, x] = [numberIn(words[i]), numberIn(words[i + 1])]
      if (z === null || x === null) continue
      extent = [Math.min(extent[0]!, z), Math.max(extent[1]!, z), Math.min(extent[2]!, x), Math.max(extent[3]!, x)]
    }
  }
  close()
  return transects
}
