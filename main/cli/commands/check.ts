import type { TFunction } from 'i18next'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { loadMessages, type Language } from '../../services/messages.ts'
import { writeJson } from '../answer.ts'
import { compareWith, comparisonLines, type CheckComparison } from '../check-comparison.ts'
import { PAPER_OPTIONS, readPaperOrder, writePapers } from '../check-papers.ts'
import { readCheckSubject, reportOf, runCheck, withoutIgnored } from '../check-run.ts'
import type { CheckSubject } from '../check-subject.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { findingLines } from '../finding-lines.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `check <project.gpkg | network.geojson>`: every finding of a network under a rule pack (design §5 and §8). */
export const checkCommand: CliCommand = {
  name: 'check',
  options: { scenario: { type: 'string' }, rules: { type: 'string' }, sets: { type: 'string' }, set: { type: 'string' }, against: { type: 'string' }, 'apply-ignore-rules': { type: 'boolean' }, compare: { type: 'string' }, json: { type: 'string' }, ...PAPER_OPTIONS },
  helpKey: 'cli-check:help',
  async run(args, io) {
    const { positionals, values } = args
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-check:network') })
    const papers = readPaperOrder(args, io)
    const job = terminalJob(io, t)
    const json = textOf(values['json'])
    const sets = setsAsked(textOf(values['sets']), textOf(values['set']), textOf(values['against']))
    const ignores = values['apply-ignore-rules'] === true
    const read = (rules: string | null) => readCheckSubject(path, { scenario: textOf(values['scenario']), rules, access: 'read', sets, ignores }, job, io, t)
    const compare = textOf(values['compare'])
    const subject = await read(textOf(values['rules']))
    // Read before the first check: a pack that is not there is told at once.
    const other = compare === null ? null : await read(compare)
    const { answer, ignored } = withoutIgnored(await runCheck(subject, sets, job, io), subject)
    const comparison = other && await compareWith(other, sets, answer.findings, job, io)
    endProgress(io)
    await writePapers(papers, subject, sets, answer, io)
    if (json !== null) writeJson(json, { ...reportOf(subject, sets, answer, json, ignored), ...(comparison && { comparison }) }, io)
    if (json !== '-') io.out(describe(answer.findings, answer.pairCount, subject, comparison, io.language, t) + ignored.map(entry => `${t('cli-check:ignored', { ...entry })}\n`).join(''))
    return answer.findings.length > 0 ? EXIT.findings : EXIT.done
  },
}

/** `--set A --against B` is `--sets A:B`; one side alone is checked against everything. */
function setsAsked(sets: string | null, set: string | null, against: string | null): string | null {
  if (set === null && against === null) return sets
  if (sets !== null) throw new CliFailure('cli-check:setsTwice')
  return `${set ?? 'all'}:${against ?? 'all'}`
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function describe(findings: readonly Finding[], pairCount: number, subject: CheckSubject, comparison: CheckComparison | null, language: Language, t: TFunction): string {
  const { pack: { pack }, issues } = subject
  return [
    t('cli-check:result', { findings: findings.length, pairs: pairCount, pack: pack.id, version: pack.version }),
    ...findingLines(findings, subject, language, t),
    ...(comparison ? comparisonLines(comparison, pack.id, t) : []),
    ...issues.map(({ severity, count, code }) => t('cli-check:issue', { severity: t(`cli-project:severity.${severity}`), count, code, text: t(`issues:${code}`) })),
    '',
  ].join('\n')
}
