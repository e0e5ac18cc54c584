import type { AnyRecord, StoredRecord } from '#shared/register/collections.ts'
import type { Owner } from '#shared/register/owner.ts'
import type { ProjectFile } from '../project-file.ts'

/** The owners registered in a project. */
export const ownersOf = (project: ProjectFile): Owner[] => (project.recordsOf(['owners']) as readonly StoredRecord<'owners'>[]).map(({ body }) => body)

/** What people made of findings and decided, with the pictures they named, and who is registered as an owner: what papers tell of it. */
export function reviewRecords(project: ProjectFile): StoredRecord[] {
  const records = project.recordsOf(['findingStates', 'decisions', 'owners', 'routeCosts'])
  const named = (records as readonly AnyRecord[]).flatMap(record => {
    if (record.collection === 'findingStates') return record.body.comments.flatMap(({ picture }) => picture ?? [])
    return record.collection === 'decisions' ? (record.body.picture ?? []) : []
  })
  return [...records, ...project.recordsOf(['pictures'], [...new Set(named)])]
}
