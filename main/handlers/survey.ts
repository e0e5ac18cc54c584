import { randomUUID } from 'node:crypto'
import type { CallOutput } from '#shared/contract/contract.ts'
import { compareSurvey, type SurveyEntry } from '#shared/ledger/survey/compare-survey.ts'
import { asBuiltChanges, designedAsset, surveyChanges } from '#shared/ledger/survey/survey-changes.ts'
import { nodeChanges } from '#shared/ledger/survey/survey-nodes.ts'
import type { TwinChange } from '#shared/ledger/twin-edit.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, NodeRecord } from '#shared/twin/asset.ts'
import { importSource } from '../services/import/import-into-project.ts'
import type { TrialImport } from '../services/import/import-task.ts'
import type { ProjectFile } from '../services/project-file.ts'
import { CallFailure, openProject, type Handlers, type Session } from './handler.ts'
import { runImport } from './import.ts'
import { changing } from './ledger.ts'

/** A comparison that waits for somebody to say what of it is taken. */
interface Comparison {
  readonly id: string
  readonly project: ProjectFile
  readonly twinHash: string
  readonly entries: readonly SurveyEntry[]
  readonly assets: readonly AssetRecord[]
  readonly nodeChanges: readonly TwinChange[]
  readonly mapped: TrialImport
  readonly scheme: ScenarioDocument | null
}

/** The last comparison of each session: one is looked at at a time. */
const waiting = new WeakMap<Session, Comparison>()

export const surveyHandlers: Pick<Handlers, 'survey.compare' | 'survey.accept'> = {
  async 'survey.compare'({ request, scenarioId, options }, context) {
    const project = openProject(context)
    const scheme = scenarioId === null ? null : project.scenarioDocument(scenarioId)
    const { twinHash } = project
    const mapped = await runImport(request, context, true, true)
    const { records } = mapped
    const assets = records ? [...records.assets, ...records.proposals] : []
    if (!records || assets.length + records.nodes.length === 0) throw new CallFailure<'survey.compare'>('nothing_to_import')
    const known = scheme ? Object.values(scheme.proposals).map(designedAsset) : [...project.assetRecords(nearSurvey(project.columns(), assets))]
    const { entries } = compareSurvey(known, assets, options, scheme ? 'scheme' : 'twin', context.job)
    // What a survey of the twin confirms is only counted; of a scheme everything is listed, for all of it is taken.
    const listed = scheme ? entries : entries.filter(({ group }) => group !== 'same')
    const nodes = nodeChanges(project.context().nodes as readonly NodeRecord[], records.nodes)
    const comparison = { id: randomUUID(), project, twinHash, entries: listed, assets, nodeChanges: nodes, mapped, scheme }
    waiting.set(context.session, comparison)
    const { origin } = project.columns()
    const { vertexStart, xyz } = buildAssetColumns(assets, origin)
    return {
      comparison: comparison.id, entries: listed as CallOutput<'survey.compare'>['entries'], same: entries.filter(({ group }) => group === 'same').length, nodeChanges: nodes.length,
      issues: [...mapped.issues], ids: assets.map(({ id }) => id), start: vertexStart, xyz,
      pointIds: records.nodes.map(({ id }) => id), pointXy: Float64Array.from(records.nodes.flatMap(({ at }) => [at[0] - origin[0], at[1] - origin[1]])),
      files: importSource(mapped).files.map(({ name }) => name),
    }
  },

  'survey.accept'({ comparison, entries, withNodes, signed }, context) {
    const found = waiting.get(context.session)
    const project = openProject(context)
    if (found?.id !== comparison || found.project !== project || found.twinHash !== project.twinHash) throw new CallFailure<'survey.accept'>('twin_changed')
    const { assets, scheme, mapped } = found
    const taken = [...entries].flatMap(at => found.entries[at] ?? [])
    const changes = function* (): Generator<TwinChange> {
      yield* scheme ? asBuiltChanges(taken, assets, scheme, project) : surveyChanges(taken, assets, project)
      if (withNodes) yield* found.nodeChanges
    }
    const source = importSource(mapped)
    const detail = { files: source.files.map(({ name }) => name).join(', '), ...(scheme && { scheme: scheme.name }) }
    const entry = { kind: scheme ? ('as_built' as const) : ('survey' as const), ...signed, detail }
    return changing(context, project, () => project.editTwin(entry, changes, { total: taken.length + (withNodes ? found.nodeChanges.length : 0), source }, context.job))
  },
}

/** Assets that a survey may be of: near its extent, or of the same name. */
const NEAR_M = 60

function nearSurvey({ count, vertexStart, xyz, origin }: AssetColumns, survey: readonly AssetRecord[]): number[] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { axis } of survey) for (const [x, y] of axis) [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)]
  const [left, low, right, high] = [x0 - origin[0] - NEAR_M, y0 - origin[1] - NEAR_M, x1 - origin[0] + NEAR_M, y1 - origin[1] + NEAR_M]
  const near: number[] = []
  for (let i = 0; i < count; i++) {
    for (let v = vertexStart[i]!; v < vertexStart[i + 1]!; v++) {
      if (xyz[3 * v]! < left || xyz[3 * v]! > right || xyz[3 * v + 1]! < low || xyz[3 * v + 1]! > high) continue
      near.push(i)
      break
    }
  }
  return near
}
