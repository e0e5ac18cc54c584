import { ASSUMED, type Attributes, type OuterSection } from '../../twin/asset.ts'
import { PLAUSIBLE_SIZE_M } from '../../quality/line-flaws.ts'
import type { AssetKind } from '../../twin/kinds.ts'
import { assumedWallM } from '../assumptions.ts'
import type { IssueLog } from '../issue-log.ts'
import { isPlausibleSizeM, METRES_PER } from '../length-units.ts'
import type { LayerMapping } from '../mapping.ts'
import { SHAPE_WORDS, wordMeaning } from '../propose/word-lists.ts'
import { metresOf, numberOf, textOf } from './field-values.ts'

/** Outer section with what levels need of the inside. */
export interface MappedSection {
  readonly section: OuterSection
  /** From the axis up to the outside top, and down to the inside bottom, metres. */
  readonly axisToCrownM: number
  readonly axisToInvertM: number
  readonly assumed: number
}

/** Largest section a project keeps. */
const MAX_SIZE_M = 100

/**
 * The outer section of a feature. Sizes come as numbers or as survey texts (`DN300`, `Φ500`, `600X400`); zero and below
 * stand for unknown. Inner sizes grow by the wall. An egg or an arch becomes the rectangle around it.
 * @returns null where the size is missing and the mapping gives no fallback.
 */
export function mapSection(properties: Attributes, mapping: LayerMapping, kind: AssetKind, ref: string, log: IssueLog): MappedSection | null {
  const { size } = mapping
  const given = givenSize(properties, size)
  if (given && !(isPlausible(given.widthM, kind) && isPlausible(given.heightM, kind))) {
    log.add('unit_suspect', 'warning', ref, { field: size.field ?? '', value: textOf(properties, size.field), unit: size.unit })
  }
  if (!given || Math.max(given.widthM, given.heightM) > MAX_SIZE_M) {
    log.add('size_missing', size.fallbackDiameterM === null ? 'error' : 'warning', ref, size.fallbackDiameterM === null ? {} : { assumedM: size.fallbackDiameterM })
    if (size.fallbackDiameterM === null) return null
    const halfM = size.fallbackDiameterM / 2
    // The assumed size is an outer one and its wall unknown: the inside is taken as large as the outside.
    return { section: { shape: 'circle', diameterM: 2 * halfM }, axisToCrownM: halfM, axisToInvertM: halfM, assumed: ASSUMED.size }
  }
  if (given.isSquared) log.add('size_assumed', 'warning', ref, { heightM: given.heightM })
  const wall = wallOf(properties, mapping, Math.max(given.widthM, given.heightM), ref, log)
  const [widthM, heightM] = [given.widthM + 2 * wall.addM, given.heightM + 2 * wall.addM]
  return {
    section: given.shape === 'circle' ? { shape: 'circle', diameterM: heightM } : { shape: 'rectangle', widthM, heightM },
    axisToCrownM: heightM / 2,
    axisToInvertM: heightM / 2 - wall.thicknessM,
    assumed: wall.assumed | (given.isSquared ? ASSUMED.size : 0),
  }
}

/** People walk in tunnels and utility trenches: for these the ledger's own wider bounds hold. */
function isPlausible(sizeM: number, kind: AssetKind): boolean {
  const [least, most] = PLAUSIBLE_SIZE_M[kind]
  return kind === 'tunnel' || kind === 'trench' ? sizeM >= least && sizeM <= most : isPlausibleSizeM(sizeM)
}

/** A size as the source gives it, inner or outer, metres. */
interface GivenSize {
  readonly shape: 'circle' | 'rectangle'
  readonly widthM: number
  readonly heightM: number
  /** Said to be a rectangle, yet with one size: taken as a square. */
  readonly isSquared: boolean
}

function givenSize(properties: Attributes, mapping: LayerMapping['size']): GivenSize | null {
  const shape = wordMeaning(SHAPE_WORDS, textOf(properties, mapping.shapeField))
  const scale = METRES_PER[mapping.unit]
  const [first, inText] = sizesInText(textOf(properties, mapping.field), numberOf(properties, mapping.field))
  const widthBeside = positive(numberOf(properties, mapping.widthField))
  const heightBeside = positive(numberOf(properties, mapping.heightField))
  // With a width field the main field is the height; without, it is the width and the height field stands beside it.
  const [width, height] = widthBeside !== null ? [widthBeside, first ?? heightBeside] : [first, heightBeside ?? inText]
  const one = (shape === 'circle' ? first : null) ?? width ?? height
  if (one === null) return null
  if (shape !== 'circle' && width !== null && height !== null) return { shape: 'rectangle', widthM: width * scale, heightM: height * scale, isSquared: false }
  return { shape: shape ?? 'circle', widthM: one * scale, heightM: one * scale, isSquared: shape === 'rectangle' }
}

/** `600X400` gives two figures, `DN300` and `300` one. */
function sizesInText(text: string, asNumber: number | null): readonly [number | null, number | null] {
  if (asNumber !== null) return [positive(asNumber), null]
  const [, a, b] = /(\d+(?:\.\d+)?)(?:\s*[x×*＊Xх]\s*(\d+(?:\.\d+)?))?/.exec(text) ?? []
  return [positive(a === undefined ? null : Number(a)), positive(b === undefined ? null : Number(b))]
}

const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null)

/** What the wall adds on either side (nothing to outer sizes), and how far the inside lies within the outside. */
function wallOf(properties: Attributes, { size, level }: LayerMapping, largestM: number, ref: string, log: IssueLog): { addM: number; thicknessM: number; assumed: number } {
  const statedM = metresOf(properties, size.wallField, size.wallUnit)
  const isInner = size.dimension === 'inner'
  if (statedM !== null && statedM > 0 && statedM < largestM / 2) return { addM: isInner ? statedM : 0, thicknessM: statedM, assumed: 0 }
  // Of an outer size the wall only matters where levels are those of the inside; it is then taken as nothing.
  if (!isInner && !level.reference.endsWith('invert')) return { addM: 0, thicknessM: 0, assumed: 0 }
  const wallM = isInner ? assumedWallM(largestM) : 0
  log.add('wall_assumed', 'info', ref, { wallM: Math.round(wallM * 1000) / 1000 })
  return { addM: wallM, thicknessM: wallM, assumed: ASSUMED.wall }
}
