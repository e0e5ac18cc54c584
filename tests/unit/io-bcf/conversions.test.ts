import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import { differences, factsOf, missingFacts, unpack, type Tree } from './archive-facts.ts'
import { TOPIC, topicXml, VERSION_30, VIEWPOINT, zipOf } from './small-archive.ts'

const VERSION_20 = '<Version VersionId="2.0"><DetailedVersion>2.0</DetailedVersion></Version>'
const point = (name: string, x = 1) => `<${name}><X>${x}.50</X><Y>2e1</Y><Z>-0</Z></${name}>`
const frame = point('Location') + point('Normal') + point('Up') + '<Height>1.0</Height>'
const listed = `<Viewpoints Guid="${VIEWPOINT}"><Viewpoint>v.bcfv</Viewpoint></Viewpoints>`
const convert = (archive: Uint8Array, version: '2.1' | '3.0') => writeBcf(readBcf(archive).value, version).bytes
const edit = (archive: Uint8Array, path: string, change: (text: string) => string) => {
  const files = unzipSync(archive)
  const before = strFromU8(files[path]!)
  expect(change(before)).not.toBe(before)
  return zipSync({ ...files, [path]: strToU8(change(before)) })
}
const markup = `${TOPIC}/markup.bcf`
const textOf = (archive: Uint8Array, path: string) => strFromU8(unpack(archive).get(path)!)
const isEmpty = (tree: Tree) => tree.children.length === 0 && tree.text === '' && Object.keys(tree.attributes).length === 0

describe('version 2.0', () => {
  const components = '<Components><Component IfcGuid="sel" Selected="true" Visible="true"/><Component IfcGuid="hid" Visible="false"/><Component IfcGuid="red" Selected="0" Color="FF0000"/>'
    + '<Component IfcGuid="red2" Selected="1" Color="FF0000"><AuthoringToolId>7</AuthoringToolId></Component><Component IfcGuid="bare"/></Components>'
  const view = `<VisualizationInfo>${components}<Bitmaps><Bitmap>JPG</Bitmap><Reference>b.jpg</Reference>${frame}</Bitmaps><Bitmaps><Bitmap>PNG</Bitmap><Reference>c.png</Reference>${frame}</Bitmaps></VisualizationInfo>`
  const inner = '<DocumentReferences Guid="d1" isExternal="true"><ReferencedDocument>http://x</ReferencedDocument></DocumentReferences><DocumentReferences Guid="d2"><ReferencedDocument>../a.txt</ReferencedDocument></DocumentReferences>'
    + '<RelatedTopics Guid="r1"/><RelatedTopics Guid="r2"/>'
  const comments = '<Comment Guid="c1"><VerbalStatus>V</VerbalStatus><Status>S</Status><Date>d</Date><Author>a</Author><Comment>x</Comment><Topic Guid="t"/><ReplyToComment Guid="c0"/></Comment>'
  const archive = zipOf({ 'bcf.version': VERSION_20, [markup]: topicXml(inner, comments + listed), [`${TOPIC}/v.bcfv`]: view, 'a.txt': 'a' })
  const { value } = readBcf(archive)
  const [topic] = value.topics

  it('components go where later versions have them', () => {
    const { selection, visibility, colouring } = topic!.viewpoints![0]!.view!.components!
    expect(selection!.map(({ ifcGuid }) => ifcGuid)).toEqual(['sel', 'red2', 'bare'])
    expect(visibility).toMatchObject({ isDefault: 'true', exceptions: [{ ifcGuid: 'hid' }] })
    expect(colouring).toMatchObject([{ colour: 'FF0000', components: [{ ifcGuid: 'red' }, { ifcGuid: 'red2', authoringToolId: '7' }] }])
  })

  it('repeated bitmaps, documents and related topics are each kept', () => {
    expect(topic!.viewpoints![0]!.view!.bitmaps!.map(({ format, reference }) => `${format} ${reference}`)).toEqual(['JPG b.jpg', 'PNG c.png'])
    expect(topic!.documentReferences!.map(({ guid, referenced }) => `${guid} ${referenced}`)).toEqual(['d1 http://x', 'd2 ../a.txt'])
    expect(topic!.relatedTopics!.map(({ guid }) => guid)).toEqual(['r1', 'r2'])
  })

  it.each(['2.1', '3.0'] as const)('what comments said beyond their text comes back from %s', version => {
    const converted = convert(archive, version)
    expect(textOf(converted, markup)).not.toMatch(/VerbalStatus|ReplyToComment/)
    const [comment] = readBcf(converted).value.topics[0]!.comments!
    expect(comment!.rest!.children.map(({ name }) => name)).toEqual(['VerbalStatus', 'Status', 'Topic', 'ReplyToComment'])
  })
})

