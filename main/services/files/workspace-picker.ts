import { existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, isAbsolute } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import { fileNameProblem } from './file-name.ts'
import { EXTENSIONS, type BrowsePurpose, type FilePicker } from './file-picker.ts'
import type { Tickets } from './tickets.ts'

type Page = CallOutput<'files.browse'>

/**
 * The picker of a host without native dialogs: pages of the workspace folders. Nothing outside them can be named,
 * links that lead out included.
 * @param roots Absolute folders; the first is where projects go and is made when first looked at.
 */
export function createWorkspacePicker(roots: readonly [string, ...string[]], tickets: Tickets): FilePicker {
  // A ticket of its own for the page that lists several workspaces: a name no file system gives.
  const top = () => tickets.issue('\0workspaces', 'folder')
  const topPage = (): Page => ({
    folder: { ticket: top(), name: '' },
    parent: null,
    entries: roots.map(path => ({ type: 'folder', name: path, ticket: tickets.issue(path, 'folder'), sizeBytes: 0, modifiedAt: modifiedAt(path) })),
  })
  const isRoot = (path: string) => roots.some(root => real(root) === real(path))

  return {
    kind: 'browse',
    pick() {
      throw new CallFailure<'files.pick'>('unavailable')
    },
    async browse(folder, purpose) {
      const path = folder === null ? roots[0] : tickets.resolve(folder, 'folder')
      if (folder === top() || (folder === null && roots.length > 1)) return topPage()
      if (folder === null) mkdirSync(path, { recursive: true })
      if (!isInside(path, roots)) throw new CallFailure('file_gone', { name: basename(path) })
      const parent = !isRoot(path) ? tickets.issue(dirname(path), 'folder') : roots.length > 1 ? top() : null
      return { folder: { ticket: tickets.issue(path, 'folder'), name: basename(path) }, parent, entries: listFolder(path, purpose, roots, tickets) }
    },
    nameIn(folder, name) {
      const path = tickets.resolve(folder, 'folder')
      const typed = name.trim()
      const fileName = extname(typed).toLowerCase() === '.gpkg' ? typed : `${typed}.gpkg`
      if (fileNameProblem(typed) !== null || fileNameProblem(fileName) !== null) throw new CallFailure<'files.nameIn'>('bad_name', { name })
      if (!isInside(path, roots)) throw new CallFailure('file_gone', { name: basename(path) })
      const target = join(path, fileName)
      // A link there would lead the writing elsewhere.
      if (existsSync(target) && !isInside(target, roots)) throw new CallFailure<'files.nameIn'>('bad_name', { name })
      return { file: tickets.issueFile(target, 'save_project'), exists: existsSync(target) }
    },
  }
}

/** Folders first, then files of the purpose's formats, in the order people number things. Hidden ones are left out. */
function listFolder(path: string, purpose: BrowsePurpose, roots: readonly string[], tickets: Tickets): Page['entries'] {
  const byName = new Intl.Collator('zh-CN', { numeric: true })
  const entries: Page['entries'] = []
  for (const name of namesIn(path)) {
    const target = join(path, name)
    if (name.startsWith('.') || !isInside(target, roots)) continue
    const stats = statSync(target, { throwIfNoEntry: false })
    if (stats?.isDirectory()) {
      entries.push({ type: 'folder', name, ticket: tickets.issue(target, 'folder'), sizeBytes: 0, modifiedAt: stats.mtime.toISOString() })
    } else if (stats?.isFile() && EXTENSIONS[purpose].includes(extname(name).slice(1).toLowerCase())) {
      entries.push({ type: 'file', name, ticket: tickets.issue(target, purpose), sizeBytes: stats.size, modifiedAt: stats.mtime.toISOString() })
    }
  }
  return entries.sort((a, b) => (a.type === b.type ? byName.compare(a.name, b.name) : a.type === 'folder' ? -1 : 1))
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    throw new CallFailure('file_gone', { name: basename(path) })
  }
}

/** Whether a path, all links followed, is in one of the workspaces. A path that is gone is in none. */
function isInside(path: string, roots: readonly string[]): boolean {
  const target = real(path)
  return target !== null && roots.some(root => {
    const from = real(root)
    if (from === null) return false
    const way = relative(from, target)
    return way === '' || (!way.startsWith('..') && !isAbsolute(way))
  })
}

function real(path: string): string | null {
  try {
    return realpathSync.native(path)
  } catch {
    return null
  }
}

const modifiedAt = (path: string) => (statSync(path, { throwIfNoEntry: false })?.mtime ?? new Date(0)).toISOString()
