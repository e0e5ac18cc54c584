import { basename } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { FORMAT_MINOR, FORMAT_VERSION } from '#shared/project-format/layout.ts'
import { migrationPath } from '#shared/project-format/migrations.ts'
import type { Database } from './database.ts'

export interface FormatVersion {
  readonly version: number
  readonly minor: number
}

/** @throws CallFailure `not_a_project` for a database that is no project of ours, `newer_format` for one from a later Underplan. */
export function readFormatVersion(db: Database): FormatVersion {
  const name = basename(db.path)
  const table = db.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'underplan_format'")
  if (!table) throw new CallFailure<'project.open'>('not_a_project', { name, reason: 'no_project_tables' })
  const row = db.get('SELECT version, minor FROM underplan_format WHERE id = 1')
  const [version, minor] = [row?.['version'], row?.['minor']]
  if (typeof version !== 'number' || typeof minor !== 'number') throw new CallFailure<'project.open'>('corrupt', { name, reason: 'format_version' })
  if (version > FORMAT_VERSION) throw new CallFailure<'project.open'>('newer_format', { name, found: version, supported: FORMAT_VERSION })
  return { version, minor }
}

export const isNewerMinor = ({ version, minor }: FormatVersion): boolean => version === FORMAT_VERSION && minor > FORMAT_MINOR

/** Brings a copy up to the current version, all steps or none. */
export function migrate(db: Database, from: number): void {
  const path = migrationPath(from, FORMAT_VERSION)
  if (!path) throw new CallFailure<'project.open'>('corrupt', { name: basename(db.path), reason: 'format_version' })
  db.transaction(() => {
    for (const { statements } of path) for (const statement of statements) db.exec(statement)
    db.run('UPDATE underplan_format SET version = ?, minor = ?', FORMAT_VERSION, FORMAT_MINOR)
  })
}
