import { existsSync } from 'node:fs'
import { basename, dirname, extname, relative, resolve } from 'node:path'
import type { TFunction } from 'i18next'
import { ClearanceOverload } from '#shared/clearance/grid/overload.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { ENGINE } from '#shared/clearance/findings/finding.ts'
import { summariseIssues, type IssueSummary } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import { rockHoles, rockIssue, type RockHole } from '#shared/excavation/rock.ts'
import { excavationsInRock, uncutExcavations } from '#shared/excavation/scheme-digs.ts'
import type { PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import type { NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { CheckAnswer, CheckTask } from '../services/check/check-task.ts'
import { CheckWorker } from '../services/check/check-worker-host.ts'
import { schemeHash } from '../services/content-hash.ts'
import { reviewRecords } from '../services/report/review-records.ts'
import { savedViews } from '../services/report/saved-views.ts'
import { combinedPack, DEFAULT_PACK_ID, packFor, readPackFile, shippedPack, shippedPacks, type HashedPack } from '../services/rule-packs.ts'
import { parseSets } from './asset-sets.ts'
import { appliedIgnoreRules, querySets } from './project-sets.ts'
import type { CheckSubject, NamedPack } from './check-subject.ts'
import { CliFailure, type CliIo } from './command.ts'
import { withExceptions } from './finding-exceptions.ts'
import { openForCommand } from './open-project.ts'
import { readNetworkFile } from './read-network.ts'

interface Choice {
  readonly scenario: string | null
  /** Id of a shipped pack or a file, or several to be combined; null for the project's own, or the default. */
  readonly rules: string | readonly string[] | null
  /** `audit`: a project's rows are read anew, trusting no hash or cache in it. */
  readonly access: 'read' | 'audit'
  /** The sets that will be asked for, which may name queries of the project. */
  readonly sets?: string | null
  /** True: the project's ignore rules are looked up. */
  readonly ignores?: boolean
}

/**
 * Reads what `check` is given.
 * @throws CliFailure where the input, the scheme or the pack is missing or wrong.
 */
export async function readCheckSubject(path: string, choice: Choice, job: JobControl, io: CliIo, t: TFunction): Promise<CheckSubject> {
  if (!existsSync(path)) throw new CliFailure('cli-check:noFile', { file: path })
  if (extname(path).toLowerCase() === '.gpkg') return readProject(path, choice, job, io, t)
  if (choice.ignores) throw new CliFailure('cli-check:ignoreNeedsProject', { file: path })
  if (choice.scenario !== null) throw new CliFailure('cli-check:scenarioNeedsProject', { file: path })
  const pack = findPack(choice.rules ?? DEFAULT_PACK_ID, t)
  const { columns, nodes, isProposal, hash, issues, crs } = readNetworkFile(path, job, t)
  return {
    path, projectId: basename(path), pack, isProposal, issues, crs, baseline: { key: hash, columns, ground: null, surfaceFeatures: [], nodes }, proposals: [], excavations: [], input: { hash },
    isSynthetic: false, scenarioId: null, records: [], views: [], namedSets: new Map(), ignoreRules: [],
  }
}

async function readProject(path: string, choice: Choice, job: JobControl, io: CliIo, t: TFunction): Promise<CheckSubject> {
  const project = await openForCommand(path, choice.access, io)
  try {
    const wanted = choice.rules ?? project.packId
    const pack = findPack(wanted, t, name => packFor(project, name))
    const id = choice.scenario === null ? null : project.scenarioNamed(choice.scenario)
    if (choice.scenario !== null && id === null) {
      throw new CliFailure('cli-check:noScenario', { scenario: choice.scenario, names: project.scenarios().map(({ name }) => name).join(', ') || '–' })
    }
    const { ground, surfaceFeatures, nodes } = project.context()
    const { proposals, excavations, removals } = id === null ? { proposals: {}, excavations: {}, removals: {} } : project.scenarioDocument(id)
    const removed = Object.keys(removals)
    const columns = effectiveNetwork(project.columns(), [], removed)
    const setup = { proposals: Object.values(proposals), removed }
    return {
      namedSets: choice.sets == null ? new Map() : await querySets(project, setup, job), ignoreRules: choice.ignores ? await appliedIgnoreRules(project, setup, job) : [],
      path, projectId: project.id, pack, issues: [...uncutIssues(Object.values(excavations), ground, columns.origin), ...rockIssues(Object.values(excavations), ground, columns.origin, rockHoles(surfaceFeatures as readonly SurfaceFeature[]))], crs: project.crs, isSynthetic: project.info().synthetic, scenarioId: id, records: reviewRecords(project), views: savedViews(project),
      baseline: { key: project.twinHash, columns, ground, surfaceFeatures: surfaceFeatures as readonly SurfaceFeature[], nodes: nodes as readonly NodeRecord[] },
      proposals: Object.values(proposals), excavations: Object.values(excavations),
      isProposal: new Uint8Array(columns.count),
      input: { hash: project.twinHash, ...(id !== null && { scenario: { name: choice.scenario!, revision: project.scenarioState(id).revision, hash: schemeHash({ proposals, excavations, removals }) } }) },
    }
  } finally {
    await project.close()
  }
}

/** Excavations no cut can be made of: the check passes them over, and says so. */
function uncutIssues(excavations: readonly Excavation[], ground: GroundSurface | null, origin: Vec3): IssueSummary[] {
  const uncut = uncutExcavations(excavations, ground, origin)
  return uncut.length === 0 ? [] : [{ code: 'excavation_not_computed', severity: 'error', count: uncut.length, example: uncut[0]!.id }]
}

/** Excavations that go into rock: no clearance falls short by it, yet the plan is another one. */
function rockIssues(excavations: readonly Excavation[], ground: GroundSurface | null, origin: Vec3, holes: readonly RockHole[]): IssueSummary[] {
  return summariseIssues(excavationsInRock(excavations, ground, origin, holes).map(({ id, rock }) => rockIssue(id, rock)))
}

/**
 * A pack by its id, the file of one, or several of these: a list, or joined by `+`.
 * @param known Packs by id: those shipped, and a project's own.
 */
function findPack(names: string | readonly string[], t: TFunction, known: (id: string) => HashedPack | undefined = shippedPack): CheckSubject['pack'] {
  // A file may have a plus in its name.
  const parts = typeof names !== 'string' ? names : known(names) || existsSync(names) ? [names] : names.split('+').map(part => part.trim())
  const packs = parts.map(part => known(part) ?? readOnePack(part, t))
  if (packs.length === 1) return packs[0]!
  const combined = combinedPack(packs)
  if (!combined.ok) throw badPack(parts.join('+'), combined.error, t)
  return { ...combined.value, parts: packs }
}

function readOnePack(name: string, t: TFunction): NamedPack {
  if (!existsSync(name)) throw new CliFailure('cli-check:noPack', { pack: name, names: shippedPacks().map(({ pack }) => pack.id).join(', ') })
  try {
    const read = readPackFile(name)
    if (read.ok) return { ...read.value, file: resolve(name) }
    throw badPack(name, read.error, t)
  } catch (cause) {
    if (cause instanceof CliFailure) throw cause
    throw new CliFailure('cli:cannotRead', { file: name, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

function badPack(file: string, problems: readonly PackProblem[], t: TFunction): CliFailure {
  const [first] = problems
  return new CliFailure('cli-check:badPack', {
    file, cell: first!.cell === '' ? '–' : first!.cell, problem: t(`cli-check:packProblem.${first!.code}`, { detail: first!.detail }), count: problems.length,
  })
}

/**
 * Checks in a worker; ends it whatever happens.
 * @param sets The text of `--sets`.
 * @throws CliFailure `cli-check:setUnknown`, `cli-check:setsForm`; CancelledError.
 */
export async function runCheck(subject: CheckSubject, sets: string | null, job: JobControl, io: CliIo): Promise<CheckAnswer> {
  const { baseline, proposals, excavations, pack: { pack } } = subject
  const scope = sets === null ? 'network' : setsOf(sets, subject)
  const worker = new CheckWorker()
  return worker.check(baseline.key, () => baseline, { proposals, excavations, pack, scope, wantsPairs: true }, job, io.signal)
    .catch((cause: unknown) => {
      throw checkFailure(cause)
    })
    .finally(() => worker.close())
}

/** Too many conflicts as the one line of exit code 2; anything else comes back unchanged. */
export const checkFailure = (cause: unknown): unknown =>
  cause instanceof ClearanceOverload ? new CliFailure('errors:too_many_conflicts', { most: cause.most }) : cause

function setsOf(text: string, { baseline, proposals, isProposal, namedSets }: CheckSubject): CheckTask['scope'] {
  const assets = effectiveNetwork(baseline.columns, proposals)
  const marks = new Uint8Array(assets.count).fill(1, baseline.columns.count)
  marks.set(isProposal)
  return parseSets(text, assets, marks, namedSets)
}

/**
 * The report of a check (design §8): what `--json` writes and `verify` takes. Says all that is needed to run it again.
 * @param json Where it is written; files are named as seen from there.
 */
export function reportOf(subject: CheckSubject, sets: string | null, { findings, pairs }: CheckAnswer, json: string, ignored: readonly IgnoredFindings[] = []) {
  const { path, pack: { pack, hash, file, parts }, input, issues } = subject
  return {
    engine: ENGINE,
    pack: {
      id: pack.id, version: pack.version, hash, ...(file !== undefined && { file: fileFrom(json, file) }),
      ...(parts && { parts: parts.map(part => ({ id: part.pack.id, ...(part.file !== undefined && { file: fileFrom(json, part.file) }) })) }),
    },
    inputs: [{ file: fileFrom(json, path), ...input }],
    ...(sets !== null && { sets }), ...(ignored.length > 0 && { ignored }), issues, findings: withExceptions(findings, subject), pairs,
  }
}

/** How many findings an ignore rule keeps out of a report. */
interface IgnoredFindings {
  readonly reason: string
  readonly count: number
}

/** Takes out what the subject's ignore rules hide; each finding counts for the first rule that does. */
export function withoutIgnored(answer: CheckAnswer, { ignoreRules }: CheckSubject): { readonly answer: CheckAnswer; readonly ignored: readonly IgnoredFindings[] } {
  let { findings } = answer
  const ignored = ignoreRules.map(({ reason, hides }) => {
    const hidden = hides(findings)
    const count = hidden.filter(isHidden => isHidden).length
    findings = findings.filter((_, i) => !hidden[i])
    return { reason, count }
  })
  return { answer: { ...answer, findings }, ignored: ignored.filter(({ count }) => count > 0) }
}

/** A file as seen from the report, so that both can be moved together and found again. */
function fileFrom(json: string, path: string): string {
  const folder = json === '-' ? process.cwd() : dirname(resolve(json))
  return relative(folder, resolve(path)).replaceAll('\\', '/')
}
