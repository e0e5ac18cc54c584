import { ElementReader } from './element-reader.ts'
import { BCF_VERSIONS, EXTENSION_LISTS, type BcfDocuments, type BcfExtensions, type BcfProject, type BcfVersion, type ExtensionList } from './model.ts'
import { BcfRefused } from './refused.ts'
import { elementsOf, localName, type XmlElement } from './xml-tree.ts'

/** Elements of extensions.xml: the list and its entries; of the schema of versions 2: the type whose values it lists. */
export const EXTENSION_ELEMENTS: Readonly<Record<ExtensionList, readonly [list: string, entry: string, schemaType: string]>> = {
  topicTypes: ['TopicTypes', 'TopicType', 'TopicType'],
  topicStatuses: ['TopicStatuses', 'TopicStatus', 'TopicStatus'],
  priorities: ['Priorities', 'Priority', 'Priority'],
  topicLabels: ['TopicLabels', 'TopicLabel', 'TopicLabel'],
  users: ['Users', 'User', 'UserIdType'],
  snippetTypes: ['SnippetTypes', 'SnippetType', 'SnippetType'],
  stages: ['Stages', 'Stage', 'Stage'],
}

/** @throws BcfRefused for a version that is not known: what it means by its elements would be a guess. */
export function readVersion(root: XmlElement, file: string): { version: BcfVersion; rest: ReturnType<ElementReader['rest']> } {
  if (root.name !== 'Version') throw new BcfRefused('wrong_root', file, root.name)
  const reader = new ElementReader(root)
  const id = (reader.attribute('VersionId') ?? '').trim()
  const version = BCF_VERSIONS.find(known => known === id || (known === `${id}.0` && /^\d$/.test(id)))
  if (version === undefined) throw new BcfRefused('version_unknown', file, id)
  // The words of the version go with it, not with the archive.
  reader.text('DetailedVersion')
  return { version, rest: reader.rest() }
}

/** project.bcfp: ProjectExtension of versions 2, ProjectInfo of 3.0. */
export function readProject(root: XmlElement, file: string): BcfProject {
  if (root.name !== 'ProjectExtension' && root.name !== 'ProjectInfo') throw new BcfRefused('wrong_root', file, root.name)
  const reader = new ElementReader(root)
  const project = reader.child('Project')
  return {
    hasProject: project !== undefined, id: project?.attribute('ProjectId'), name: project?.text('Name'), projectRest: project?.rest(),
    extensionSchema: reader.text('ExtensionSchema'), rest: reader.rest(),
  }
}

/** extensions.xml of version 3.0. */
export function readExtensions(root: XmlElement, file: string): BcfExtensions {
  if (root.name !== 'Extensions') throw new BcfRefused('wrong_root', file, root.name)
  const reader = new ElementReader(root)
  const lists = EXTENSION_LISTS.map(list => [list, reader.wrapper(EXTENSION_ELEMENTS[list][0])?.texts(EXTENSION_ELEMENTS[list][1])] as const)
  return { ...Object.fromEntries(lists.filter(([, values]) => values !== undefined)), rest: reader.rest() }
}

/** The lists of an extension schema of versions 2: enumerations that redefine the types of markup.xsd. Null for another schema. */
export function readExtensionSchema(root: XmlElement): BcfExtensions | null {
  const types = elementsOf(root).filter(element => localName(element.name) === 'redefine').flatMap(elementsOf).filter(element => localName(element.name) === 'simpleType')
  if (localName(root.name) !== 'schema' || types.length === 0) return null
  const lists = EXTENSION_LISTS.flatMap(list => {
    const type = types.find(candidate => candidate.attributes.get('name') === EXTENSION_ELEMENTS[list][2])
    if (!type) return []
    const values = elementsOf(type).flatMap(elementsOf).filter(element => localName(element.name) === 'enumeration')
    return [[list, values.map(element => element.attributes.get('value') ?? '')] as const]
  })
  return Object.fromEntries(lists)
}

/** documents.xml of version 3.0. */
export function readDocuments(root: XmlElement, file: string): BcfDocuments {
  if (root.name !== 'DocumentInfo') throw new BcfRefused('wrong_root', file, root.name)
  const reader = new ElementReader(root)
  const list = reader.wrapper('Documents')?.children('Document').map(document =>
    ({ guid: document.attribute('Guid'), filename: document.text('Filename'), description: document.text('Description'), rest: document.rest() }))
  return { list: list ?? [], rest: reader.rest() }
}
