import type { ElementWriter } from './element-writer.ts'
import { EXTENSION_LISTS, type BcfArchive, type BcfDocuments, type BcfExtensions, type BcfProject } from './model.ts'
import { EXTENSION_ELEMENTS } from './read-archive-info.ts'
import type { XmlElement } from './xml-tree.ts'

export function writeVersion(writer: ElementWriter, archive: BcfArchive): XmlElement {
  return writer.root('Version', { VersionId: writer.target }, [writer.is30 ? undefined : writer.text('DetailedVersion', writer.target)], archive.versionRest)
}

/** project.bcfp; null where it would say nothing. Versions 2 demand the name of the schema of the extensions in it. */
export function writeProject(writer: ElementWriter, project: BcfProject | undefined, extensionSchema: string | undefined): XmlElement | null {
  const inner = project?.hasProject ? writeInnerProject(writer, project) : undefined
  const given = writer.text('ExtensionSchema', extensionSchema, project?.rest)
  if (writer.is30) {
    if (writer.isConverted) writer.keepElement('project', given)
    const schema = writer.isConverted ? undefined : given
    return inner || schema || project?.rest ? writer.root('ProjectInfo', {}, [inner, schema], project?.rest) : null
  }
  if (!project && !given) return null
  const demanded = given ?? (writer.isConverted ? writer.text('ExtensionSchema', '') : undefined)
  if (project && demanded && project.extensionSchema === undefined) writer.fillElement('project', demanded)
  return writer.root('ProjectExtension', {}, [inner, demanded], project?.rest)
}

function writeInnerProject(writer: ElementWriter, { id, name, projectRest }: BcfProject): XmlElement {
  const key = 'project/project'
  const given = writer.is30 && writer.isConverted ? writer.fillAttribute(key, 'ProjectId', id, 'unknown') : id
  return writer.element('Project', { ProjectId: given }, [writer.optional(key, 'Name', name, projectRest)], projectRest)
}

/** extensions.xml of version 3.0, which demands every list. */
export function writeExtensions(writer: ElementWriter, extensions: BcfExtensions): XmlElement {
  const lists = EXTENSION_LISTS.map(list => {
    const [name, entry] = EXTENSION_ELEMENTS[list]
    const values = extensions[list] ?? (writer.isConverted ? [] : undefined)
    return writer.list(name, values?.map(value => writer.text(entry, value, extensions.rest?.wrappers.get(name))), extensions.rest, true)
  })
  return writer.root('Extensions', {}, lists, extensions.rest)
}

/** The schema versions 2 list extensions in: it redefines types of markup.xsd. */
export function writeExtensionSchema(writer: ElementWriter, extensions: BcfExtensions): XmlElement {
  const types = EXTENSION_LISTS.flatMap(list => {
    const type = EXTENSION_ELEMENTS[list][2]
    const values = extensions[list]?.map(value => writer.element('xs:enumeration', { value }, []))
    return values ? [writer.element('xs:simpleType', { name: type }, [writer.element('xs:restriction', { base: type }, values)])] : []
  })
  return writer.element('xs:schema', { 'xmlns:xs': 'http://www.w3.org/2001/XMLSchema' }, [writer.element('xs:redefine', { schemaLocation: 'markup.xsd' }, types)])
}

/** Version 3.0 demands the lists: where none came, what the topics use is allowed. */
export function usedExtensions({ topics }: BcfArchive): BcfExtensions {
  const used = (values: readonly (string | undefined)[]): string[] => [...new Set(values.filter(value => value !== undefined && value.trim() !== ''))] as string[]
  return {
    topicTypes: used(topics.map(({ type }) => type)),
    topicStatuses: used(topics.map(({ status }) => status)),
    priorities: used(topics.map(({ priority }) => priority)),
    topicLabels: used(topics.flatMap(({ labels }) => labels ?? [])),
    users: used(topics.flatMap(topic => [topic.creationAuthor, topic.modifiedAuthor, topic.assignedTo, ...(topic.comments ?? []).map(({ author }) => author)])),
    snippetTypes: used(topics.flatMap(({ snippets }) => snippets.map(({ type }) => type))),
    stages: used(topics.map(({ stage }) => stage)),
  }
}

export function writeDocuments(writer: ElementWriter, { list, rest }: BcfDocuments): XmlElement {
  const documents = list.map(document => writer.element('Document', { Guid: document.guid }, [
    writer.text('Filename', document.filename, document.rest), writer.text('Description', document.description, document.rest),
  ], document.rest))
  return writer.root('DocumentInfo', {}, [writer.list('Documents', documents, rest, true)], rest)
}
