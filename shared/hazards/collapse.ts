import type { Issue } from '../core/issues.ts'
import { buildBoxGrid, queryBoxGrid } from '../geometry/box-grid.ts'
import { assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import type { Attributes, AttributeValue } from '../twin/asset.ts'
import { ASSET_STATUSES, GRAVITY_KINDS } from '../twin/kinds.ts'
import type { GroundSampler } from '../twin/ground.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { drainsBesideWater } from './water-beside.ts'
import { isInRing, planBoxOf, type PlanPoint } from './plan-points.ts'

/**
 * What public accounts of road collapses name (assets/hazards/SOURCES.md): a leaking drain in erodible soil, water in
 * the ground that comes and goes, traffic above, digging near by, pressurised water that leaks beside it; age and material
 * stand in for a condition nobody looked at, and depth for how far soil can run. A recorded leak, burst or repair counts
 * even where it was mended: breaks cluster about earlier ones.
 */
export const COLLAPSE_FACTORS = ['defect', 'leak', 'cavity', 'old', 'soil', 'groundwater', 'traffic', 'shallow', 'water', 'digging'] as const
export type CollapseFactor = (typeof COLLAPSE_FACTORS)[number]
/** `unknown` is no `no`. */
export type FactorState = 'yes' | 'no' | 'unknown'

export const ERODIBLE_SOILS = ['sand', 'silt'] as const

export interface CollapseOptions {
  /** Of the whole area, where no survey says more; null: not known. */
  readonly soil: string | null
  /** Depth of the groundwater below the ground, metres; null: not known. */
  readonly groundwaterDepthM: number | null
  /** Laid at least so many years ago counts as old: the planner's figure. */
  readonly oldYears: number
  readonly thisYear: number
}

/** Depth to which collapses were counted (Shanghai: at most 3.5 m deep). */
const DEEPEST_M = 3.5
export const DEFAULT_OLD_YEARS = 30
/** Repair index of CJJ 181 from which a drain is of grade III. */
const REPAIR_INDEX_III = 4
/** Grade of a cavity or void from which it must be dealt with (JGJ/T 437, from memory). */
const CAVITY_GRADE = 3

export const COLLAPSE_GRADES = ['I', 'II', 'III', 'IV'] as const
export type CollapseGrade = (typeof COLLAPSE_GRADES)[number]

/** One drain. */
export interface CollapseRow {
  readonly asset: number
  readonly factors: Readonly<Record<CollapseFactor, FactorState>>
  /** How many are there, and how many may be. */
  readonly present: number
  readonly unknown: number
  /** By the factors that are there alone. */
  readonly grade: CollapseGrade
  /** If every unknown factor were there. */
  readonly worstGrade: CollapseGrade
  readonly lengthM: number
  /** Invert below the ground, metres; null where no ground is known. */
  readonly depthM: number | null
  readonly roadM: number
}

export interface CollapseSite {
  readonly columns: AssetColumns
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly groundAt: GroundSampler | null
  /** Attributes of an asset, null where they are not known (a scheme's). */
  readonly attributesOf: (asset: number) => Attributes | null
  /** Drains that the scheme's digging strikes or undermines. */
  readonly dug: ReadonlySet<number>
  /** Drains from this index on are new. */
  readonly proposalsFrom: number
  /** Only drains from this index on are asked about; all where absent. */
  readonly from?: number
}

/** Grades by how many factors are there: 0–1, 2, 3, 4 and more. Ours: no source weighs them. */
export const gradeOf = (count: number): CollapseGrade => COLLAPSE_GRADES[Math.min(3, Math.max(0, count - 1))]!

/** Screens every drain in use, the most factors first. A count of sourced factors, no probability. */
export function collapseRows(site: CollapseSite, options: CollapseOptions): { readonly rows: readonly CollapseRow[]; readonly issues: readonly Issue[] } {
  const { columns } = site
  const roads = roadIndex(site.surfaceFeatures, columns.origin)
  const besideWater = drainsBesideWater(columns)
  const besideLeak = drainsBesideWater(columns, 0, water => hasLeaked(site.attributesOf(water)) === true)
  const removed = ASSET_STATUSES.indexOf('removed')
  const rows: CollapseRow[] = []
  const blank = new Map<CollapseFactor, number>()
  for (let asset = site.from ?? 0; asset < columns.count; asset++) {
    if (!GRAVITY_KINDS.has(assetKind(columns, asset)) || columns.status[asset] === removed) continue
    const row = rowOf(asset, site, options, { roads, besideWater, besideLeak })
    rows.push(row)
    for (const factor of COLLAPSE_FACTORS) if (row.factors[factor] === 'unknown') blank.set(factor, (blank.get(factor) ?? 0) + 1)
  }
  const issues = COLLAPSE_FACTORS.filter(factor => blank.has(factor)).map((factor): Issue => ({ code: 'factor_unknown', severity: 'info', ref: factor, context: { drains: blank.get(factor)! } }))
  return { rows: rows.sort((a, b) => b.present - a.present || b.unknown - a.unknown || a.asset - b.asset), issues }
}

/** The same drain with a factor more: digging near by, or a water line laid beside it. */
export function withFactor(row: CollapseRow, factor: CollapseFactor): CollapseRow {
  const was = row.factors[factor]
  if (was === 'yes') return row
  const [present, unknown] = [row.present + 1, row.unknown - (was === 'unknown' ? 1 : 0)]
  return { ...row, factors: { ...row.factors, [factor]: 'yes' }, present, unknown, grade: gradeOf(present), worstGrade: gradeOf(present + unknown) }
}

/** Looked up once for all drains; null: not known. */
interface Surroundings {
  readonly roads: RoadIndex | null
  readonly besideWater: ReadonlyMap<number, number> | null
  /** Beside a water line with a record of leaks. */
  readonly besideLeak: ReadonlyMap<number, number> | null
}

function rowOf(asset: number, site: CollapseSite, options: CollapseOptions, { roads, besideWater, besideLeak }: Surroundings): CollapseRow {
  const attributes = site.attributesOf(asset) ?? {}
  const walk = walkDrain(site, asset, roads)
  const known = (state: boolean | null): FactorState => (state === null ? 'unknown' : state ? 'yes' : 'no')
  const depthM = walk.deepestM
  const factors: Record<CollapseFactor, FactorState> = {
    defect: known(defectOf(attributes)),
    leak: known(besideLeak?.has(asset) === true ? true : hasLeaked(attributes)),
    cavity: known(atLeast(figureIn(attributes, ['cavityGrade', 'voidGrade', 'hiddenBodyGrade', '空洞等级', '病害体等级']), CAVITY_GRADE)),
    old: known(asset >= site.proposalsFrom ? false : oldOf(attributes, options)),
    soil: known(soilOf(attributes, options.soil)),
    groundwater: known(options.groundwaterDepthM === null || depthM === null ? null : depthM > options.groundwaterDepthM),
    traffic: known(roads === null ? null : walk.roadM > 0),
    shallow: known(depthM === null ? null : walk.shallowestM! <= DEEPEST_M),
    water: known(besideWater === null ? null : besideWater.has(asset)),
    digging: known(site.dug.has(asset)),
  }
  const count = (state: FactorState) => COLLAPSE_FACTORS.filter(factor => factors[factor] === state).length
  const [present, unknown] = [count('yes'), count('unknown')]
  return { asset, factors, present, unknown, grade: gradeOf(present), worstGrade: gradeOf(present + unknown), lengthM: walk.lengthM, depthM, roadM: walk.roadM }
}

/** How often a line leaked, burst or was mended, as ledgers and repair tables name it. */
export const LEAK_RECORDS = ['leaks', 'leakCount', 'bursts', 'burstCount', 'breaks', 'repairs', 'repairCount', '漏点数', '漏损次数', '渗漏次数', '爆管次数', '维修次数', '修复次数']

const hasLeaked = (attributes: Attributes | null): boolean | null => atLeast(figureIn(attributes ?? {}, LEAK_RECORDS), 1)

/** Repair index where the ledger has one, else the grade of the worst defect. */
function defectOf(attributes: Attributes): boolean | null {
  const index = figureIn(attributes, ['repairIndex', 'ri', '修复指数'])
  if (index !== null) return index > REPAIR_INDEX_III
  return atLeast(figureIn(attributes, ['defectGrade', 'conditionGrade', '缺陷等级']), 3)
}

const atLeast = (value: number | null, limit: number): boolean | null => (value === null ? null : value >= limit)

const BRITTLE = /brick|masonry|stone|clay|ceramic|砖|石|陶/i

function oldOf(attributes: Attributes, { oldYears, thisYear }: CollapseOptions): boolean | null {
  const material = textIn(attributes, ['material', 'GC', '材质', '管材'])
  if (BRITTLE.test(material)) return true
  const year = figureIn(attributes, ['yearLaid', 'year', 'installYear', 'JCNY', '建设年代', '埋设年代'])
  return year === null ? null : thisYear - year >= oldYears
}

function soilOf(attributes: Attributes, areaSoil: string | null): boolean | null {
  const soil = (textIn(attributes, ['soil', '土质', '土层']) || (areaSoil ?? '')).toLowerCase()
  if (soil === '') return null
  return ERODIBLE_SOILS.some(word => soil.includes(word)) || /砂|粉土/.test(soil)
}

const valueIn = (attributes: Attributes, names: readonly string[]): AttributeValue => names.map(name => attributes[name]).find(value => value !== undefined && value !== null && value !== '') ?? null

const textIn = (attributes: Attributes, names: readonly string[]): string => String(valueIn(attributes, names) ?? '')

/** The first whole figure of a value: a year in `2012-05`, a grade in `III` as well. */
function figureIn(attributes: Attributes, names: readonly string[]): number | null {
  const value = valueIn(attributes, names)
  if (typeof value === 'number') return value
  const text = String(value ?? '')
  const roman = COLLAPSE_GRADES.indexOf(text.trim().toUpperCase() as CollapseGrade)
  if (roman >= 0) return roman + 1
  const [figure] = /\d+(?:\.\d+)?/.exec(text) ?? []
  return figure === undefined ? null : Number(figure)
}

interface RoadIndex {
  readonly rings: readonly (readonly PlanPoint[])[]
  find(x: number, y: number): readonly number[]
}

/** Carriageways, local frame; null where the twin has none, so that traffic is not known. */
function roadIndex(features: readonly SurfaceFeature[], [ox, oy]: readonly [number, number, number]): RoadIndex | null {
  const rings = features.filter(feature => feature.type === 'roadway' && feature.geometry === 'polygon').map(({ points }) => points.map(([x, y]) => [x - ox, y - oy] as const))
  if (rings.length === 0) return null
  const grid = buildBoxGrid(Float64Array.from(rings.flatMap(planBoxOf)))
  return { rings, find: (x, y) => queryBoxGrid(grid, x, y, x, y) }
}

const STEP_M = 2

/** Length, length under a carriageway, and depths of the bottom, every two metres. */
function walkDrain({ columns, groundAt }: CollapseSite, asset: number, roads: RoadIndex | null): { lengthM: number; roadM: number; deepestM: number | null; shallowestM: number | null } {
  const { xyz, vertexStart, halfHeightM } = columns
  let [lengthM, roadM, deepestM, shallowestM] = [0, 0, -Infinity, Infinity]
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const [x0, y0, z0, x1, y1, z1] = xyz.subarray(3 * v, 3 * v + 6) as unknown as [number, number, number, number, number, number]
    const partM = Math.hypot(x1 - x0, y1 - y0, z1 - z0)
    const steps = Math.max(1, Math.ceil(partM / STEP_M))
    lengthM += partM
    for (let k = 0; k < steps; k++) {
      const t = (k + 0.5) / steps
      const [x, y] = [x0 + t * (x1 - x0), y0 + t * (y1 - y0)]
      if (roads?.find(x, y).some(r => isInRing(roads.rings[r]!, x, y)) === true) roadM += partM / steps
      const ground = groundAt?.(x, y) ?? null
      if (ground === null) continue
      const depthM = ground - (z0 + t * (z1 - z0)) + halfHeightM[asset]!
      deepestM = Math.max(deepestM, depthM)
      shallowestM = Math.min(shallowestM, depthM)
    }
  }
  return { lengthM, roadM, deepestM: deepestM === -Infinity ? null : deepestM, shallowestM: shallowestM === Infinity ? null : shallowestM }
}
