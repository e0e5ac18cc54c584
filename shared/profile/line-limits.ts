import { assetIndexOf } from '../twin/asset-index.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { SurfaceClass } from '../twin/kinds.ts'
import type { Proposal } from '../scenario/document.ts'
import { classesOf, columnProperties } from '../rules/asset-classes.ts'
import { LimitLookup, type Limit } from '../rules/limit-lookup.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import { halfHeightM, type CutItem } from './cut-world.ts'

/** What a pack asks of the lines of a cut. */
export interface CutLimits {
  /** Plumb, between a line and another that crosses it; null where it asks nothing. */
  crossing(line: CutItem, other: CutItem, otherIsAbove: boolean): Limit | null
  /** In plan, between a line and another that runs along it; null where it asks nothing. */
  alongside(line: CutItem, other: CutItem): Limit | null
  /** Least cover under ground of this use; null where it asks nothing. */
  cover(line: CutItem, surface: SurfaceClass): Limit | null
}

/** @param proposals By id: what classes look at is not all in an item. */
export function cutLimits(pack: RulePack, columns: AssetColumns, proposals: Readonly<Record<string, Proposal>>): CutLimits {
  const lookup = new LimitLookup(pack, [])
  const signatures = new Map<string, number>()
  const signatureOf = ({ type, id, kind, section }: CutItem): number => {
    const key = `${type}:${id}`
    let signature = signatures.get(key)
    if (signature === undefined) {
      const asset = type === 'asset' ? assetIndexOf(columns, id) : null
      const diameterM = section.shape === 'circle' ? section.diameterM : Math.max(section.widthM, section.heightM)
      signature = lookup.signatureOf(classesOf(asset === null ? { ...proposals[id], kind, diameterM } : columnProperties(columns, asset), pack))
      signatures.set(key, signature)
    }
    return signature
  }
  return {
    crossing(line, other, otherIsAbove) {
      const { firstAbove, secondAbove, distance } = lookup.pair(signatureOf(line), signatureOf(other))
      return pack.semantics === 'distance' ? distance : otherIsAbove ? secondAbove : firstAbove
    },
    alongside(line, other) {
      const { horizontal, distance } = lookup.pair(signatureOf(line), signatureOf(other))
      return pack.semantics === 'distance' ? distance : horizontal
    },
    cover: (line, surface) => lookup.cover(signatureOf(line), surface).min,
  }
}

/** Levels of the zone that a limit keeps free, from the other's surface towards the line. */
export function limitZone(levelM: number, section: CutItem['section'], otherIsAbove: boolean, minM: number): readonly [lowM: number, highM: number] {
  const half = halfHeightM(section)
  return otherIsAbove ? [levelM - half - minM, levelM - half] : [levelM + half, levelM + half + minM]
}
