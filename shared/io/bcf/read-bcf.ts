import { unattendedJob, type JobControl } from '../../core/job.ts'
import { KEPT_FILE, emptyKept, readKept, restoreKept, type Kept } from './kept.ts'
import type { BcfArchive, BcfExtensions, BcfProject, BcfTopic, BcfVersion, BcfViewpoint } from './model.ts'
import { resolvePath } from './paths.ts'
import { readDocuments, readExtensionSchema, readExtensions, readProject, readVersion } from './read-archive-info.ts'
import { readMarkup } from './read-markup.ts'
import { readView } from './read-view.ts'
import { BcfRefused, type BcfNotice, type BcfNoticeCode } from './refused.ts'
import { stableGuid } from '../../core/stable-guid.ts'
import { parseXml, type XmlElement } from './xml-tree.ts'
import { DEFAULT_ARCHIVE_LIMITS, crc32, readZip, type ArchiveLimits } from './zip-archive.ts'

export interface BcfReading {
  readonly value: BcfArchive
  readonly notices: readonly BcfNotice[]
}

const MAX_TOPICS = 20_000

/**
 * Reads a BCF archive of version 1.0, 2.0, 2.1 or 3.0.
 * @throws BcfRefused where it cannot be read whole: nothing is read in part. @throws CancelledError.
 */
export function readBcf(bytes: Uint8Array, job: JobControl = unattendedJob, limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS): BcfReading {
  return new ArchiveReader(withoutOuterFolder(readZip(bytes, limits)), job).read()
}

/** Some people zip the folder instead of what is in it: then every path starts with the folder of bcf.version. */
function withoutOuterFolder(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const [version] = [...files.keys()].filter(path => /(^|\/)bcf\.version$/i.test(path))
  const outer = version?.slice(0, version.lastIndexOf('/') + 1) ?? ''
  if (outer === '' || ![...files.keys()].every(path => path.startsWith(outer))) return files
  return new Map([...files].map(([path, bytes]) => [path.slice(outer.length), bytes]))
}

class ArchiveReader {
  /** Files not yet read into the model. */
  readonly #files: Map<string, Uint8Array>
  readonly #parsed = new Map<string, XmlElement>()
  readonly #notices: BcfNotice[] = []
  readonly #job: JobControl
  #kept: Kept = emptyKept()

  constructor(files: Map<string, Uint8Array>, job: JobControl) {
    this.#files = files
    this.#job = job
  }

