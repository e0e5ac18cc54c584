import type { ParseArgsOptionsConfig } from 'node:util'

/** Exit codes of every command (cli.md): done, done with findings or "no" as the answer, could not run. */
export const EXIT = { done: 0, findings: 1, failed: 2 } as const

/** What a command may use of its surroundings; tests replace it. */
export interface CliIo {
  out(text: string): void
  /** Progress and the one line of an error; never on standard output. */
  err(text: string): void
  /** True where standard error is a terminal that shows progress. */
  readonly isTerminal: boolean
  readonly language: 'zh-CN' | 'en'
  readonly signal: AbortSignal
}

export interface ParsedCommand {
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
}

export interface CliCommand {
  readonly name: string
  readonly options: ParseArgsOptionsConfig
  /** Catalogue key of the help text in its namespace, e.g. `cli-check:help`. */
  readonly helpKey: string
  /** @returns the exit code. @throws CliFailure for the one clear line and exit code 2. */
  run(args: ParsedCommand, io: CliIo): Promise<number>
}

/** Could not run: exactly one line on standard error, exit code 2. `key` is a catalogue key (`cli:cannotRead` …). */
export class CliFailure extends Error {
  override readonly name = 'CliFailure'
  readonly key: string
  readonly params: Readonly<Record<string, string | number>>
  constructor(key: string, params: Readonly<Record<string, string | number>> = {}) {
    super(key)
    this.key = key
    this.params = params
  }
}
