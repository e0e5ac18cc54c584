import { lookUpCrs } from '#shared/io/crs.ts'
import { CRS_NAMES } from './crs-names.ts'

const MAX_MATCHES = 50
/** How Chinese surveyors call what the EPSG names in English. */
const CHINESE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/国家\s*2000|2000\s*国家大地(坐标系)?|国家大地(坐标系)?\s*2000/g, ' cgcs2000 '], [/北京\s*(19)?54|54\s*北京/g, ' beijing 1954 '], [/西安\s*(19)?80|80\s*西安/g, ' xian 1980 '],
  [/中央(子午线|经线)\s*/g, ' cm '], [/(3|三)\s*度带?/g, ' 3-degree '], [/高斯(-?克吕格)?/g, ' gauss '], [/坐标系|投影|带号/g, ' '],
]

/**
 * Coordinate systems a project can be in (projected, metres) whose code begins with the text or whose name holds all its
 * words. Exact codes first, then by code.
 */
export function searchCrs(text: string): { code: string; name: string }[] {
  const wanted = CHINESE_NAMES.reduce((said, [pattern, name]) => said.replace(pattern, name), text.toLowerCase()).trim()
  const digits = /^(?:epsg)?[:\s]*(\d+)$/.exec(wanted)?.[1]
  const words = wanted.split(/\s+/).filter(word => word !== '')
  if (words.length === 0) return []
  const matches: { code: string; name: string }[] = []
  for (const [code, name] of Object.entries(CRS_NAMES)) {
    const lower = name.toLowerCase()
    const isMatch = digits ? code.slice('EPSG:'.length).startsWith(digits) || lower.includes(digits) : words.every(word => lower.includes(word))
    if (isMatch && lookUpCrs(code)?.metric) matches.push({ code, name })
  }
  const rank = ({ code }: { code: string }) => (digits && code === `EPSG:${digits}` ? 0 : digits && code.startsWith(`EPSG:${digits}`) ? 1 : 2)
  return matches.sort((a, b) => rank(a) - rank(b)).slice(0, MAX_MATCHES)
}
