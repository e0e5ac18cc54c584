import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { BcfRefused } from '#shared/io/bcf/refused.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import { DEFAULT_ARCHIVE_LIMITS } from '#shared/io/bcf/zip-archive.ts'
import { CancelledError } from '#shared/core/job.ts'
import { directoryAt, TOPIC, topicXml, VERSION_30, VIEWPOINT, zipOf } from './small-archive.ts'

/** The code an archive is refused with; null where it is read. */
function refusal(archive: Uint8Array, limits = DEFAULT_ARCHIVE_LIMITS): string | null {
  try {
    readBcf(archive, undefined, limits)
    return null
  } catch (cause) {
    if (cause instanceof BcfRefused) return cause.code
    throw cause
  }
}

/** A copy with bytes set at an offset from the start of the zip's directory. */
function patched(zip: Uint8Array, offset: number, ...bytes: number[]): Uint8Array {
  const copy = zip.slice()
  copy.set(bytes, directoryAt(zip) + offset)
  return copy
}

const plain = zipOf()

/** fflate itself drops a file of that name, so another of the same length is renamed in place. */
function zipWithProto(): Uint8Array {
  const zip = zipOf({ 'xxproto__': 'x' })
  const text = Array.from(zip, byte => String.fromCharCode(byte)).join('').replaceAll('xxproto__', '__proto__')
  return Uint8Array.from(text, character => character.charCodeAt(0))
}

