import type { AssetColumns } from '../twin/asset-columns.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES, type AssetKind, type Laying, type PressureClass } from '../twin/kinds.ts'
import type { RuleClass, RulePack } from './rule-pack.ts'

/** What classes of a rule pack look at. A property that is not known is absent and matches no condition on it. */
export interface ClassedProperties {
  readonly kind: AssetKind
  /** The larger outer dimension, metres; 0 where the size is not known. */
  readonly diameterM: number
  readonly pressureClass?: PressureClass | undefined
  readonly laying?: Laying | undefined
  readonly voltageKv?: number | undefined
}

/** Whether an asset is of a class (design §5, "Rule packs"). */
export function matchesClass(asset: ClassedProperties, { match }: RuleClass): boolean {
  return isOneOf(asset.kind, match.kind) && isOneOf(asset.pressureClass, match.pressureClass) && isOneOf(asset.laying, match.laying) &&
    isWithin(asset.diameterM > 0 ? asset.diameterM : undefined, match.minDiameterM, match.maxDiameterM) &&
    isWithin(asset.voltageKv, match.minVoltageKv, match.maxVoltageKv)
}

function isOneOf<T extends string>(value: T | undefined, wanted: T | readonly T[] | undefined): boolean {
  return wanted === undefined || (value !== undefined && (typeof wanted === 'string' ? wanted === value : wanted.includes(value)))
}

/** Size bands are compared with a micrometre to spare: 0.2 as half and double of itself must stay 0.2. */
const BAND_M = 1e-9

/** Lower bound exclusive, upper bound inclusive. */
function isWithin(value: number | undefined, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true
  if (value === undefined || Number.isNaN(value)) return false
  return (min === undefined || value > min + BAND_M) && (max === undefined || value <= max + BAND_M)
}

/** Indices into `pack.classes` of every class the asset takes. */
export const classesOf = (asset: ClassedProperties, pack: RulePack): number[] =>
  pack.classes.flatMap((ruleClass, i) => (matchesClass(asset, ruleClass) ? [i] : []))

/**
 * Assets sorted by the set of classes they take: assets of one signature have the same limits to everything.
 * A city has a few dozen signatures, so limits are looked up per pair of signatures, not per pair of assets.
 */
export interface Signatures {
  /** Class indices of each signature, ascending. */
  readonly classes: readonly (readonly number[])[]
  /** Signature of each asset. */
  readonly ofAsset: Uint16Array
}

export function assetSignatures(columns: AssetColumns, pack: RulePack): Signatures {
  const classes: number[][] = []
  const byClasses = new Map<string, number>()
  const byProperties = new Map<string, number>()
  const ofAsset = new Uint16Array(columns.count)
  // Ledgers are written sort by sort, mains and their services in turn: an asset of each of the last few sorts.
  const recent: number[] = []
  let oldest = 0
  for (let i = 0; i < columns.count; i++) {
    const known = recent.find(other => isOfSameSort(columns, i, other))
    if (known !== undefined) {
      ofAsset[i] = ofAsset[known]!
      continue
    }
    recent[oldest] = i
    oldest = (oldest + 1) % MOST_RECENT
    const key = `${columns.kind[i]},${columns.pressureClass[i]},${columns.laying[i]},${columns.voltageKv[i]},${Math.max(columns.halfWidthM[i]!, columns.halfHeightM[i]!)}`
    let signature = byProperties.get(key)
    if (signature === undefined) {
      const list = classesOf(columnProperties(columns, i), pack)
      const listKey = list.join()
      signature = byClasses.get(listKey) ?? classes.push(list) - 1
      if (signature > 65_535) throw new RangeError('more than 65,536 combinations of rule classes')
      byClasses.set(listKey, signature)
      byProperties.set(key, signature)
    }
    ofAsset[i] = signature
  }
  return { classes, ofAsset }
}

const MOST_RECENT = 4

/** Whether two assets have all that classes look at in common. */
function isOfSameSort({ kind, pressureClass, laying, voltageKv, halfWidthM, halfHeightM }: AssetColumns, i: number, k: number): boolean {
  return halfWidthM[i] === halfWidthM[k] && halfHeightM[i] === halfHeightM[k] && kind[i] === kind[k] && pressureClass[i] === pressureClass[k] && laying[i] === laying[k] &&
    (voltageKv[i] === voltageKv[k] || (Number.isNaN(voltageKv[i]) && Number.isNaN(voltageKv[k])))
}

/** What classes look at, of an asset of the columns. */
export function columnProperties(columns: AssetColumns, i: number): ClassedProperties {
  return {
    kind: ASSET_KINDS[columns.kind[i]!] ?? 'unknown',
    diameterM: 2 * Math.max(columns.halfWidthM[i]!, columns.halfHeightM[i]!),
    pressureClass: PRESSURE_CLASSES[columns.pressureClass[i]! - 1],
    laying: LAYINGS[columns.laying[i]! - 1],
    voltageKv: columns.voltageKv[i]!,
  }
}
