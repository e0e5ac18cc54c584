import { closeSync, openSync, writeFileSync } from 'node:fs'
import { CliFailure, type CliIo } from './command.ts'

/** Text gathered before it goes out. */
const CHUNK_CHARACTERS = 1 << 20

/** Writes a command's answer where `--json` says: `-` is standard output and nothing else goes there. @throws CliFailure `cli:cannotWrite`. */
export function writeJson(target: string, answer: object, io: CliIo): void {
  if (target === '-') {
    for (const text of chunks(jsonPieces(answer))) io.out(text)
    return
  }
  try {
    const file = openSync(target, 'w')
    try {
      for (const text of chunks(jsonPieces(answer))) writeFileSync(file, text)
    } finally {
      closeSync(file)
    }
  } catch (cause) {
    throw new CliFailure('cli:cannotWrite', { file: target, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

function* chunks(pieces: Iterable<string>): Generator<string> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < CHUNK_CHARACTERS) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

/**
 * The text `JSON.stringify(answer, null, 2)` and a line's end, in pieces: a million findings are more than one string of
 * the engine can hold.
 */
export function* jsonPieces(answer: object): Generator<string> {
  const entries = Object.entries(answer).filter(([, value]) => value !== undefined && typeof value !== 'function')
  if (Array.isArray(answer) || entries.length === 0) {
    yield `${JSON.stringify(answer, null, 2)}\n`
    return
  }
  for (const [k, [key, value]] of entries.entries()) {
    yield `${k === 0 ? '{' : ','}\n  ${JSON.stringify(key)}: `
    if (!Array.isArray(value) || value.length === 0) {
      yield indented(value, '  ')
      continue
    }
    for (const [i, item] of (value as readonly unknown[]).entries()) yield `${i === 0 ? '[' : ','}\n    ${indented(item, '    ')}`
    yield '\n  ]'
  }
  yield '\n}\n'
}

/** What JSON has no word for stands as null in a list. */
const indented = (value: unknown, by: string): string => ((JSON.stringify(value, null, 2) as string | undefined) ?? 'null').replaceAll('\n', `\n${by}`)
