import type { RuleName } from '../clearance/finding.ts'
import { createPreview, type PreviewRoute } from '../clearance/preview.ts'
import type { PreparedClearance } from '../clearance/prepare.ts'
import type { Vec3 } from '../twin/asset.ts'
import { chainagesOf } from './axis.ts'

/** A limit that a line breaks as drawn. Local frame, metres. */
export interface ShortRow {
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly shortfall: number
  /** Id of the other asset; null for the ground. */
  readonly other: string | null
  /** Nearest points. */
  readonly at: { readonly route: Vec3; readonly other: Vec3 }
  readonly segment: number
  /** Plan chainage of `at.route` on the line. */
  readonly chainageM: number
}

/** Everything of a line but where it lies. */
export type LineProperties = Omit<PreviewRoute, 'axis'>

/** Asks the clearance engine about one line laid in place after place. */
export interface Trial {
  /** Limits broken as drawn, advisory cells included, along the line. */
  shortRows(axis: readonly Vec3[]): ShortRow[]
}

/** @param replaces Id of the asset of the prepared network whose place the line takes. */
export function createTrial(prepared: PreparedClearance, line: LineProperties, replaces?: string): Trial {
  const preview = createPreview(prepared)
  return {
    shortRows(axis) {
      const segments = preview.previewRoute({ ...line, axis }, replaces === undefined ? {} : { replaces })
      if (segments.length === 0) return []
      const chainages = chainagesOf(axis)
      return segments.flatMap(({ segment, shortfalls }) =>
        shortfalls.filter(({ isShort }) => isShort).map(({ rule, required, found, shortfall, other, at }) => ({
          rule, required, found, shortfall, other: other?.id ?? null, at, segment,
          chainageM: chainages[segment]! + Math.hypot(at.route[0] - axis[segment]![0], at.route[1] - axis[segment]![1]),
        })))
    },
  }
}
