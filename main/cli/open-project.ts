import { CallFailure } from '#shared/contract/call-failure.ts'
import { loadMessages } from '../services/messages.ts'
import { ProjectFile } from '../services/project-file.ts'
import { CliFailure, type CliIo } from './command.ts'
import { endProgress, terminalJob } from './terminal-job.ts'

/**
 * The project a command works on. The caller closes it.
 * @param access `read` never touches the file; `audit` is `read` from the rows themselves, trusting no hash or cache the file
 *   keeps; `write` fails where the project cannot be edited.
 * @throws CliFailure one line saying which file and why.
 */
export async function openForCommand(path: string, access: 'read' | 'audit' | 'write', io: CliIo): Promise<ProjectFile> {
  const t = await loadMessages(io.language)
  try {
    const { project } = await ProjectFile.open(path, { readOnly: access !== 'write', trustsKept: access !== 'audit' }, terminalJob(io, t))
    endProgress(io)
    if (access !== 'write' || project.readOnly === null) return project
    const reason = project.readOnly
    await project.close()
    throw new CliFailure(`cli-project:readOnly.${reason}`, { file: path })
  } catch (cause) {
    throw projectFailure(cause, path)
  }
}

/** A refusal of the project file as the one line of exit code 2; anything else comes back unchanged. */
export function projectFailure(cause: unknown, file: string): unknown {
  if (!(cause instanceof CallFailure)) return cause
  const { code, details } = cause
  const known = ['not_a_project', 'newer_format', 'corrupt', 'no_permission', 'file_gone', 'disk_full', 'read_only', 'already_exists', 'bad_name']
  return known.includes(code) ? new CliFailure(`cli-project:failure.${code}`, { file, ...details }) : cause
}
