import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { TFunction } from 'i18next'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { lookUpCrs, proposeMetricCrs } from '#shared/io/crs.ts'
import { parseCrsName } from '#shared/io/crs-name.ts'
import { issueExampleWords } from '#shared/report/issue-example-words.ts'
import { refusalWords } from '#shared/report/refusal-words.ts'
import { importMappingSchema, type LayerMapping } from '#shared/io/mapping.ts'
import { ImportRefused } from '../../services/import/import-files.ts'
import { mapForProject, storeImport } from '../../services/import/import-into-project.ts'
import { fixChanges, missingJointFixes } from '../../services/ledger-fixes.ts'
import type { TrialImport } from '../../services/import/import-task.ts'
import { loadMessages } from '../../services/messages.ts'
import { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from '../command.ts'
import { openForCommand, projectFailure } from '../open-project.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `import <files…> -o <project.gpkg>`: brings sources into a new or existing project, all or nothing. */
export const importCommand: CliCommand = {
  name: 'import',
  options: {
    output: { type: 'string', short: 'o' }, crs: { type: 'string' }, map: { type: 'string' }, 'save-map': { type: 'string' }, json: { type: 'string' }, joints: { type: 'boolean' },
  },
  helpKey: 'cli-import:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    if (positionals.length === 0) throw new CliFailure('cli:missingArgument', { what: t('cli-import:files') })
    const output = textOf(values['output'])
    if (output === null) throw new CliFailure('cli:missingArgument', { what: t('cli-import:output') })
    if (extname(output).toLowerCase() !== '.gpkg') throw new CliFailure('cli-import:notGpkg', { file: output })
    const crs = readCrs(textOf(values['crs']))
    const mapFile = textOf(values['map'])
    const mappings = mapFile === null ? [] : readMapping(mapFile, t)
    const path = resolve(output)
    if (!existsSync(dirname(path))) throw new CliFailure('cli:cannotWrite', { file: output, reason: t('cli-import:system.no_folder') })

    const request = { files: positionals.map(file => ({ path: file, mappings })), crs, putsJoints: values['joints'] === true }
    const outcome = existsSync(path) ? await intoExisting(path, request, io, t) : await intoNew(path, request, io, t)
    endProgress(io)

    const saveMap = textOf(values['save-map'])
    if (saveMap !== null) writeJson(saveMap, { format: 'underplan-mapping/1', layers: outcome.mappings.map(entry => entry.mapping) }, io)
    const json = textOf(values['json'])
    const { assets, nodes, proposals, surfaceSizes, boreholes, alignments, blocks, catchments, crs: ownCrs, issues, files, joints } = outcome
    if (json !== null) writeJson(json, { assets, nodes, proposals, surfaces: surfaceSizes, boreholes, alignments, blocks, catchments, crs: ownCrs, issues, files, ...(request.putsJoints && { joints }) }, io)
    if (json !== '-') io.out(describe(outcome, basename(path), t) + (request.putsJoints ? `\n${t('cli-import:joints', { joints })}\n` : ''))
    return EXIT.done
  },
}

interface Request {
  readonly files: readonly { readonly path: string; readonly mappings: readonly LayerMapping[] }[]
  readonly crs: string | null
  readonly putsJoints: boolean
}

/** What came in, and how many manholes and fittings were put where its lines meet. */
type Imported = TrialImport & { readonly joints: number }

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function readCrs(text: string | null): string | null {
  if (text === null) return null
  const code = parseCrsName(text)
  const crs = code === null ? null : lookUpCrs(code)
  if (!crs) throw new CliFailure('cli-import:crsUnknown', { crs: text })
  if (!crs.metric) throw new CliFailure('cli-import:crsNotMetric', { crs: crs.code, proposal: proposeMetricCrs([108, 30]) })
  return crs.code
}

function readMapping(file: string, t: TFunction): readonly LayerMapping[] {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new CliFailure('cli-import:badMap', { file, problem: cause.message })
    throw new CliFailure('cli:cannotRead', { file, reason: systemReason(cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause), t) })
  }
  const parsed = importMappingSchema.safeParse(raw)
  const problem = parsed.error?.issues[0]
  if (problem) throw new CliFailure('cli-import:badMap', { file, problem: `${problem.path.join('.')}: ${problem.message}` })
  return parsed.data!.layers
}

