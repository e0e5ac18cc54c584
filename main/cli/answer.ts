import { writeFileSync } from 'node:fs'
import { CliFailure, type CliIo } from './command.ts'

/** Writes a command's answer where `--json` says: `-` is standard output and nothing else goes there. */
export function writeJson(target: string, answer: unknown, io: CliIo): void {
  const text = `${JSON.stringify(answer, null, 2)}\n`
  if (target === '-') {
    io.out(text)
    return
  }
  try {
    writeFileSync(target, text)
  } catch (cause) {
    throw new CliFailure('cli:cannotWrite', { file: target, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}
