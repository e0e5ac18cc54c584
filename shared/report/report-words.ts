import { againstWords, citation, findingSentence, packCitation, severityWords, sideWords, yieldWords } from './finding-words.ts'
import type { ReportData, ReportFinding } from './report-data.ts'

/** What a report says of a finding, looked up once. */
export interface FindingText {
  readonly a: string
  readonly b: string
  readonly owners: readonly string[]
  readonly rule: string
  readonly severity: string
  readonly sentence: string
  readonly clause: string
  readonly yields: string | null
  readonly status: string
}

export function findingText({ words, network, pack: { pack }, language }: Pick<ReportData, 'words' | 'network' | 'pack' | 'language'>, { finding, standing }: Pick<ReportFinding, 'finding' | 'standing'>): FindingText {
  const side = (ids: readonly string[]): string => sideWords(words, ids, network.assetOf(ids[0] ?? ''))
  const sides = { a: side(finding.a), b: againstWords(words, finding, network.assetOf(finding.b[0] ?? '')) }
  const cited = packCitation(pack.title[language])
  const owners = [...finding.a, ...finding.b].map(id => network.assetOf(id)?.owner ?? '').filter(owner => owner !== '')
  return {
    ...sides, owners: [...new Set(owners)],
    rule: words(`findings:rule.${finding.rule}`),
    severity: severityWords(words, finding),
    sentence: findingSentence(words, finding, sides, cited),
    clause: citation(words, finding, cited),
    yields: yieldWords(words, finding, sides),
    status: standing.reopened === null ? words(`review:status.${standing.status}`) : words('review:reopenedStatus', { status: words(`review:status.${standing.status}`), why: words(`review:reopened.${standing.reopened}`) }),
  }
}

/** Date and minute in the reader's own form, the zone said. */
export const stamp = (iso: string, language: string): string => {
  const at = new Date(iso)
  return Number.isNaN(at.getTime()) ? iso : at.toLocaleString(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }) + ' UTC'
}
