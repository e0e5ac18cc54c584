import { strToU8, zipSync } from 'fflate'

export const TOPIC = '11111111-2222-3333-4444-555555555555'
export const VIEWPOINT = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
export const VERSION_21 = '<Version VersionId="2.1"><DetailedVersion>2.1</DetailedVersion></Version>'
export const VERSION_30 = '<Version VersionId="3.0"/>'

export const topicXml = (inner = '', outer = '', attributes = '') =>
  `<Markup><Topic Guid="${TOPIC}" ${attributes}><Title>T</Title><CreationDate>2026-01-01T00:00:00Z</CreationDate><CreationAuthor>a</CreationAuthor>${inner}</Topic>${outer}</Markup>`

/** An archive of these files; texts as UTF-8. Version 2.1 with one plain topic unless they say otherwise. */
export function zipOf(files: Record<string, string | Uint8Array> = {}): Uint8Array {
  const all = { 'bcf.version': VERSION_21, [`${TOPIC}/markup.bcf`]: topicXml(), ...files }
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content])), { mtime: new Date(2000, 0, 1) })
}

/** Offset of the first directory entry of a zip archive, by its signature. */
export function directoryAt(zip: Uint8Array): number {
  for (let i = 0; i < zip.length; i++) if (zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1 && zip[i + 3] === 2) return i
  throw new Error('no directory')
}
