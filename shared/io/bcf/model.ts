import type { Rest } from './element-reader.ts'

/**
 * What a BCF archive holds, whatever its version. Texts, figures and dates are as written: reading and writing changes no
 * digit. `undefined` is an element that is not there, '' and [] one that is empty. `rest` is what the model has no
 * field for: it is written back where it stood. Lengths are metres, angles degrees, coordinates those of the models.
 */
export const BCF_VERSIONS = ['1.0', '2.0', '2.1', '3.0'] as const
export type BcfVersion = (typeof BCF_VERSIONS)[number]
/** Versions that are written. */
export const WRITTEN_VERSIONS = ['2.1', '3.0'] as const
export type WrittenVersion = (typeof WRITTEN_VERSIONS)[number]

export interface BcfArchive {
  readonly version: BcfVersion
  /** True where what an earlier conversion had kept aside was put back: then it is no longer quite what its version says. */
  readonly isRestored?: boolean | undefined
  readonly versionRest?: Rest | undefined
  readonly project?: BcfProject | undefined
  readonly extensions?: BcfExtensions | undefined
  readonly documents?: BcfDocuments | undefined
  readonly topics: readonly BcfTopic[]
  /** Every file that is no part of the model by its path: pictures, documents, snippets, strange ones. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

export interface BcfProject {
  readonly id?: string | undefined
  readonly name?: string | undefined
  /** Versions 2: path or address of the schema that lists the extensions. */
  readonly extensionSchema?: string | undefined
  /** False where the file names no project. */
  readonly hasProject: boolean
  readonly projectRest?: Rest | undefined
  readonly rest?: Rest | undefined
}

/** Lists of allowed values, in the order version 3.0 writes them. */
export const EXTENSION_LISTS = ['topicTypes', 'topicStatuses', 'priorities', 'topicLabels', 'users', 'snippetTypes', 'stages'] as const
export type ExtensionList = (typeof EXTENSION_LISTS)[number]
export type BcfExtensions = Readonly<Partial<Record<ExtensionList, readonly string[]>>> & { readonly rest?: Rest | undefined }

/** Version 3.0: files in `documents/` by their guid. */
export interface BcfDocuments {
  readonly list: readonly BcfDocument[]
  readonly rest?: Rest | undefined
}

