import { packFor, shippedPack, shippedPacks } from '../services/rule-packs.ts'
import { CallFailure, openProject, type Handlers } from './handler.ts'

export const rulesHandlers: Pick<Handlers, 'rules.list' | 'rules.get' | 'rules.use'> = {
  'rules.list': () => ({ packs: shippedPacks().map(({ pack: { id, version, title } }) => ({ id, version, title })) }),

  'rules.get': ({ id }, { session }) => {
    const found = session.project ? packFor(session.project, id) : shippedPack(id)
    if (!found) throw new CallFailure<'rules.get'>('not_found', { id })
    return found
  },

  async 'rules.use'({ id }, context) {
    const project = openProject(context)
    if (!packFor(project, id)) throw new CallFailure<'rules.use'>('not_found', { id })
    await project.usePack(id)
    const info = project.info()
    context.session.emit('project.changed', info)
    return info
  },
}
