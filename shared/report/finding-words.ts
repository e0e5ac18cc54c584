import { isScreening, type Finding, type RuleName, type Shortfall } from '../clearance/findings/finding.ts'
import { ruleFigure } from './rule-figure.ts'
import type { Words } from './words.ts'

/** How findings are said, in the interface and on paper alike. Pure: words from the catalogue, figures from the finding. */

/** One side as people name it. `label` is what people call it (its id where it has no name), `kind` its kind in words. */
export function sideWords(words: Words, ids: readonly string[], subject: { readonly label: string; readonly kind: string } | null): string {
  const id = ids[0] ?? ''
  const kind = subject ? words(`kinds:kind.${subject.kind}`) : ''
  // A name that says the kind already is not told it twice: "Gas 1", not "Gas Gas 1".
  const name = !subject ? id : subject.label.includes(kind) ? subject.label : `${kind} ${subject.label}`
  return ids.length > 1 ? words('findings:side.more', { name, count: ids.length - 1 }) : name
}

/** What the line stands against: other lines, the ground, something on it, a structure, or nothing but itself. */
export function againstWords(words: Words, finding: Pick<Finding, 'rule' | 'b' | 'against'>, subject: { readonly label: string; readonly kind: string } | null): string {
  const { against, b } = finding
  if (against?.name) return against.name
  if (against) return words('findings:side.named', { type: words(against.sort === 'node' ? `kinds:nodeType.${against.type}` : `findings:against.${against.type}`), id: b[0] ?? '' })
  if (b.length > 0) return sideWords(words, b, subject)
  return words(isCover(finding) ? 'findings:side.ground' : 'findings:side.itself')
}

const isCover = ({ rule }: Pick<Finding, 'rule'>): boolean => rule === 'cover' || rule === 'cover_max'

/** The clause as a report cites it: standard and number. Empty where no clause stands behind the rule (hard contact). What excavations are judged by is in no pack: its clause names its source. Of what is screened, the method. */
export const citation = (words: Words, { rule, clause, against }: Pick<Finding, 'rule' | 'clause' | 'against'>, pack: string): string =>
  isScreening(rule) ? words(`findings:screening.${rule}`, { clause }) : clause === '' || against?.sort === 'excavation' ? clause : words('findings:citation', { pack, clause })

/** How a pack is cited in a line: the standard's number where its title starts with one (`GB 50289-2016`), else the title. */
export const packCitation = (title: string): string => /^[A-Z]+(?:\/[A-Z]+)?\s?\d+(?:\.\d+)?[-–]\d{4}/.exec(title)?.[0] ?? title

/** Chinese text sets a space between an id or figure and the sign after it. */
const spaced = (text: string): string => text.replace(/([\p{Script=Latin}\d])(?=\p{Script=Han})/gu, '$1 ')

/** Rule, found, required and short by in one plain sentence. */
export function findingSentence(words: Words, finding: Finding, sides: { readonly a: string; readonly b: string }, pack: string): string {
  // What passes as drawn and is only possibly wrong has no shortfall to speak of.
  const key = finding.shortfall > 0 || isScreening(finding.rule) ? screenedKey(finding) : passingKey(finding)
  const sentence = words(`findings:sentence.${key}`, {
    ...sides, ...levelSides(finding, sides), rule: words(`findings:rule.${finding.rule}`), ...(finding.surface && finding.shortfall > 0 && { context: 'under', surface: words(`kinds:surface.${finding.surface.surface}`) }), found: ruleFigure(finding.rule, finding.found), required: ruleFigure(finding.rule, finding.required), shortfall: ruleFigure(finding.rule, finding.shortfall), overlap: ruleFigure(finding.rule, -finding.found),
  })
  const clause = citation(words, finding, pack)
  return spaced(clause === '' ? words('findings:sentence.plain', { sentence }) : words('findings:sentence.cited', { sentence, clause }))
}

/** Rules whose figure can be below nothing without a clash: "−0.06 m apart" says nothing to a reader. */
const OVERLAPPING: ReadonlySet<RuleName> = new Set(['vertical', 'stacked', 'horizontal', 'cover', 'surroundings'])

/** A new drain has no before. What overlaps, or stands out of the ground, is said so. */
const screenedKey = ({ rule, b, found }: Finding): string =>
  rule === 'collapse_factors' && b.length === 0 ? 'collapse_factors_new' : OVERLAPPING.has(rule) && found <= 0 ? `${rule}_overlap` : rule

/** Of two lines in the wrong order, the one that passes below and the one above it. */
const levelSides = ({ rule, at }: Finding, { a, b }: { readonly a: string; readonly b: string }): object =>
  rule !== 'level_order' ? {} : at.a[2] < at.b[2] ? { below: a, above: b } : { below: b, above: a }

/** What passes as drawn and may yet be wrong. */
function passingKey(finding: Finding): string {
  if (isCover(finding)) return 'passes_cover'
  if (finding.against?.sort === 'excavation') return 'passes_dig'
  if (finding.rule === 'hard' || finding.rule === 'structure_hard') return 'passes_hard'
  return finding.against || finding.b.length > 0 ? 'passes' : 'passes_alone'
}

/** How far what was surveyed can be off, where that leaves a verdict open; null where it does not. */
export function uncertaintyWords(words: Words, { rule, verdict, uncertaintyM }: Pick<Finding, 'rule' | 'verdict' | 'uncertaintyM'>): string | null {
  if (verdict === 'certain' || isScreening(rule)) return null
  return uncertaintyM === null ? words('findings:card.uncertaintyUnknown') : words('findings:card.uncertainty', { uncertainty: ruleFigure(rule, uncertaintyM) })
}

/** The same for a rule broken beside the leading one, shorter. */
export const otherWords = (words: Words, other: Shortfall): string =>
  words('findings:other', { rule: words(`findings:rule.${other.rule}`), found: ruleFigure(other.rule, other.found), required: ruleFigure(other.rule, other.required), shortfall: ruleFigure(other.rule, other.shortfall) })

/** Mandatory, advisory or screening. */
export const weightWords = (words: Words, { mandatory, rule }: Pick<Finding, 'mandatory' | 'rule'>): string =>
  words(`findings:weight.${isScreening(rule) ? 'screening' : mandatory ? 'mandatory' : 'advisory'}`)

/** Mandatory, advisory or screening, certain, possible or clear, in words: `Mandatory · certain`. */
export const severityWords = (words: Words, finding: Pick<Finding, 'mandatory' | 'verdict' | 'rule'>): string =>
  words('findings:severity', { weight: weightWords(words, finding), verdict: words(`findings:verdict.${finding.verdict}`) })

/** Who gives way and by which rule of the pack, in a sentence; null where the pack does not tell. */
export function yieldWords(words: Words, { yields }: Finding, sides: { readonly a: string; readonly b: string }): string | null {
  if (!yields) return null
  const word = (name: string) => words(`findings:yield.${name}`, { defaultValue: name })
  return spaced(words('findings:card.yields', { side: sides[yields.side], yields: word(yields.yields), to: word(yields.to), clause: yields.clause }))
}

/** Rank for sorting: the heaviest first. */
export const severityRank = (finding: Pick<Finding, 'mandatory' | 'verdict'>): number =>
  (finding.mandatory ? 0 : 3) + (finding.verdict === 'certain' ? 0 : finding.verdict === 'possible' ? 1 : 2)

/** The order in which findings are told: the heaviest first, among equals the greater shortfall. */
export const heaviestFirst = (p: Finding, q: Finding): number => severityRank(p) - severityRank(q) || q.shortfall - p.shortfall || (p.id < q.id ? -1 : 1)
