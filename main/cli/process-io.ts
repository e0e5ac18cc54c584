import { systemLanguage } from '../services/messages.ts'
import type { CliIo } from './command.ts'

/** The command line on this process's own streams; Ctrl+C cancels what runs. */
export function processIo(): CliIo {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  return {
    out: text => process.stdout.write(text),
    err: text => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    language: systemLanguage(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? Intl.DateTimeFormat().resolvedOptions().locale),
    signal: controller.signal,
  }
}
