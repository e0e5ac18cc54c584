import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { lookUpCrs, planTransform, type PlanPoint } from '#shared/io/crs.ts'
import { parseCrsName } from '#shared/io/crs-name.ts'
import { CliFailure } from './command.ts'

/** Far more than any outline needs. */
const MAX_BYTES = 16 * 1024 * 1024

const position = z.array(z.number()).min(2)
const polygonSchema = z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)).min(1) })
const multiSchema = z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position)).min(1)).length(1) })
const geometrySchema = z.union([polygonSchema, multiSchema])
const featureSchema = z.object({ type: z.literal('Feature'), geometry: geometrySchema })
const collectionSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(featureSchema).length(1) })
const fileSchema = z.union([geometrySchema, featureSchema, collectionSchema])
const crsSchema = z.object({ crs: z.object({ properties: z.object({ name: z.string() }) }) })

export interface PitOutline {
  /** In the project's coordinate system, or its frame where it has none. */
  readonly points: readonly PlanPoint[]
  /** System the file is in, where it names one that is not the project's. */
  readonly convertedFrom: string | null
}

/**
 * The one polygon of a GeoJSON file (geometry, Feature or FeatureCollection). Its coordinates are the project's unless
 * a `crs` member names another system.
 * @throws CliFailure where the file cannot be read, holds anything but one polygon without holes, or cannot be converted.
 */
export function readPitOutline(path: string, projectCrs: string | null): PitOutline {
  const raw = readJson(path)
  const parsed = fileSchema.safeParse(raw)
  if (!parsed.success) throw new CliFailure('cli-excavate:failure.notOnePolygon', { file: path })
  const rings = ringsOf(parsed.data)
  if (rings.length > 1) throw new CliFailure('cli-excavate:failure.holes', { file: path })
  const points = (rings[0] ?? []).map(([x, y]): PlanPoint => [x!, y!])
  return convert(points, crsOf(raw, path), projectCrs, path)
}

function readJson(path: string): unknown {
  let text: string
  try {
    if (statSync(path).size > MAX_BYTES) throw new CliFailure('cli-excavate:failure.tooLarge', { file: path, limit: MAX_BYTES / 1024 / 1024 })
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof CliFailure) throw cause
    throw new CliFailure('cli:cannotRead', { file: path, reason: cause instanceof Error ? cause.message : String(cause) })
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    throw new CliFailure('cli-excavate:failure.notJson', { file: path })
  }
}

type FileContent = z.infer<typeof fileSchema>

function ringsOf(content: FileContent): number[][][] {
  if (content.type === 'FeatureCollection') return ringsOf(content.features[0]!)
  if (content.type === 'Feature') return ringsOf(content.geometry)
  return content.type === 'Polygon' ? content.coordinates : content.coordinates[0]!
}

function crsOf(raw: unknown, path: string): string | null {
  const named = crsSchema.safeParse(raw)
  if (!named.success) return null
  const { name } = named.data.crs.properties
  const code = parseCrsName(name)
  if (code === null) throw new CliFailure('cli-excavate:failure.crsUnknown', { file: path, crs: name.slice(0, 100) })
  return code
}

function convert(points: readonly PlanPoint[], crs: string | null, projectCrs: string | null, path: string): PitOutline {
  if (crs === null || crs === projectCrs) return { points, convertedFrom: null }
  if (projectCrs === null) throw new CliFailure('cli-excavate:failure.projectWithoutCrs', { file: path, crs })
  const [from, to] = [lookUpCrs(crs), lookUpCrs(projectCrs)]
  if (!from || !to) throw new CliFailure('cli-excavate:failure.crsUnknown', { file: path, crs: from ? projectCrs : crs })
  return { points: points.map(planTransform(from, to)), convertedFrom: crs }
}
