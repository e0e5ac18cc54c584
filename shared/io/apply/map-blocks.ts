import type { Block } from '../../twin/surface-feature.ts'
import { isInRing } from '../../quality/block-lookup.ts'
import type { LayerMapping } from '../mapping.ts'
import type { SourceFeature, SourceLayer } from '../source.ts'
import type { UniqueIds } from '../unique-ids.ts'
import { textOf } from './field-values.ts'
import type { MappingContext } from './map-layer.ts'

const MAX_TEXT = 200
/** Corners a block may have: more is a coastline, not a street block. */
const MOST_CORNERS = 10_000

type Ring = readonly (readonly [number, number])[]

/**
 * Polygons of a layer as blocks of responsibility: the outside of each part, its holes left out. A district in several
 * parts is several blocks of one name.
 */
export function mapBlocks(layer: SourceLayer, mapping: LayerMapping, context: MappingContext, ids: UniqueIds): Block[] {
  const { log } = context
  const blocks: Block[] = []
  for (const feature of layer.features) {
    context.tick()
    const named = textOf(feature.properties, mapping.name?.field ?? null)
    const wanted = textOf(feature.properties, mapping.id.field) || feature.id || named
    const ref = wanted ? `${wanted.slice(0, 100)} (${feature.ref})` : feature.ref
    if (feature.geometry !== 'polygon') {
      log.add('feature_unsupported', 'warning', ref, { type: feature.geometry })
      continue
    }
    const rings = outsides(feature, context)
    if (rings.length === 0) log.add('geometry_null', 'warning', ref)
    if (rings.length > 1) log.add('geometry_multipart', 'info', ref, { parts: rings.length, assets: rings.length })
    const id = ids.claim(wanted, feature.ref, ref)
    rings.forEach((ring, i) => {
      if (ring.length > MOST_CORNERS) log.add('outside_limits', 'error', ref, { points: ring.length })
      else blocks.push({ id: i === 0 ? id : ids.claimPart(id, i + 1), name: (named || id).slice(0, MAX_TEXT), responsible: (textOf(feature.properties, mapping.owner.field) || mapping.owner.fallback).slice(0, MAX_TEXT), ring })
    })
  }
  return blocks
}

/** Rings that lie in no other ring of their feature, unclosed, of at least three corners. */
function outsides({ parts }: SourceFeature, { place }: MappingContext): Ring[] {
  const rings = parts.map(part => unclosed(part.map((position): readonly [number, number] => {
    const [x, y] = place(position)
    return [x, y]
  }))).filter(ring => ring.length >= 3)
  return rings.filter((ring, i) => rings.filter((other, k) => k !== i && isInRing(other, ...ring[0]!)).length % 2 === 0)
}

function unclosed(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && ring.length > 1 && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring
}