describe('version 3.0 to 2.1', () => {
  const view = `<VisualizationInfo Guid="${VIEWPOINT}"><Components><Visibility DefaultVisibility="false"><ViewSetupHints SpacesVisible="true"/><Exceptions><Component IfcGuid="e"/></Exceptions></Visibility>`
    + '<Translucency DefaultTranslucency="true"><TranslucencySetupHints SpacesTranslucent="false"/><Exceptions><Component IfcGuid="t"/></Exceptions></Translucency>'
    + '<Coloring><Color Color="FF0000"><Components><Component IfcGuid="c"/></Components></Color></Coloring></Components>'
    + `<OrthogonalCamera>${point('CameraViewPoint')}${point('CameraDirection')}${point('CameraUpVector')}<ViewToWorldScale>9</ViewToWorldScale><AspectRatio>1.5</AspectRatio></OrthogonalCamera>`
    + `<Lines><Line>${point('StartPoint')}${point('EndPoint', 3)}</Line></Lines><Bitmaps><Bitmap><Format>png</Format><Reference>b.png</Reference>${frame}</Bitmap></Bitmaps></VisualizationInfo>`
  const topic = '<Markup><Header><Files><File IsExternal="false"><Filename>m.ifc</Filename><Reference>../m.ifc</Reference></File></Files></Header>'
    + `<Topic Guid="${TOPIC}" ServerAssignedId="#9" TopicType="T" TopicStatus="S"><ReferenceLinks><ReferenceLink>l1</ReferenceLink><ReferenceLink>l2</ReferenceLink></ReferenceLinks><Title>T</Title><Labels><Label>a</Label><Label>b</Label></Labels>`
    + '<CreationDate>2026-01-01T00:00:00Z</CreationDate><CreationAuthor>x</CreationAuthor><BimSnippet SnippetType="J" IsExternal="false"><Reference>s.json</Reference><ReferenceSchema>u</ReferenceSchema></BimSnippet>'
    + '<DocumentReferences><DocumentReference Guid="d1"><DocumentGuid>doc-1</DocumentGuid></DocumentReference><DocumentReference Guid="d2"><Url>http://y</Url><Description>w</Description></DocumentReference></DocumentReferences>'
    + `<Comments><Comment Guid="c"><Date>d</Date><Author>a</Author><Viewpoint Guid="${VIEWPOINT}"/></Comment></Comments><Viewpoints MainViewpointGuid="${VIEWPOINT}"><ViewPoint Guid="${VIEWPOINT}"><Viewpoint>v.bcfv</Viewpoint></ViewPoint></Viewpoints></Topic></Markup>`
  const archive = zipOf({
    'bcf.version': VERSION_30, [markup]: topic, [`${TOPIC}/v.bcfv`]: view, 'documents/doc-1': 'D1', 'documents/doc-2': 'D2', [`${TOPIC}/s.json`]: '{}',
    'documents.xml': '<DocumentInfo><Documents><Document Guid="doc-1"><Filename>报告.txt</Filename></Document><Document Guid="doc-2"><Filename>报告.txt</Filename></Document></Documents></DocumentInfo>',
    'extensions.xml': '<Extensions><TopicTypes><TopicType>T</TopicType></TopicTypes><TopicStatuses><TopicStatus>S</TopicStatus></TopicStatuses><Priorities/><TopicLabels/><Users/><SnippetTypes/><Stages/><Vendor a="1"/></Extensions>',
    'project.bcfp': '<ProjectInfo><Project ProjectId="p"><Name>N</Name></Project></ProjectInfo>',
  })
  const converted = convert(archive, '2.1')

  it('moves what 2.1 has elsewhere', () => {
    const text = textOf(converted, markup)
    expect(text).toContain('<ReferenceLink>l1</ReferenceLink>\n    <ReferenceLink>l2</ReferenceLink>')
    expect(text).toContain('<Labels>a</Labels>\n    <Labels>b</Labels>')
    expect(text).toContain('<File isExternal="false">')
    expect(text).toContain('<ReferencedDocument>../documents/报告.txt</ReferencedDocument>')
    expect(text).toMatch(/<DocumentReference Guid="d2" isExternal="true">\s*<ReferencedDocument>http:\/\/y</)
    expect(text).not.toMatch(/ServerAssignedId|MainViewpointGuid|<Comments>/)
    expect(textOf(converted, `${TOPIC}/v.bcfv`)).toMatch(/<Components>\s*<ViewSetupHints SpacesVisible="true"\/>\s*<Visibility/)
    expect(textOf(converted, `${TOPIC}/v.bcfv`)).toMatch(/<Bitmap>\s*<Bitmap>PNG<\/Bitmap>/)
    expect([...unpack(converted)].filter(([path]) => path.startsWith('documents/')).map(([path, bytes]) => `${path} ${strFromU8(bytes)}`).sort()).toEqual(['documents/报告-2.txt D2', 'documents/报告.txt D1'])
    expect(textOf(converted, 'extensions.xsd')).toContain('<xs:enumeration value="T"/>')
    expect(textOf(converted, 'project.bcfp')).toContain('<ExtensionSchema>extensions.xsd</ExtensionSchema>')
  })

  it('and back again to the same archive', () => {
    expect(differences(archive, convert(converted, '3.0'), isEmpty).filter(line => !line.startsWith('extensions.xml'))).toEqual([])
    expect(textOf(convert(converted, '3.0'), 'extensions.xml')).toMatch(/<Vendor a="1"\/>/)
  })

  it('is the same when converted once more', () => {
    expect(differences(converted, convert(converted, '2.1'))).toEqual([])
  })
})

