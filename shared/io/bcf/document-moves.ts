import type { ElementWriter } from './element-writer.ts'
import { partOf } from './kept.ts'
import type { BcfArchive, BcfDocument, BcfDocumentReference, BcfTopic } from './model.ts'
import { freePath, plainFileName, referenceFrom, resolvePath } from './paths.ts'
import { isTrue } from './read-view.ts'
import { stableGuid } from '../../core/stable-guid.ts'
import { crc32 } from './zip-archive.ts'

/** The archive with documents and the references to them as the target version has them. */
export function moveDocuments(writer: ElementWriter, archive: BcfArchive): BcfArchive {
  if (!writer.isConverted) return archive
  return writer.is30 ? intoDocuments(writer, archive) : outOfDocuments(writer, archive)
}

/** Versions 2 name a document by its path; 3.0 lists it in documents.xml and has it in `documents/` under its guid. */
function intoDocuments(writer: ElementWriter, archive: BcfArchive): BcfArchive {
  const files = new Map(archive.files)
  const list: BcfDocument[] = [...(archive.documents?.list ?? [])]
  const guids = new Map<string, string>()
  const usedElsewhere = otherReferences(archive)
  const documentOf = (path: string): string => {
    const known = guids.get(path)
    if (known !== undefined) return known
    const guid = stableGuid('bcf-document', path)
    const to = `documents/${guid}`
    const bytes = files.get(path)!
    files.set(to, bytes)
    if (usedElsewhere.has(path)) writer.kept.made.push({ path: to, crc: crc32(bytes).toString(16) })
    else {
      files.delete(path)
      writer.kept.moved.push({ from: path, to })
    }
    writer.notice('file_moved', `${path} → ${to}`)
    list.push({ guid, filename: plainFileName(path, guid) })
    guids.set(path, guid)
    return guid
  }
  const topics = archive.topics.map(topic => mapReferences(topic, (reference, i, key) => {
    const guid = writtenGuid(writer, reference, topic, i, key)
    const own = `${key}/document/${guid}`
    if (reference.isExternal !== undefined) writer.keepAttribute(own, 'isExternal', reference.isExternal)
    const text = reference.referenced
    const others = { ...reference, referenced: undefined, isExternal: undefined }
    if (text === undefined) return { ...others, guid }
    writer.keepElement(own, writer.text('ReferencedDocument', text))
    const path = isTrue(reference.isExternal) ? null : resolvePath(topic.folder, text)
    // A document that is not in the archive has no guid: its address is all there is of it.
    const [name, value] = path !== null && files.has(path) || path !== null && guids.has(path) ? ['DocumentGuid', documentOf(path)] as const : ['Url', text] as const
    partOf(writer.kept, own).filledElements.push(writer.text(name, value)!)
    return { ...others, guid, ...(name === 'Url' ? { url: value } : { documentGuid: value }) }
  }))
  return { ...archive, topics, files, documents: list.length > 0 ? { ...archive.documents, list } : archive.documents }
}

/** 3.0 demands a guid of a reference. */
function writtenGuid(writer: ElementWriter, { guid }: BcfDocumentReference, { folder }: BcfTopic, i: number, key: string): string {
  if (guid !== undefined) return guid
  const made = stableGuid('bcf-document-reference', folder, String(i))
  partOf(writer.kept, `${key}/document/${made}`).filledAttributes.set('Guid', made)
  return made
}

/** Documents leave their guid for a path with their own name, so that who opens the archive can open them. */
function outOfDocuments(writer: ElementWriter, archive: BcfArchive): BcfArchive {
  const files = new Map(archive.files)
  const paths = new Map<string, string>()
  for (const { guid, filename } of archive.documents?.list ?? []) {
    const bytes = guid === undefined ? undefined : files.get(`documents/${guid}`)
    if (guid === undefined || !bytes || paths.has(guid)) continue
    const from = `documents/${guid}`
    const to = freePath(`documents/${plainFileName(filename ?? '', guid)}`, path => path !== from && files.has(path))
    paths.set(guid, to)
    if (to === from) continue
    files.delete(from)
    files.set(to, bytes)
    writer.kept.moved.push({ from, to })
    writer.notice('file_moved', `${from} → ${to}`)
  }
  const topics = archive.topics.map(topic => mapReferences(topic, (reference, i, key) => {
    if (reference.referenced !== undefined) return reference
    const { documentGuid, url, isExternal, ...others } = reference
    const guid = reference.guid ?? writtenGuid(writer, reference, topic, i, key)
    const part = partOf(writer.kept, `${key}/document/${guid}`)
    if (documentGuid !== undefined) part.elements.push(writer.text('DocumentGuid', documentGuid)!)
    else if (url !== undefined) part.elements.push(writer.text('Url', url)!)
    const path = documentGuid === undefined ? undefined : paths.get(documentGuid)
    const text = path !== undefined ? referenceFrom(topic.folder, path) : (url ?? documentGuid)
    if (text !== undefined) part.filledElements.push(writer.text('ReferencedDocument', text)!)
    if (path === undefined && isExternal === undefined) part.filledAttributes.set('isExternal', 'true')
    return { ...others, guid, referenced: text, isExternal: path === undefined ? (isExternal ?? 'true') : isExternal }
  }))
  return { ...archive, topics, files }
}

function mapReferences(topic: BcfTopic, change: (reference: BcfDocumentReference, i: number, key: string) => BcfDocumentReference): BcfTopic {
  const key = `topic/${topic.guid ?? topic.folder}`
  return topic.documentReferences ? { ...topic, documentReferences: topic.documentReferences.map((reference, i) => change(reference, i, key)) } : topic
}

/** Files that something besides document references points at: they must stay where they are. */
function otherReferences({ topics, project }: BcfArchive): Set<string> {
  const names = topics.flatMap(({ folder, headerFiles, snippets, viewpoints }) => [
    ...(headerFiles ?? []).map(({ reference }) => reference), ...snippets.map(({ reference }) => reference),
    ...(viewpoints ?? []).flatMap(({ viewFile, snapshot, view }) => [viewFile, snapshot, ...(view?.bitmaps ?? []).map(({ reference }) => reference)]),
  ].map(name => (name === undefined ? null : resolvePath(folder, name))))
  return new Set([...names, resolvePath('', project?.extensionSchema ?? '')].filter(path => path !== null))
}
