import { existsSync, realpathSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { TFunction } from 'i18next'
import type { JobControl } from '#shared/core/job.ts'
import { parseCrsName } from '#shared/io/crs-name.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { inCrs, type ExportNetwork, type SchemeProposal } from '#shared/io/export/export-network.ts'
import { lineTable, pointTable } from '#shared/io/export/survey-tables.ts'
import { writeCsv } from '#shared/io/export/write-csv.ts'
import { writeCanonicalGeoJson } from '#shared/io/export/write-geojson.ts'
import { loadMessages } from '../../services/messages.ts'
import { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from '../command.ts'
import { openForCommand, projectFailure } from '../open-project.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'
import { writeWhole } from '../write-whole.ts'

const LAYERS = ['assets', 'nodes', 'proposals'] as const
type Layer = (typeof LAYERS)[number]

/** `export <project> -o <file>`: the twin, or layers of it, in the format that the file's extension names. */
export const exportCommand: CliCommand = {
  name: 'export',
  options: {
    output: { type: 'string', short: 'o' }, layer: { type: 'string', multiple: true }, scenario: { type: 'string' }, crs: { type: 'string' }, json: { type: 'string' },
  },
  helpKey: 'cli-export:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-project:project') })
    const output = textOf(values['output'])
    if (output === null) throw new CliFailure('cli:missingArgument', { what: t('cli-export:output') })
    const write = FORMATS[extname(output).toLowerCase()]
    if (!write) throw new CliFailure('cli-export:unknownFormat', { file: output, formats: Object.keys(FORMATS).join(', ') })
    if (isSameFile(path, output)) throw new CliFailure('cli-export:overItself', { file: output })
    const layers = Array.isArray(values['layer']) ? values['layer'].flatMap(text => readLayers(String(text))) : null
    const project = await openForCommand(path, 'read', io)
    try {
      const job = terminalJob(io, t)
      const written = await write({ project, output, layers, scenario: textOf(values['scenario']), crs: textOf(values['crs']), job, io, t })
      endProgress(io)
      const json = textOf(values['json'])
      if (json !== null) writeJson(json, { file: output, ...written }, io)
      if (json !== '-') io.out(describe(output, written, t))
    } finally {
      await project.close()
    }
    return EXIT.done
  },
}

interface Order {
  readonly project: ProjectFile
  readonly output: string
  /** Null: those that the format holds by default. */
  readonly layers: readonly Layer[] | null
  /** Name of the scheme whose proposals are meant; null for all. */
  readonly scenario: string | null
  readonly crs: string | null
  readonly job: JobControl
  readonly io: CliIo
  readonly t: TFunction
}

/** What went into the file; layers that were not asked for are absent. */
interface Written {
  readonly crs: string | null
  readonly layers: Readonly<Partial<Record<Layer, number>>>
}

const FORMATS: Readonly<Record<string, (order: Order) => Written | Promise<Written>>> = {
  '.geojson': exportGeoJson,
  '.csv': exportCsv,
  '.gpkg': exportGeoPackage,
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const isSameFile = (a: string, b: string): boolean => existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b)

function readLayers(text: string): Layer[] {
  return text.split(',').map(word => {
    const layer = LAYERS.find(name => name === word.trim())
    if (!layer) throw new CliFailure('cli-export:unknownLayer', { layer: word, layers: LAYERS.join(', ') })
    return layer
  })
}

function exportGeoJson(order: Order): Written {
  const layers = order.layers ?? LAYERS
  const network = readNetwork(order, layers)
  writeWhole(order.output, writeCanonicalGeoJson(network, order.job))
  return { crs: network.crs, layers: countsOf(network, layers) }
}

/** One file, one table: the lines unless `--layer` says otherwise. */
function exportCsv(order: Order): Written {
  const layers = order.layers ?? ['assets']
  const [layer, second] = layers
  if (layer === undefined || second !== undefined) throw new CliFailure('cli-export:oneTable', { file: order.output })
  const network = readNetwork(order, layers)
  const { heading, rows } = layer === 'nodes' ? pointTable(network, order.t) : lineTable(network, layer, order.t)
  writeWhole(order.output, writeCsv(heading, rows))
  return { crs: network.crs, layers: countsOf(network, layers) }
}

/** A project of its own with what is in the ground, and nothing of schemes, their history or results. */
async function exportGeoPackage({ project, output, layers, scenario, crs, job }: Order): Promise<Written> {
  if (layers !== null || scenario !== null) throw new CliFailure('cli-export:wholeTwin', { file: output })
  if (crs !== null && codeOf(crs) !== project.crs) throw new CliFailure('cli-export:keepsCrs', { file: output, crs: project.crs ?? '–' })
  const records = project.records()
  try {
    await (await ProjectFile.create(resolve(output), { records }, job)).close()
  } catch (cause) {
    throw projectFailure(cause, output)
  }
  return { crs: records.crs, layers: { assets: records.assets.length, nodes: records.nodes.length } }
}

function readNetwork({ project, scenario, crs }: Order, layers: readonly Layer[]): ExportNetwork {
  const { assets, nodes, ground, crs: own } = project.records()
  const network: ExportNetwork = {
    crs: own, ground,
    assets: layers.includes('assets') ? assets : [],
    nodes: layers.includes('nodes') ? nodes : [],
    proposals: layers.includes('proposals') ? proposalsOf(project, scenario) : [],
  }
  if (crs === null) return network
  const code = codeOf(crs)
  if (own === null) throw new CliFailure('cli-export:localFrame', { crs: code })
  const from = lookUpCrs(own)
  return (from && inCrs(network, from, lookUpCrs(code)!)) ?? refuse('cli-export:outsideCrs', { crs: code, own })
}

function proposalsOf(project: ProjectFile, name: string | null): SchemeProposal[] {
  const schemes = project.scenarios().filter(scheme => name === null || scheme.name === name)
  if (name !== null && schemes.length === 0) {
    refuse('cli-check:noScenario', { scenario: name, names: project.scenarios().map(scheme => scheme.name).join(', ') || '–' })
  }
  return schemes.flatMap(scheme => Object.values(project.scenarioDocument(scheme.id).proposals).map(proposal => ({ scheme: scheme.name, proposal })))
}

function codeOf(text: string): string {
  const code = parseCrsName(text)
  return code !== null && lookUpCrs(code) ? code : refuse('cli-export:unknownCrs', { crs: text })
}

const countsOf = (network: ExportNetwork, layers: readonly Layer[]): Written['layers'] =>
  Object.fromEntries(layers.map(layer => [layer, network[layer].length]))

function refuse(key: string, params: Readonly<Record<string, string>>): never {
  throw new CliFailure(key, params)
}

function describe(output: string, { crs, layers }: Written, t: TFunction): string {
  const counts = LAYERS.filter(layer => layers[layer] !== undefined).map(layer => t(`cli-export:count.${layer}`, { count: layers[layer]! }))
  return `${t('cli-export:done', { file: output, crs: crs ?? t('cli-export:noCrs'), counts: counts.join(', ') })}\n`
}
