import { parseRecordChange, type RecordChange } from '#shared/register/collections.ts'
import { CallFailure, openProject, type Handlers } from './handler.ts'
import { watchingFile } from './project-trouble.ts'

export const registerHandlers: Pick<Handlers, 'register.list' | 'register.apply' | 'register.history'> = {
  'register.list': ({ collections, ids }, context) => ({ records: openProject(context).recordsOf(collections, ids) }),

  async 'register.apply'({ changes }, context) {
    const project = openProject(context)
    const parsed = changes.map(change => parsedChange(change))
    const wasChanged = project.isChangedSinceSave
    const before = await watchingFile(context, project.changeRecords(parsed))
    const collections = [...new Set(parsed.map(({ collection }) => collection))]
    const changed = new Set(parsed.map(({ collection, id }) => `${collection}/${id}`))
    const records = project.recordsOf(collections, parsed.map(({ id }) => id)).filter(({ collection, id }) => changed.has(`${collection}/${id}`))
    context.session.emit('register.changed', { records, removed: parsed.filter(({ body }) => body === null).map(({ collection, id }) => ({ collection, id })) })
    if (!wasChanged) context.session.emit('project.changed', project.info())
    return { before }
  },

  'register.history': ({ collection, id }, context) => ({ entries: openProject(context).recordHistory(collection, id) }),
}

function parsedChange(change: Parameters<typeof parseRecordChange>[0]): RecordChange {
  try {
    return parseRecordChange(change)
  } catch {
    throw new CallFailure('invalid', { name: `${change.collection}/${change.id}` })
  }
}
