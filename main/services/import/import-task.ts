import type { z } from 'zod'
import type { inspectedFileSchema } from '#shared/contract/import-shapes.ts'
import { summariseIssues, type Issue, type IssueSummary } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import { unpackStrings, type PackedStrings } from '#shared/core/packed-strings.ts'
import { importReadings, ownCrs, type ImportTarget } from '#shared/io/apply/import-readings.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { isFurtherPart } from '#shared/io/line-assets.ts'
import type { LayerMapping } from '#shared/io/mapping.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import type { ImportedRecords, SourceLayer } from '#shared/io/source.ts'
import { isBorehole } from '#shared/twin/borehole.ts'
import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import { PART_FORMAT } from './import-files.ts'
import { previewOf } from './import-preview.ts'
import { KeptReadings } from './kept-readings.ts'
import { fieldSignature } from './field-signature.ts'

/** What the import worker is asked to do. Paths, not bytes: what it reads never passes through the host's own thread. */
export type ImportTask =
  | { readonly do: 'inspect'; readonly paths: readonly string[] }
  | {
      readonly do: 'import'
      /** Layers without a mapping are mapped as proposed. */
      readonly files: readonly { readonly path: string; readonly mappings: readonly LayerMapping[] }[]
      readonly crs: ImportTarget['crs']
      /** Ground of the project in its local frame, with that frame's origin. */
      readonly ground: { readonly surface: GroundSurface; readonly origin: readonly [number, number, number] } | null
      readonly assetIds: PackedStrings | null
      /** False for a trial run: counts and issues only. */
      readonly withRecords: boolean
    }

export type InspectedFile = z.infer<typeof inspectedFileSchema>

export interface Inspection {
  readonly files: readonly InspectedFile[]
  readonly suggestedCrs: string | null
}

export interface TrialImport {
  readonly crs: string | null
  readonly assets: { readonly total: number; readonly byKind: Readonly<Record<string, number>> }
  readonly nodes: number
  readonly proposals: number
  readonly surfaces: number
  readonly surfaceSizes: readonly SurfaceSize[]
  readonly boreholes: number
  readonly alignments: number
  readonly blocks: number
  readonly catchments: number
  readonly issues: readonly IssueSummary[]
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
  /** The mappings used, of every layer that needed one, with the signature of its fields. */
  readonly mappings: readonly { readonly mapping: LayerMapping; readonly signature: string }[]
  /** Null for a trial run. */
  readonly records: ImportedRecords | null
}

/** A ground surface as `import` and `info` count it. */
type SurfaceSize = { readonly name: string; readonly type: 'tin'; readonly points: number; readonly faces: number } | { readonly name: string; readonly type: 'grid'; readonly cols: number; readonly rows: number }

const sizeOf = (surface: GroundSurface): SurfaceSize =>
  surface.type === 'tin'
    ? { name: surface.name, type: 'tin', points: surface.xyz.length / 3, faces: surface.faces.length / 3 }
    : { name: surface.name, type: 'grid', cols: surface.cols, rows: surface.rows }

/**
 * @param readings What earlier tasks read; what this one reads is kept in it.
 * @throws ImportRefused, CancelledError
 */
export function runImportTask(task: ImportTask, job: JobControl, readings = new KeptReadings()): Inspection | TrialImport {
  readings.keepOnly(task.do === 'inspect' ? task.paths : task.files.map(({ path }) => path))
  return task.do === 'inspect' ? inspect(task, job, readings) : importFiles(task, job, readings)
}

function inspect(task: Extract<ImportTask, { do: 'inspect' }>, job: JobControl, kept: KeptReadings): Inspection {
  const readings = task.paths.map((path, i) => kept.read(path, without(task.paths, path), shareOf(job, i, task.paths.length)))
  return {
    files: readings.map(({ name, sizeBytes, reading, issues }) => ({
      name, sizeBytes, format: reading.format, issues: summariseIssues(issues), surfaces: reading.grounds.length, boreholes: reading.boreholes?.length ?? 0, alignments: reading.alignments?.length ?? 0, isPart: reading.format === PART_FORMAT,
      layers: reading.layers.map(layer => ({
        name: layer.name, geometry: layer.geometry, features: layer.features.length, crs: layer.crs, hasZ: layer.hasZ, isDegrees: layer.crs !== null && lookUpCrs(layer.crs)?.geographic === true, canonical: layer.canonical,
        fields: layer.fields.map(field => ({ ...field, samples: field.samples.map(sample => ({ ...sample })) })),
        mapping: proposeMapping(layer), mappingRemembered: false, preview: previewOf(layer),
      })),
    })),
    suggestedCrs: ownCrs(readings.map(file => file.reading)),
  }
}

function importFiles(task: Extract<ImportTask, { do: 'import' }>, job: JobControl, kept: KeptReadings): TrialImport {
  const issues: Issue[] = []
  const files: { name: string; sha256: string }[] = []
  const sources = task.files.map(({ path, mappings }, i) => {
    // Reading is about two thirds of the work of an import before the writing.
    const file = kept.read(path, without(task.files.map(other => other.path), path), shareOf(job, i, task.files.length * 1.5))
    for (const part of file.files) files.push(part)
    for (const issue of file.issues) issues.push(issue)
    const mappingOf = (layer: SourceLayer) => mappings.find(mapping => mapping.layer === layer.name) ?? proposeMapping(layer)
    return { reading: file.reading, mappings: file.reading.layers.map(mappingOf) }
  })
  const target = {
    crs: task.crs,
    surface: task.ground && shiftedSampler(task.ground),
    assetIds: task.assetIds ? unpackStrings(task.assetIds) : [],
  }
  const imported = importReadings(sources, target, shareOf(job, 2, 3))
  for (const issue of imported.issues) issues.push(issue)
  const { assets, nodes, proposals, grounds, surfaceFeatures, blocks, catchments = [], crs } = imported.value
  const byKind: Record<string, number> = {}
  const objects = assets.filter(asset => !isFurtherPart(asset))
  for (const { kind } of objects) byKind[kind] = (byKind[kind] ?? 0) + 1
  return {
    crs, assets: { total: objects.length, byKind }, nodes: nodes.length, proposals: proposals.length, surfaces: grounds.length, surfaceSizes: grounds.map(sizeOf), boreholes: surfaceFeatures.filter(isBorehole).length, alignments: sources.reduce((sum, { reading }) => sum + (reading.alignments?.length ?? 0), 0), blocks: blocks.length, catchments: catchments.length,
    issues: summariseIssues(issues), files,
    mappings: sources.flatMap(({ reading, mappings }) => mappings.flatMap(mapping => {
      const layer = reading.layers.find(candidate => candidate.name === mapping.layer && !candidate.canonical)
      return layer ? [{ mapping, signature: fieldSignature(layer) }] : []
    })),
    records: task.withRecords ? imported.value : null,
  }
}

const without = (paths: readonly string[], path: string): string[] => paths.filter(other => other !== path)

function shiftedSampler({ surface, origin }: { readonly surface: GroundSurface; readonly origin: readonly [number, number, number] }) {
  const sample = groundSampler(surface)
  return (x: number, y: number): number | null => {
    const z = sample(x - origin[0], y - origin[1])
    return z === null ? null : z + origin[2]
  }
}

/** The part of a job that step i of n stands for. */
function shareOf(job: JobControl, i: number, n: number): JobControl {
  return {
    progress: (fraction, stage) => job.progress((i + (fraction ?? 0)) / n, stage),
    throwIfCancelled: () => job.throwIfCancelled(),
  }
}
