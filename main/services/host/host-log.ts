import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MAX_LOG_BYTES = 1 << 20

/** Writes one line for whoever has to find out what went wrong; never throws. */
export type HostLog = (text: string, cause?: unknown) => void

/** Log file below the data folder, one predecessor kept. Details of unforeseen errors stay there: they never cross to the interface. */
export function openHostLog(dataFolder: string): HostLog {
  const file = join(dataFolder, 'logs', 'host.log')
  return (text, cause) => {
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : cause === undefined ? '' : String(cause)
    try {
      mkdirSync(join(dataFolder, 'logs'), { recursive: true })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(file, `${file}.1`)
      appendFileSync(file, `${new Date().toISOString()} ${[text, detail].filter(part => part !== '').join(': ')}\n`)
    } catch {
      // A full disk must not take the host down with its log.
    }
  }
}
