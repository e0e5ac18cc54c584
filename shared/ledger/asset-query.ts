import { z } from 'zod'
import { unpackStrings } from '../core/packed-strings.ts'
import { blocksOfAssets, isInRing } from '../quality/block-lookup.ts'
import { LEDGER_FACTS } from '../quality/quality-report.ts'
import { factBit, missingFacts } from '../quality/missing-facts.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { AttributeRole } from '../twin/attribute-roles.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS } from '../twin/kinds.ts'
import type { Block } from '../twin/surface-feature.ts'

const name = z.string().max(200)
const bound = z.number().min(-1e6).max(1e6).nullable()
const rangeSchema = z.strictObject({ from: bound, to: bound })
/** Both ends included; null leaves an end open. */
export type Range = z.infer<typeof rangeSchema>

/** Which assets are meant: all that fit every part. An empty list, an open range and no area ask for nothing. */
export const assetQuerySchema = z.strictObject({
  /** Words that all stand in the id, the kind or the owner. */
  text: z.string().max(500),
  kinds: z.array(z.enum(ASSET_KINDS)).max(ASSET_KINDS.length),
  /** An empty name is nobody's. */
  owners: z.array(name).max(10_000),
  /** Ids of blocks; an empty id is what lies in none. */
  blocks: z.array(name).max(10_000),
  statuses: z.array(z.enum(ASSET_STATUSES)).max(ASSET_STATUSES.length),
  layings: z.array(z.enum(LAYINGS)).max(LAYINGS.length),
  materials: z.array(name).max(1000),
  years: rangeSchema,
  /** Larger outer dimension, metres. */
  sizesM: rangeSchema,
  /** Facts that are missing, every one of them. */
  lacks: z.array(z.enum(LEDGER_FACTS)).max(LEDGER_FACTS.length),
  /** Corners, project CRS: what lies in it or crosses its edge. */
  area: z.array(z.tuple([z.number(), z.number()]).readonly()).min(3).max(10_000).nullable(),
})
export type AssetQuery = z.infer<typeof assetQuerySchema>

const OPEN: Range = { from: null, to: null }
export const EVERYTHING: AssetQuery = { text: '', kinds: [], owners: [], blocks: [], statuses: [], layings: [], materials: [], years: OPEN, sizesM: OPEN, lacks: [], area: null }

/** Attributes of every asset as the project file gives them; `codes` is 0 where nothing is known. */
export interface QueryAttribute {
  readonly values: readonly string[]
  readonly codes: Uint32Array
}

export interface QueryInput {
  readonly columns: AssetColumns
  /** Project CRS. */
  readonly blocks: readonly Block[]
  /** Those `attributesAsked` names; columns may go on beyond them (proposals), of which they say nothing. */
  readonly attributes: Partial<Readonly<Record<AttributeRole, QueryAttribute>>>
  /** Lower-case words for each kind of ASSET_KINDS, in whatever languages people may type. */
  readonly kindWords: readonly string[]
}

/** What a query needs of the project file beside the columns. */
export function attributesAsked({ materials, years, lacks }: AssetQuery): AttributeRole[] {
  return [
    ...(materials.length > 0 || lacks.includes('material') ? ['material' as const] : []),
    ...(isOpen(years) && !lacks.includes('year') ? [] : ['year' as const]),
  ]
}

/** Per asset 1 where it fits. */
export function matchAssets(query: AssetQuery, input: QueryInput): Uint8Array {
  const tests = testsOf(query, input)
  const mask = new Uint8Array(input.columns.count)
  for (let i = 0; i < mask.length; i++) if (tests.every(test => test(i))) mask[i] = 1
  return mask
}

type Test = (asset: number) => boolean

