import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { BcfRefused } from '#shared/io/bcf/refused.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import { factsOf, missingFacts } from './archive-facts.ts'
import { officialArchives } from './official-archives.ts'
import { TOPIC, topicXml, VIEWPOINT, zipOf } from './small-archive.ts'

/** Seeds enough without the data, and the smaller official archives where it is there. */
function seeds(): Uint8Array[] {
  const view = '<VisualizationInfo Guid="v"><Components><Selection><Component IfcGuid="g"/></Selection><Visibility DefaultVisibility="true"/></Components><Lines><Line><StartPoint><X>1</X></StartPoint></Line></Lines></VisualizationInfo>'
  const outer = `<Comment Guid="c"><Date>d</Date><Author>a</Author><Comment>x</Comment></Comment><Viewpoints Guid="${VIEWPOINT}"><Viewpoint>v.bcfv</Viewpoint></Viewpoints>`
  const own = zipOf({ [`${TOPIC}/markup.bcf`]: topicXml('<Labels>l</Labels><DocumentReference><ReferencedDocument>../d.txt</ReferencedDocument></DocumentReference>', outer), [`${TOPIC}/v.bcfv`]: view, 'd.txt': 'd' })
  return [own, ...officialArchives().map(({ bytes }) => bytes()).filter(bytes => bytes.length < 30_000)]
}

/** Bytes of the archive itself changed, cut, doubled or moved. */
function mutateBytes(archive: Uint8Array, random: Random): Uint8Array {
  const copy = archive.slice(0, random.chance(0.15) ? random.int(archive.length) : archive.length)
  for (let n = 1 + random.int(6); n > 0 && copy.length > 0; n--) copy[random.int(copy.length)] = random.int(256)
  return copy
}

const SPLICES = ['', '<', '>', '&', '</Topic>', '<Topic Guid="z">', '<Labels/>', 'Guid=""', '\u0000', '"', '<![CDATA[', '<Viewpoints><ViewPoint Guid="q"/></Viewpoints>', '<Comments><Comment/></Comments>', '3.0', '1e999', '../..', '<Components/>']

/** The text of one XML file changed: names, pieces taken out, doubled or put in. */
function mutateXml(archive: Uint8Array, random: Random): Uint8Array {
  const files = unzipSync(archive)
  const names = Object.keys(files).filter(name => /\.(bcf|bcfv|version|xml|bcfp|xsd)$/.test(name))
  const name = random.pick(names)
  const text = strFromU8(files[name]!)
  const [from, to] = [random.int(text.length + 1), random.int(text.length + 1)].sort((a, b) => a - b) as [number, number]
  const piece = text.slice(from, Math.min(to, from + 80))
  const changed = random.chance(0.3) ? text.slice(0, from) + text.slice(from + piece.length)
    : random.chance(0.4) ? text.slice(0, from) + piece + text.slice(from)
    : random.chance(0.5) ? text.replace(random.pick(['Topic', 'Comment', 'Guid', 'Viewpoint', 'Component', 'Labels', 'X']), random.pick(['Title', 'Viewpoints', 'Bitmap', 'Header', 'Foo']))
    : text.slice(0, from) + random.pick(SPLICES) + text.slice(from)
  return zipSync({ ...files, [name]: strToU8(changed) }, { level: 0 })
}

/**
 * Whole archive read and written in both versions, or refused: nothing else may happen.
 * @param hasSoundNames False where the zip's own names were changed: fflate and our reader then differ on bytes that are no text.
 */
function survive(archive: Uint8Array, hasSoundNames: boolean): 'refused' | 'read' {
  let value
  try {
    value = readBcf(archive).value
  } catch (cause) {
    if (cause instanceof BcfRefused) return 'refused'
    throw cause
  }
  for (const version of ['2.1', '3.0'] as const) {
    const { bytes } = writeBcf(value, version)
    expect(readBcf(bytes).value.topics).toHaveLength(value.topics.length)
    if (hasSoundNames && version === value.version && !value.isRestored) expect(missingFacts(factsOf(archive), factsOf(bytes))).toEqual([])
  }
  return 'read'
}

describe('mutated archives', () => {
  const all = seeds()

  it.each([1, 2, 3, 4])('700 with changed bytes are refused or read, never half (seed %i)', seed => {
    const random = seededRandom(seed)
    const outcomes = Array.from({ length: 700 }, () => survive(mutateBytes(random.pick(all), random), false))
    expect(outcomes).toContain('refused')
  })

  it.each([5, 6, 7, 8])('300 with changed XML are refused, or read and written back with everything in it (seed %i)', seed => {
    const random = seededRandom(seed)
    const outcomes = Array.from({ length: 300 }, () => survive(mutateXml(random.pick(all), random), true))
    expect(outcomes).toContain('refused')
    expect(outcomes).toContain('read')
  })
})
