import type { ElementWriter } from './element-writer.ts'
import type { BcfComment, BcfDocumentReference, BcfHeaderFile, BcfSnippet, BcfTopic, BcfViewpoint } from './model.ts'
import { TOPIC_TEXTS } from './read-markup.ts'
import type { XmlElement } from './xml-tree.ts'

/** Comments of versions up to 2.0 had these; later ones have not. */
const OLD_COMMENT = ['VerbalStatus', 'Status', 'Topic', 'ReplyToComment']
/** What 3.0 gets for a type or status that nobody gave: it demands one. */
export const UNDEFINED = 'Undefined'
const BEGINNING = '1970-01-01T00:00:00Z'

/** The topic with its document references as the target version has them (`document-moves.ts`). */
export function writeMarkup(writer: ElementWriter, topic: BcfTopic, key: string): XmlElement {
  const { is30 } = writer
  const comments = topic.comments?.map(comment => writeComment(writer, comment, key))
  const viewpoints = topic.viewpoints?.map(viewpoint => writeViewpoint(writer, viewpoint, key))
  const files = topic.headerFiles?.map((file, i) => writeHeaderFile(writer, file, `${key}/file/${i}`))
  const { rest, markupRest } = topic
  const headerRest = markupRest?.wrappers.get('Header')
  const header = !files ? undefined
    : is30 ? writer.element('Header', {}, [writer.list('Files', files, headerRest, true)], headerRest)
    : writer.list('Header', files, markupRest, !writer.isConverted)
  return writer.root('Markup', {}, [
    header,
    writer.element('Topic', topicAttributes(writer, topic, key), [
      ...topicNodes(writer, topic, key),
      ...(is30
        ? [writer.list('Comments', comments, rest, true), writer.list('Viewpoints', viewpoints, rest, true)]
        : [writer.foreignList(key, 'Comments', rest), writer.foreignList(key, 'Viewpoints', rest)]),
    ], rest),
    ...(is30 ? [] : [...(comments ?? []), ...(viewpoints ?? [])]),
  ], markupRest)
}

function topicAttributes(writer: ElementWriter, { guid, type, status, serverAssignedId }: BcfTopic, key: string): Record<string, string | undefined> {
  if (writer.is30) {
    return { Guid: guid, ServerAssignedId: serverAssignedId, TopicType: fill(writer, key, 'TopicType', type), TopicStatus: fill(writer, key, 'TopicStatus', status) }
  }
  if (serverAssignedId !== undefined && writer.isConverted) writer.keepAttribute(key, 'ServerAssignedId', serverAssignedId)
  return { Guid: guid, TopicType: type, TopicStatus: status, ServerAssignedId: writer.isConverted ? undefined : serverAssignedId }
}

const fill = (writer: ElementWriter, key: string, name: string, value: string | undefined): string | undefined =>
  writer.isConverted ? writer.fillAttribute(key, name, value, UNDEFINED) : value

function topicNodes(writer: ElementWriter, topic: BcfTopic, key: string): (XmlElement | undefined)[] {
  const { is30 } = writer
  const { rest } = topic
  const text = (field: keyof typeof TOPIC_TEXTS): XmlElement | undefined =>
    field === 'title' ? writer.text('Title', topic.title, rest) : writer.optional(key, TOPIC_TEXTS[field], topic[field], rest)
  const list = (name: string, items: (XmlElement | undefined)[] | undefined): (XmlElement | undefined)[] =>
    is30 ? [writer.list(name, items, rest, true)] : [...(items ?? []), writer.foreignList(key, name, rest)]
  const texts = (name: string, values: readonly string[] | undefined) => values?.map(value => writer.text(name, value, rest))
  const [first, ...further] = topic.snippets.map((snippet, i) => writeSnippet(writer, snippet, `${key}/snippet/${i}`))
  // 3.0 takes one; versions 2 as many as there are.
  if (is30 && writer.isConverted) for (const snippet of further) writer.keepElement(key, snippet)
  // Version 1.0 said neither when nor by whom: the first comment did.
  const [oldest] = [...(topic.comments ?? [])].sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1))
  const filled = (name: string, value: string | undefined): XmlElement => writer.fillElement(key, writer.text(name, value ?? '')!)
  const created = [
    topic.creationDate === undefined && writer.isConverted ? filled('CreationDate', oldest?.date ?? BEGINNING) : text('creationDate'),
    topic.creationAuthor === undefined && writer.isConverted ? filled('CreationAuthor', oldest?.author ?? UNDEFINED) : text('creationAuthor'),
  ]
  return [
    ...list('ReferenceLinks', texts('ReferenceLink', topic.referenceLinks)),
    text('title'), text('priority'), text('index'),
    ...list('Labels', texts(is30 ? 'Label' : 'Labels', topic.labels)),
    ...created,
    text('modifiedDate'), text('modifiedAuthor'), text('dueDate'), text('assignedTo'), text('stage'), text('description'),
    first, ...(is30 && writer.isConverted ? [] : further),
    ...list('DocumentReferences', topic.documentReferences?.map(reference => writeDocumentReference(writer, reference))),
    ...list('RelatedTopics', topic.relatedTopics?.map(({ guid, rest: own }) => writer.element('RelatedTopic', { Guid: guid }, [], own))),
  ]
}

