import { chainagesOf } from '../../geometry/section-line.ts'
import type { RuleName } from '../../clearance/findings/finding.ts'
import type { LineSite } from '../../clearance/line-rules/line-tester.ts'
import { createPreview, type PreviewRoute, type PreviewSegment } from '../../clearance/preview.ts'
import type { PreparedClearance } from '../../clearance/prepare.ts'
import type { Vec3 } from '../../twin/asset.ts'

/** A limit that a line breaks as drawn. Local frame, metres. */
export interface ShortRow {
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly shortfall: number
  /** Id of the other asset, or of what stands around; null for the ground. */
  readonly other: string | null
  /** Nearest points. */
  readonly at: { readonly route: Vec3; readonly other: Vec3 }
  readonly segment: number
  /** Plan chainage of `at.route` on the line. */
  readonly chainageM: number
}

/** Everything of a line but where it lies. */
export type LineProperties = Omit<PreviewRoute, 'axis'>

/** Part of a line, plan chainages: parts outside it are not asked about. */
export interface ChainageRange {
  readonly from: number
  readonly to: number
}

/** Asks the clearance engine about one line laid in place after place. */
export interface Trial {
  /** Limits broken as drawn, advisory cells included, along the line. */
  shortRows(axis: readonly Vec3[], within?: ChainageRange): ShortRow[]
  /** Whether there is no such limit: sooner told than which they are. */
  isClean(axis: readonly Vec3[], within?: ChainageRange): boolean
  /** The same of what stands around (`AROUND_RULES`); none where no site was given. */
  aroundRows(axis: readonly Vec3[], within?: ChainageRange): ShortRow[]
}

/** Rule 8 where moving the line helps: distances to what stands on the ground, and to manholes and chambers of others. */
export const AROUND_RULES: ReadonlySet<RuleName> = new Set(['surroundings', 'structure', 'structure_hard'])

export interface TrialOptions {
  /** Id of the asset of the prepared network whose place the line takes. */
  readonly replaces?: string
  /** Where rows that are only possible within the survey's uncertainty count as broken too. */
  readonly countsPossible?: (x: number, y: number) => boolean
  /** What stands around. */
  readonly site?: LineSite | null
}

export function createTrial(prepared: PreparedClearance, line: LineProperties, { replaces, countsPossible, site = null }: TrialOptions = {}): Trial {
  const preview = createPreview(prepared)
  const taken = replaces !== undefined && { replaces }
  /** The part of a line that is looked at, and of that the segments asked about. */
  const partAsked = (axis: readonly Vec3[], within: ChainageRange | undefined) => {
    const part = within ? cropped(axis, within) : { axis, first: 0 }
    const own = chainagesOf(part.axis)
    const offset = within ? chainagesOf(axis)[part.first]! : 0
    const segments = within && own.slice(1).flatMap((end, i) => (offset + end >= within.from && offset + own[i]! <= within.to ? [i] : []))
    return { part, own, offset, route: { ...line, axis: part.axis }, asked: segments ? { segments } : {} }
  }
  const rowsOf = (axis: readonly Vec3[], within: ChainageRange | undefined, ask: (route: PreviewRoute, segments: { readonly segments?: readonly number[] }) => readonly PreviewSegment[]): ShortRow[] => {
    const { part, own, offset, route, asked } = partAsked(axis, within)
    return ask(route, asked).flatMap(({ segment, shortfalls }) =>
      shortfalls.filter(({ isShort, verdict, at }) => isShort || (verdict === 'possible' && countsPossible?.(at.route[0], at.route[1]))).map(({ rule, required, found, shortfall, other, around, at }) => ({
        rule, required, found, shortfall, other: other?.id ?? around?.id ?? null, at, segment: segment + part.first,
        chainageM: offset + own[segment]! + Math.hypot(at.route[0] - part.axis[segment]![0], at.route[1] - part.axis[segment]![1]),
      })))
  }
  const shortRows = (axis: readonly Vec3[], within?: ChainageRange): ShortRow[] => rowsOf(axis, within, (route, segments) => preview.previewRoute(route, { ...taken, ...segments }))
  return {
    shortRows,
    isClean(axis, within) {
      // Whether one that is only possible counts is asked of the worst of them.
      if (countsPossible) return shortRows(axis, within).length === 0
      const { route, asked } = partAsked(axis, within)
      return !preview.isShort(route, { ...taken, ...asked })
    },
    aroundRows: (axis, within) => (site === null ? [] : rowsOf(axis, within, (route, segments) => preview.previewAround(route, site, { ...taken, ...segments })).filter(({ rule, shortfall }) => AROUND_RULES.has(rule) && shortfall > 1e-6)),
  }
}

/** What lies further along a line than this says nothing about a part of it: zones of crossings and joints end before. */
const DEPENDENCE_M = 40

/** The vertices of a line around a part of it: laying a long line anew for each try of a short stretch would take its whole length. */
function cropped(axis: readonly Vec3[], { from, to }: ChainageRange): { readonly axis: readonly Vec3[]; readonly first: number } {
  const chainages = chainagesOf(axis)
  const first = Math.max(0, chainages.findLastIndex(chainage => chainage <= from - DEPENDENCE_M))
  const last = chainages.findIndex(chainage => chainage >= to + DEPENDENCE_M)
  return { axis: axis.slice(first, last < 0 ? axis.length : last + 1), first }
}
