import type { TFunction } from 'i18next'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { unpackStrings } from '#shared/core/packed-strings.ts'
import { againstWords, findingSentence, heaviestFirst, packCitation, severityWords, sideWords, uncertaintyWords } from '#shared/report/finding-words.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import type { CheckSubject } from './check-subject.ts'
import type { Language } from '../services/messages.ts'

/** Findings told one by one on a terminal; the rest is in the JSON. */
const TOLD = 20

/** How many there are of each rule and weight, and the heaviest in the sentences that panels and papers use. */
export function findingLines(findings: readonly Finding[], subject: CheckSubject, language: Language, t: TFunction): string[] {
  const told = [...findings].sort(heaviestFirst).slice(0, TOLD)
  const subjectOf = assetNames(subject, new Set(told.flatMap(({ a, b }) => [a[0] ?? '', b[0] ?? ''])))
  const cited = packCitation(subject.pack.pack.title[language])
  return [
    ...countLines(findings, t),
    ...told.map(finding => {
      const sides = { a: sideWords(t, finding.a, subjectOf(finding.a)), b: againstWords(t, finding, subjectOf(finding.b)) }
      const note = uncertaintyWords(t, finding)
      return t(note === null ? 'cli-check:line' : 'cli-check:lineWithNote', { severity: severityWords(t, finding), sentence: findingSentence(t, finding, sides, cited), note })
    }),
    ...(findings.length > TOLD ? [t('cli-check:more', { count: findings.length - TOLD })] : []),
  ]
}

function countLines(findings: readonly Finding[], t: TFunction): string[] {
  const counts = new Map<string, { readonly example: Finding; count: number }>()
  for (const finding of findings) {
    const key = `${finding.mandatory}|${finding.verdict}|${finding.rule}`
    const known = counts.get(key)
    if (known) known.count++
    else counts.set(key, { example: finding, count: 1 })
  }
  return [...counts.values()]
    .sort((p, q) => heaviestFirst({ ...p.example, shortfall: p.count }, { ...q.example, shortfall: q.count }))
    .map(({ example, count }) => `  ${String(count).padStart(8)}  ${severityWords(t, example)}  ${t(`findings:rule.${example.rule}`)}`)
}

/** Kind and name of the assets asked for: a line of the scheme by its name, any other by its id. */
function assetNames({ baseline, proposals }: CheckSubject, asked: ReadonlySet<string>): (ids: readonly string[]) => { readonly label: string; readonly kind: string } | null {
  const columns = effectiveNetwork(baseline.columns, proposals)
  const proposed = new Map(proposals.map(({ id, name }) => [id, name]))
  const known = new Map<string, { readonly label: string; readonly kind: string }>()
  for (const [index, id] of unpackStrings(columns.ids).entries()) {
    if (asked.has(id)) known.set(id, { label: proposed.get(id) || id, kind: assetKind(columns, index) })
  }
  return ids => known.get(ids[0] ?? '') ?? null
}