describe('archives that are refused whole', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'not_zip'],
    ['text', strToU8('<Markup/>'.repeat(100)), 'not_zip'],
    ['the first half of one', plain.slice(0, plain.length / 2), 'not_zip'],
    ['a zip without topics or version', zipSync({ 'a.txt': strToU8('a') }), 'not_bcf'],
    ['encrypted', patched(plain, 8, 1), 'zip_encrypted'],
    ['an unknown method', patched(plain, 10, 99), 'zip_unsupported'],
    ['zip64', patched(plain, 20, 0xff, 0xff, 0xff, 0xff), 'zip_unsupported'],
    ['a wrong checksum', patched(plain, 16, 1, 2, 3, 4), 'zip_broken'],
    ['a size that is too small', patched(plain, 24, 3, 0, 0, 0), 'zip_broken'],
    ['data outside the file', patched(plain, 42, 0xff, 0xff, 0, 0), 'zip_broken'],
    ['a path upwards', zipOf({ '../../etc/passwd': 'x' }), 'bad_name'],
    ['a path upwards inside', zipOf({ 'a/../../b': 'x' }), 'bad_name'],
    ['a path upwards with backslashes', zipOf({ '..\\evil.bat': 'x' }), 'bad_name'],
    ['an absolute path', zipOf({ '/etc/passwd': 'x' }), 'bad_name'],
    ['a drive', zipOf({ 'C:/evil.bat': 'x' }), 'bad_name'],
    ['a name that is no name to a script', zipWithProto(), 'bad_name'],
    ['a control character', zipOf({ 'a\u0007b': 'x' }), 'bad_name'],
    ['names that differ by case alone', zipOf({ 'A.txt': 'x', 'a.TXT': 'y' }), 'duplicate_name'],
    ['a file that is also a folder', zipOf({ 'a': 'x', 'a/b': 'y' }), 'duplicate_name'],
    ['version 4', zipOf({ 'bcf.version': '<Version VersionId="4.0"/>' }), 'version_unknown'],
    ['no version in the version', zipOf({ 'bcf.version': '<Version/>' }), 'version_unknown'],
    ['a version that is something else', zipOf({ 'bcf.version': '<Markup/>' }), 'wrong_root'],
    ['a markup that is something else', zipOf({ [`${TOPIC}/markup.bcf`]: '<html><body/></html>' }), 'wrong_root'],
    ['a markup without topic', zipOf({ [`${TOPIC}/markup.bcf`]: '<Markup/>' }), 'no_topic'],
    ['an empty markup', zipOf({ [`${TOPIC}/markup.bcf`]: '' }), 'xml_broken'],
    ['markup cut off', zipOf({ [`${TOPIC}/markup.bcf`]: topicXml().slice(0, 90) }), 'xml_broken'],
    ['bytes that are no UTF-8', zipOf({ [`${TOPIC}/markup.bcf`]: Uint8Array.of(...strToU8('<Markup>'), 0xff, 0xfe, 0xfd) }), 'xml_broken'],
    ['entities that grow', zipOf({ [`${TOPIC}/markup.bcf`]: `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${topicXml('<Description>&b;</Description>')}` }), 'xml_doctype'],
    ['a file of this machine asked for', zipOf({ [`${TOPIC}/markup.bcf`]: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${topicXml('<Description>&e;</Description>')}` }), 'xml_doctype'],
    ['an entity nobody declared', zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('<Description>&e;</Description>') }), 'xml_broken'],
    ['endless nesting', zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('<a>'.repeat(5000) + '</a>'.repeat(5000)) }), 'xml_too_deep'],
    ['a bomb of zeros', zipOf({ 'zeros.bin': new Uint8Array(40_000_000) }), 'expands_too_much'],
  ])('%s', (_name, archive, code) => {
    expect(refusal(archive)).toBe(code)
  })

  it('more, larger and more topics than the limits allow', () => {
    expect(refusal(plain, { ...DEFAULT_ARCHIVE_LIMITS, maxArchiveBytes: 100 })).toBe('too_large')
    expect(refusal(plain, { ...DEFAULT_ARCHIVE_LIMITS, maxFiles: 1 })).toBe('too_many_files')
    expect(refusal(plain, { ...DEFAULT_ARCHIVE_LIMITS, maxFileBytes: 10 })).toBe('expands_too_much')
    expect(refusal(plain, { ...DEFAULT_ARCHIVE_LIMITS, maxTotalBytes: 10 })).toBe('expands_too_much')
  })

  it('a directory whose entries share one stretch of data, as bombs do', () => {
    const zip = zipOf({ 'a.bin': new Uint8Array(3_000).map((_, i) => (i * 7919) % 251), 'b.bin': new Uint8Array(3_000).map((_, i) => (i * 104_729) % 241) })
    const view = new DataView(zip.buffer)
    const entries: number[] = []
    for (let at = directoryAt(zip); view.getUint32(at, true) === 0x02014b50; at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true)) entries.push(at)
    const [a, b] = [entries.at(-2)!, entries.at(-1)!]
    for (const at of entries) {
      for (const field of [16, 20, 24]) view.setUint32(at + field, view.getUint32(a + field, true), true)
      view.setUint32(at + 42, view.getUint32(a + 42, true), true)
    }
    expect(b).toBeGreaterThan(a)
    expect(refusal(zip)).toBe('zip_broken')
  })

  it('is cancelled between topics', () => {
    const job = { progress: () => undefined, throwIfCancelled: () => { throw new CancelledError() } }
    expect(() => readBcf(plain, job)).toThrow(CancelledError)
  })
})

describe('archives that are odd but usable', () => {
  const codes = (archive: Uint8Array) => readBcf(archive).notices.map(({ code, ref }) => `${code} ${ref}`)
  const viewpoints = `<Viewpoints Guid="${VIEWPOINT}"><Viewpoint>v.bcfv</Viewpoint><Snapshot>s.png</Snapshot></Viewpoints>`

  it('missing parts are told, and what refers to them stays', () => {
    const archive = zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('', viewpoints), 'project.bcfp': '<ProjectExtension><ExtensionSchema>gone.xsd</ExtensionSchema></ProjectExtension>' })
    expect(codes(archive)).toEqual(['part_missing gone.xsd', `part_missing ${TOPIC}/s.png`, `part_missing ${TOPIC}/v.bcfv`])
    const [topic] = readBcf(writeBcf(readBcf(archive).value, '3.0').bytes).value.topics
    expect(topic!.viewpoints).toMatchObject([{ guid: VIEWPOINT, viewFile: 'v.bcfv', snapshot: 's.png' }])
  })

  it('a viewpoint file outside the archive is not looked for', () => {
    const archive = zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('', '<Viewpoints Guid="x"><Viewpoint>../../../etc/passwd</Viewpoint></Viewpoints>') })
    expect(codes(archive)).toContain(`reference_outside ${TOPIC}/../../../etc/passwd`)
  })

  it('two topics of one guid stay two', () => {
    const archive = zipOf({ 'copy/markup.bcf': topicXml() })
    const { value, notices } = readBcf(archive)
    expect(value.topics).toHaveLength(2)
    expect(notices.map(({ code }) => code)).toEqual(['duplicate_guid'])
    expect(readBcf(writeBcf(value, '3.0').bytes).value.topics).toHaveLength(2)
  })

  it('an outer folder around everything is looked through', () => {
    const inner = { 'BCF/bcf.version': strToU8('<Version VersionId="2.1"/>'), [`BCF/${TOPIC}/markup.bcf`]: strToU8(topicXml()) }
    expect(readBcf(zipSync(inner)).value).toMatchObject({ version: '2.1', topics: [{ guid: TOPIC, folder: TOPIC }] })
  })

  it('markup in a comment is text, in and out', () => {
    const text = '<b onclick="x()">&amp; ]]> "quoted" \u{1F6A7} 管线</b>\r\n\tend'
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
    const archive = zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('', `<Comment Guid="c"><Date>d</Date><Author>a</Author><Comment>${escaped}</Comment></Comment>`) })
    for (const version of ['2.1', '3.0'] as const) {
      expect(readBcf(writeBcf(readBcf(archive).value, version).bytes).value.topics[0]!.comments![0]!.text).toBe(text)
    }
  })

  it('real elements in a comment, attributes on texts and foreign elements stay where they are', () => {
    const comment = '<Comment Guid="c" x:mood="calm" xmlns:x="urn:x"><Date>d</Date><Author>a</Author><Comment lang="de">Hier <b>fett</b> danach</Comment><Reactions><Like By="z"/></Reactions></Comment>'
    const archive = zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('<Labels Colour="red">L</Labels><Cost unit="EUR">7</Cost>', comment, 'Solver="S"'), 'vendor/data.bin': Uint8Array.of(1, 2, 3) })
    const { bytes } = writeBcf(readBcf(archive).value, '2.1')
    const { value } = readBcf(bytes)
    const text = JSON.stringify(value.topics, (_key, item: unknown) => (item instanceof Map ? [...item] : item))
    for (const part of ['"lang","de"', '"name":"b"', '"danach"', '"x:mood","calm"', '"name":"Like"', '"By","z"', '"Colour","red"', '"name":"Cost"', '"Solver","S"']) {
      expect(text.replaceAll(' danach', 'danach')).toContain(part)
    }
    expect(value.files.get('vendor/data.bin')).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('a picture that claims to be gigantic is passed on unopened', () => {
    const png = new Uint8Array(40)
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff])
    const view = '<VisualizationInfo><PerspectiveCamera><FieldOfView>60</FieldOfView></PerspectiveCamera></VisualizationInfo>'
    const archive = zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('', viewpoints), [`${TOPIC}/s.png`]: png, [`${TOPIC}/v.bcfv`]: view })
    const { value } = readBcf(writeBcf(readBcf(archive).value, '3.0').bytes)
    expect(value.files.get(`${TOPIC}/s.png`)).toEqual(png)
    expect(writeBcf(readBcf(archive).value, '3.0').notices.map(({ code }) => code)).toContain('filled_in')
  })

  it('UTF-16 and Latin-1 files are read as what they say', () => {
    const utf16 = Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Uint16Array.from([...topicXml('<Description>管线</Description>')].map(c => c.charCodeAt(0))).buffer)])
    expect(readBcf(zipOf({ [`${TOPIC}/markup.bcf`]: utf16 })).value.topics[0]!.description).toBe('管线')
    const latin = Uint8Array.from([...`<?xml version="1.0" encoding="ISO-8859-1"?>${topicXml('<Description>Straße</Description>')}`].map(c => c.charCodeAt(0)))
    expect(readBcf(zipOf({ [`${TOPIC}/markup.bcf`]: latin })).value.topics[0]!.description).toBe('Straße')
  })

  it('a kept file with lies about moves leads nowhere outside', () => {
    const kept = '<Kept Format="1"><Moved From="../../evil" To="doc.txt"/><Moved From="bcf.version" To="doc.txt"/><Made Path="doc.txt" Crc32="0"/><Part Of="topic/x"/></Kept>'
    const { value } = readBcf(zipOf({ 'underplan-kept.xml': kept, 'doc.txt': 'd' }))
    expect([...value.files.keys()]).toEqual(['doc.txt'])
  })

  it('prototype names are names like any other', () => {
    const markup = topicXml('<__proto__ constructor="1"/><Labels>__proto__</Labels>', '', '__proto__="p"')
    const archive = zipOf({ 'constructor/a': 'y', [`${TOPIC}/markup.bcf`]: markup })
    const { value } = readBcf(writeBcf(readBcf(archive).value, '3.0').bytes)
    expect(value.topics[0]!.labels).toEqual(['__proto__'])
    expect(value.topics[0]!.rest!.attributes.get('__proto__')).toBe('p')
    expect(value.files.has('constructor/a')).toBe(true)
  })

  it('version 3.0 without its extensions is read and stays so', () => {
    const { value } = readBcf(zipOf({ 'bcf.version': VERSION_30 }))
    expect(value.extensions).toBeUndefined()
    expect(readBcf(writeBcf(value, '3.0').bytes).value.files.size).toBe(0)
  })
})
