import type { CallInput } from '#shared/contract/contract.ts'
import type { JobControl } from '#shared/core/job.ts'
import { EXPORT_FORMATS, INP_FORMATS, type ExportFormat } from '#shared/io/export/formats.ts'
import { isFelt, networkOf, termsOf } from '../services/export-network.ts'
import { loadMessages } from '../services/messages.ts'
import { CallFailure, openProject, type Handlers } from './handler.ts'

/** More are written by the command line, which streams them to the disk; here a file goes through the page. */
const MOST_ASSETS = 200_000
const SLICE_MS = 25

export const exportHandlers: Pick<Handlers, 'export.make'> = {
  async 'export.make'({ format, scenarioId, language }, context) {
    const project = openProject(context)
    const { assetCount, name } = project.info()
    if (assetCount > MOST_ASSETS) throw new CallFailure<'export.make'>('too_many_assets', { count: assetCount, limit: MOST_ASSETS })
    const t = await loadMessages(language)
    const stem = name.replace(/\.gpkg$/i, '')
    const writer = writerOf(format)
    const network = networkOf(project, writer.layers, scenarioId === null ? [] : [scenarioId])
    const bytes = await gathered(writer.write(network, termsOf(project, stem, format === 'dxf_plan', context.job, key => t(key))), context.job)
    const scheme = scenarioId === null || !writer.layers.includes('proposals') ? [] : [project.scenarioDocument(scenarioId).name]
    return { name: `${[stem, ...scheme].join(' ').replace(/[\\/:*?"<>|\p{Cc}]+/gu, '_').slice(0, 120)}.${endingOf(format)}`, bytes, losses: writer.losses.filter(loss => isFelt(loss, network, project, true) && !(loss === 'proposals' && scenarioId === null)) }
  },
}

type Format = CallInput<'export.make'>['format']

function writerOf(format: Format): ExportFormat {
  if (format === 'epanet' || format === 'swmm') return INP_FORMATS[format]
  return EXPORT_FORMATS[`.${endingOf(format)}`]!
}

const endingOf = (format: Format): string => (format === 'epanet' || format === 'swmm' ? 'inp' : format === 'dxf_plan' ? 'dxf' : format)

/** Puts the parts together; other calls get their turn in between. */
async function gathered(parts: Iterable<string | Uint8Array>, job: JobControl): Promise<Uint8Array> {
  const encoder = new TextEncoder()
  const pieces: Uint8Array[] = []
  let sliceEnd = performance.now() + SLICE_MS
  for (const part of parts) {
    pieces.push(typeof part === 'string' ? encoder.encode(part) : part)
    if (performance.now() < sliceEnd) continue
    await new Promise(resolve => setImmediate(resolve))
    job.throwIfCancelled()
    sliceEnd = performance.now() + SLICE_MS
  }
  return new Uint8Array(Buffer.concat(pieces))
}
