import type { TFunction } from 'i18next'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { summariseIssues, type IssueSummary } from '#shared/core/issues.ts'
import type { Bench } from '#shared/excavation/cut-profile.ts'
import type { BottomGiven } from '#shared/excavation/cut-solid.ts'
import { excavate, type Excavation, type ExcavationRequest } from '#shared/excavation/excavate.ts'
import { groundPatches } from '#shared/excavation/ground-patches.ts'
import { rockHoles, rockIssue, rockMet, rockWords, type RockMet } from '#shared/excavation/rock.ts'
import { schemeDigs, schemeNotices, type SchemeDig } from '#shared/excavation/scheme-digs.ts'
import { buildSegmentIndex } from '#shared/excavation/segment-index.ts'
import { findSoil, soilClasses, type SoilClass } from '#shared/twin/soils.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { loadMessages } from '../../services/messages.ts'
import type { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo, type ParsedCommand } from '../command.ts'
import { openForCommand } from '../open-project.ts'
import { readPitOutline, type PitOutline } from '../pit-outline.ts'

/** `excavate <project> (--polygon pit.geojson … | --scenario NAME)`: volumes, and what a pit, or a scheme's excavations, do to every asset near them. Keys are cli.md's. */
export const excavateCommand: CliCommand = {
  name: 'excavate',
  options: {
    polygon: { type: 'string' }, scenario: { type: 'string' }, depth: { type: 'string' }, level: { type: 'string' }, slope: { type: 'string' }, soil: { type: 'string' },
    'bench-every': { type: 'string' }, 'bench-width': { type: 'string' }, structures: { type: 'string' }, json: { type: 'string' },
  },
  helpKey: 'cli-excavate:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-project:project') })
    const polygon = values['polygon']
    const scenario = values['scenario']
    if (typeof scenario === 'string') return ofScheme(path, scenario, values, io, t)
    if (typeof polygon !== 'string') throw new CliFailure('cli:missingArgument', { what: '--polygon / --scenario' })
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

const ONE_CUT = ['polygon', 'depth', 'level', 'slope', 'soil', 'bench-every', 'bench-width', 'structures'] as const

/** Every excavation of a scheme, on the ground as the scheme leaves it. */
async function ofScheme(path: string, name: string, values: ParsedCommand['values'], io: CliIo, t: TFunction): Promise<number> {
  const extra = ONE_CUT.find(option => values[option] !== undefined)
  if (extra !== undefined) throw new CliFailure('cli-excavate:failure.schemeAlone', { option: `--${extra}` })
  const project = await openForCommand(path, 'read', io)
  try {
    const id = project.scenarioNamed(name)
    if (id === null) throw new CliFailure('cli-check:noScenario', { scenario: name, names: project.scenarios().map(scheme => scheme.name).join(', ') || '–' })
    const { proposals, excavations, removals } = project.scenarioDocument(id)
    const columns = effectiveNetwork(project.columns(), [], [...Object.keys(removals), ...Object.values(proposals).flatMap(({ replaces = [] }) => replaces)])
    const { ground, surfaceFeatures } = project.context()
    const digs = schemeDigs(columns, ground, Object.values(excavations), rockHoles(surfaceFeatures as readonly SurfaceFeature[]))
    const originZ = columns.origin[2]
    const answer = {
      excavations: digs.map(({ planned: { id: excavation, name: called, shape }, cut, bored, rock }) => ({
        id: excavation, name: called, type: shape.type, rock,
        ...(cut?.ok ? inDatum(cut.value, originZ) : cut ? { refused: t(`cli-excavate:rejection.${cut.error.code}`, readable(cut.error.details, originZ)) } : { assets: bored!.map(({ at: _, ...asset }) => asset) }),
      })),
      notices: schemeNotices(digs),
    }
    const json = values['json']
    if (typeof json === 'string') writeJson(json, answer, io)
    if (json !== '-') io.out(describeScheme(digs, answer.notices, originZ, t))
    return EXIT.done
  } finally {
    await project.close()
  }
}