/** The parts that ask for something, cheap ones first. */
function testsOf(query: AssetQuery, { columns, blocks, attributes, kindWords }: QueryInput): Test[] {
  const tests: Test[] = []
  const listed = (codes: ArrayLike<number>, wanted: ReadonlySet<number>): Test => i => wanted.has(codes[i]!)
  const places = <T>(all: readonly T[], some: readonly T[], first = 0): ReadonlySet<number> => new Set(all.flatMap((item, k) => (some.includes(item) ? [k + first] : [])))
  if (query.kinds.length > 0) tests.push(listed(columns.kind, places(ASSET_KINDS, query.kinds)))
  if (query.statuses.length > 0) tests.push(listed(columns.status, places(ASSET_STATUSES, query.statuses)))
  if (query.layings.length > 0) tests.push(listed(columns.laying, places(LAYINGS, query.layings, 1)))
  if (query.owners.length > 0) {
    const owners = new Set(query.owners)
    tests.push(listed(columns.owner, new Set(columns.owners.flatMap((owner, k) => (owners.has(owner.trim()) || owners.has(owner) ? [k] : [])))))
  }
  if (!isOpen(query.sizesM)) tests.push(i => isWithin(2 * Math.max(columns.halfWidthM[i]!, columns.halfHeightM[i]!), query.sizesM))
  if (query.lacks.length > 0) {
    const none = new Uint32Array(columns.count)
    const missing = missingFacts({ columns, material: padded(attributes.material?.codes, columns.count) ?? none, year: padded(attributes.year?.codes, columns.count) ?? none })
    const wanted = query.lacks.reduce((bits, fact) => bits | factBit(fact), 0)
    tests.push(i => (missing[i]! & wanted) === wanted)
  }
  if (query.materials.length > 0) {
    const wanted = places(attributes.material?.values ?? [], query.materials, 1)
    tests.push(i => wanted.has(attributes.material?.codes[i] ?? 0))
  }
  if (!isOpen(query.years)) {
    const { values = [], codes } = attributes.year ?? {}
    const fits = values.map(year => isWithin(Number(year), query.years))
    tests.push(i => fits[(codes?.[i] ?? 0) - 1] === true)
  }
  const words = query.text.toLowerCase().split(/\s+/).filter(word => word !== '')
  if (words.length > 0) {
    const ids = lowerIds(columns)
    // Few kinds and owners: looked through once, not once a line. A word has no blank, so it never reaches from one into the next.
    const found = words.map(word => ({ word, kinds: kindWords.map(text => text.includes(word)), owners: columns.owners.map(owner => owner.toLowerCase().includes(word)) }))
    tests.push(i => found.every(({ word, kinds, owners }) => kinds[columns.kind[i]!] === true || owners[columns.owner[i]!] === true || ids[i]!.includes(word)))
  }
  if (query.blocks.length > 0) {
    const blockOf = blocksOfAssets(columns, blocks)
    const wanted = places(blocks.map(({ id }) => id), query.blocks)
    const wantsNone = query.blocks.includes('')
    tests.push(i => (blockOf[i]! < 0 ? wantsNone : wanted.has(blockOf[i]!)))
  }
  if (query.area) tests.push(areaTest(query.area, columns))
  return tests
}

const idsKept = new WeakMap<AssetColumns, readonly string[]>()

/** Ids in small letters, kept as long as the columns: a query is asked anew at every letter that is typed. */
function lowerIds(columns: AssetColumns): readonly string[] {
  let ids = idsKept.get(columns)
  if (!ids) idsKept.set(columns, (ids = unpackStrings(columns.ids).map(id => id.toLowerCase())))
  return ids
}

const isOpen = ({ from, to }: Range): boolean => from === null && to === null
const isWithin = (value: number, { from, to }: Range): boolean => (from === null || value >= from) && (to === null || value <= to)

function padded(codes: Uint32Array | undefined, count: number): Uint32Array | undefined {
  if (!codes || codes.length >= count) return codes
  const all = new Uint32Array(count)
  all.set(codes)
  return all
}

/** An axis that has a point in the area: a vertex inside, or a part that crosses an edge. */
function areaTest(area: readonly (readonly [number, number])[], { xyz, vertexStart, origin }: AssetColumns): Test {
  const ring = area.map(([x, y]) => [x - origin[0], y - origin[1]] as const)
  const bounds = ring.reduce(([x0, y0, x1, y1], [x, y]) => [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)] as const, [Infinity, Infinity, -Infinity, -Infinity] as const)
  const crosses = (ax: number, ay: number, bx: number, by: number): boolean => {
    if (Math.max(ax, bx) < bounds[0] || Math.min(ax, bx) > bounds[2] || Math.max(ay, by) < bounds[1] || Math.min(ay, by) > bounds[3]) return false
    return ring.some(([cx, cy], k) => {
      const [dx, dy] = ring[(k + 1) % ring.length]!
      const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number) => Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))
      return side(ax, ay, bx, by, cx, cy) !== side(ax, ay, bx, by, dx, dy) && side(cx, cy, dx, dy, ax, ay) !== side(cx, cy, dx, dy, bx, by)
    })
  }
  return asset => {
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]!; v++) {
      const [x, y] = [xyz[3 * v]!, xyz[3 * v + 1]!]
      if (x >= bounds[0] && x <= bounds[2] && y >= bounds[1] && y <= bounds[3] && isInRing(ring, x, y)) return true
      if (v > vertexStart[asset]! && crosses(xyz[3 * v - 3]!, xyz[3 * v - 2]!, x, y)) return true
    }
    return false
  }
}
