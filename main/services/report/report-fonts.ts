import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assetsFolder } from '../host/assets-folder.ts'

/** A font file and the characters it holds. */
interface FontPart {
  readonly file: string
  readonly ranges: readonly (readonly [number, number])[]
  readonly unicodeRange: string
}

const CHINESE = '@fontsource/noto-sans-sc'
const LATIN_FILE = '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'

/** Where the fonts are: beside the bundles when built (see main/launch/build.mjs), in the packages otherwise. */
function fontsFolder(): string {
  const root = dirname(assetsFolder())
  const built = join(root, 'dist', 'main', 'report-fonts')
  return existsSync(built) ? built : join(root, 'node_modules')
}

let parts: readonly FontPart[] | null = null

/** The Chinese font comes in about a hundred parts, each with the characters often used together. */
function chineseParts(): readonly FontPart[] {
  parts ??= [...readFileSync(join(fontsFolder(), CHINESE, '400.css'), 'utf8').matchAll(/url\(\.\/(files\/[^)]+\.woff2)\)[^}]*unicode-range: ([^;]+);/g)].map(([, file, unicodeRange]) => ({
    file: join(CHINESE, file!), unicodeRange: unicodeRange!,
    ranges: unicodeRange!.split(',').map(range => {
      const [from, to] = range.trim().replace(/^U\+/i, '').split('-').map(hex => parseInt(hex, 16))
      return [from!, to ?? from!] as const
    }),
  }))
  return parts
}

/** Everything Inter's Latin part writes. */
const isLatin = (code: number): boolean => code < 0x2e80

/**
 * `@font-face` rules with the fonts inside that a text needs, and no more: a page so dressed looks the same everywhere and
 * loads nothing. Both fonts are under the SIL Open Font License 1.1.
 */
export function fontFacesFor(text: string): string {
  const codes = [...new Set(text)].map(character => character.codePointAt(0)!).filter(code => !isLatin(code))
  const face = (family: string, file: string, weight: string, unicodeRange: string): string =>
    `@font-face { font-family: "${family}"; font-weight: ${weight}; src: url(data:font/woff2;base64,${readFileSync(join(fontsFolder(), file)).toString('base64')}) format("woff2"); unicode-range: ${unicodeRange}; }`
  const needed = codes.length === 0 ? [] : chineseParts().filter(({ ranges }) => codes.some(code => ranges.some(([from, to]) => code >= from && code <= to)))
  return [
    face('Inter Report', LATIN_FILE, '100 900', 'U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215'),
    ...needed.map(({ file, unicodeRange }) => face('Noto Sans SC Report', file, '400', unicodeRange)),
  ].join('\n')
}
