import type { AnyRecord, StoredRecord } from '#shared/register/collections.ts'
import type { ProjectFile } from '../project-file.ts'

/** What people made of findings and decided, with the pictures they named: what papers tell of it. */
export function reviewRecords(project: ProjectFile): StoredRecord[] {
  const records = project.recordsOf(['findingStates', 'decisions'])
  const named = (records as readonly AnyRecord[]).flatMap(record => {
    if (record.collection === 'findingStates') return record.body.comments.flatMap(({ picture }) => picture ?? [])
    return record.collection === 'decisions' ? (record.body.picture ?? []) : []
  })
  return [...records, ...project.recordsOf(['pictures'], [...new Set(named)])]
}
