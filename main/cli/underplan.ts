import { parseArgs } from 'node:util'
import { CancelledError } from '#shared/core/job.ts'
import { loadMessages } from '../services/messages.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from './command.ts'
import { commands } from './commands/index.ts'
import { processIo } from './process-io.ts'

/** Entry of the command line, in the repository and in the packaged app. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const t = await loadMessages(io.language)
  const [name, ...rest] = argv
  const say = (key: string, params: Readonly<Record<string, string | number>>) => io.err(`${t(key, params)}\n`.replaceAll('\n', ' ').trimEnd() + '\n')
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const rows = commands.map(command => `  ${command.name.padEnd(10)} ${t(command.helpKey.replace(/help$/, 'summary'))}`)
    io.out([t('cli:usage'), '', t('cli:commands'), ...rows, '', t('cli:moreHelp'), ''].join('\n'))
    return name === undefined ? EXIT.failed : EXIT.done
  }
  const command = commands.find(candidate => candidate.name === name)
  if (!command) {
    say('cli:unknownCommand', { name })
    return EXIT.failed
  }
  try {
    return await runCommand(command, rest, io, t)
  } catch (cause) {
    if (cause instanceof CliFailure) say(cause.key, { command: name, ...cause.params })
    else if (cause instanceof CancelledError) say('cli:cancelled', {})
    else say('cli:internal', { command: name, message: cause instanceof Error ? cause.message : String(cause) })
    return EXIT.failed
  }
}

async function runCommand(command: CliCommand, argv: readonly string[], io: CliIo, t: (key: string) => string): Promise<number> {
  const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
  let parsed
  try {
    parsed = parseArgs({ args: withNegativeNumbers(withJsonTarget(argv)), options, allowPositionals: true, strict: true })
  } catch (cause) {
    throw new CliFailure('cli:badArguments', { message: cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '' })
  }
  if (parsed.values.help) {
    io.out(`${t(command.helpKey)}\n`)
    return EXIT.done
  }
  return command.run({ positionals: parsed.positionals, values: parsed.values }, io)
}

/** `--level -3.5` is a level: node's parser takes what begins with a dash for another option. */
function withNegativeNumbers(argv: readonly string[]): string[] {
  const isNegative = (arg: string | undefined) => arg !== undefined && /^-\.?\d/.test(arg)
  const takesValue = (arg: string | undefined) => arg !== undefined && /^--[^=]+$/.test(arg)
  return argv.flatMap((arg, i) => (takesValue(arg) && isNegative(argv[i + 1]) ? [`${arg}=${argv[i + 1]}`] : isNegative(arg) && takesValue(argv[i - 1]) ? [] : [arg]))
}

/** `--json` takes a file or, without one, means standard output (`-`): node's parser knows no optional values. */
function withJsonTarget(argv: readonly string[]): string[] {
  return argv.flatMap((arg, i) => {
    if (arg !== '--json') return [arg]
    const next = argv[i + 1]
    return next === undefined || (next.startsWith('-') && next !== '-') ? ['--json=-'] : [arg]
  })
}

if (import.meta.main) process.exitCode = await runCli(process.argv.slice(2), processIo())
