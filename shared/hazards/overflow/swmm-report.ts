/** What a SWMM 5 report says of one node. Metres and seconds. */
export interface SwmmNode {
  readonly maxDepthM: number
  readonly maxLevelM: number
  /** Greatest rate at which water leaves over the top, m³/s; 0 where none does. */
  readonly floodedM3s: number
  readonly floodedM3: number
  readonly floodedHours: number
  /** How long the water stood over the top of the highest drain, and how high at most; 0 where it did not. A run by kinematic wave reports none. */
  readonly surchargedHours: number
  readonly overCrownM: number
}

/** Of one link. */
export interface SwmmLink {
  readonly maxFlowM3s: number
  /** Share of its full flow; null where the report gives none. */
  readonly ofFull: number | null
}

export interface SwmmReport {
  /** As the report names itself: `EPA STORM WATER MANAGEMENT MODEL - VERSION 5.2 (Build 5.2.4)`. */
  readonly engine: string
  /** By name, upper case: SWMM tells names apart without regard to case. */
  readonly nodes: ReadonlyMap<string, SwmmNode>
  readonly links: ReadonlyMap<string, SwmmLink>
  /** Water that routing lost or made, per cent; null where the report does not say. */
  readonly routingErrorPercent: number | null
  /** What went wrong, in SWMM's words. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

const FOOT_M = 0.3048
/** Cubic metres per second of each flow unit; the first three come with feet. */
const FLOW_M3S: Readonly<Record<string, number>> = { CFS: FOOT_M ** 3, GPM: 6.30901964e-5, MGD: 3785.411784 / 86_400, CMS: 1, LPS: 0.001, MLD: 1000 / 86_400 }
const US_UNITS: ReadonlySet<string> = new Set(['CFS', 'GPM', 'MGD'])
const MILLION_GALLONS_M3 = 3785.411784
const MILLION_LITRES_M3 = 1000
const MOST_MESSAGES = 50

/**
 * Reads a SWMM 5 report: greatest depths, levels and flows, and what flooded. Tables that are missing (a run that ended
 * early) leave their part empty; `errors` says why.
 */
export function readSwmmReport(text: string): SwmmReport {
  const lines = text.split(/\r?\n/)
  const unit = (lines.find(line => /^\s*Flow Units \.+/.test(line))?.split(/\s+/).at(-1) ?? 'CMS').toUpperCase()
  const [lengthM, flowM3s, volumeM3] = [US_UNITS.has(unit) ? FOOT_M : 1, FLOW_M3S[unit] ?? 1, US_UNITS.has(unit) ? MILLION_GALLONS_M3 : MILLION_LITRES_M3]
  const flooding = new Map(rowsOf(lines, 'Node Flooding Summary').map(row => [name(row), row]))
  const surcharges = new Map(rowsOf(lines, 'Node Surcharge Summary').map(row => [name(row), row]))
  const nodes = rowsOf(lines, 'Node Depth Summary').map((row): readonly [string, SwmmNode] => {
    const [flood, surcharge] = [flooding.get(name(row)), surcharges.get(name(row))]
    return [name(row), {
      maxDepthM: figure(row, 3) * lengthM, maxLevelM: figure(row, 4) * lengthM,
      floodedM3s: flood ? figure(flood, 2) * flowM3s : 0, floodedM3: flood ? figure(flood, 5) * volumeM3 : 0, floodedHours: flood ? figure(flood, 1) : 0,
      surchargedHours: surcharge ? figure(surcharge, 2) : 0, overCrownM: surcharge ? figure(surcharge, 3) * lengthM : 0,
    }]
  })
  const links = rowsOf(lines, 'Link Flow Summary').map(row => [name(row), { maxFlowM3s: figure(row, 2) * flowM3s, ofFull: row.length > 6 ? figure(row, 6) : null }] as const)
  const routing = lines.findIndex(line => line.includes('Flow Routing Continuity'))
  const lost = routing < 0 ? undefined : lines.slice(routing, routing + 25).find(line => line.includes('Continuity Error'))
  const messages = (word: string) => lines.filter(line => line.trimStart().startsWith(word)).slice(0, MOST_MESSAGES).map(line => line.trim())
  return {
    engine: lines.find(line => line.includes('STORM WATER MANAGEMENT MODEL'))?.trim() ?? 'SWMM', nodes: new Map(nodes), links: new Map(links),
    routingErrorPercent: lost ? Number(lost.trim().split(/\s+/).at(-1)) : null, errors: messages('ERROR'), warnings: messages('WARNING'),
  }
}

const name = (row: readonly string[]): string => row[0]!.toUpperCase()
const figure = (row: readonly string[], column: number): number => {
  const value = Number(row[column])
  return Number.isFinite(value) ? value : NaN
}

/** Rows of a table, split at blanks: they stand between its second rule and the next blank line. */
function rowsOf(lines: readonly string[], title: string): string[][] {
  const start = lines.findIndex(line => line.trim() === title)
  if (start < 0) return []
  const rows: string[][] = []
  let rules = 0
  for (const line of lines.slice(start + 2)) {
    // The next title: a table that says there is nothing to list has no rules.
    if (/^\s*\*{5,}/.test(line)) return rows
    if (/^\s*-{5,}\s*$/.test(line)) rules++
    else if (rules >= 2 && line.trim() === '') return rows
    else if (rules === 2) rows.push(line.trim().split(/\s+/))
  }
  return rows
}
