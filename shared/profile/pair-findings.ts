import type { Finding, RuleName } from '../clearance/findings/finding.ts'
import type { Vec3 } from '../twin/asset.ts'

/** What a current check says of two lines at a place. */
export interface PairShortfall {
  readonly findingId: string
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly mandatory: boolean
  /** Nearest points, local frame. */
  readonly at: { readonly a: Vec3; readonly b: Vec3 }
}

export type PairFindings = ReadonlyMap<string, readonly PairShortfall[]>

const key = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`)

/** Shortfalls of every two assets in the findings. @param origin Project CRS of the local frame. */
export function pairFindings(findings: readonly Finding[], origin: Vec3): PairFindings {
  const byPair = new Map<string, PairShortfall[]>()
  const local = (p: Vec3): Vec3 => [p[0] - origin[0], p[1] - origin[1], p[2] - origin[2]]
  for (const finding of findings) {
    for (const { rule, required, found, at } of [finding, ...finding.others]) {
      const shortfall = { findingId: finding.id, rule, required, found, mandatory: finding.mandatory, at: { a: local(at.a), b: local(at.b) } }
      for (const a of finding.a) {
        for (const b of finding.b) {
          const list = byPair.get(key(a, b))
          if (!list) byPair.set(key(a, b), [shortfall])
          else if (!list.some(other => other.findingId === finding.id && other.rule === rule)) list.push(shortfall)
        }
      }
    }
  }
  return byPair
}

/** Without those of one line: what was found holds for where it lies, not for where it is being moved to. */
export const withoutLine = (findings: PairFindings, id: string): PairFindings => new Map([...findings].filter(([pair]) => !pair.split('\n').includes(id)))

/** The shortfall of a pair by one of the rules nearest to a place in plan, within reach of it. */
export function shortfallNear(findings: PairFindings, ids: Iterable<string>, other: string, rules: ReadonlySet<RuleName>, x: number, y: number, reachM: number): PairShortfall | null {
  let [best, found]: [number, PairShortfall | null] = [reachM, null]
  for (const id of ids) {
    for (const shortfall of findings.get(key(id, other)) ?? []) {
      const { a, b } = shortfall.at
      const distance = Math.hypot((a[0] + b[0]) / 2 - x, (a[1] + b[1]) / 2 - y)
      if (rules.has(shortfall.rule) && distance <= best) [best, found] = [distance, shortfall]
    }
  }
  return found
}
