import type { SolidPart } from '../geometry/section-shape.ts'
import type { Proposal } from '../scenario/document.ts'
import { assetId, assetKind, assetSection, type AssetColumns } from '../twin/asset-columns.ts'
import { ASSUMED, type OuterSection, type Vec3 } from '../twin/asset.ts'
import type { DuctBank } from '../twin/duct-bank.ts'
import type { AssetKind } from '../twin/kinds.ts'
import { segmentsInBox, type AssetSegment } from '../twin/segments-near.ts'

/** A line that can be cut: of the baseline, or proposed. */
export interface CutItem {
  readonly type: 'asset' | 'proposal'
  readonly id: string
  readonly label: string
  readonly kind: AssetKind
  readonly owner: string
  readonly section: OuterSection
  /** The scheme takes it out of the ground. */
  readonly isRemoved: boolean
  /** Nobody surveyed how deep it lies. */
  readonly isLevelAssumed: boolean
  /** Of a proposed bank of ducts. */
  readonly ductBank?: DuctBank
}

export interface CutPart {
  readonly item: CutItem
  readonly part: SolidPart
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** The twin and the scheme as the cut views search them. Local frame. */
export interface CutWorld {
  readonly columns: AssetColumns
  /** Ids of assets the scheme takes out of the ground. */
  readonly removed: ReadonlySet<string>
  readonly proposals: readonly { readonly item: CutItem; readonly axis: readonly Vec3[] }[]
}

/**
 * @param removed Ids of assets taken out of the ground.
 * @param proposals Project CRS.
 */
export const worldToCut = (columns: AssetColumns, removed: Iterable<string>, proposals: readonly Proposal[]): CutWorld => ({
  columns,
  removed: new Set(removed),
  proposals: proposals.map(({ id, name, kind, owner, section, axis, ductBank }) => ({
    item: { type: 'proposal', id, label: name || id, kind, owner, section, isRemoved: false, isLevelAssumed: false, ...(ductBank && { ductBank }) },
    axis: axis.map(([x, y, z]): Vec3 => [x - columns.origin[0], y - columns.origin[1], z - columns.origin[2]]),
  })),
})

/** An asset of the baseline as an item. */
export const assetItem = ({ columns, removed }: Pick<CutWorld, 'columns' | 'removed'>, asset: number): CutItem => {
  const id = assetId(columns, asset)
  return { type: 'asset', id, label: id, kind: assetKind(columns, asset), owner: columns.owners[columns.owner[asset]!] ?? '', section: assetSection(columns, asset), isRemoved: removed.has(id), isLevelAssumed: (columns.assumed[asset]! & ASSUMED.level) !== 0 }
}

export const halfHeightM = (section: OuterSection): number => (section.shape === 'circle' ? section.diameterM : section.heightM) / 2

/** Pieces a long line is searched by, so that a slanting one does not ask for the whole city. */
const PIECE_M = 40

/** Parts of whatever lies near a plan line, each once: boxes of the parts against boxes of pieces of the line. */
export function partsNear(world: CutWorld, from: readonly [number, number], to: readonly [number, number]): CutPart[] {
  const { columns } = world
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const pieces = Math.max(1, Math.ceil(Math.hypot(dx, dy) / PIECE_M))
  const found = new Map<number, AssetSegment>()
  for (let k = 0; k < pieces; k++) {
    const [p, q] = [k / pieces, (k + 1) / pieces]
    const [x0, x1, y0, y1] = [from[0] + p * dx, from[0] + q * dx, from[1] + p * dy, from[1] + q * dy]
    for (const segment of segmentsInBox(columns, Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1))) found.set(segment.vertex, segment)
  }
  const items = new Map<number, CutItem>()
  const parts = [...found.values()].sort((a, b) => a.vertex - b.vertex).map(({ asset: i, vertex: v }): CutPart => {
    let item = items.get(i)
    if (!item) items.set(i, (item = assetItem(world, i)))
    const at = (k: number): Vec3 => [columns.xyz[3 * k]!, columns.xyz[3 * k + 1]!, columns.xyz[3 * k + 2]!]
    return { item, part: solidPart(at(v), at(v + 1), item.section), isFirst: v === columns.vertexStart[i], isLast: v + 2 === columns.vertexStart[i + 1] }
  })
  for (const { item, axis } of world.proposals) {
    for (let v = 0; v + 1 < axis.length; v++) parts.push({ item, part: solidPart(axis[v]!, axis[v + 1]!, item.section), isFirst: v === 0, isLast: v + 2 === axis.length })
  }
  return parts
}

export function solidPart(a: Vec3, b: Vec3, section: OuterSection): SolidPart {
  return {
    ax: a[0], ay: a[1], az: a[2], bx: b[0], by: b[1], bz: b[2], isCircle: section.shape === 'circle',
    halfWidthM: (section.shape === 'circle' ? section.diameterM : section.widthM) / 2, halfHeightM: halfHeightM(section),
  }
}
