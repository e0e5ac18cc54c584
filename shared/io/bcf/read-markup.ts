import { ElementReader } from './element-reader.ts'
import type { BcfComment, BcfDocumentReference, BcfHeaderFile, BcfSnippet, BcfTopic, BcfViewpoint } from './model.ts'
import { BcfRefused } from './refused.ts'
import type { XmlElement } from './xml-tree.ts'

/**
 * A markup.bcf of any version; its viewpoints without their views.
 * @throws BcfRefused where it is no markup or tells of no topic.
 */
export function readMarkup(root: XmlElement, folder: string, file: string): BcfTopic {
  if (root.name !== 'Markup') throw new BcfRefused('wrong_root', file, root.name)
  const markup = new ElementReader(root)
  const topic = markup.child('Topic')
  if (!topic) throw new BcfRefused('no_topic', file)
  const header = markup.wrapper('Header')
  const headerFiles = header && [...header.children('File'), ...(header.wrapper('Files')?.children('File') ?? [])].map(readHeaderFile)
  // Up to 2.1 comments and viewpoints follow the topic, each element by itself; 3.0 lists them in it.
  const comments = listOf(topic, markup.children('Comment'), 'Comments', 'Comment')?.map(readComment)
  const viewpoints = listOf(topic, markup.children('Viewpoints'), 'Viewpoints', 'ViewPoint')?.map(readViewpoint)
  return {
    folder,
    guid: topic.attribute('Guid'), type: topic.attribute('TopicType'), status: topic.attribute('TopicStatus'), serverAssignedId: topic.attribute('ServerAssignedId'),
    ...readTexts(topic),
    ...readLists(topic),
    headerFiles, comments, viewpoints,
    rest: topic.rest(), markupRest: markup.rest(),
  }
}

/** Plain texts of a topic by their element, in the order of the schemas. */
export const TOPIC_TEXTS = {
  title: 'Title', priority: 'Priority', index: 'Index', creationDate: 'CreationDate', creationAuthor: 'CreationAuthor', modifiedDate: 'ModifiedDate',
  modifiedAuthor: 'ModifiedAuthor', dueDate: 'DueDate', assignedTo: 'AssignedTo', stage: 'Stage', description: 'Description',
} as const

function readTexts(topic: ElementReader): Pick<BcfTopic, keyof typeof TOPIC_TEXTS> {
  return Object.fromEntries(Object.entries(TOPIC_TEXTS).map(([field, name]) => [field, topic.text(name)]))
}

function readLists(topic: ElementReader): Pick<BcfTopic, 'referenceLinks' | 'labels' | 'snippets' | 'documentReferences' | 'relatedTopics'> {
  const isLabelList = topic.element.nodes.some(node => typeof node !== 'string' && node.name === 'Labels' && (node.nodes.length === 0 || typeof node.nodes[0] !== 'string'))
  // 2.0 repeats DocumentReferences and RelatedTopics where 3.0 lists in them.
  const documents = topic.children('DocumentReference')
  const documents2 = has(topic, 'DocumentReferences', 'DocumentReference') ? [] : repeated(topic, 'DocumentReferences')
  const listedDocuments = topic.wrapper('DocumentReferences')?.children('DocumentReference')
  const related = topic.children('RelatedTopic')
  const related2 = repeated(topic, 'RelatedTopics')
  const listedRelated = topic.wrapper('RelatedTopics')?.children('RelatedTopic')
  return {
    referenceLinks: orNone(topic.texts('ReferenceLink'), topic.wrapper('ReferenceLinks')?.texts('ReferenceLink')),
    labels: isLabelList ? topic.wrapper('Labels')?.texts('Label') : orNone(topic.texts('Labels'), undefined),
    snippets: topic.children('BimSnippet').map(readSnippet),
    documentReferences: orNone([...documents, ...documents2].map(readDocumentReference), listedDocuments?.map(readDocumentReference)),
    relatedTopics: orNone([...related, ...related2].map(readRelated), listedRelated?.map(readRelated)),
  }
}

/** Elements of that name that say something themselves instead of listing. */
function repeated(reader: ElementReader, name: string): ElementReader[] {
  const own = reader.element.nodes.filter(node => typeof node !== 'string' && node.name === name && (node.attributes.size > 0 || node.nodes.length > 0))
  return own.length > 0 && !has(reader, name, name.slice(0, -1)) ? reader.children(name) : []
}

function has({ element }: ElementReader, name: string, inner: string): boolean {
  return element.nodes.some(node => typeof node !== 'string' && node.name === name && node.nodes.some(child => typeof child !== 'string' && child.name === inner))
}

const orNone = <T>(alone: T[], listed: T[] | undefined): T[] | undefined => (listed ? [...alone, ...listed] : alone.length > 0 ? alone : undefined)

function listOf(topic: ElementReader, alone: ElementReader[], list: string, item: string): ElementReader[] | undefined {
  return orNone(alone, topic.wrapper(list)?.children(item))
}

function readRelated(reader: ElementReader): { guid?: string | undefined; rest?: ReturnType<ElementReader['rest']> } {
  return { guid: reader.attribute('Guid'), rest: reader.rest() }
}

function readHeaderFile(reader: ElementReader): BcfHeaderFile {
  return {
    ifcProject: reader.attribute('IfcProject'), ifcSpatialStructureElement: reader.attribute('IfcSpatialStructureElement'), isExternal: reader.attribute('IsExternal', 'isExternal'),
    filename: reader.text('Filename'), date: reader.text('Date'), reference: reader.text('Reference'), rest: reader.rest(),
  }
}

function readSnippet(reader: ElementReader): BcfSnippet {
  return {
    type: reader.attribute('SnippetType'), isExternal: reader.attribute('IsExternal', 'isExternal'),
    reference: reader.text('Reference'), referenceSchema: reader.text('ReferenceSchema'), rest: reader.rest(),
  }
}

function readDocumentReference(reader: ElementReader): BcfDocumentReference {
  return {
    guid: reader.attribute('Guid'), isExternal: reader.attribute('isExternal', 'IsExternal'), referenced: reader.text('ReferencedDocument'),
    documentGuid: reader.text('DocumentGuid'), url: reader.text('Url'), description: reader.text('Description'), rest: reader.rest(),
  }
}

function readComment(reader: ElementReader): BcfComment {
  return {
    guid: reader.attribute('Guid'), date: reader.text('Date'), author: reader.text('Author'), text: reader.text('Comment'),
    viewpointGuid: reader.wrapper('Viewpoint')?.attribute('Guid'), modifiedDate: reader.text('ModifiedDate'), modifiedAuthor: reader.text('ModifiedAuthor'), rest: reader.rest(),
  }
}

function readViewpoint(reader: ElementReader): BcfViewpoint {
  return { guid: reader.attribute('Guid'), viewFile: reader.text('Viewpoint'), snapshot: reader.text('Snapshot'), index: reader.text('Index'), rest: reader.rest() }
}
