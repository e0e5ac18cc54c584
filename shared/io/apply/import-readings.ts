import type { JobControl } from '../../core/job.ts'
import type { AssetRecord, NodeRecord } from '../../twin/asset.ts'
import type { Block } from '../../twin/surface-feature.ts'
import { groundSampler, type GroundSampler } from '../../twin/ground.ts'
import { readCanonicalLayer } from '../canonical/read-canonical-layer.ts'
import { lookUpCrs } from '../crs.ts'
import { IssueLog } from '../issue-log.ts'
import type { LayerMapping } from '../mapping.ts'
import { asPlanSource, placeGround } from '../place-ground.ts'
import { placeLayer, projectCrsFor } from '../place-layer.ts'
import { asAlignedPlace, placeAlignments } from '../source-alignments.ts'
import { asPlace, placeBoreholes } from '../source-boreholes.ts'
import type { ImportedRecords, SourceLayer, SourceReading, WithIssues } from '../source.ts'
import { UniqueIds } from '../unique-ids.ts'
import { knownGround } from './known-ground.ts'
import { mapBlocks } from './map-blocks.ts'
import { meetLines } from './meet-lines.ts'
import { checkMapping, groundPointsOf, mapLines, mapPoints, type MappingContext } from './map-layer.ts'

/** A source with the mapping chosen for each of its layers, by layer name. A layer without one is skipped, and told. */
export interface MappedSource {
  readonly reading: SourceReading
  readonly mappings: readonly LayerMapping[]
}

export interface ImportTarget {
  /** The system the records shall be in, null for a local frame; `own`: the first source's, made metric where it is not. */
  readonly crs: { readonly fixed: string | null } | 'own'
  /** Ground surface of the project, in the target's coordinates. */
  readonly surface: GroundSampler | null
  /** Asset ids the project already has. */
  readonly assetIds: Iterable<string>
}

const PROGRESS_EVERY = 4096

/** The coordinate system an import of these sources has by itself: that of the first layer that has one, in metres. */
export function ownCrs(readings: readonly SourceReading[]): string | null {
  for (const { layers, grounds, boreholes = [], alignments = [] } of readings) {
    for (const source of [...layers, ...grounds.map(asPlanSource), ...boreholes.map(asPlace), ...alignments.map(asAlignedPlace)]) {
      const crs = projectCrsFor(source)
      if (crs !== null) return crs
    }
  }
  return null
}

/**
 * Turns sources and their mappings into records of one project: one coordinate system, ids unlike each other, levels at
 * the axis, outer sections, each assumption marked on its asset and listed. Nothing is left out without an issue.
 * @throws RangeError the target's code is not known, or not metric (check with `lookUpCrs` before).
 */
export function importReadings(sources: readonly MappedSource[], target: ImportTarget, job: JobControl): WithIssues<ImportedRecords> {
  const log = new IssueLog()
  const crs = target.crs === 'own' ? ownCrs(sources.map(source => source.reading)) : target.crs.fixed
  const definition = crs === null ? null : lookUpCrs(crs)
  if (crs !== null && !definition?.metric) throw new RangeError(`${crs} is no metric coordinate system`)

  const layers = sources.flatMap(({ reading, mappings }) => reading.layers.map(layer => ({ layer, mapping: mappings.find(mapping => mapping.layer === layer.name) })))
    .map(({ layer, mapping }) => ({ layer, mapping, place: placeLayer(layer, definition, log).place }))
  const used = layers.filter(({ layer, mapping }) => {
    const isUsed = mapping ? mapping.target !== 'skip' : layer.canonical
    if (!isUsed && layer.features.length > 0) log.add('feature_unsupported', 'warning', layer.name, { features: layer.features.length })
    return isUsed
  })
  const grounds = sources.flatMap(({ reading }) => reading.grounds.map(ground => placeGround(ground, definition, log)))
  // Grounds that come with the assets count for them; the project's own comes first.
  const surface = firstKnown([target.surface, ...grounds.map(groundSampler)])
  const nearby = knownGround(used.flatMap(({ layer, mapping, place }) => (mapping && !layer.canonical ? groundPointsOf(layer, mapping, place) : [])))

  const total = used.reduce((sum, { layer }) => sum + layer.features.length, 0)
  let done = 0
  const tick = () => {
    if (++done % PROGRESS_EVERY !== 0) return
    job.progress(done / total, 'import:stage.mapping')
    job.throwIfCancelled()
  }
  const catchments = sources.flatMap(({ reading }) => (reading.catchments ?? []).map(catchment => {
    // They come in the drawing of the network: what places that places them.
    const place = layers.find(({ layer }) => layer === reading.layers[0])?.place
    return place ? { ...catchment, ring: catchment.ring.map(corner => centimetres(place(corner))) } : catchment
  }))
  const shared = { log, assetIds: new UniqueIds(log, target.assetIds), nodeIds: new UniqueIds(log), ground: { surface, nearby }, tick }
  const assets: AssetRecord[][] = []
  const canonical: AssetRecord[][] = []
  const nodes: NodeRecord[][] = []
  const proposals: AssetRecord[][] = []
  const blocks: Block[] = []
  const blockIds = new UniqueIds(log)
  for (const { layer, mapping, place } of used) {
    const context: MappingContext = { ...shared, place }
    if (layer.canonical) {
      const records = readCanonicalLayer(layer, log, context)
      canonical.push(records.assets)
      nodes.push(records.nodes)
      proposals.push(records.proposals)
    } else if (mapping?.target === 'blocks') for (const block of mapBlocks(layer, mapping, context, blockIds)) blocks.push(block)
    else if (mapping) mapOwnLayer(layer, mapping, context, assets, nodes)
  }
  const surfaceFeatures = [
    ...placeBoreholes(sources.flatMap(({ reading }) => reading.boreholes ?? []), definition, log),
    ...placeAlignments(sources.flatMap(({ reading }) => reading.alignments ?? []), definition, log),
  ]
  return {
    value: {
      crs: definition?.code ?? null, surfaceFeatures, assets: [...canonical.flat(), ...meetLines(assets.flat(), log)], nodes: nodes.flat(), proposals: proposals.flat(),
      grounds, blocks, ...(catchments.length > 0 && { catchments }),
    },
    issues: log.issues,
  }
}

/** A centimetre is nothing to a catchment; a project's figures stay short. */
const centimetres = ([x, y]: readonly number[]): readonly [number, number] => [Math.round(x! * 100) / 100, Math.round(y! * 100) / 100]

function firstKnown(samplers: readonly (GroundSampler | null)[]): GroundSampler | null {
  const known = samplers.filter(sampler => sampler !== null)
  if (known.length === 0) return null
  return (x, y) => {
    for (const sample of known) {
      const z = sample(x, y)
      if (z !== null) return z
    }
    return null
  }
}

function mapOwnLayer(layer: SourceLayer, mapping: LayerMapping, context: MappingContext, assets: AssetRecord[][], nodes: NodeRecord[][]): void {
  checkMapping(layer, mapping, context.log)
  if (mapping.target === 'assets') assets.push(mapLines(layer, mapping, context))
  else nodes.push(mapPoints(layer, mapping, context))
}
