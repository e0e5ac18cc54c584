import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Tickets } from '#main/services/files/tickets.ts'
import { Uploads } from '#main/services/files/uploads.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function receiving() {
  const folder = temporaryFolder()
  const tickets = new Tickets()
  return { folder, tickets, uploads: new Uploads(folder, tickets) }
}

describe('uploads', () => {
  it('put chunks together under the name the user knows', () => {
    const { uploads, tickets } = receiving()
    const first = uploads.accept({ upload: null, name: '给水.geojson', offset: 0, totalBytes: 6, bytes: bytes('abc') })
    expect(first.file).toBeNull()
    const { file } = uploads.accept({ upload: first.upload, name: '给水.geojson', offset: 3, totalBytes: 6, bytes: bytes('def') })
    expect(file).toMatchObject({ name: '给水.geojson', sizeBytes: 6 })
    expect(readFileSync(tickets.resolve(file!.ticket, 'import'), 'utf8')).toBe('abcdef')
  })

  it('take an empty file', () => {
    const { uploads } = receiving()
    expect(uploads.accept({ upload: null, name: 'a.json', offset: 0, totalBytes: 0, bytes: bytes('') }).file).toMatchObject({ sizeBytes: 0 })
  })

  it('can be imported and nothing else: a project in a folder that is cleared would be lost', () => {
    const { uploads, tickets } = receiving()
    const { file } = uploads.accept({ upload: null, name: 'a.gpkg', offset: 0, totalBytes: 1, bytes: bytes('a') })
    expect(() => tickets.resolve(file!.ticket, 'open_project', 'save_project')).toThrow('file_gone')
  })

  it('refuse chunks out of order, of an unknown upload, or with another length', () => {
    const { uploads } = receiving()
    const { upload } = uploads.accept({ upload: null, name: 'a.json', offset: 0, totalBytes: 6, bytes: bytes('abc') })
    const chunk = { upload, name: 'a.json', offset: 3, totalBytes: 6, bytes: bytes('d') }
    expect(() => uploads.accept({ ...chunk, offset: 4 })).toThrow('out_of_order')
    expect(() => uploads.accept({ ...chunk, totalBytes: 7 })).toThrow('out_of_order')
    expect(() => uploads.accept({ ...chunk, upload: 'x'.repeat(32) })).toThrow('out_of_order')
    expect(() => uploads.accept({ ...chunk, upload: null })).toThrow('out_of_order')
    expect(uploads.accept(chunk).file).toBeNull()
  })

  it('refuse more than was announced or than can be imported', () => {
    const { uploads } = receiving()
    expect(() => uploads.accept({ upload: null, name: 'a.json', offset: 0, totalBytes: 2, bytes: bytes('abc') })).toThrow('too_large')
    expect(() => uploads.accept({ upload: null, name: 'a.json', offset: 0, totalBytes: 2 ** 31, bytes: bytes('abc') })).toThrow('too_large')
  })

  it.each(['../a.json', '/etc/passwd', 'a\\b', 'nul', '..'])('refuse the name %j', name => {
    const { uploads, folder } = receiving()
    expect(() => uploads.accept({ upload: null, name, offset: 0, totalBytes: 1, bytes: bytes('a') })).toThrow('bad_name')
    expect(existsSync(join(folder, 'uploads'))).toBe(false)
  })

  it('keep files of one name apart', () => {
    const { uploads, tickets } = receiving()
    const receive = (text: string) => uploads.accept({ upload: null, name: 'a.json', offset: 0, totalBytes: 1, bytes: bytes(text) }).file!.ticket
    const [a, b] = [receive('a'), receive('b')]
    expect([a, b].map(ticket => readFileSync(tickets.resolve(ticket, 'import'), 'utf8'))).toEqual(['a', 'b'])
  })

  it('drop the oldest of those that never end', () => {
    const { uploads } = receiving()
    const begin = () => uploads.accept({ upload: null, name: 'a.json', offset: 0, totalBytes: 2, bytes: bytes('a') }).upload
    const first = begin()
    for (let i = 0; i < 16; i++) begin()
    expect(() => uploads.accept({ upload: first, name: 'a.json', offset: 1, totalBytes: 2, bytes: bytes('b') })).toThrow('out_of_order')
  })

  it('are removed at the end, and those of a session that died at the next start, but not those of one that runs', () => {
    const { uploads, folder, tickets } = receiving()
    uploads.accept({ upload: null, name: 'a.json', offset: 0, totalBytes: 1, bytes: bytes('a') })
    const [own] = readdirSync(join(folder, 'uploads'))
    mkdirSync(join(folder, 'uploads', '4194304999-dead'))
    new Uploads(folder, tickets)
    expect(readdirSync(join(folder, 'uploads'))).toEqual([own])
    uploads.clear()
    expect(readdirSync(join(folder, 'uploads'))).toEqual([])
  })
})
