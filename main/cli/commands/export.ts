import { existsSync, realpathSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { TFunction } from 'i18next'
import { AROUND, EXPORT_FORMATS, EXPORT_LAYERS, INP_FORMATS, type ExportLayer } from '#shared/io/export/formats.ts'
import { lineTable, pointTable } from '#shared/io/export/survey-tables.ts'
import { writeCsv } from '#shared/io/export/write-csv.ts'
import { isFelt } from '../../services/export/export-network.ts'
import { loadMessages } from '../../services/messages.ts'
import { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { codeOf, readNetwork, writeFormat, writeModel, type ExportOrder, type Written } from '../export-order.ts'
import { openForCommand, projectFailure } from '../open-project.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'
import { writeWhole } from '../write-whole.ts'

/** `export <project> -o <file>`: the twin, or layers of it, in the format that the file's extension names. */
export const exportCommand: CliCommand = {
  name: 'export',
  options: {
    output: { type: 'string', short: 'o' }, layer: { type: 'string', multiple: true }, scenario: { type: 'string' }, crs: { type: 'string' }, plan: { type: 'boolean' }, model: { type: 'string' }, json: { type: 'string' },
  },
  helpKey: 'cli-export:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-project:project') })
    const output = textOf(values['output'])
    if (output === null) throw new CliFailure('cli:missingArgument', { what: t('cli-export:output') })
    const write = WRITERS[extname(output).toLowerCase()]
    if (!write) throw new CliFailure('cli-export:unknownFormat', { file: output, formats: Object.keys(WRITERS).join(', ') })
    if (isSameFile(path, output)) throw new CliFailure('cli-export:overItself', { file: output })
    const layers = Array.isArray(values['layer']) ? values['layer'].flatMap(text => readLayers(String(text))) : null
    const model = readModel(textOf(values['model']))
    const project = await openForCommand(path, 'read', io)
    try {
      const job = terminalJob(io, t)
      const written = await write({ project, output, layers, scenario: textOf(values['scenario']), crs: textOf(values['crs']), plan: values['plan'] === true, model, job, t })
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

const WRITERS: Readonly<Record<string, (order: ExportOrder) => Written | Promise<Written>>> = {
  ...Object.fromEntries(Object.entries(EXPORT_FORMATS).map(([extension, format]) => [extension, (order: ExportOrder) => writeFormat(order, format)])),
  '.csv': exportCsv,
  '.gpkg': exportGeoPackage,
  '.inp': writeModel,
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const isSameFile = (a: string, b: string): boolean => existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b)

function readLayers(text: string): ExportLayer[] {
  return text.split(',').map(word => {
    const layer = EXPORT_LAYERS.find(name => name === word.trim())
    if (!layer) throw new CliFailure('cli-export:unknownLayer', { layer: word, layers: EXPORT_LAYERS.join(', ') })
    return layer
  })
}

function readModel(text: string | null): ExportOrder['model'] {
  if (text === null || text === 'epanet' || text === 'swmm') return text
  throw new CliFailure('cli-formats:unknownModel', { model: text, models: Object.keys(INP_FORMATS).join(', ') })
}

/** One file, one table: the lines unless `--layer` says otherwise. */
function exportCsv(order: ExportOrder): Written {
  const layers = order.layers ?? ['assets']
  const [layer, second] = layers
  if (layer === undefined || layer === 'ground' || second !== undefined) throw new CliFailure('cli-export:oneTable', { file: order.output })
  const network = readNetwork(order, layers)
  const { heading, rows } = layer === 'nodes' ? pointTable(network, order.t) : lineTable(network, layer, order.t)
  writeWhole(order.output, writeCsv(heading, rows))
  return { crs: network.crs, layers: { [layer]: network[layer].length }, losses: ([...AROUND, 'levelsOfBends', 'figures'] as const).filter(loss => isFelt(loss, network, order.project, order.layers === null)) }
}

/** A project of its own with what is in the ground, and nothing of schemes, their history or results. */
async function exportGeoPackage({ project, output, layers, scenario, crs, job }: ExportOrder): Promise<Written> {
  if (layers !== null || scenario !== null) throw new CliFailure('cli-export:wholeTwin', { file: output })
  if (crs !== null && codeOf(crs) !== project.crs) throw new CliFailure('cli-export:keepsCrs', { file: output, crs: project.crs ?? '–' })
  const records = project.records()
  try {
    await (await ProjectFile.create(resolve(output), { records }, job)).close()
  } catch (cause) {
    throw projectFailure(cause, output)
  }
  return { crs: records.crs, layers: { assets: records.assets.length, nodes: records.nodes.length }, losses: ['proposals'] }
}

function describe(output: string, { crs, layers, losses }: Written, t: TFunction): string {
  const counts = EXPORT_LAYERS.filter(layer => layers[layer] !== undefined).map(layer => t(`cli-formats:count.${layer}`, { count: layers[layer]! }))
  const lines = [t('cli-export:done', { file: output, crs: crs ?? t('cli-export:noCrs'), counts: counts.join(', ') }), ...losses.map(loss => `  ${t(`cli-formats:loss.${loss}`)}`)]
  return `${lines.join('\n')}\n`
}
