import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '../../geometry/box-grid.ts'
import { SITE_WORDS, siteWordsOf, type SiteWord } from '../../rules/site-words.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { SurfaceFeature } from '../../twin/surface-feature.ts'

/** Surface features that a pack asks about, as edges in plan with an index over them. Local frame, metres. */
export interface SiteIndex {
  readonly ids: readonly string[]
  /** What packs call each feature; never empty. */
  readonly words: readonly (readonly SiteWord[])[]
  /** [x0, y0, x1, y1] of each edge; a point is an edge without length. */
  readonly edges: Float64Array
  readonly edgeFeature: Uint32Array
  /** Edges of feature k: edgeStart[k] … edgeStart[k + 1] − 1. */
  readonly edgeStart: Uint32Array
  readonly isArea: Uint8Array
  readonly edgeGrid: BoxGrid
  readonly featureGrid: BoxGrid
}

/** @param wanted Words that some cell of the pack names. @param origin Project CRS of the local frame. */
export function buildSiteIndex(features: readonly SurfaceFeature[], wanted: ReadonlySet<SiteWord>, origin: Vec3): SiteIndex {
  const kept = features.map(feature => ({ feature, words: siteWordsOf(feature).filter(word => wanted.has(word)) }))
    .filter(({ feature, words }) => words.length > 0 && feature.points.length > 0)
  const counts = kept.map(({ feature }) => edgeCount(feature))
  const edgeStart = new Uint32Array(kept.length + 1)
  counts.forEach((count, k) => (edgeStart[k + 1] = edgeStart[k]! + count))
  const edges = new Float64Array(4 * edgeStart[kept.length]!)
  const edgeFeature = new Uint32Array(edgeStart[kept.length]!)
  const boxes = new Float64Array(4 * kept.length)
  kept.forEach(({ feature: { points } }, k) => {
    boxes.set([Infinity, Infinity, -Infinity, -Infinity], 4 * k)
    for (let e = edgeStart[k]!, i = 0; e < edgeStart[k + 1]!; e++, i++) {
      const [p, q] = [points[i]!, points[(i + 1) % points.length]!]
      edges.set([p[0] - origin[0], p[1] - origin[1], q[0] - origin[0], q[1] - origin[1]], 4 * e)
      edgeFeature[e] = k
      for (let c = 0; c < 4; c++) {
        const value = edges[4 * e + c]!
        boxes[4 * k + (c & 1)] = Math.min(boxes[4 * k + (c & 1)]!, value)
        boxes[4 * k + 2 + (c & 1)] = Math.max(boxes[4 * k + 2 + (c & 1)]!, value)
      }
    }
  })
  return {
    ids: kept.map(({ feature }) => feature.id), words: kept.map(({ words }) => words), edges, edgeFeature, edgeStart,
    isArea: Uint8Array.from(kept, ({ feature }) => (feature.geometry === 'polygon' ? 1 : 0)),
    edgeGrid: buildBoxGrid(edgeBoxes(edges)), featureGrid: buildBoxGrid(boxes),
  }
}

const edgeCount = ({ geometry, points }: SurfaceFeature): number =>
  geometry === 'polygon' && points.length > 2 ? points.length : Math.max(1, points.length - 1)

function edgeBoxes(edges: Float64Array): Float64Array {
  const boxes = new Float64Array(edges.length)
  for (let e = 0; e < edges.length; e += 4) {
    boxes.set([Math.min(edges[e]!, edges[e + 2]!), Math.min(edges[e + 1]!, edges[e + 3]!), Math.max(edges[e]!, edges[e + 2]!), Math.max(edges[e + 1]!, edges[e + 3]!)], e)
  }
  return boxes
}

/** Areas that a point lies in. */
export function areasAt(site: SiteIndex, x: number, y: number): number[] {
  return queryBoxGrid(site.featureGrid, x, y, x, y).filter(k => site.isArea[k] === 1 && isInside(site, k, x, y))
}

/** Whether a point lies in an area; even-odd. */
export function isInside({ edges, edgeStart }: SiteIndex, feature: number, x: number, y: number): boolean {
  let inside = false
  for (let e = edgeStart[feature]!; e < edgeStart[feature + 1]!; e++) {
    const [x0, y0, x1, y1] = [edges[4 * e]!, edges[4 * e + 1]!, edges[4 * e + 2]!, edges[4 * e + 3]!]
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside
  }
  return inside
}

/** Words that a pack's tables of surface features name. */
export const wantedWords = (tables: readonly (readonly { readonly feature?: SiteWord | undefined }[])[]): ReadonlySet<SiteWord> =>
  new Set(SITE_WORDS.filter(word => tables.some(cells => cells.some(cell => cell.feature === word))))