describe('what others change between two conversions counts', () => {
  const document = '<DocumentReference><ReferencedDocument>../d.txt</ReferencedDocument></DocumentReference>'
  const archive = zipOf({ [markup]: topicXml(document + '<AssignedTo></AssignedTo>'), 'd.txt': 'd', 'm.ifc': 'm' })
  const converted = convert(archive, '3.0')

  it('3.0 gets what it demands, and 2.1 loses it again', () => {
    expect(textOf(converted, markup)).toContain('TopicType="Undefined" TopicStatus="Undefined"')
    expect(readBcf(converted).value.topics[0]!.type).toBeUndefined()
    expect(differences(archive, convert(converted, '2.1'))).toEqual([])
  })

  it('a status given and a person assigned in the meantime stay', () => {
    const edited = edit(converted, markup, text => text.replace('TopicStatus="Undefined"', 'TopicStatus="Closed"').replace('</CreationAuthor>', '</CreationAuthor><AssignedTo>you</AssignedTo>'))
    const [topic] = readBcf(convert(edited, '2.1')).value.topics
    expect([topic!.type, topic!.status, topic!.assignedTo]).toEqual([undefined, 'Closed', 'you'])
    expect(topic!.documentReferences).toMatchObject([{ referenced: '../d.txt' }])
  })

  it('without the kept file nothing but what was kept aside is missing', () => {
    const files = unzipSync(converted)
    delete files['underplan-kept.xml']
    const [before, after] = [factsOf(archive), factsOf(convert(zipSync(files), '2.1'))]
    expect(missingFacts(before, after).filter(fact => !/DocumentReference|AssignedTo = $/.test(fact))).toEqual([])
    expect([...unpack(convert(zipSync(files), '2.1'))].map(([path, bytes]) => `${path} ${strFromU8(bytes)}`)).toEqual(expect.arrayContaining(['documents/d.txt d', 'm.ifc m']))
  })
})
