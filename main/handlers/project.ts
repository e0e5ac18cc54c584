import { existsSync, mkdirSync, realpathSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { JobControl } from '#shared/core/job.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { ProjectFile } from '../services/project-file.ts'
import { RecentFiles } from '../services/files/recent-files.ts'
import { openProject, type CallContext, type Handlers, type Session } from './handler.ts'
import { watchingFile } from './project-trouble.ts'

type Opened = CallOutput<'project.open'>
type ProjectCalls = 'project.openSample' | 'project.open' | 'project.create' | 'project.info' | 'project.current' | 'project.recent' | 'project.save' | 'project.saveAs' | 'project.close'

const SAMPLE_FILE = 'Sample city.gpkg'
const SAMPLE = { segments: 20_000, seed: 1 }

export const projectHandlers: Pick<Handlers, ProjectCalls> = {
  'project.openSample': (_, context) => inTurn(context, () => switchTo(context, join(context.session.paths.dataFolder, SAMPLE_FILE), path => openSample(path, context.job))),

  'project.open': ({ ticket }, context) => {
    const path = context.session.tickets.resolve(ticket, 'open_project', 'save_project')
    const early = ahead.get(context.session)
    if (early?.path === path) early.told.add(context.job)
    ahead.delete(context.session)
    return inTurn(context, () => switchTo(context, path, async () => (await ProjectFile.open(path, {}, context.job)).project))
  },

  'project.create': ({ ticket, overwrite }, context) => {
    const path = context.session.tickets.resolve(ticket, 'save_project')
    return inTurn(context, () => switchTo(context, null, () => ProjectFile.create(path, { overwrite: overwrite ?? false }, context.job)))
  },

  'project.info': (_, context) => openProject(context).info(),

  'project.current': (_, { session }) => {
    const early = session.project ? undefined : ahead.get(session)
    return { opened: session.project && openedOf(session.project), toOpen: early ? session.tickets.issue(early.path, 'open_project') : null }
  },

  'project.recent': (_, { session }) => ({
    files: new RecentFiles(session.paths.dataFolder).list().map(({ path, openedAt, missing }) => ({
      ticket: session.tickets.issue(path, 'open_project'), name: basename(path), folder: dirname(path), openedAt, missing,
    })),
  }),

  'project.save': async ({ name }, context) => {
    const project = openProject(context)
    await watchingFile(context, project.save(name))
    return announced(context, project)
  },

  'project.saveAs': ({ ticket, overwrite }, context) => {
    const project = openProject(context)
    const path = context.session.tickets.resolve(ticket, 'save_project')
    return inTurn(context, async () => {
      const copy = (await project.saveAs(path, { overwrite: overwrite ?? false }, context.job)).project
      context.session.project = copy
      noteRecent(context.session, copy)
      announced(context, copy)
      return openedOf(copy)
    })
  },

  'project.close': (_, context) => inTurn(context, async () => {
    const { project } = context.session
    context.session.project = null
    await project?.close()
    return {}
  }),
}

/** The last opening or closing of each session: a second one waits for the first. */
const turns = new WeakMap<Session, Promise<unknown>>()

function inTurn<T>({ session }: CallContext, work: () => Promise<T>): Promise<T> {
  const result = (turns.get(session) ?? Promise.resolve()).then(work)
  turns.set(session, result.catch(() => undefined))
  return result
}

/** Files that are opened before a window asks for them, until it does, with those who are told how far it has come. */
const ahead = new WeakMap<Session, { readonly path: string; readonly told: Set<JobControl> }>()

/**
 * Begins to open the file that the first window is to show, while that window is made. Until it is open, `project.current`
 * names it; where it cannot be opened, the window's own call says why.
 * @returns false where something is open or about to be: nothing is done then.
 */
export function openAhead(session: Session, path: string): boolean {
  if (session.project || ahead.has(session)) return false
  const told = new Set<JobControl>()
  ahead.set(session, { path, told })
  const job: JobControl = {
    progress: (fraction, stage) => told.forEach(other => other.progress(fraction, stage)),
    throwIfCancelled: () => told.forEach(other => other.throwIfCancelled()),
  }
  const context: CallContext = { session, job, signal: new AbortController().signal }
  // Reading keeps the thread: whoever starts the window is let go first.
  const work = () => new Promise(setImmediate).then(() => switchTo(context, path, async () => (await ProjectFile.open(path, {}, job)).project))
  void inTurn(context, work).then(() => {
    ahead.delete(session)
    // The window asks for it next: of a large twin it is read while the window is still being made.
    setImmediate(() => session.project?.context())
  }, () => undefined)
  return true
}

/** Opens another project in place of the one at hand, which stays if that fails. The one at hand is not opened twice. */
async function switchTo({ session }: CallContext, path: string | null, open: (path: string) => Promise<ProjectFile>): Promise<Opened> {
  const current = session.project
  if (current && path !== null && existsSync(path) && realpathSync(path) === current.path) return openedOf(current)
  const next = await open(path ?? '')
  session.project = next
  await current?.close()
  noteRecent(session, next)
  return openedOf(next)
}

function openedOf(project: ProjectFile): Opened {
  const { recovery, migratedFrom } = project
  return { project: project.info(), recovery, migratedFrom }
}

/** The list of recent files is a convenience: a data folder that cannot be written to does not keep a project from opening. */
function noteRecent({ paths }: Session, project: ProjectFile): void {
  try {
    new RecentFiles(paths.dataFolder).note(project.path)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
  }
}

function announced({ session }: CallContext, project: ProjectFile): CallOutput<'project.info'> {
  const info = project.info()
  session.emit('project.changed', info)
  return info
}

/** The user's working copy of the sample city, made at first use. A copy that no longer opens is put aside, not lost. */
async function openSample(path: string, job: JobControl): Promise<ProjectFile> {
  if (existsSync(path)) {
    try {
      return (await ProjectFile.open(path, {}, job)).project
    } catch (cause) {
      if (!(cause instanceof CallFailure) || !['corrupt', 'not_a_project', 'newer_format'].includes(cause.code)) throw cause
      renameSync(path, path.replace(/\.gpkg$/, ` (${new Date().toISOString().replaceAll(':', '')}).gpkg`))
    }
  }
  mkdirSync(dirname(path), { recursive: true })
  job.progress(null, 'project-file:stage.sample')
  return ProjectFile.create(path, generateSampleCity(SAMPLE), job)
}
