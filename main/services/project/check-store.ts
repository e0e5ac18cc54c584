import type { CallOutput } from '#shared/contract/contract.ts'
import { checkResultSchema } from '#shared/contract/shapes.ts'
import { encodeGeometry } from '#shared/project-format/gpkg-geometry.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Database } from './database.ts'

type CheckResult = CallOutput<'check.run'>

const INSERT = `INSERT INTO findings (check_id, finding_id, rule, verdict, mandatory, required_m, found_m, shortfall_m, clause, side_a, side_b, detail, geom)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Keeps a check's result in place of the last one of the same scenario and scope. Inside the caller's transaction. */
export function storeCheck(db: Database, result: CheckResult, srsId: number): void {
  const { findings, ...rest } = result
  const scenarioId = result.label.scenarioId ?? ''
  db.run('DELETE FROM findings WHERE check_id IN (SELECT id FROM checks WHERE scenario_id = ? AND scope = ?)', scenarioId, result.scope)
  db.run('DELETE FROM checks WHERE scenario_id = ? AND scope = ?', scenarioId, result.scope)
  const { lastId } = db.run('INSERT INTO checks (scenario_id, scope, checked_at, result_json) VALUES (?, ?, ?, ?)', scenarioId, result.scope, result.checkedAt, JSON.stringify(rest))
  for (const finding of findings) {
    const { a, b } = finding.at
    const between: Vec3 = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
    db.run(
      INSERT, lastId, finding.id, finding.rule, finding.verdict, Number(finding.mandatory), finding.required, finding.found, finding.shortfall, finding.clause,
      finding.a.join(' '), finding.b.join(' '), JSON.stringify(finding), encodeGeometry('point', [between], srsId),
    )
  }
  const { pack } = result.label
  db.run('INSERT OR IGNORE INTO rule_packs (pack_id, version, hash, first_used_at) VALUES (?, ?, ?, ?)', pack.id, pack.version, pack.hash, result.checkedAt)
}

/** The stored result, or null where there is none or it does not read as one any more: it can be computed again. */
export function latestCheck(db: Database, scenarioId: string | null, scope: CheckResult['scope']): CheckResult | null {
  const row = db.get('SELECT id, result_json FROM checks WHERE scenario_id = ? AND scope = ?', scenarioId ?? '', scope)
  if (!row) return null
  const findings = db.all('SELECT detail FROM findings WHERE check_id = ? ORDER BY fid', Number(row['id'])).map(({ detail }) => String(detail))
  try {
    const stored: unknown = JSON.parse(`{"rest":${String(row['result_json'])},"findings":[${findings.join(',')}]}`)
    const { rest, findings: list } = stored as { rest: object; findings: unknown }
    return checkResultSchema.safeParse({ ...rest, findings: list }).data ?? null
  } catch {
    return null
  }
}