  read(): BcfReading {
    const markups = [...this.#files.keys()].filter(path => /\/markup\.bcf$/i.test(path))
    if (markups.length > MAX_TOPICS) throw new BcfRefused('too_many_topics', '', markups.length)
    const { version, rest: versionRest } = this.#readVersion(markups.length > 0)
    const made = this.#takeKept()
    const madeLists = this.#readMadeSchema(made)
    for (const path of made) this.#files.delete(path)
    const project = this.#readProject()
    const documents = this.#readDocuments(made)
    const extensions = this.#readExtensions(project) ?? (madeLists && { ...this.#keptExtensions(), ...madeLists })
    const topics = markups.map((path, i) => {
      this.#job.throwIfCancelled()
      this.#job.progress(i / markups.length, 'cli-bcf:progress.reading')
      return this.#readTopic(path, version)
    })
    for (const path of this.#parsed.keys()) this.#files.delete(path)
    this.#noticeTopics(topics)
    const isRestored = this.#kept.parts.size + this.#kept.moved.length + made.size > 0 || undefined
    return { value: { version, isRestored, versionRest, project, extensions, documents, topics, files: this.#files }, notices: this.#notices }
  }

  #readVersion(hasTopics: boolean): { version: BcfVersion; rest?: ReturnType<typeof readVersion>['rest'] } {
    const path = this.#find('bcf.version')
    if (path !== undefined) return readVersion(this.#parse(path), path)
    // Version 1.0 had no such file.
    if (!hasTopics) throw new BcfRefused('not_bcf')
    this.#notice('version_assumed', 'info', 'bcf.version')
    return { version: '1.0' }
  }

  /** @returns files that an earlier conversion made and nobody changed since: what they say is elsewhere, too. */
  #takeKept(): Set<string> {
    if (!this.#files.has(KEPT_FILE)) return new Set()
    const root = parseXml(this.#files.get(KEPT_FILE)!, KEPT_FILE)
    if (root.name !== 'Kept') return new Set()
    this.#files.delete(KEPT_FILE)
    this.#kept = readKept(root)
    const isUnchanged = ({ path, crc }: Kept['made'][number]): boolean => this.#files.has(path) && crc32(this.#files.get(path)!).toString(16) === crc
    const made = new Set(this.#kept.made.filter(isUnchanged).map(({ path }) => path))
    for (const { from, to } of this.#kept.moved) {
      const file = this.#files.get(to)
      if (!file || this.#files.has(from) || resolvePath('', from) !== from) continue
      this.#files.delete(to)
      this.#files.set(from, file)
    }
    return made
  }

  /** The lists of a schema made for an archive of 3.0: they came from its extensions.xml. */
  #readMadeSchema(made: ReadonlySet<string>): BcfExtensions | undefined {
    for (const path of made) {
      if (/\.xsd$/i.test(path)) return readExtensionSchema(parseXml(this.#files.get(path)!, path)) ?? undefined
    }
    return undefined
  }

  /** What such an extensions.xml held besides. */
  #keptExtensions(): BcfExtensions | undefined {
    const [root] = this.#kept.parts.get('extensions')?.elements ?? []
    return root?.name === 'Extensions' ? readExtensions(root, KEPT_FILE) : undefined
  }

  #readProject(): BcfProject | undefined {
    const path = this.#find('project.bcfp')
    const isKept = this.#kept.parts.has('project')
    if (path === undefined && !isKept) return undefined
    const root: XmlElement = path === undefined ? { name: 'ProjectExtension', attributes: new Map(), nodes: [] } : this.#parse(path)
    return readProject(restoreKept(root, 'project', this.#kept), path ?? 'project.bcfp')
  }

  #readDocuments(made: ReadonlySet<string>): BcfArchive['documents'] {
    const path = this.#find('documents.xml')
    if (path === undefined) return undefined
    const documents = readDocuments(restoreKept(this.#parse(path), 'documents', this.#kept), path)
    const gone = new Set([...made, ...this.#kept.moved.map(({ to }) => to)])
    const list = documents.list.filter(({ guid }) => !gone.has(`documents/${guid}`))
    for (const { guid } of list) if (!this.#files.has(`documents/${guid}`)) this.#notice('part_missing', 'warning', `documents/${guid ?? ''}`)
    return { ...documents, list }
  }

  /** Of 3.0 from extensions.xml; of versions 2 from the schema in the archive, which stays a file of it. */
  #readExtensions(project: BcfProject | undefined): BcfExtensions | undefined {
    const path = this.#find('extensions.xml')
    if (path !== undefined) return readExtensions(restoreKept(this.#parse(path), 'extensions', this.#kept), path)
    const schema = resolvePath('', project?.extensionSchema ?? '')
    if (schema === null) return undefined
    const bytes = this.#files.get(schema)
    if (!bytes) {
      this.#notice('part_missing', 'warning', schema)
      return undefined
    }
    try {
      const lists = readExtensionSchema(parseXml(bytes, schema))
      if (lists) return lists
    } catch (cause) {
      if (!(cause instanceof BcfRefused)) throw cause
    }
    this.#notice('schema_unreadable', 'warning', schema)
    return undefined
  }

  #readTopic(path: string, version: BcfVersion): BcfTopic {
    const folder = path.slice(0, path.lastIndexOf('/'))
    const root = this.#parse(path)
    const guid = root.nodes.flatMap(node => (typeof node !== 'string' && node.name === 'Topic' ? [node.attributes.get('Guid')] : []))[0]
    const key = `topic/${guid ?? folder}`
    const topic = readMarkup(restoreKept(root, key, this.#kept), folder, path)
    const viewpoints = topic.viewpoints ?? this.#unlistedViewpoint(folder, topic.guid ?? folder, version)
    return { ...topic, viewpoints: viewpoints?.map(viewpoint => this.#readView(viewpoint, folder, key)) }
  }

  /** Version 1.0 has one viewpoint, by the names of its files. */
  #unlistedViewpoint(folder: string, guid: string, version: BcfVersion): BcfViewpoint[] | undefined {
    const [view, snapshot] = [this.#files.has(`${folder}/viewpoint.bcfv`), this.#files.has(`${folder}/snapshot.png`)]
    if (version !== '1.0' || !(view || snapshot)) return undefined
    return [{ guid: stableGuid('bcf-viewpoint', guid), viewFile: view ? 'viewpoint.bcfv' : undefined, snapshot: snapshot ? 'snapshot.png' : undefined }]
  }

  #readView(viewpoint: BcfViewpoint, folder: string, topicKey: string): BcfViewpoint {
    const { guid, viewFile, snapshot } = viewpoint
    const [path, picture] = [viewFile, snapshot].map(name => (name === undefined || name.trim() === '' ? null : resolvePath(folder, name)))
    if (snapshot !== undefined && (!picture || !this.#files.has(picture))) this.#notice('part_missing', 'warning', `${folder}/${snapshot}`)
    if (viewFile === undefined) return viewpoint
    if (!path || !this.#files.has(path)) {
      this.#notice(path ? 'part_missing' : 'reference_outside', 'warning', `${folder}/${viewFile}`)
      return viewpoint
    }
    const root = this.#parse(path)
    if (root.name !== 'VisualizationInfo') throw new BcfRefused('wrong_root', path, root.name)
    const view = readView(restoreKept(root, `${topicKey}/view/${guid ?? viewFile}`, this.#kept))
    if (view.cameras.length === 0) this.#notice('camera_missing', 'info', path)
    return { ...viewpoint, view }
  }

  #noticeTopics(topics: readonly BcfTopic[]): void {
    const guids = new Set<string>()
    for (const { guid, folder, viewpoints } of topics) {
      if (guid === undefined || guid === '') this.#notice('guid_missing', 'warning', folder)
      else if (guids.has(guid.toLowerCase())) this.#notice('duplicate_guid', 'warning', `${folder}: ${guid}`)
      guids.add(guid?.toLowerCase() ?? '')
      for (const viewpoint of viewpoints ?? []) {
        if (viewpoint.guid === undefined) this.#notice('guid_missing', 'warning', `${folder}/${viewpoint.viewFile ?? ''}`)
        if (viewpoint.snapshot === undefined) this.#notice('snapshot_missing', 'info', `${folder}/${viewpoint.viewFile ?? ''}`)
      }
    }
    for (const path of this.#files.keys()) if (/\.bcfv$/i.test(path)) this.#notice('loose_viewpoint', 'info', path)
  }

  /** Names at the root whatever their capitals. */
  #find(name: string): string | undefined {
    return this.#files.has(name) ? name : [...this.#files.keys()].find(path => path.toLowerCase() === name)
  }

  #parse(path: string): XmlElement {
    const known = this.#parsed.get(path)
    if (known) return known
    const root = parseXml(this.#files.get(path)!, path)
    this.#parsed.set(path, root)
    return root
  }

  #notice(code: BcfNoticeCode, severity: BcfNotice['severity'], ref: string): void {
    this.#notices.push({ code, severity, ref })
  }
}
