import { lookUpCrs } from '#shared/io/crs.ts'
import { CRS_NAMES } from './crs-names.ts'

const MAX_MATCHES = 50
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
  for (const [code, name] of Object.entries(CRS_NAMES)) {
    const lower = name.toLowerCase()
    const isMatch = digits ? code.slice('EPSG:'.length).startsWith(digits) || lower.includes(digits) : words.every(word => lower.includes(word))
    if (isMatch && lookUpCrs(code)?.metric) matches.push({ code, name })
  }
  const rank = ({ code }: { code: string }) => (digits && code === `EPSG:${digits}` ? 0 : digits && code.startsWith(`EPSG:${digits}`) ? 1 : 2)
  return matches.sort((a, b) => rank(a) - rank(b)).slice(0, MAX_MATCHES)
}
