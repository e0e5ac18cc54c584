/**
 * Issues: what was noticed about data a user brought in. Never thrown, never dropped in silence.
 * Codes are a closed list: each has a text in both catalogues (`issues.<code>`), checked by a test.
 */
export const ISSUE_CODES = [
  // Fixed by cli.md: the traps of real data.
  'level_missing', 'level_zero_unknown', 'size_missing', 'unit_suspect', 'geometry_null', 'geometry_mismatch',
  'part_missing', 'crs_missing', 'crs_assumed', 'duplicate_id', 'zero_length', 'coordinates_invalid', 'encoding', 'schema_invalid',
  // Ours.
  'level_suspect', 'kind_unknown', 'kind_assumed', 'owner_missing', 'level_assumed', 'size_assumed', 'wall_assumed', 'cover_assumed', 'end_met',
  'id_missing', 'status_unknown', 'property_invalid', 'feature_unsupported', 'geometry_multipart', 'outside_limits', 'inside_container',
  'axis_order_suspect', 'coordinates_swapped', 'coordinates_unreferenced', 'surface_missing', 'surface_assumed', 'surface_coarse',
  // Excavations.
  'ground_unknown', 'soil_assumed', 'slope_too_steep', 'slope_too_high', 'position_assumed', 'excavation_not_computed', 'rock_reached',
  // Analyses of networks.
  'valve_missing', 'source_missing', 'source_not_separable', 'node_unjoined', 'asset_unused', 'near_miss', 'direction_unknown', 'flow_against_levels', 'outfall_assumed',
  'demand_missing', 'head_assumed', 'roughness_assumed', 'pressure_negative', 'engine_warning', 'pressure_assumed', 'pressure_unknown',
  // Hazards.
  'flow_cycle', 'flow_divides', 'rim_unknown', 'drain_cut', 'capacity_unknown', 'tailwater_assumed', 'storm_out_of_range', 'storm_range_unknown', 'inlet_missing', 'factor_unknown', 'ponding_unknown', 'result_cut', 'swmm_missing', 'outline_assumed',
] as const

export type IssueCode = (typeof ISSUE_CODES)[number]
export type IssueSeverity = 'info' | 'warning' | 'error'

export interface Issue {
  readonly code: IssueCode
  readonly severity: IssueSeverity
  /** Where: feature id, line number or file, in the source's own words. */
  readonly ref?: string
  /** Figures and names for the message's placeholders. */
  readonly context?: Readonly<Record<string, string | number>>
}

/** Issues of one code and severity folded into a row, as `info --json` and the import wizard list them. */
export interface IssueSummary {
  readonly code: IssueCode
  readonly severity: IssueSeverity
  readonly count: number
  readonly example: string
}

const SEVERITY_ORDER: Readonly<Record<IssueSeverity, number>> = { error: 0, warning: 1, info: 2 }

/** Folds issues by code and severity: errors first, then by count, then by code; the first occurrence is the example. */
export function summariseIssues(issues: Iterable<Issue>): IssueSummary[] {
  const rows = new Map<string, { code: IssueCode; severity: IssueSeverity; count: number; example: string }>()
  for (const issue of issues) {
    const key = `${issue.severity}:${issue.code}`
    const row = rows.get(key)
    if (row) row.count++
    else rows.set(key, { code: issue.code, severity: issue.severity, count: 1, example: describeRef(issue) })
  }
  return [...rows.values()].sort(
    (a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] || b.count - a.count || (a.code < b.code ? -1 : 1),
  )
}

function describeRef(issue: Issue): string {
  const context = Object.entries(issue.context ?? {}).map(([key, value]) => `${key}=${value}`)
  return [issue.ref ?? '', ...context].filter(part => part !== '').join(' ')
}

/** Issues of every import, folded by code and severity; the first import's example stays. */
export function joinIssues(lists: readonly (readonly IssueSummary[])[]): IssueSummary[] {
  const rows = new Map<string, IssueSummary>()
  for (const issue of lists.flat()) {
    const key = `${issue.severity}:${issue.code}`
    const known = rows.get(key)
    rows.set(key, known ? { ...known, count: known.count + issue.count } : issue)
  }
  return [...rows.values()]
}
