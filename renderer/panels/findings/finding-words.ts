import type { TFunction } from 'i18next'
import type { Finding, Shortfall } from '#shared/clearance/finding.ts'
import { ruleFigure } from '../../i18n/format.ts'
import type { Subject } from '../../state/subjects.ts'

/** How findings are said. Pure: words from the catalogue, figures from the finding, names from whoever asks. */

/** One side as people name it: kind and id, with a count where a run has several members. */
export function sideWords(t: TFunction, ids: readonly string[], subject: Subject | null): string {
  const id = ids[0] ?? ''
  const kind = subject ? t(`kinds:kind.${subject.kind}`) : ''
  // A name that says the kind already is not told it twice: "Gas 1", not "Gas Gas 1".
  const name = !subject ? id : subject.label.includes(kind) ? subject.label : `${kind} ${subject.label}`
  return ids.length > 1 ? t('findings:side.more', { name, count: ids.length - 1 }) : name
}

/** What the line stands against: other lines, the ground, something on it, a structure, or nothing but itself. */
export function againstWords(t: TFunction, finding: Pick<Finding, 'rule' | 'b' | 'against'>, subject: Subject | null): string {
  const { against, b } = finding
  if (against) return t('findings:side.named', { type: against.sort === 'node' ? t(`kinds:nodeType.${against.type}`) : t(`findings:against.${against.type}`), id: b[0] ?? '' })
  if (b.length > 0) return sideWords(t, b, subject)
  return t(finding.rule === 'cover' || finding.rule === 'cover_max' ? 'findings:side.ground' : 'findings:side.itself')
}

/** The clause as a report cites it: standard and number. Empty where no clause stands behind the rule (hard contact). */
export const citation = (t: TFunction, clause: string, pack: string): string =>
  clause === '' ? '' : t('findings:citation', { pack, clause })

/** Rule, found, required and short by in one plain sentence. */
export function findingSentence(t: TFunction, finding: Finding, sides: { readonly a: string; readonly b: string }, pack: string): string {
  // What passes as drawn and is only possibly wrong has no shortfall to speak of.
  const isCover = finding.rule === 'cover' || finding.rule === 'cover_max'
  const key = finding.shortfall > 0 ? finding.rule : isCover ? 'passes_cover' : 'passes'
  const sentence = t(`findings:sentence.${key}`, {
    ...sides, rule: t(`findings:rule.${finding.rule}`), ...(finding.surface && finding.shortfall > 0 && { context: 'under', surface: t(`kinds:surface.${finding.surface.surface}`) }), found: ruleFigure(finding.rule, finding.found), required: ruleFigure(finding.rule, finding.required), shortfall: ruleFigure(finding.rule, finding.shortfall), overlap: ruleFigure(finding.rule, -finding.found),
  })
  const clause = citation(t, finding.clause, pack)
  return clause === '' ? t('findings:sentence.plain', { sentence }) : t('findings:sentence.cited', { sentence, clause })
}

/** The same for a rule broken beside the leading one, shorter. */
export const otherWords = (t: TFunction, other: Shortfall): string =>
  t('findings:other', { rule: t(`findings:rule.${other.rule}`), found: ruleFigure(other.rule, other.found), required: ruleFigure(other.rule, other.required), shortfall: ruleFigure(other.rule, other.shortfall) })

/** Mandatory or advisory, certain, possible or clear, in words: `Mandatory · certain`. */
export const severityWords = (t: TFunction, finding: Pick<Finding, 'mandatory' | 'verdict'>): string =>
  t('findings:severity', { weight: t(`findings:weight.${finding.mandatory ? 'mandatory' : 'advisory'}`), verdict: t(`findings:verdict.${finding.verdict}`) })

/** Rank for sorting: the heaviest first. */
export const severityRank = (finding: Pick<Finding, 'mandatory' | 'verdict'>): number =>
  (finding.mandatory ? 0 : 3) + (finding.verdict === 'certain' ? 0 : finding.verdict === 'possible' ? 1 : 2)
