import type { ProjectFile } from '../services/project-file.ts'
import { openProject, type CallContext, type Handlers } from './handler.ts'
import { watchingFile } from './project-trouble.ts'

type ScenarioCalls = 'scenario.list' | 'scenario.get' | 'scenario.create' | 'scenario.remove' | 'scenario.execute' | 'scenario.undo' | 'scenario.redo'

export const scenarioHandlers: Pick<Handlers, ScenarioCalls> = {
  'scenario.list': (_, context) => ({ scenarios: openProject(context).scenarios() }),
  'scenario.get': ({ id }, context) => openProject(context).scenarioState(id),
  'scenario.create': ({ name, copyFrom }, context) => changing(context, project => project.createScenario(name, copyFrom)),
  'scenario.remove': async ({ id }, context) => {
    await changing(context, project => project.removeScenario(id))
    return {}
  },
  'scenario.execute': ({ id, baseRevision, command }, context) =>
    changing(context, project => project.execute(id, baseRevision, command), command.op === 'scenario.describe'),
  'scenario.undo': ({ id }, context) => changing(context, project => project.undo(id)),
  'scenario.redo': ({ id }, context) => changing(context, project => project.redo(id)),
}

/**
 * Carries out a change and tells the windows what the project is now. The caller knows what its own edit did: for one
 * (`isSeen` false) only the step from saved to changed is news.
 */
async function changing<T>(context: CallContext, change: (project: ProjectFile) => Promise<T>, isSeen = true): Promise<T> {
  const project = openProject(context)
  const wasChanged = project.isChangedSinceSave
  const result = await watchingFile(context, change(project))
  if (isSeen || !wasChanged) context.session.emit('project.changed', project.info())
  return result
}
