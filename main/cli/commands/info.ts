import type { TFunction } from 'i18next'
import { isBorehole } from '#shared/twin/borehole.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { loadMessages } from '../../services/messages.ts'
import type { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { openForCommand } from '../open-project.ts'

/** `info <project>`: what is in a project, without touching it. Keys are cli.md's. */
export const infoCommand: CliCommand = {
  name: 'info',
  options: { json: { type: 'string' } },
  helpKey: 'cli-project:info.help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-project:project') })
    const project = await openForCommand(path, 'read', io)
    try {
      const summary = summarise(project)
      const json = values['json']
      if (typeof json === 'string') writeJson(json, summary, io)
      if (json !== '-') io.out(describe(summary, t))
    } finally {
      await project.close()
    }
    return EXIT.done
  },
}

type Summary = ReturnType<typeof summarise>

function summarise(project: ProjectFile) {
  const { name, crs, crsName, extent, synthetic, twinHash, segmentCount, nodeCount, scenarios, packId, savedRevision } = project.info()
  return {
    name,
    assets: countObjects(project),
    segments: segmentCount,
    nodes: nodeCount,
    surfaces: project.surfaces(),
    boreholes: (project.context().surfaceFeatures as readonly SurfaceFeature[]).filter(isBorehole).length,
    crs, crsName, extent, synthetic, twinHash,
    rules: packId,
    savedRevision,
    scenarios: scenarios.map(({ name, proposals, edits, revision }) => ({ name, proposals, edits, revision })),
    imports: project.importsList().map(({ at, files, crs, counts }) => ({ at, files, crs, counts })),
    issues: project.issues(),
  }
}

/** Linear objects, one of several parts counted once. */
function countObjects(project: ProjectFile): { total: number; byKind: Record<string, number> } {
  const counts = new Array<number>(ASSET_KINDS.length).fill(0)
  for (const index of project.columns().kind) counts[index] = counts[index]! + 1
  const further = project.furtherParts()
  const rows = ASSET_KINDS.map((kind, i) => [kind, counts[i]! - (further[kind] ?? 0)] as const).filter(([, count]) => count > 0)
  return { total: rows.reduce((sum, [, count]) => sum + count, 0), byKind: Object.fromEntries(rows) }
}

function describe(summary: Summary, t: TFunction): string {
  const count = (n: number, text: string) => `  ${String(n).padStart(8)}  ${text}`
  const { extent } = summary
  const lines = [
    summary.name + (summary.synthetic ? ` (${t('cli-project:info.synthetic')})` : ''),
    t('cli-project:info.crs', { crs: summary.crs === null ? t('cli-project:info.localFrame') : `${summary.crs} ${summary.crsName === summary.crs ? '' : summary.crsName}`.trim() }),
    ...(extent ? [t('cli-project:info.extent', { low: extent.slice(0, 3).map(v => v.toFixed(2)).join(', '), high: extent.slice(3).map(v => v.toFixed(2)).join(', ') })] : []),
    '',
    t('cli-project:info.assets', { total: summary.assets.total, segments: summary.segments }),
    ...Object.entries(summary.assets.byKind).map(([kind, n]) => count(n, t(`kinds:kind.${kind}`))),
    t('cli-project:info.nodes', { count: summary.nodes }),
    ...summary.surfaces.map(surface => t(`cli-project:info.${surface.type}`, { ...surface })),
    ...(summary.boreholes > 0 ? [t('cli-formats:boreholes', { count: summary.boreholes })] : []),
    '',
    t('cli-project:info.scenarios', { count: summary.scenarios.length }),
    ...summary.scenarios.map(({ name, proposals, edits }) => `  ${name}: ${t('cli-project:info.scenario', { proposals, edits })}`),
    ...summary.imports.map(entry => t('cli-project:info.import', { files: entry.files.map(file => file.name).join(', '), at: entry.at.slice(0, 10) })),
    '',
    summary.issues.length === 0 ? t('cli-project:info.noIssues') : t('cli-project:info.issues'),
    ...summary.issues.map(issue => count(issue.count, `${t(`cli-project:severity.${issue.severity}`)}  ${issue.code}: ${t(`issues:${issue.code}`)}${issue.example === '' ? '' : ` (${issue.example})`}`)),
  ]
  return `${lines.join('\n')}\n`
}
