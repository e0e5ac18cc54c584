import { existsSync } from 'node:fs'
import { dirname, extname, relative, resolve } from 'node:path'
import type { TFunction } from 'i18next'
import { effectiveNetwork } from '#shared/clearance/effective-network.ts'
import { ENGINE, type Finding } from '#shared/clearance/finding.ts'
import type { IssueSummary } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { CheckBaseline, CheckTask } from '../../services/check-task.ts'
import { CheckWorker } from '../../services/check-worker-host.ts'
import { loadMessages } from '../../services/messages.ts'
import { DEFAULT_PACK_ID, readPackFile, shippedPack, shippedPacks, type HashedPack } from '../../services/rule-packs.ts'
import { writeJson } from '../answer.ts'
import { parseSets } from '../asset-sets.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from '../command.ts'
import { openForCommand } from '../open-project.ts'
import { readNetworkFile } from '../read-network.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `check <project.gpkg | network.geojson>`: every finding of a network under a rule pack (design §5 and §8). */
export const checkCommand: CliCommand = {
  name: 'check',
  options: { scenario: { type: 'string' }, rules: { type: 'string' }, sets: { type: 'string' }, json: { type: 'string' } },
  helpKey: 'cli-check:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-check:network') })
    const job = terminalJob(io, t)
    const json = textOf(values['json'])
    const subject = await readSubject(path, { scenario: textOf(values['scenario']), rules: textOf(values['rules']) }, job, io, t)
    const sets = textOf(values['sets'])
    const scope = sets === null ? 'network' : setsOf(sets, subject)
    const worker = new CheckWorker()
    const answer = await worker
      .check(subject.baseline.key, () => subject.baseline, { proposals: subject.proposals, pack: subject.pack.pack, scope, wantsPairs: true }, job, io.signal)
      .finally(() => worker.close())
    endProgress(io)
    const { id, version } = subject.pack.pack
    if (json !== null) {
      writeJson(json, {
        engine: ENGINE, pack: { id, version, hash: subject.pack.hash }, inputs: [{ file: fileFrom(json, path), ...subject.input }],
        ...(sets !== null && { sets }), issues: subject.issues, findings: answer.findings, pairs: answer.pairs,
      }, io)
    }
    if (json !== '-') io.out(describe(answer.findings, answer.pairCount, subject, t))
    return answer.findings.length > 0 ? EXIT.findings : EXIT.done
  },
}

/** What is checked, whether it came from a project or a file. */
interface Subject {
  readonly baseline: CheckBaseline
  readonly proposals: readonly Proposal[]
  /** Per asset of the baseline: marked as a proposal in the file. */
  readonly isProposal: Uint8Array
  readonly pack: HashedPack
  readonly input: { readonly hash: string; readonly scenario?: { readonly name: string; readonly revision: number } }
  readonly issues: readonly IssueSummary[]
}

interface Choice {
  readonly scenario: string | null
  readonly rules: string | null
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

async function readSubject(path: string, choice: Choice, job: JobControl, io: CliIo, t: TFunction): Promise<Subject> {
  if (!existsSync(path)) throw new CliFailure('cli-check:noFile', { file: path })
  if (extname(path).toLowerCase() === '.gpkg') return readProject(path, choice, io)
  if (choice.scenario !== null) throw new CliFailure('cli-check:scenarioNeedsProject', { file: path })
  const pack = findPack(choice.rules ?? DEFAULT_PACK_ID, t)
  const { columns, isProposal, hash, issues } = readNetworkFile(path, job, t)
  return { baseline: { key: hash, columns, ground: null, surfaceFeatures: [] }, proposals: [], isProposal, pack, input: { hash }, issues }
}

async function readProject(path: string, choice: Choice, io: CliIo): Promise<Subject> {
  const t = await loadMessages(io.language)
  const project = await openForCommand(path, 'read', io)
  try {
    const pack = findPack(choice.rules ?? project.packId, t)
    const id = choice.scenario === null ? null : project.scenarioNamed(choice.scenario)
    if (choice.scenario !== null && id === null) {
      throw new CliFailure('cli-check:noScenario', { scenario: choice.scenario, names: project.scenarios().map(({ name }) => name).join(', ') || '–' })
    }
    const { ground, surfaceFeatures } = project.context()
    const columns = project.columns()
    return {
      baseline: { key: project.twinHash, columns, ground, surfaceFeatures: surfaceFeatures as readonly SurfaceFeature[] },
      proposals: id === null ? [] : Object.values(project.scenarioDocument(id).proposals),
      isProposal: new Uint8Array(columns.count), pack, issues: [],
      input: { hash: project.twinHash, ...(id !== null && { scenario: { name: choice.scenario!, revision: project.scenarioState(id).revision } }) },
    }
  } finally {
    await project.close()
  }
}

function findPack(name: string, t: TFunction): HashedPack {
  const shipped = shippedPack(name)
  if (shipped) return shipped
  if (!existsSync(name)) throw new CliFailure('cli-check:noPack', { pack: name, names: shippedPacks().map(({ pack }) => pack.id).join(', ') })
  try {
    const read = readPackFile(name)
    if (read.ok) return read.value
    const [first] = read.error
    throw new CliFailure('cli-check:badPack', {
      file: name, cell: first!.cell === '' ? '–' : first!.cell, problem: t(`cli-check:packProblem.${first!.code}`, { detail: first!.detail }), count: read.error.length,
    })
  } catch (cause) {
    if (cause instanceof CliFailure) throw cause
    throw new CliFailure('cli:cannotRead', { file: name, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

function setsOf(text: string, { baseline, proposals, isProposal }: Subject): CheckTask['scope'] {
  const assets = effectiveNetwork(baseline.columns, proposals)
  const marks = new Uint8Array(assets.count).fill(1, baseline.columns.count)
  marks.set(isProposal)
  return parseSets(text, assets, marks)
}

/** The input as seen from the report, so that both can be moved together and found again. */
function fileFrom(json: string, path: string): string {
  const folder = json === '-' ? process.cwd() : dirname(resolve(json))
  return relative(folder, resolve(path)).replaceAll('\\', '/')
}

/** Findings told one by one on a terminal; the rest is in the JSON. */
const TOLD = 20

function describe(findings: readonly Finding[], pairCount: number, { pack, issues }: Subject, t: TFunction): string {
  const counts = new Map<string, number>()
  for (const { rule, verdict } of findings) {
    const key = `${t(`cli-check:rule.${rule}`)}, ${t(`cli-check:verdict.${verdict}`)}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const metres = (value: number): string => value.toFixed(3)
  return [
    t('cli-check:result', { findings: findings.length, pairs: pairCount, pack: pack.pack.id, version: pack.pack.version }),
    ...[...counts].sort((a, b) => b[1] - a[1]).map(([text, count]) => `  ${String(count).padStart(8)}  ${text}`),
    ...findings.slice(0, TOLD).map(finding =>
      t(finding.b.length === 0 ? 'cli-check:coverLine' : 'cli-check:line', {
        a: finding.a.join(' '), b: finding.b.join(' '), rule: t(`cli-check:rule.${finding.rule}`), verdict: t(`cli-check:verdict.${finding.verdict}`),
        found: metres(finding.found), required: metres(finding.required), clause: finding.clause || '–',
      })),
    ...(findings.length > TOLD ? [t('cli-check:more', { count: findings.length - TOLD })] : []),
    ...issues.map(({ severity, count, code }) => t('cli-check:issue', { severity: t(`cli-project:severity.${severity}`), count, code, text: t(`issues:${code}`) })),
    '',
  ].join('\n')
}
