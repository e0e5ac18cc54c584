import type { JobControl } from '../../../core/job.ts'
import type { Stratum } from '../../../twin/borehole.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { SourceBorehole } from '../../source-boreholes.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { numberOr } from '../../xml/read-xml.ts'
import { toUtf8 } from '../../text-encoding.ts'
import { agsGroups, type AgsGroup } from './ags-groups.ts'

/** True for AGS data: a first line that opens a group (AGS4 rule 2; AGS3 marks it with two asterisks). */
export const isAgs = (bytes: Uint8Array): boolean => /^\ufeff?\s*"(GROUP","|\*\*)/.test(new TextDecoder().decode(bytes.subarray(0, 100)))

const BRITISH_GRID = 'EPSG:27700'
/** What the British National Grid can express, metres. */
const isOnBritishGrid = ([x, y]: readonly [number, number]): boolean => x > 0 && x < 700_000 && y > 0 && y < 1_300_000

/**
 * Reads boreholes, pits and soundings of AGS 4 and AGS 3.1 (groups LOCA or HOLE) with their strata (GEOL). Positions are
 * of the national grid, which is the British one unless the file says otherwise or they cannot be.
 * @throws SourceRefused no group of locations.
 */
export function readAgs(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const { bytes, encoding } = toUtf8(file.bytes)
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding })
  const groups = agsGroups(new TextDecoder().decode(bytes), file.name, limits, job, log)
  const locations = groups.get('LOCA') ?? groups.get('HOLE')
  if (!locations || locations.rows.length === 0) throw new SourceRefused('schema_invalid', { problem: 'no_locations', group: 'LOCA' })
  const prefix = groups.has('LOCA') ? 'LOCA' : 'HOLE'
  const strata = strataByHole(groups.get('GEOL'), `${prefix}_ID`, log, file.name)
  const boreholes = locations.rows.flatMap((row, i): SourceBorehole[] => {
    const id = row[`${prefix}_ID`]?.trim() || `${file.name}#${i + 1}`
    const ref = `${id} (${file.name}#${i + 1})`
    const [x, y] = [numberOr(row[`${prefix}_NATE`]) ?? numberOr(row[`${prefix}_LOCX`]), numberOr(row[`${prefix}_NATN`]) ?? numberOr(row[`${prefix}_LOCY`])]
    if (x === null || y === null || Math.max(Math.abs(x), Math.abs(y)) > 1e9) {
      log.add('geometry_null', 'warning', ref)
      return []
    }
    const layers = strata.get(id) ?? []
    return [{
      id, ref, place: [x, y], crs: gridOf(row[`${prefix}_GREF`] ?? '', [x, y], ref, log), groundM: numberOr(row[`${prefix}_GL`]),
      depthM: numberOr(row[`${prefix}_FDEP`]) ?? layers.at(-1)?.baseM ?? null, strata: layers,
      attributes: Object.fromEntries(Object.entries(row).filter(([key, value]) => value.trim() !== '' && key !== '__proto__').map(([key, value]) => [key, value.trim().slice(0, 10_000)])),
    }]
  })
  return { value: { format: 'ags', layers: [], grounds: [], boreholes }, issues: log.issues }
}

function gridOf(said: string, place: readonly [number, number], ref: string, log: IssueLog): string | null {
  if (/OSGB/i.test(said)) return BRITISH_GRID
  if (!isOnBritishGrid(place)) return null
  log.add('crs_assumed', 'warning', ref, { crs: BRITISH_GRID })
  return BRITISH_GRID
}

function strataByHole(geology: AgsGroup | undefined, idField: string, log: IssueLog, file: string): ReadonlyMap<string, Stratum[]> {
  const strata = new Map<string, Stratum[]>()
  for (const [i, row] of (geology?.rows ?? []).entries()) {
    const [topM, baseM] = [numberOr(row['GEOL_TOP']), numberOr(row['GEOL_BASE'])]
    if (topM === null || baseM === null || baseM < topM) {
      log.add('property_invalid', 'warning', `${file}:GEOL#${i + 1}`, { property: 'GEOL_TOP, GEOL_BASE' })
      continue
    }
    const id = row[idField]?.trim() ?? ''
    strata.set(id, [...(strata.get(id) ?? []), { topM, baseM, description: (row['GEOL_DESC'] ?? '').slice(0, 2000), code: (row['GEOL_LEG'] ?? '').slice(0, 200) }])
  }
  return strata
}
