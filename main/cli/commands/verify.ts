import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { TFunction } from 'i18next'
import { z } from 'zod'
import type { JobControl } from '#shared/core/job.ts'
import { loadMessages } from '../../services/messages.ts'
import { shippedPack, shippedPacks } from '../../services/rule-packs.ts'
import { writeJson } from '../answer.ts'
import { readCheckSubject, reportOf, runCheck, withoutIgnored } from '../check-run.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from '../command.ts'
import { differencesOf, rowDifferences, type Difference } from '../report-differences.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `verify <report.json>`: runs the check of a report again and says whether it comes out the same, to the last digit. */
export const verifyCommand: CliCommand = {
  name: 'verify',
  options: { json: { type: 'string' } },
  helpKey: 'cli-verify:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-verify:report') })
    const report = readReport(path)
    const differences = await compare(report, path, terminalJob(io, t), io, t)
    endProgress(io)
    const agrees = differences.length === 0
    const json = values['json']
    if (typeof json === 'string') writeJson(json, { agrees, differences }, io)
    if (json !== '-') io.out(describe(differences, report, t))
    return agrees ? EXIT.done : EXIT.findings
  },
}

/** One pack of a combined one. */
const packPart = z.looseObject({ id: z.string(), file: z.string().optional() })

/** What a report must hold to be run again. Rows are taken as they are: one that was tampered with is a difference, not a refusal. */
const reportSchema = z.looseObject({
  engine: z.string(),
  pack: z.looseObject({ id: z.string(), version: z.string(), hash: z.string(), file: z.string().optional(), parts: z.array(packPart).min(2).optional() }),
  inputs: z.tuple([z.looseObject({ file: z.string().min(1), hash: z.string(), scenario: z.looseObject({ name: z.string() }).optional() })]),
  sets: z.string().optional(),
  ignored: z.array(z.strictObject({ reason: z.string(), count: z.int() })).optional(),
  issues: z.array(z.unknown()).optional(),
  findings: z.array(z.unknown()),
  pairs: z.array(z.unknown()),
})
type Report = z.infer<typeof reportSchema>

function readReport(path: string): Report {
  if (!existsSync(path)) throw new CliFailure('cli-check:noFile', { file: path })
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new CliFailure('cli-verify:notReport', { file: path, problem: cause.message })
    throw new CliFailure('cli:cannotRead', { file: path, reason: cause instanceof Error ? cause.message : String(cause) })
  }
  const parsed = reportSchema.safeParse(value)
  const problem = parsed.error?.issues[0]
  if (problem) throw new CliFailure('cli-verify:notReport', { file: path, problem: `${problem.path.join('.')}: ${problem.message}` })
  return parsed.data!
}

async function compare(report: Report, path: string, job: JobControl, io: CliIo, t: TFunction): Promise<Difference[]> {
  const [{ file, scenario }] = report.inputs
  const input = locate(file, path) ?? refuse('cli-verify:noInput', { file, folder: dirname(resolve(path)) })
  const choice = { scenario: scenario?.name ?? null, rules: rulesOf(report, path), access: 'audit' as const, sets: report.sets ?? null, ignores: report.ignored !== undefined }
  let header: readonly Difference[] = []
  try {
    const subject = await readCheckSubject(input, choice, job, io, t)
    const headerOf = ({ engine, pack: { id, version, hash }, inputs }: Report) => ({ engine, pack: { id, version, hash }, inputs: inputs.map(({ file: _, ...rest }) => rest) })
    const empty = asJson(reportOf(subject, report.sets ?? null, { findings: [], pairs: [], pairCount: 0, total: 0 }, path))
    header = differencesOf('', headerOf(report), headerOf(empty))
    const { answer, ignored } = withoutIgnored(await runCheck(subject, report.sets ?? null, job, io), subject)
    const again = asJson(reportOf(subject, report.sets ?? null, answer, path, ignored))
    return [
      ...header,
      ...differencesOf('issues', report.issues ?? [], again.issues),
      ...rowDifferences('findings', report.findings, again.findings, row => wordsOf(row, ['id'])),
      ...rowDifferences('pairs', report.pairs, again.pairs, row => wordsOf(row, ['a', 'b', 'rule'])),
    ]
  } catch (cause) {
    // The input no longer has what the report is about: that is an answer too.
    if (cause instanceof CliFailure && cause.key === 'cli-check:noScenario') return [{ what: 'inputs[0].scenario', was: scenario, is: null }]
    if (cause instanceof CliFailure && cause.key === 'cli-check:setUnknown') return [...header, { what: 'sets', was: report.sets, is: null }]
    throw cause
  }
}

/** The report as its file would be read: keys without a value gone, no negative zeros. */
const asJson = (report: ReturnType<typeof reportOf>): Report => JSON.parse(JSON.stringify(report)) as Report

function wordsOf(row: unknown, keys: readonly string[]): string {
  const values = typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {}
  return keys.map(key => (typeof values[key] === 'string' ? values[key] : '?')).join(' ')
}

/** A file the report names: as seen from the report, else from the working folder; null where it is in neither. */
const locate = (file: string, report: string): string | null => [resolve(dirname(report), file), resolve(file)].find(candidate => existsSync(candidate)) ?? null

const rulesOf = ({ pack }: Report, report: string): string | string[] => (pack.parts ? pack.parts.map(part => ruleOf(part, report)) : ruleOf(pack, report))

function ruleOf({ id, file }: z.infer<typeof packPart>, report: string): string {
  if (file === undefined) return shippedPack(id) ? id : refuse('cli-verify:noPack', { pack: id, names: shippedPacks().map(({ pack }) => pack.id).join(', ') })
  return locate(file, report) ?? refuse('cli-verify:noPackFile', { pack: id, file, folder: dirname(resolve(report)) })
}

function refuse(key: string, params: Readonly<Record<string, string>>): never {
  throw new CliFailure(key, params)
}

/** Differences told one by one on a terminal; the JSON has them all. */
const TOLD = 20
const MAX_TOLD_VALUE = 120

function describe(differences: readonly Difference[], { findings, pairs, pack }: Report, t: TFunction): string {
  if (differences.length === 0) return `${t('cli-verify:agrees', { findings: findings.length, pairs: pairs.length, pack: pack.id, version: pack.version })}\n`
  const told = (value: unknown): string => {
    if (value === null || value === undefined) return t('cli-verify:absent')
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return text.length > MAX_TOLD_VALUE ? `${text.slice(0, MAX_TOLD_VALUE)}…` : text
  }
  return [
    t('cli-verify:differs', { count: differences.length }),
    ...differences.slice(0, TOLD).map(({ what, was, is }) => t('cli-verify:difference', { what, was: told(was), is: told(is) })),
    ...(differences.length > TOLD ? [t('cli-verify:more', { count: differences.length - TOLD })] : []),
    '',
  ].join('\n')
}
