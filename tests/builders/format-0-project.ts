import { DatabaseSync } from 'node:sqlite'
import { ProjectFile } from '#main/services/project-file.ts'
import { FORMAT_VERSION } from '#shared/project-format/layout.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { aSmallTwin } from './project-fixtures.ts'

/**
 * A project as format version 0 had it, made from one of version 1 by taking away what version 1 added.
 * The next version freezes this as a file instead: a fixture must not move with the layout.
 */
export async function writeFormat0Project(path: string, scenarios: readonly ScenarioDocument[] = []): Promise<void> {
  if (FORMAT_VERSION !== 1) throw new Error('freeze a fixture of format 1 and build format 0 from it')
  await (await ProjectFile.create(path, { records: aSmallTwin(), scenarios })).close()
  const db = new DatabaseSync(path)
  db.exec(`
    ALTER TABLE assets DROP COLUMN assumed;
    DROP TABLE mappings;
    DROP TABLE register;
    DROP INDEX journal_record;
    DELETE FROM gpkg_contents WHERE table_name IN ('mappings', 'register');
    UPDATE underplan_format SET version = 0`)
  db.close()
}
