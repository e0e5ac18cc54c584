import type { AssetKind } from '../../twin/kinds.ts'
import type { Finding, RuleName, Shortfall } from './finding.ts'
import { compareText } from '../network/order-and-frame.ts'

/** What may differ in a conflict that both packs find. Clauses of two packs always differ: they are no difference. */
export const FINDING_CHANGES = ['rule', 'required', 'weight', 'verdict', 'others'] as const
export type FindingChange = (typeof FINDING_CHANGES)[number]

export const DIFFERENCE_SORTS = ['only_left', 'only_right', 'changed'] as const
export type DifferenceSort = (typeof DIFFERENCE_SORTS)[number]

/** One conflict that two checks of the same network judge differently: `left` and `right` are null where that check has none. */
export interface FindingDifference {
  readonly sort: DifferenceSort
  readonly left: Finding | null
  readonly right: Finding | null
  readonly changes: readonly FindingChange[]
}

export interface FindingComparison {
  /** Conflicts that both find alike. */
  readonly same: number
  /** The heaviest first. */
  readonly differences: readonly FindingDifference[]
}

/** Rules between two assets: they share a stretch and lead each other. Every other rule speaks of one thing of its own. */
const PAIR_RULES: ReadonlySet<RuleName> = new Set(['hard', 'vertical', 'stacked', 'horizontal', 'either', 'distance', 'touching'])
/** Stretches nearer than this are the same place, as within one check. */
const SAME_STRETCH_M = 0.5

/**
 * Compares what two checks of the same network found, such as under two rule packs. A conflict is the same where it is
 * between the same runs, of the same sort (rules between two assets count as one sort, since they lead each other) and on
 * the same stretch. One long stretch that the other check parts in two is compared with each of the two.
 */
export function compareFindings(left: readonly Finding[], right: readonly Finding[]): FindingComparison {
  const places = new Map<string, { readonly left: Finding[]; readonly right: Finding[] }>()
  const placeOf = (finding: Finding) => {
    const key = placeKey(finding)
    let place = places.get(key)
    if (!place) places.set(key, (place = { left: [], right: [] }))
    return place
  }
  for (const finding of left) placeOf(finding).left.push(finding)
  for (const finding of right) placeOf(finding).right.push(finding)
  let same = 0
  const differences: FindingDifference[] = []
  for (const place of places.values()) {
    for (const [l, r] of partners(place.left, place.right)) {
      const changes = l && r ? changesOf(l, r) : []
      if (l && r && changes.length === 0) same++
      else differences.push({ sort: !r ? 'only_left' : !l ? 'only_right' : 'changed', left: l, right: r, changes })
    }
  }
  return { same, differences: differences.sort(byWeight) }
}

/** Runs, and the rule where it is of a sort by itself. Identity is `runs|rule|ordinal`: the last two hang on the pack. */
function placeKey({ id, rule }: Finding): string {
  const runs = id.slice(0, id.lastIndexOf('|', id.lastIndexOf('|') - 1))
  return `${PAIR_RULES.has(rule) ? '' : rule}\u0000${runs}`
}

/** Every finding of one place with the one of the other side that shares most of its stretch, or with none. */
function partners(left: readonly Finding[], right: readonly Finding[]): (readonly [Finding | null, Finding | null])[] {
  const pairs = new Map<string, readonly [Finding | null, Finding | null]>()
  const add = (l: Finding | null, r: Finding | null) => pairs.set(`${l?.id}\u0000${r?.id}`, [l, r])
  for (const l of left) add(l, nearest(l, right))
  for (const r of right) add(nearest(r, left), r)
  return [...pairs.values()]
}

function nearest(finding: Finding, others: readonly Finding[]): Finding | null {
  let best: { readonly other: Finding; readonly overlapM: number } | null = null
  for (const other of others) {
    const overlapM = Math.min(finding.stretch.toChainageM, other.stretch.toChainageM) - Math.max(finding.stretch.fromChainageM, other.stretch.fromChainageM)
    if (overlapM < -SAME_STRETCH_M) continue
    const isBetter = best === null || (other.rule === finding.rule && best.other.rule !== finding.rule) ||
      ((other.rule === finding.rule) === (best.other.rule === finding.rule) && overlapM > best.overlapM)
    if (isBetter) best = { other, overlapM }
  }
  return best?.other ?? null
}

function changesOf(left: Finding, right: Finding): FindingChange[] {
  const differs: Readonly<Record<FindingChange, boolean>> = {
    rule: left.rule !== right.rule,
    required: left.required !== right.required,
    weight: left.mandatory !== right.mandatory,
    verdict: left.verdict !== right.verdict,
    others: limitsOf(left.others) !== limitsOf(right.others),
  }
  return FINDING_CHANGES.filter(change => differs[change])
}

const limitsOf = (others: readonly Shortfall[]): string => others.map(({ rule, required, surface }) => `${rule} ${surface?.surface ?? ''} ${required}`).sort().join()

/** Mandatory and certain before the rest, then the greater shortfall, then by identity. */
function byWeight(m: FindingDifference, n: FindingDifference): number {
  return weightOf(m) - weightOf(n) || shortfallOf(n) - shortfallOf(m) || compareText(idOf(m), idOf(n))
}

const sidesOf = ({ left, right }: FindingDifference): Finding[] => [left, right].filter(finding => finding !== null)
const weightOf = (difference: FindingDifference): number => Math.min(...sidesOf(difference).map(({ mandatory, verdict }) => (mandatory ? 0 : 2) + (verdict === 'certain' ? 0 : 1)))
const shortfallOf = (difference: FindingDifference): number => Math.max(...sidesOf(difference).map(({ shortfall }) => shortfall))
const idOf = ({ left, right }: FindingDifference): string => `${left?.id ?? ''}\u0000${right?.id ?? ''}`

/** Differences between two kinds of line, or a kind and what it is against (`building`, `ground`, `itself` …). */
export interface DifferenceTally {
  readonly a: string
  readonly b: string
  readonly onlyLeft: number
  readonly onlyRight: number
  readonly changed: number
}

/** @param kindOf Kind of an asset by its id; null where it is not known. @returns most differences first. */
export function tallyDifferences(differences: readonly FindingDifference[], kindOf: (id: string) => AssetKind | null): DifferenceTally[] {
  const tallies = new Map<string, { a: string; b: string; onlyLeft: number; onlyRight: number; changed: number }>()
  for (const { sort, left, right } of differences) {
    const [a, b] = kindPair((left ?? right)!, kindOf)
    const key = `${a}\u0000${b}`
    const tally = tallies.get(key) ?? { a, b, onlyLeft: 0, onlyRight: 0, changed: 0 }
    tally[sort === 'only_left' ? 'onlyLeft' : sort === 'only_right' ? 'onlyRight' : 'changed']++
    tallies.set(key, tally)
  }
  const total = (tally: DifferenceTally): number => tally.onlyLeft + tally.onlyRight + tally.changed
  return [...tallies.values()].sort((m, n) => total(n) - total(m) || compareText(`${m.a} ${m.b}`, `${n.a} ${n.b}`))
}

function kindPair({ rule, a, b, against }: Finding, kindOf: (id: string) => AssetKind | null): [string, string] {
  const first = kindOf(a[0] ?? '') ?? 'unknown'
  if (against) return [first, against.type]
  if (b.length === 0) return [first, rule === 'cover' || rule === 'cover_max' ? 'ground' : 'itself']
  return [first, kindOf(b[0]!) ?? 'unknown'].sort(compareText) as [string, string]
}
