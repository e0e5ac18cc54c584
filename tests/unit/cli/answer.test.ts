import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonPieces, writeJson } from '#main/cli/answer.ts'
import { CliFailure, type CliIo } from '#main/cli/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'underplan-answer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ANSWERS: readonly (readonly [string, object])[] = [
  ['empty', {}], ['a list', [1, { a: 2 }]], ['empty lists and records', { a: [], b: {}, c: null, d: '' }],
  ['what JSON leaves out', { a: undefined, b: 1, c: [undefined, () => 1, NaN, null] }],
  ['records in lists in records', { findings: [{ id: 'a|b', at: { a: [1, 2, 3], b: [] } }, { id: '"\n', others: [{ x: [[1], []] }] }], pairs: [[1, 2], 'x', 3.5], pack: { id: 'p', parts: [{ id: 'q' }] } }],
]

describe('an answer in pieces', () => {
  it.each(ANSWERS)('%s: is the text JSON writes', (_, answer) => {
    expect([...jsonPieces(answer)].join('')).toBe(`${JSON.stringify(answer, null, 2)}\n`)
  })

  it('larger than one piece comes whole to a file and to standard output', () => {
    const answer = { rows: Array.from({ length: 30_000 }, (_, k) => ({ k, text: 'x'.repeat(40) })) }
    const wanted = `${JSON.stringify(answer, null, 2)}\n`
    const path = join(folder, 'a.json')
    let out = ''
    const io = { out: (text: string) => void (out += text) } as CliIo
    writeJson(path, answer, io)
    writeJson('-', answer, io)
    expect(readFileSync(path, 'utf8') === wanted).toBe(true)
    expect(out === wanted).toBe(true)
  })

  it('where it cannot be written says which file', () => {
    expect(() => writeJson(join(folder, 'nowhere', 'a.json'), {}, {} as CliIo)).toThrow(CliFailure)
  })
})
