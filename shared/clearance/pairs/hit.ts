import type { Limit } from '../../rules/limit-lookup.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { RuleName, Shortfall, SurfaceThere } from '../findings/finding.ts'

/** One rule short, or possibly short, on one piece of a segment of asset a against asset b. */
export interface Hit {
  readonly rule: RuleName
  readonly a: number
  /** −1: the ground. */
  readonly b: number
  /** Segments it was found on (first vertices); of cover, both are that of a. */
  readonly segmentA: number
  readonly segmentB: number
  /** Stretch on a: shares of segment A. */
  readonly from: number
  readonly to: number
  readonly required: number
  readonly found: number
  /** Null for contact. */
  readonly limit: Limit | null
  /** Short on the drawn position; else the stretch on which it is possible within the uncertainty, drawn short or not. */
  readonly isShort: boolean
  readonly uncertaintyM: number | null
  /** Nearest points on the axes, local frame. */
  readonly p: Vec3
  readonly q: Vec3
  /** Cover only: the use of the ground there. */
  readonly surface?: SurfaceThere
  /** Rule `either` only. */
  readonly horizontal?: Shortfall['horizontal']
}