export interface BcfDocument {
  readonly guid?: string | undefined
  readonly filename?: string | undefined
  readonly description?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfTopic {
  /** Folder in the archive: the topic's guid, as a rule. Names in the topic are relative to it. */
  readonly folder: string
  readonly guid?: string | undefined
  readonly type?: string | undefined
  readonly status?: string | undefined
  readonly serverAssignedId?: string | undefined
  readonly title?: string | undefined
  readonly priority?: string | undefined
  readonly index?: string | undefined
  readonly creationDate?: string | undefined
  readonly creationAuthor?: string | undefined
  readonly modifiedDate?: string | undefined
  readonly modifiedAuthor?: string | undefined
  readonly dueDate?: string | undefined
  readonly assignedTo?: string | undefined
  readonly stage?: string | undefined
  readonly description?: string | undefined
  readonly referenceLinks?: readonly string[] | undefined
  readonly labels?: readonly string[] | undefined
  readonly snippets: readonly BcfSnippet[]
  readonly documentReferences?: readonly BcfDocumentReference[] | undefined
  readonly relatedTopics?: readonly BcfRelatedTopic[] | undefined
  readonly headerFiles?: readonly BcfHeaderFile[] | undefined
  readonly comments?: readonly BcfComment[] | undefined
  readonly viewpoints?: readonly BcfViewpoint[] | undefined
  readonly rest?: Rest | undefined
  readonly markupRest?: Rest | undefined
}

export interface BcfHeaderFile {
  readonly ifcProject?: string | undefined
  readonly ifcSpatialStructureElement?: string | undefined
  readonly isExternal?: string | undefined
  readonly filename?: string | undefined
  readonly date?: string | undefined
  readonly reference?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfSnippet {
  readonly type?: string | undefined
  readonly isExternal?: string | undefined
  readonly reference?: string | undefined
  readonly referenceSchema?: string | undefined
  readonly rest?: Rest | undefined
}

/** Either `referenced` (versions 2: path or address) or `documentGuid` or `url` (3.0). */
export interface BcfDocumentReference {
  readonly guid?: string | undefined
  readonly isExternal?: string | undefined
  readonly referenced?: string | undefined
  readonly documentGuid?: string | undefined
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfRelatedTopic {
  readonly guid?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfComment {
  readonly guid?: string | undefined
  readonly date?: string | undefined
  readonly author?: string | undefined
  readonly text?: string | undefined
  readonly viewpointGuid?: string | undefined
  readonly modifiedDate?: string | undefined
  readonly modifiedAuthor?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfViewpoint {
  readonly guid?: string | undefined
  /** Names in the topic's folder. */
  readonly viewFile?: string | undefined
  readonly snapshot?: string | undefined
  readonly index?: string | undefined
  /** Undefined where there is no such file. */
  readonly view?: BcfView | undefined
  readonly rest?: Rest | undefined
}

/** A VisualizationInfo: what is seen from where. */
export interface BcfView {
  readonly guid?: string | undefined
  readonly components?: BcfComponents | undefined
  readonly cameras: readonly BcfCamera[]
  readonly lines?: readonly BcfLine[] | undefined
  readonly clippingPlanes?: readonly BcfClippingPlane[] | undefined
  readonly bitmaps?: readonly BcfBitmap[] | undefined
  readonly rest?: Rest | undefined
}

export interface BcfPoint {
  readonly x?: string | undefined
  readonly y?: string | undefined
  readonly z?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfCamera {
  readonly projection: 'perspective' | 'orthogonal'
  readonly viewPoint?: BcfPoint | undefined
  readonly direction?: BcfPoint | undefined
  readonly up?: BcfPoint | undefined
  /** Vertical field of view, degrees (perspective), or metres seen from bottom to top (orthogonal). */
  readonly extent?: string | undefined
  /** Width over height. Version 3.0. */
  readonly aspectRatio?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfLine {
  readonly start?: BcfPoint | undefined
  readonly end?: BcfPoint | undefined
  readonly rest?: Rest | undefined
}

export interface BcfClippingPlane {
  readonly location?: BcfPoint | undefined
  readonly direction?: BcfPoint | undefined
  readonly rest?: Rest | undefined
}

export interface BcfBitmap {
  readonly format?: string | undefined
  /** Name in the topic's folder. */
  readonly reference?: string | undefined
  readonly location?: BcfPoint | undefined
  readonly normal?: BcfPoint | undefined
  readonly up?: BcfPoint | undefined
  readonly heightM?: string | undefined
  readonly rest?: Rest | undefined
}

export interface BcfComponent {
  readonly ifcGuid?: string | undefined
  readonly originatingSystem?: string | undefined
  readonly authoringToolId?: string | undefined
  readonly rest?: Rest | undefined
}

/** Components shown unlike the rest of their kind, with the hints on what else is shown. */
export interface BcfExceptions {
  readonly isDefault?: string | undefined
  readonly hints?: Readonly<Record<string, string>> | undefined
  readonly exceptions?: readonly BcfComponent[] | undefined
  readonly rest?: Rest | undefined
}

export interface BcfColour {
  /** RRGGBB or AARRGGBB. */
  readonly colour?: string | undefined
  readonly components: readonly BcfComponent[]
  readonly rest?: Rest | undefined
}

export interface BcfComponents {
  readonly selection?: readonly BcfComponent[] | undefined
  readonly visibility?: BcfExceptions | undefined
  readonly translucency?: BcfExceptions | undefined
  readonly colouring?: readonly BcfColour[] | undefined
  readonly rest?: Rest | undefined
}
