import { describe, expect, it } from 'vitest'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { writeBcf, writtenVersion } from '#shared/io/bcf/write-bcf.ts'
import { differences, factsOf, missingFacts, unpack, type Tree } from './archive-facts.ts'
import { officialArchives } from './official-archives.ts'

const archives = officialArchives()

/** Lists without entries: 2.1 has no element for most of them. Documented in shared/io/bcf/README.md. */
const EMPTY_LISTS = new Set(['ReferenceLinks', 'Labels', 'DocumentReferences', 'RelatedTopics', 'Comments', 'Viewpoints', 'Files', 'Header', 'Lines', 'Bitmaps', 'Coloring', 'Selection', 'Exceptions'])
const isEmptyList = (tree: Tree): boolean => EMPTY_LISTS.has(tree.name)

/** What 2.1 has no place for, and what a version demands (README.md). */
const KEPT_BY_21 = /@ServerAssignedId = |Camera\/AspectRatio = |\/DocumentReference\([^)]*\)\/(DocumentGuid|Url) = /
const KEPT_BY_30 = /\/(AssignedTo|Description|Comment|Filename|ModifiedAuthor) = \s*$|\/DocumentReference(\([^)]*\))?(\/ReferencedDocument|\/Description|@IsExternal)? = /
const FILLED_IN_30 = /@Topic(Type|Status) = Undefined$|Camera\/AspectRatio = /
const KEPT_FROM_20 = /\/Comment\([^)]*\)\/(VerbalStatus|Status|Topic\([^)]*\)@Guid|Topic\([^)]*\)) = |\/Comment\([^)]*\)\/Topic\([^)]*\) = /

describe.skipIf(archives.length === 0)('official archives', () => {
  it('are all there', () => {
    expect(archives).toHaveLength(31)
  })

  describe.each(archives)('$version $name', ({ version, topics, bytes }) => {
    const input = bytes()
    const { value } = readBcf(input)

    it('is read as what it is', () => {
      expect(value.version).toBe(version)
      expect(value.topics).toHaveLength(topics)
    })

    if (version === '2.1' || version === '3.0') it('is written back element for element', () => {
      const { bytes: output, notices } = writeBcf(value, writtenVersion(value))
      expect(differences(input, output)).toEqual([])
      expect(notices).toEqual([])
    })

    if (version === '2.1') it('becomes 3.0 and 2.1 again with nothing lost', () => {
      const converted = writeBcf(value, '3.0').bytes
      const [before, after] = [factsOf(input), factsOf(converted)]
      expect(missingFacts(before, after).filter(fact => !KEPT_BY_30.test(fact))).toEqual([])
      expect(missingFacts(after, before).filter(fact => !FILLED_IN_30.test(fact) && !/DocumentReference/.test(fact))).toEqual([])
      expect(differences(input, writeBcf(readBcf(converted).value, '2.1').bytes, isEmptyList)).toEqual([])
    })

    if (version === '3.0') it('becomes 2.1 and 3.0 again with nothing lost', () => {
      const converted = writeBcf(value, '2.1').bytes
      const [before, after] = [factsOf(input), factsOf(converted)]
      expect(missingFacts(before, after).filter(fact => !KEPT_BY_21.test(fact) && !isFactOfEmptyList(fact))).toEqual([])
      expect(missingFacts(after, before).filter(fact => !/ReferencedDocument|@IsExternal|\/Comment\([^)]*\)\/Comment = $/.test(fact))).toEqual([])
      expect(differences(input, writeBcf(readBcf(converted).value, '3.0').bytes, isEmptyList)).toEqual([])
    })

    if (version === '1.0' || version === '2.0') it('becomes 2.1 with every element, those of old comments kept aside', () => {
      const converted = writeBcf(value, '2.1').bytes
      const [before, after] = [factsOf(input), factsOf(converted)]
      const isComponent = (fact: string) => /\/Components/.test(fact)
      expect(missingFacts(before, after).filter(fact => !KEPT_FROM_20.test(fact) && !isComponent(fact) && !/@IfcProject = $/.test(fact))).toEqual([])
      expect(componentGuids(input)).toEqual(componentGuids(converted))
      const kept = new TextDecoder().decode(unpack(converted).get('underplan-kept.xml') ?? new Uint8Array())
      const statuses = [...before.keys()].filter(fact => /\/VerbalStatus = /.test(fact))
      for (const fact of statuses) expect(kept).toContain(`<VerbalStatus>${fact.slice(fact.indexOf(' = ') + 3)}</VerbalStatus>`)
      for (const path of unpack(input).keys()) expect([...unpack(converted).keys()]).toContain(path)
    })

    if (version === '1.0' || version === '2.0') it('becomes 2.1, then 3.0, then the same 2.1 again', () => {
      const first = writeBcf(value, '2.1').bytes
      const second = writeBcf(readBcf(first).value, '3.0').bytes
      const third = writeBcf(readBcf(second).value, '2.1').bytes
      expect(differences(first, third, isEmptyList).filter(line => !line.includes('underplan-kept.xml'))).toEqual([])
    })

    it('gives the same bytes twice', () => {
      expect(Buffer.from(writeBcf(value, '3.0').bytes).equals(Buffer.from(writeBcf(readBcf(input).value, '3.0').bytes))).toBe(true)
    })
  })
})

const isFactOfEmptyList = (fact: string): boolean => EMPTY_LISTS.has(/\/(\w+) = $/.exec(fact)?.[1] ?? '')

/** The components of each view and how many times they are selected, hidden or coloured, whatever the version. */
function componentGuids(archive: Uint8Array): string[] {
  return [...unpack(archive)].filter(([path]) => path.endsWith('.bcfv')).flatMap(([path, bytes]) =>
    [...new Set([...new TextDecoder().decode(bytes).matchAll(/IfcGuid="([^"]*)"/g)].map(([, guid]) => `${path} ${guid}`))]).sort()
}
