import names from '#assets/crs/epsg-names.json' with { type: 'json' }
import { lookUpCrs } from '#shared/io/crs.ts'

const MAX_MATCHES = 50
const NAMES: Readonly<Record<string, string>> = names

/** Name of a coordinate system; empty where none is known. */
export const crsName = (code: string): string => (Object.hasOwn(NAMES, code) ? (NAMES[code] ?? '') : '')

/**
 * Coordinate systems a project can be in (projected, metres) whose code begins with the text or whose name holds all its
 * words. Exact codes first, then by code.
 */
export function searchCrs(text: string): { code: string; name: string }[] {
  const wanted = text.trim().toLowerCase()
  const digits = /^(?:epsg)?[:\s]*(\d+)$/.exec(wanted)?.[1]
  const words = wanted.split(/\s+/).filter(word => word !== '')
  if (words.length === 0) return []
  const matches: { code: string; name: string }[] = []
  for (const [code, name] of Object.entries(NAMES)) {
    const lower = name.toLowerCase()
    const isMatch = digits ? code.slice('EPSG:'.length).startsWith(digits) || lower.includes(digits) : words.every(word => lower.includes(word))
    if (isMatch && lookUpCrs(code)?.metric) matches.push({ code, name })
  }
  const rank = ({ code }: { code: string }) => (digits && code === `EPSG:${digits}` ? 0 : digits && code.startsWith(`EPSG:${digits}`) ? 1 : 2)
  return matches.sort((a, b) => rank(a) - rank(b)).slice(0, MAX_MATCHES)
}