function describeScheme(digs: readonly SchemeDig[], notices: Excavation['notices'], originZ: number, t: TFunction): string {
  const title = ({ id, name }: SchemeDig['planned']) => (name === '' || name === id ? id : `${name} (${id})`)
  const told = digs.map(({ planned, cut, bored, rock }) => {
    if (cut?.ok) return `${title(planned)}\n${describe({ ...inDatum(cut.value, originZ), notices: [] }, { convertedFrom: null }, t)}${rockLines(rock, t).map(line => `${line}\n`).join('')}`
    if (cut) return `${title(planned)}\n${t(`cli-excavate:rejection.${cut.error.code}`, readable(cut.error.details, originZ))}\n`
    const lines = bored!.map(({ id, kind, clearanceM, settlementM, struck }) => `  ${id}  ${t(`kinds:kind.${kind}`)}: ${struck ? t('cli-excavate:effect.bored') : t('cli-excavate:effect.clearance', { distance: clearanceM.toFixed(2) })}${t('cli-excavate:comma')}${t('cli-excavate:effect.settles', { settlement: (1000 * settlementM).toFixed(1) })}`)
    return `${title(planned)}\n${[lines.length === 0 ? t('cli-excavate:noAssets') : t('cli-excavate:assets', { count: lines.length }), ...lines, ...rockLines(rock, t)].join('\n')}\n`
  })
  return [...(told.length === 0 ? [`${t('cli-excavate:noExcavations')}\n`] : told), noticeLines(notices, t).join('\n')].filter(text => text !== '').join('\n') + (notices.length > 0 ? '\n' : '')
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
  const { ground, surfaceFeatures } = project.context()
  const [originX, originY, originZ] = columns.origin
  const bottom = 'levelM' in options.bottom ? { levelM: options.bottom.levelM - originZ } : options.bottom
  const request = { ...options, bottom, outline: points.map(([x, y]) => [x - originX, y - originY] as const) }
  const result = excavate(request, { columns, index: buildSegmentIndex(columns), ground: ground && groundPatches(ground) })
  if (!result.ok) throw new CliFailure(`cli-excavate:rejection.${result.error.code}`, readable(result.error.details, originZ))
  const rock = rockMet({ shape: { type: 'pit', outline: points } }, result.value.solid.levelM + originZ, rockHoles(surfaceFeatures as readonly SurfaceFeature[]))
  return inDatum({ ...result.value, issues: [...result.value.issues, ...(rock.length > 0 ? [rockIssue('', rock)] : [])] }, originZ)
}

const inDatum = ({ solid, issues, ...rest }: Excavation, originZ: number): Answer => ({ solid: { ...solid, levelM: solid.levelM + originZ }, ...rest, issues: summariseIssues(issues) })

const noticeLines = (notices: Excavation['notices'], t: TFunction): string[] => (notices.length === 0 ? [] : [
  t('cli-excavate:notices'), ...notices.map(({ owner, assets }) => `  ${owner === '' ? t('cli-excavate:ownerUnknown') : owner}: ${assets.join(t('cli-excavate:comma'))}`),
])

/** Figures for a sentence: centimetres are enough, and levels are the project's. */
function readable(details: Readonly<Record<string, string | number>>, originZ: number): Record<string, string | number> {
  const isLevel = (name: string) => name === 'level' || name === 'ground'
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? Math.round((isLevel(name) ? value + originZ : value) * 100) / 100 : value]))
}

const rockLines = (rock: readonly RockMet[], t: TFunction): string[] => rock.map(met => t('excavation:rock.met', rockWords(met)))

function describe({ solid, volumes, assets, notices, issues }: Answer, { convertedFrom }: Pick<PitOutline, 'convertedFrom'>, t: TFunction): string {
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
    ...(notices.length === 0 ? [] : ['', ...noticeLines(notices, t)]),
    ...(issues.length === 0 ? [] : ['']),
    ...issues.map(issue => `${t(`cli-project:severity.${issue.severity}`)}: ${t(`issues:${issue.code}`)}${issue.example === '' ? '' : ` (${issue.example})`}`),
  ]
  return `${lines.join('\n')}\n`
}
