import { openProject, type CallContext } from './handler.ts'

/** Notes the project's catchments now; called later, tells the window which of them an import or its undoing brought or took. */
export function catchmentTeller(context: CallContext): () => void {
  const project = openProject(context)
  const listed = () => project.recordsOf(['catchments'])
  const before = new Map(listed().map(({ id, revision }) => [id, revision]))
  return () => {
    const now = listed()
    const records = now.filter(({ id, revision }) => before.get(id) !== revision)
    for (const { id } of now) before.delete(id)
    const removed = [...before.keys()].map(id => ({ collection: 'catchments' as const, id }))
    if (records.length + removed.length > 0) context.session.emit('register.changed', { records, removed })
  }
}
