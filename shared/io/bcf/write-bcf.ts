import { unattendedJob, type JobControl } from '../../core/job.ts'
import { moveDocuments } from './document-moves.ts'
import { ElementWriter } from './element-writer.ts'
import { KEPT_FILE, partOf, writeKept } from './kept.ts'
import { EXTENSION_LISTS, type BcfArchive, type BcfExtensions, type BcfTopic, type WrittenVersion } from './model.ts'
import { freePath, resolvePath } from './paths.ts'
import { pictureSize } from '../../core/picture-size.ts'
import { readExtensionSchema } from './read-archive-info.ts'
import { BcfRefused, type BcfNotice } from './refused.ts'
import { usedExtensions, writeDocuments, writeExtensions, writeExtensionSchema, writeProject, writeVersion } from './write-archive-info.ts'
import { writeMarkup } from './write-markup.ts'
import { writeView } from './write-view.ts'
import { parseXml, writeXml, type XmlElement } from './xml-tree.ts'
import { crc32, writeZip } from './zip-archive.ts'

/** The version an archive is written in where nobody chose: its own, or 2.1 for the older ones. */
export const writtenVersion = ({ version }: BcfArchive): WrittenVersion => (version === '3.0' ? '3.0' : '2.1')

/**
 * The archive as a file of that version. The same archive gives the same bytes. What the version has no place for is kept
 * aside in the file and told in the notices (README.md says what).
 * @throws CancelledError.
 */
export function writeBcf(archive: BcfArchive, target: WrittenVersion, job: JobControl = unattendedJob): { bytes: Uint8Array; notices: readonly BcfNotice[] } {
  const writer = new ElementWriter(target, archive)
  const moved = moveDocuments(writer, archive)
  const files = new Map<string, Uint8Array>([['bcf.version', writeXml(writeVersion(writer, moved))]])
  const others = new Map(moved.files)
  writeArchiveInfo(writer, moved, archive.documents !== undefined, files, others)
  moved.topics.forEach((topic, i) => {
    job.throwIfCancelled()
    job.progress(i / moved.topics.length, 'cli-bcf:progress.writing')
    writeTopic(writer, topic, files, moved.files)
  })
  for (const [path, bytes] of others) if (!files.has(path)) files.set(path, bytes)
  const kept = writeKept(writer.kept)
  if (kept) files.set(freePath(KEPT_FILE, path => files.has(path)), writeXml(kept))
  return { bytes: writeZip(files), notices: writer.notices }
}

function writeTopic(writer: ElementWriter, topic: BcfTopic, files: Map<string, Uint8Array>, pictures: ReadonlyMap<string, Uint8Array>): void {
  const key = `topic/${topic.guid ?? topic.folder}`
  files.set(`${topic.folder}/markup.bcf`, writeXml(writeMarkup(writer, topic, key)))
  for (const { guid, viewFile, view, snapshot } of topic.viewpoints ?? []) {
    const path = view && viewFile !== undefined ? resolvePath(topic.folder, viewFile) : null
    if (!view || path === null || files.has(path)) continue
    const picture = snapshot === undefined ? null : resolvePath(topic.folder, snapshot)
    const size = pictureSize(picture === null ? undefined : pictures.get(picture))
    files.set(path, writeXml(writeView(writer, view, `${key}/view/${guid ?? viewFile!}`, guid ?? '', size ? size.width / size.height : 1)))
  }
}

function writeArchiveInfo(writer: ElementWriter, archive: BcfArchive, hadDocuments: boolean, files: Map<string, Uint8Array>, others: Map<string, Uint8Array>): void {
  const { project, documents } = archive
  const put = (path: string, root: XmlElement | null, isMade: boolean): void => {
    if (!root) return
    const bytes = writeXml(root)
    files.set(path, bytes)
    if (isMade) writer.kept.made.push({ path, crc: crc32(bytes).toString(16) })
  }
  if (!writer.is30) {
    if (archive.extensions && saysMore(archive.extensions)) partOf(writer.kept, 'extensions').elements.push(writeExtensions(writer, archive.extensions))
    const schema = archive.extensions ? placeSchema(writer, archive.extensions, project?.extensionSchema, others) : project?.extensionSchema
    put('project.bcfp', writeProject(writer, project, schema), !project)
  } else {
    put('project.bcfp', writeProject(writer, project, project?.extensionSchema), false)
    const extensions = archive.extensions ?? (writer.isConverted ? usedExtensions(archive) : undefined)
    // Made from a schema that stays in the archive, or from what is used: it goes when the schema counts again.
    const isMade = writer.isConverted && (!archive.extensions || project?.extensionSchema !== undefined)
    if (extensions) put('extensions.xml', writeExtensions(writer, extensions), isMade)
  }
  if (documents) put('documents.xml', writeDocuments(writer, documents), !hadDocuments)
}

/** A schema lists values and nothing else: an extensions.xml that holds more is kept aside whole. */
const saysMore = ({ rest }: BcfExtensions): boolean =>
  rest !== undefined && rest.children.length + rest.text.trim().length + rest.leaves.size + rest.wrappers.size + [...rest.attributes.keys()].filter(name => !/^xmlns|chemaLocation$/.test(name)).length > 0

/** Where the schema with these lists is: the file it was read from while it says the same, else one made now. */
function placeSchema(writer: ElementWriter, extensions: BcfExtensions, name: string | undefined, others: Map<string, Uint8Array>): string {
  const path = resolvePath('', name ?? '')
  const present = path === null ? undefined : others.get(path)
  if (present && sameLists(present, path!, extensions)) return name!
  const free = path ?? freePath('extensions.xsd', taken => others.has(taken))
  const bytes = writeXml(writeExtensionSchema(writer, extensions))
  others.set(free, bytes)
  if (name === undefined) writer.kept.made.push({ path: free, crc: crc32(bytes).toString(16) })
  return free
}

function sameLists(bytes: Uint8Array, path: string, extensions: BcfExtensions): boolean {
  try {
    const lists = readExtensionSchema(parseXml(bytes, path))
    return lists !== null && EXTENSION_LISTS.every(list => (lists[list] ?? []).join('\n') === (extensions[list] ?? []).join('\n'))
  } catch (cause) {
    if (cause instanceof BcfRefused) return false
    throw cause
  }
}
