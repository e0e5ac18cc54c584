import type { JobControl } from '../../core/job.ts'
import { digDamage } from '../dig-damage.ts'
import type { Dig } from '../digging.ts'
import type { PermitPart } from '../permit-sheet.ts'
import { digValves } from './dig-valves.ts'
import { digSite } from './ground-methods.ts'
import type { AnalysisSubject } from './subject.ts'

/**
 * What each dig can hit by itself, for a sheet of its own: who digs one pit need not know the next. Pieces of one trench
 * are one dig. @throws CancelledError
 */
export function permitParts(subject: AnalysisSubject, digs: readonly Dig[], job: JobControl): PermitPart[] {
  const site = digSite(subject)
  const parts = [...Map.groupBy(digs, ({ id }) => id).values()].map(pieces => ({ digs: pieces, ...digDamage(pieces, site, job) }))
  // Which valves an asset has does not hang on who digs.
  const met = new Map(parts.flatMap(({ rows }) => rows.filter(row => row.struck || row.exposed || row.undermined)).map(row => [row.asset, row]))
  const valves = digValves(subject, [...met.values()], job)
  return parts.map(part => ({ ...part, valves }))
}
