import type { TFunction } from 'i18next'
import { summariseIssues, type IssueSummary } from '#shared/core/issues.ts'
import type { Bench } from '#shared/excavation/cut-profile.ts'
import type { BottomGiven } from '#shared/excavation/cut-solid.ts'
import { excavate, type Excavation, type ExcavationRequest } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { findSoil, soilClasses, type SoilClass } from '#shared/twin/soils.ts'
import { loadMessages } from '../../services/messages.ts'
import type { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand, type ParsedCommand } from '../command.ts'
import { openForCommand } from '../open-project.ts'
import { readPitOutline, type PitOutline } from '../pit-outline.ts'

/** `excavate <project> --polygon pit.geojson …`: volumes, and what a pit does to every asset near it. Keys are cli.md's. */
export const excavateCommand: CliCommand = {
  name: 'excavate',
  options: {
    polygon: { type: 'string' }, depth: { type: 'string' }, level: { type: 'string' }, slope: { type: 'string' }, soil: { type: 'string' },
    'bench-every': { type: 'string' }, 'bench-width': { type: 'string' }, structures: { type: 'string' }, json: { type: 'string' },
  },
  helpKey: 'cli-excavate:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-project:project') })
    const polygon = values['polygon']
    if (typeof polygon !== 'string') throw new CliFailure('cli:missingArgument', { what: '--polygon' })
    const options = readOptions(values)
    const project = await openForCommand(path, 'read', io)
    try {
      const outline = readPitOutline(polygon, project.crs)
      const answer = answerFor(project, outline, options)
      const json = values['json']
      if (typeof json === 'string') writeJson(json, answer, io)
      if (json !== '-') io.out(describe(answer, outline, t))
    } finally {
      await project.close()
    }
    return EXIT.done
  },
}

interface Options extends Omit<ExcavationRequest, 'outline'> {
  readonly bottom: BottomGiven
}

function readOptions(values: ParsedCommand['values']): Options {
  const number = (option: string): number | null => {
    const text = values[option]
    if (typeof text !== 'string') return null
    const value = text.trim() === '' ? NaN : Number(text)
    if (!Number.isFinite(value)) throw new CliFailure('cli-excavate:failure.notANumber', { option: `--${option}`, value: text.slice(0, 100) })
    return value
  }
  const [depthM, levelM] = [number('depth'), number('level')]
  const [everyM, widthM] = [number('bench-every'), number('bench-width')]
  if ((depthM === null) === (levelM === null)) throw new CliFailure('cli-excavate:failure.depthOrLevel')
  if ((everyM === null) !== (widthM === null)) throw new CliFailure('cli-excavate:failure.benchHalf')
  const soil = soilNamed(values['soil'])
  return {
    bottom: depthM !== null ? { depthM } : { levelM: levelM! },
    slopeRatio: values['slope'] === 'soil' ? slopeOf(soil) : (number('slope') ?? 0),
    bench: everyM !== null ? ({ everyM, widthM: widthM! } satisfies Bench) : null,
    soil,
    structuresM3: number('structures') ?? 0,
  }
}

function soilNamed(name: unknown): SoilClass | null {
  if (typeof name !== 'string') return null
  const soil = findSoil(name)
  if (!soil) throw new CliFailure('cli-excavate:failure.soilUnknown', { soil: name.slice(0, 100), known: soilClasses.map(({ id }) => id).join(', ') })
  return soil
}

function slopeOf(soil: SoilClass | null): number {
  if (!soil) throw new CliFailure('cli-excavate:failure.slopeNeedsSoil')
  return soil.slopeRatio
}

interface Answer extends Omit<Excavation, 'issues'> {
  readonly issues: readonly IssueSummary[]
}

/** Levels and coordinates of the answer are the project's. */
function answerFor(project: ProjectFile, { points }: PitOutline, options: Options): Answer {
  const columns = project.columns()
  const { ground } = project.context()
  const [originX, originY, originZ] = columns.origin
  const bottom = 'levelM' in options.bottom ? { levelM: options.bottom.levelM - originZ } : options.bottom
  const request = { ...options, bottom, outline: points.map(([x, y]) => [x - originX, y - originY] as const) }
  const result = excavate(request, { columns, index: buildSegmentIndex(columns), ground: ground && groundPatches(ground) })
  if (!result.ok) throw new CliFailure(`cli-excavate:rejection.${result.error.code}`, readable(result.error.details, originZ))
  const { solid, issues, ...rest } = result.value
  return { solid: { ...solid, levelM: solid.levelM + originZ }, ...rest, issues: summariseIssues(issues) }
}

/** Figures for a sentence: centimetres are enough, and levels are the project's. */
function readable(details: Readonly<Record<string, string | number>>, originZ: number): Record<string, string | number> {
  const isLevel = (name: string) => name === 'level' || name === 'ground'
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? Math.round((isLevel(name) ? value + originZ : value) * 100) / 100 : value]))
}

function describe({ solid, volumes, assets, notices, issues }: Answer, { convertedFrom }: PitOutline, t: TFunction): string {
  const metres = (value: number) => value.toFixed(2)
  const effects = (asset: Answer['assets'][number]) => [
    ...(asset.struck ? [t('cli-excavate:effect.struck', { length: metres(asset.struckLengthM) })] : []),
    ...(asset.exposed ? [t('cli-excavate:effect.exposed', { length: metres(asset.exposedSpanM) })] : []),
    ...(asset.struck ? [] : [t('cli-excavate:effect.clearance', { distance: metres(asset.clearanceM) })]),
    ...(asset.undermined ? [t('cli-excavate:effect.undermined')] : []),
    ...(asset.withinSafeDig && !asset.struck ? [t('cli-excavate:effect.withinSafeDig')] : []),
    ...(asset.handDig ? [t('cli-excavate:effect.handDig')] : []),
  ]
  const lines = [
    ...(convertedFrom === null ? [] : [t('cli-excavate:convertedFrom', { crs: convertedFrom })]),
    t('cli-excavate:solid', { level: metres(solid.levelM), bottom: metres(solid.areaBottomM2), top: metres(solid.areaTopM2) }),
    t('cli-excavate:volumes', { cut: metres(volumes.cutM3), spoil: metres(volumes.spoilM3), backfill: metres(volumes.backfillM3), haul: metres(volumes.haulM3) }),
    '',
    assets.length === 0 ? t('cli-excavate:noAssets') : t('cli-excavate:assets', { count: assets.length }),
    ...assets.map(asset => `  ${asset.id}  ${t(`kinds:kind.${asset.kind}`)}: ${effects(asset).join(t('cli-excavate:comma'))}`),
    ...(notices.length === 0 ? [] : ['', t('cli-excavate:notices')]),
    ...notices.map(({ owner, assets: ids }) => `  ${owner === '' ? t('cli-excavate:ownerUnknown') : owner}: ${ids.join(t('cli-excavate:comma'))}`),
    ...(issues.length === 0 ? [] : ['']),
    ...issues.map(issue => `${t(`cli-project:severity.${issue.severity}`)}: ${t(`issues:${issue.code}`)}${issue.example === '' ? '' : ` (${issue.example})`}`),
  ]
  return `${lines.join('\n')}\n`
}
