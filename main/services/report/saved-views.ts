import type { AnyRecord } from '#shared/register/collections.ts'
import type { SavedView } from '#shared/register/saved-view.ts'
import type { ProjectFile } from '../project-file.ts'

/** The project's saved views in the order of their list. */
export const savedViews = (project: ProjectFile): SavedView[] =>
  (project.recordsOf(['views']) as readonly AnyRecord[]).flatMap(record => (record.collection === 'views' ? [record.body] : [])).sort((p, q) => p.order - q.order || (p.name < q.name ? -1 : 1))
