import type { TFunction } from 'i18next'
import type { Finding } from '#shared/clearance/finding.ts'
import { loadMessages } from '../../services/messages.ts'
import { writeJson } from '../answer.ts'
import { PAPER_OPTIONS, readPaperOrder, writePapers } from '../check-papers.ts'
import { readCheckSubject, reportOf, runCheck, withoutIgnored } from '../check-run.ts'
import type { CheckSubject } from '../check-subject.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { figuresOf } from '../finding-figures.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `check <project.gpkg | network.geojson>`: every finding of a network under a rule pack (design §5 and §8). */
export const checkCommand: CliCommand = {
  name: 'check',
  options: { scenario: { type: 'string' }, rules: { type: 'string' }, sets: { type: 'string' }, set: { type: 'string' }, against: { type: 'string' }, 'apply-ignore-rules': { type: 'boolean' }, json: { type: 'string' }, ...PAPER_OPTIONS },
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
    const subject = await readCheckSubject(path, { scenario: textOf(values['scenario']), rules: textOf(values['rules']), access: 'read', sets, ignores }, job, io, t)
    const { answer, ignored } = withoutIgnored(await runCheck(subject, sets, job, io), subject)
    endProgress(io)
    await writePapers(papers, subject, sets, answer, io)
    if (json !== null) writeJson(json, reportOf(subject, sets, answer, json, ignored), io)
    if (json !== '-') io.out(describe(answer.findings, answer.pairCount, subject, t) + ignored.map(entry => `${t('cli-check:ignored', { ...entry })}\n`).join(''))
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

/** Findings told one by one on a terminal; the rest is in the JSON. */
const TOLD = 20

function describe(findings: readonly Finding[], pairCount: number, { pack, issues }: CheckSubject, t: TFunction): string {
  const counts = new Map<string, number>()
  for (const { rule, verdict } of findings) {
    const key = `${t(`cli-check:rule.${rule}`)}, ${t(`cli-check:verdict.${verdict}`)}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [
    t('cli-check:result', { findings: findings.length, pairs: pairCount, pack: pack.pack.id, version: pack.pack.version }),
    ...[...counts].sort((a, b) => b[1] - a[1]).map(([text, count]) => `  ${String(count).padStart(8)}  ${text}`),
    ...findings.slice(0, TOLD).map(finding =>
      t(finding.b.length === 0 ? 'cli-check:coverLine' : 'cli-check:line', {
        a: finding.a.join(' '), b: finding.b.join(' '), rule: t(`cli-check:rule.${finding.rule}`), verdict: t(`cli-check:verdict.${finding.verdict}`),
        ...figuresOf(finding), clause: finding.clause || '–',
      })),
    ...(findings.length > TOLD ? [t('cli-check:more', { count: findings.length - TOLD })] : []),
    ...issues.map(({ severity, count, code }) => t('cli-check:issue', { severity: t(`cli-project:severity.${severity}`), count, code, text: t(`issues:${code}`) })),
    '',
  ].join('\n')
}
