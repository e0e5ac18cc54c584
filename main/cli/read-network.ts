import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TFunction } from 'i18next'
import { summariseIssues, type Issue, type IssueSummary } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import { importReadings, ownCrs } from '#shared/io/apply/import-readings.ts'
import { readCanonicalGeoJson } from '#shared/io/canonical/read-canonical.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { readSource } from '#shared/io/read-source.ts'
import { DEFAULT_IMPORT_LIMITS, type ImportedRecords, type WithIssues } from '#shared/io/source.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import { buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { refusalWords } from '#shared/report/refusal-words.ts'
import { originFor } from '#shared/twin/twin.ts'
import { CliFailure } from './command.ts'

/** A network file as a command takes it in place of a project. */
export interface NetworkFile {
  readonly columns: AssetColumns
  readonly nodes: readonly NodeRecord[]
  /** Per asset: 1 where the file marks it `scenario: true`. */
  readonly isProposal: Uint8Array
  /** SHA-256 of the file. */
  readonly hash: string
  readonly issues: readonly IssueSummary[]
  /** What the coordinates are in; null for a local frame. */
  readonly crs: string | null
}

/**
 * Reads canonical GeoJSON (design §8). Without a coordinate system its coordinates are metres in a local frame; one in
 * degrees or feet is projected to a metric system for the place.
 * @throws CliFailure where the file cannot be read or is wrong as a whole.
 */
export function readNetworkFile(path: string, job: JobControl, t: TFunction): NetworkFile {
  const bytes = readBytes(path)
  const asWritten = readCanonicalGeoJson(bytes, job)
  if (asWritten.fatal) throw refusal(path, asWritten.fatal, t)
  const { crs } = asWritten.value
  const reading = crs === null || lookUpCrs(crs)?.metric ? asWritten : readProjected(path, bytes, job)
  const records = [...reading.value.assets, ...reading.value.proposals]
  let [minX, minY] = [Infinity, Infinity]
  for (const { axis } of records) {
    for (const [x, y] of axis) {
      minX = Math.min(minX, x)
      minY = Math.min(minY, y)
    }
  }
  return {
    columns: buildAssetColumns(records, originFor(minX, minY)),
    nodes: reading.value.nodes,
    isProposal: new Uint8Array(records.length).fill(1, reading.value.assets.length),
    hash: createHash('sha256').update(bytes).digest('hex'),
    issues: summariseIssues(reading.issues),
    crs: reading.value.crs,
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new CliFailure('cli:cannotRead', { file: path, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

function readProjected(path: string, bytes: Uint8Array, job: JobControl): WithIssues<ImportedRecords> {
  const source = readSource([{ name: path, bytes }], DEFAULT_IMPORT_LIMITS, job)
  // The command takes the canonical form alone, whatever a layer looks like.
  const layers = source.value.layers.map(layer => ({ ...layer, canonical: true }))
  const target = { crs: { fixed: ownCrs([{ ...source.value, layers }]) }, surface: null, assetIds: [] }
  const records = importReadings([{ reading: { ...source.value, layers }, mappings: [] }], target, job)
  return { value: records.value, issues: [...source.issues, ...records.issues] }
}

const refusal = (path: string, issue: Issue, t: TFunction): CliFailure => new CliFailure('cli-check:refused', { file: path, reason: refusalWords(t, issue) })