async function intoExisting(path: string, request: Request, io: CliIo, t: TFunction): Promise<Imported> {
  const project = await openForCommand(path, 'write', io)
  try {
    if (!project.isEmpty && request.crs !== null && request.crs !== project.crs) {
      throw new CliFailure('cli-import:crsOther', { project: basename(path), crs: project.crs ?? t('cli-import:localFrame') })
    }
    return await importInto(project, request, io, t)
  } finally {
    await project.close()
  }
}

/** The project appears under its name only once everything is in it: an import that fails leaves nothing behind. */
async function intoNew(path: string, request: Request, io: CliIo, t: TFunction): Promise<Imported> {
  const draft = join(dirname(path), `.underplan-${randomUUID().slice(0, 8)}.gpkg`)
  try {
    const project = await ProjectFile.create(draft, {}, terminalJob(io, t))
    let outcome: Imported
    try {
      outcome = await importInto(project, request, io, t)
    } finally {
      await project.close()
    }
    if (existsSync(path)) throw new CallFailure<'project.create'>('already_exists')
    renameSync(draft, path)
    return outcome
  } catch (cause) {
    throw projectFailure(cause, path)
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm', '-lock']) rmSync(draft + suffix, { force: true })
  }
}

async function importInto(project: ProjectFile, { files, crs, putsJoints }: Request, io: CliIo, t: TFunction): Promise<Imported> {
  const job = terminalJob(io, t)
  const mapped = await reading(t, files, () => mapForProject(project, { files, crs: crs ?? 'own' }, true, job, io.signal))
  try {
    const issues = await storeImport(project, mapped, job)
    const fixes = putsJoints ? missingJointFixes(project) : []
    const edit = fixes.length === 0 ? null : await project.editTwin({ kind: 'fix', who: '', why: '', detail: { fixes: 'put_joint' } }, () => fixChanges(project, fixes), { total: fixes.length }, job)
    return { ...mapped, issues, joints: edit?.counts.added ?? 0 }
  } catch (cause) {
    throw projectFailure(cause, project.path)
  }
}

/** A file's refusal as the one line of exit code 2. */
async function reading<T>(t: TFunction, files: Request['files'], work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof ImportRefused)) throw cause
    const file = files.map(({ path }) => path).find(path => basename(path) === cause.file) ?? cause.file
    if (!cause.issue) throw new CliFailure('cli:cannotRead', { file, reason: systemReason(cause.reason, t) })
    throw new CliFailure('cli-import:refused', { file, code: cause.issue.code, text: refusalWords(t, cause.issue) })
  }
}

/** A system's code in plain words where there are some. */
const systemReason = (code: string, t: TFunction): string => t(`cli-import:system.${code}`, { defaultValue: code })

function describe({ assets, nodes, proposals, surfaceSizes, boreholes, alignments, blocks, catchments, crs, issues }: TrialImport, file: string, t: TFunction): string {
  const lines = [t('cli-import:done', { file, assets: assets.total, nodes, proposals, crs: crs ?? t('cli-import:localFrame') })]
  for (const [kind, count] of Object.entries(assets.byKind)) lines.push(`  ${String(count).padStart(8)}  ${t(`kinds:kind.${kind}`)}`)
  for (const surface of surfaceSizes) lines.push(t(`cli-project:info.${surface.type}`, { ...surface }))
  if (boreholes > 0) lines.push(t('cli-formats:boreholes', { count: boreholes }))
  if (alignments > 0) lines.push(t('cli-formats:alignments', { count: alignments }))
  if (blocks > 0) lines.push(t('cli-formats:blocks', { count: blocks }))
  if (catchments > 0) lines.push(t('cli-formats:catchments', { count: catchments }))
  lines.push('', issues.length === 0 ? t('cli-import:noIssues') : t('cli-import:issues'))
  for (const { code, severity, count, example } of issues) {
    lines.push(`  ${String(count).padStart(8)}  ${t(`cli-import:severity.${severity}`)}  ${code}: ${t(`issues:${code}`)} (${t('cli-import:example', { example: issueExampleWords(t, example) })})`)
  }
  return `${lines.join('\n')}\n`
}
