import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { findingsToBcf } from '#shared/io/bcf/findings-to-bcf.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import { aFinding } from '../../builders/finding-builder.ts'
import { temporaryFolder } from '../../builders/temporary-folder.ts'
import { unpack } from './archive-facts.ts'
import { officialArchives } from './official-archives.ts'

const archives = officialArchives()
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0
/** The official markup.xsd of 2.1, which one of the conformance archives carries; the data holds no other schema. */
const schema = archives.filter(({ name }) => name === 'MaximumInformation.bcf').map(({ bytes }) => unpack(bytes()).get('markup.xsd')!)[0]

/** What xmllint finds wrong with each markup.bcf of an archive. */
function errors(archive: Uint8Array): string[] {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'markup.xsd'), schema!)
  return [...unpack(archive)].filter(([path]) => path.endsWith('markup.bcf')).flatMap(([, bytes], i) => {
    const file = join(folder, `${i}.xml`)
    writeFileSync(file, bytes)
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', join(folder, 'markup.xsd'), file], { encoding: 'utf8' })
    return status === 0 ? [] : stderr.split('\n').filter(line => /error/.test(line)).map(line => line.replace(/^.*?: /, ''))
  })
}

describe.skipIf(!hasXmllint || !schema)('markup written as 2.1 against the official schema (xmllint)', () => {
  it.each(archives)('$version $name', ({ version, bytes }) => {
    const input = bytes()
    const wrong = errors(writeBcf(readBcf(input).value, '2.1').bytes)
    // What was wrong already in an archive of 2.1 is not ours to mend.
    expect(wrong).toEqual(version === '2.1' ? errors(input) : [])
  })

  it('findings with comments and pictures', () => {
    const comments = [{ id: 'c', date: '2026-11-25T08:00:00Z', author: '李工', text: '先探挖 <2 m', picture: { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), ending: 'jpg' } }]
    const archive = findingsToBcf({
      findings: [aFinding({ id: 'f', a: ['g'], b: ['w'] })], project: { id: 'p', name: '城市' }, author: 'a', date: '2026-11-24T05:00:00Z', frame: 'EPSG:4546',
      textsOf: () => ({ title: 't', sentence: 's', type: 'Clash', status: 'Open', labels: [], dueDate: '2026-12-01', assignedTo: 'x', comments }), assetOf: () => null,
    })
    expect(errors(writeBcf(archive, '2.1').bytes)).toEqual([])
  })
})