const external = (writer: ElementWriter, value: string | undefined) => (writer.is30 ? { IsExternal: value } : { isExternal: value })

function writeHeaderFile(writer: ElementWriter, file: BcfHeaderFile, key: string): XmlElement {
  return writer.element('File', {
    IfcProject: writer.attribute(key, 'IfcProject', file.ifcProject),
    IfcSpatialStructureElement: writer.attribute(key, 'IfcSpatialStructureElement', file.ifcSpatialStructureElement), ...external(writer, file.isExternal),
  }, [
    writer.optional(key, 'Filename', file.filename, file.rest), writer.optional(key, 'Date', file.date, file.rest), writer.optional(key, 'Reference', file.reference, file.rest),
  ], file.rest)
}

function writeSnippet(writer: ElementWriter, snippet: BcfSnippet, key: string): XmlElement {
  return writer.element('BimSnippet', { SnippetType: writer.attribute(key, 'SnippetType', snippet.type), ...external(writer, snippet.isExternal) }, [
    writer.text('Reference', snippet.reference, snippet.rest), writer.text('ReferenceSchema', snippet.referenceSchema, snippet.rest),
  ], snippet.rest)
}

function writeDocumentReference(writer: ElementWriter, reference: BcfDocumentReference): XmlElement {
  const { guid, isExternal, referenced, documentGuid, url, description, rest } = reference
  return writer.element('DocumentReference', { Guid: guid, ...external(writer, isExternal) }, [
    writer.text('ReferencedDocument', referenced, rest), writer.text('DocumentGuid', documentGuid, rest), writer.text('Url', url, rest), writer.text('Description', description, rest),
  ], rest)
}

function writeComment(writer: ElementWriter, comment: BcfComment, topicKey: string): XmlElement {
  const key = `${topicKey}/comment/${comment.guid ?? ''}`
  const rest = writer.isConverted ? writer.keepChildren(key, comment.rest, OLD_COMMENT) : comment.rest
  const viewpointRest = rest?.wrappers.get('Viewpoint')
  return writer.element('Comment', { Guid: comment.guid }, [
    writer.text('Date', comment.date, rest), writer.text('Author', comment.author, rest),
    // 3.0 lets a comment be a viewpoint alone.
    comment.text === undefined && !writer.is30 && writer.isConverted ? writer.fillElement(key, writer.text('Comment', '')!) : writer.optional(key, 'Comment', comment.text, rest),
    comment.viewpointGuid === undefined && !viewpointRest ? undefined : writer.element('Viewpoint', { Guid: comment.viewpointGuid }, [], viewpointRest),
    writer.optional(key, 'ModifiedDate', comment.modifiedDate, rest), writer.optional(key, 'ModifiedAuthor', comment.modifiedAuthor, rest),
  ], rest)
}

function writeViewpoint(writer: ElementWriter, { guid, viewFile, snapshot, index, rest }: BcfViewpoint, topicKey: string): XmlElement {
  const key = `${topicKey}/viewpoint/${guid ?? ''}`
  return writer.element(writer.is30 ? 'ViewPoint' : 'Viewpoints', { Guid: guid }, [
    writer.optional(key, 'Viewpoint', viewFile, rest), writer.optional(key, 'Snapshot', snapshot, rest), writer.optional(key, 'Index', index, rest),
  ], rest)
}
