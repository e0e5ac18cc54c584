import { existsSync, rmSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { TwinRecords } from '#shared/twin/twin.ts'
import { generateSampleCity, SEGMENTS_DEFAULT, SEGMENTS_MAX, SEGMENTS_MIN } from '#shared/twin/sample-city/sample-city.ts'
import { loadMessages } from '../../services/messages.ts'
import { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { projectFailure } from '../open-project.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

const DEFAULT_SEED = 1

/** `sample <out.gpkg>`: the synthetic hillside city as a project, labelled synthetic. */
export const sampleCommand: CliCommand = {
  name: 'sample',
  options: { segments: { type: 'string' }, seed: { type: 'string' }, json: { type: 'string' } },
  helpKey: 'cli-sample:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [output, extra] = positionals
    if (output === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-sample:output') })
    if (extname(output).toLowerCase() !== '.gpkg') throw new CliFailure('cli-sample:notGpkg', { file: output })
    const segments = wholeNumber('segments', values['segments'], SEGMENTS_DEFAULT, SEGMENTS_MIN, SEGMENTS_MAX)
    const seed = wholeNumber('seed', values['seed'], DEFAULT_SEED, 0, 2 ** 31 - 1)

    if (!existsSync(dirname(resolve(output)))) throw new CliFailure('cli:cannotWrite', { file: output, reason: t('cli-import:system.no_folder') })

    const job = terminalJob(io, t)
    job.progress(null, 'project-file:stage.sample')
    const city = generateSampleCity({ segments, seed })
    job.throwIfCancelled()
    let project: ProjectFile
    try {
      project = await ProjectFile.create(resolve(output), city, job)
    } catch (cause) {
      throw cause instanceof CallFailure ? projectFailure(cause, output) : cause
    }
    await project.close()
    endProgress(io)

    const answer = { segments, seed, synthetic: true, ...counts(city.records), scenarios: city.scenarios.map(scenario => scenario.name), plantedProblems: city.plantedProblems }
    const json = values['json']
    try {
      if (typeof json === 'string') writeJson(json, answer, io)
    } catch (cause) {
      // A command that says it could not run leaves no project behind.
      rmSync(resolve(output), { force: true })
      throw cause
    }
    if (json !== '-') {
      io.out(`${t('cli-sample:done', { file: basename(output), assets: answer.assets.total, nodes: answer.nodes, segments })}\n`)
    }
    return EXIT.done
  },
}

function wholeNumber(option: string, value: unknown, otherwise: number, low: number, high: number): number {
  if (typeof value !== 'string') return otherwise
  const number = /^\d+$/.test(value) ? Number(value) : NaN
  if (!(number >= low && number <= high)) throw new CliFailure('cli-sample:badNumber', { option, value, low, high })
  return number
}

function counts(records: TwinRecords) {
  const byKind: Record<string, number> = {}
  for (const asset of records.assets) byKind[asset.kind] = (byKind[asset.kind] ?? 0) + 1
  return { assets: { total: records.assets.length, byKind }, nodes: records.nodes.length, crs: records.crs }
}
