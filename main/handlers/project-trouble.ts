import { CallFailure } from '#shared/contract/call-failure.ts'
import { isWriteFailure } from '../services/project/sqlite-failure.ts'
import type { CallContext } from './handler.ts'

/** Runs work that writes to the open project; where the file under it failed, every window is told before the caller is. */
export async function watchingFile<T>({ session }: CallContext, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof CallFailure && (cause.code === 'file_gone' || cause.code === 'disk_full')) session.emit('project.trouble', { code: cause.code })
    else if (isWriteFailure(cause)) session.emit('project.trouble', { code: 'write_failed' })
    throw cause
  }
}
