import type { z } from 'zod'
import type { exportRequestSchema } from '#shared/contract/export-shapes.ts'
import type { JobControl } from '#shared/core/job.ts'
import { EXPORT_FORMATS, INP_FORMATS, type ExportFormat, type ExportLoss } from '#shared/io/export/formats.ts'
import { isFelt, networkOf, termsOf } from './export-network.ts'
import { loadMessages } from '../messages.ts'
import type { ProjectFile } from '../project-file.ts'

export type ExportChoices = z.infer<typeof exportRequestSchema>

/** A file as it is handed over. `losses`: what its format could not carry. */
export interface ExportMade {
  readonly name: string
  readonly bytes: Uint8Array
  readonly losses: readonly ExportLoss[]
}

const SLICE_MS = 25

/**
 * The twin, with a scheme's lines where one is named, as a file of a format. Gives way to other calls of its thread.
 * @throws CallFailure `not_found`; CancelledError
 */
export async function makeExport(project: ProjectFile, { format, scenarioId, language }: ExportChoices, job: JobControl): Promise<ExportMade> {
  const t = await loadMessages(language)
  const stem = project.info().name.replace(/\.gpkg$/i, '')
  const writer = writerOf(format)
  const network = networkOf(project, writer.layers, scenarioId === null ? [] : [scenarioId])
  const bytes = await gathered(writer.write(network, termsOf(project, stem, format === 'dxf_plan', job, key => t(key))), job)
  const scheme = scenarioId === null || !writer.layers.includes('proposals') ? [] : [project.scenarioDocument(scenarioId).name]
  return {
    name: `${[stem, ...scheme].join(' ').replace(/[\\/:*?"<>|\p{Cc}]+/gu, '_').slice(0, 120)}.${endingOf(format)}`, bytes,
    losses: writer.losses.filter(loss => isFelt(loss, network, project, true) && !(loss === 'proposals' && scenarioId === null)),
  }
}

type Format = ExportChoices['format']

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
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
