import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPageFile } from '#main/services/host/page-files.ts'
import { pageHeaders } from '#main/services/host/page-headers.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

function pages(): string {
  const top = temporaryFolder()
  mkdirSync(join(top, 'pages', 'assets'), { recursive: true })
  writeFileSync(join(top, 'secret.json'), '{}')
  writeFileSync(join(top, 'pages', 'index.html'), '<html>')
  writeFileSync(join(top, 'pages', 'assets', 'boot-B1_x.js'), 'js')
  writeFileSync(join(top, 'pages', 'assets', 'notes.txt'), 'x')
  writeFileSync(join(top, 'pages', '.hidden.json'), 'x')
  return join(top, 'pages')
}

describe('files of the interface', () => {
  it('are found by name, the page itself at the top', () => {
    const folder = pages()
    expect(readPageFile(folder, '/')).toMatchObject({ headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } })
    expect(readPageFile(folder, '/assets/boot-B1_x.js')?.headers['Content-Type']).toMatch('text/javascript')
  })

  it.each([
    '/../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json', '/assets/../../secret.json', '/assets/..\\..\\secret.json', '//secret.json', '/./index.html', '/assets//boot-B1_x.js',
    '/.hidden.json', '/assets', '/assets/', '/assets/notes.txt', '/nothing.js', '/index.html\u0000', '/C:/secret.json', 'secret.json', '', '/index.html/', '/con.json',
  ])('are not found by %j', path => {
    expect(readPageFile(pages(), path)).toBeNull()
  })
})

describe('the content security policy', () => {
  const policy = Object.fromEntries(pageHeaders(['ws://127.0.0.1:1'])['Content-Security-Policy']!.split('; ').map(rule => [rule.split(' ')[0], rule.split(' ').slice(1)]))

  it('runs scripts of our own files only: none inline, none evaluated, none from elsewhere', () => {
    expect(policy['script-src']).toEqual(["'self'"])
    expect(policy['worker-src']).toEqual(["'self'"])
    expect(policy['default-src']).toEqual(["'none'"])
    expect(policy['object-src']).toEqual(["'none'"])
  })

  it('connects nowhere but to the page’s host', () => {
    expect(policy['connect-src']).toEqual(["'self'", 'ws://127.0.0.1:1'])
    expect(policy['frame-ancestors']).toEqual(["'none'"])
    expect(policy['form-action']).toEqual(["'none'"])
    expect(policy['base-uri']).toEqual(["'none'"])
  })
})
