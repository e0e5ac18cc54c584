import type { Finding } from '../../clearance/findings/finding.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { BcfArchive, BcfComponent, BcfPoint, BcfTopic, BcfView } from './model.ts'
import { planPicture, PLAN_ASPECT, SIDE_COLOURS, type PlanLine } from './plan-picture.ts'
import { ifcGuid, stableGuid } from '../../core/stable-guid.ts'

/** The texts of a finding, in the language of who exports. */
export interface FindingTexts {
  readonly title: string
  /** One sentence with the figures and the clause: the topic's first comment. */
  readonly sentence: string
  readonly type: string
  readonly status: string
  readonly priority?: string
  readonly labels: readonly string[]
  readonly assignedTo?: string
  /** `YYYY-MM-DD`. */
  readonly dueDate?: string
  /** What people said of it, after the sentence. `date`: ISO 8601. */
  readonly comments?: readonly CommentTexts[]
}

interface CommentTexts {
  readonly id: string
  readonly date: string
  readonly author: string
  readonly text: string
  /** Goes along as a viewpoint of its own that is a snapshot and nothing else. `ending`: `jpg` or `png`. */
  readonly picture?: { readonly bytes: Uint8Array; readonly ending: string }
}

export interface FindingsExport {
  readonly findings: readonly Finding[]
  /** Guids of topics follow from this and the findings' identity: the same project gives the same ones again. */
  readonly project: { readonly id: string; readonly name: string }
  readonly author: string
  /** ISO 8601 with zone. */
  readonly date: string
  /** Named in every topic: which coordinates the cameras are in. */
  readonly frame: string
  readonly textsOf: (finding: Finding) => FindingTexts
  /** The IFC file with the objects, where one goes along: named in the header of every topic. */
  readonly model?: { readonly file: string; readonly projectGuid: string; readonly siteGuid: string }
  /** Axis (project CRS) and outer width of an asset; null where it is not known. */
  readonly assetOf: (id: string) => { readonly axis: readonly Vec3[]; readonly widthM: number } | null
}

const SYSTEM = 'Underplan'
/** Largest archive that readers of BCF can be expected to open; each finding takes three files. */
export const MAX_FINDING_TOPICS = 10_000

/**
 * Findings as topics: both sides selected and coloured, a camera in the project's coordinates that looks at the spot from
 * above and aside, a line across the gap, a plan picture, the sentence as comment. A second export of the same project
 * gives the same guids, so that whoever imports it updates what is there.
 * @throws RangeError for more findings than MAX_FINDING_TOPICS: ask before.
 */
export function findingsToBcf(request: FindingsExport): BcfArchive {
  const { findings, project } = request
  if (findings.length > MAX_FINDING_TOPICS) throw new RangeError('too many findings for an archive')
  const files = new Map<string, Uint8Array>()
  const topics = findings.map(finding => topicOf(finding, request, files))
  const texts = findings.map(request.textsOf)
  const distinct = (values: readonly (string | undefined)[]): string[] => [...new Set(values.filter(value => value !== undefined))].sort()
  return {
    version: '3.0',
    project: { id: stableGuid('underplan-project', project.id), name: project.name, hasProject: true },
    extensions: {
      topicTypes: distinct(texts.map(({ type }) => type)), topicStatuses: distinct(texts.map(({ status }) => status)), priorities: distinct(texts.map(({ priority }) => priority)),
      topicLabels: distinct(texts.flatMap(({ labels }) => labels)), users: distinct([request.author, ...texts.flatMap(({ assignedTo, comments = [] }) => [assignedTo, ...comments.map(({ author }) => author || undefined)])]), snippetTypes: [], stages: [],
    },
    topics, files,
  }
}

/** Guid of a finding's topic: the same at every export of the project. */
export const findingGuid = (projectId: string, findingId: string): string => stableGuid('underplan-finding', projectId, findingId)

/** Guid of the viewpoint that shows the finding itself. */
export const findingViewGuid = (topicGuid: string): string => stableGuid('underplan-viewpoint', topicGuid)

/** Guid of the comment that holds the sentence: no comment of anybody's. */
export const sentenceGuid = (topicGuid: string): string => stableGuid('underplan-comment', topicGuid)

const isGuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)

function topicOf(finding: Finding, request: FindingsExport, files: Map<string, Uint8Array>): BcfTopic {
  const { author, date, frame, textsOf, project, model } = request
  const guid = findingGuid(project.id, finding.id)
  const viewpointGuid = findingViewGuid(guid)
  const { title, sentence, type, status, priority, labels, assignedTo, dueDate, comments = [] } = textsOf(finding)
  const spot = middle(finding)
  const reachM = reachOf(finding)
  files.set(`${guid}/snapshot.png`, planPicture(linesOf(finding, request), spot, 2 * reachM))
  const said = comments.map(comment => {
    // A comment that came by BCF goes out under the guid it came with.
    const commentGuid = isGuid(comment.id) ? comment.id : stableGuid('underplan-comment', guid, comment.id)
    const { picture } = comment
    const snapshot = picture && `${commentGuid}.${picture.ending}`
    if (picture) files.set(`${guid}/${snapshot}`, picture.bytes)
    return { comment, commentGuid, shown: snapshot === undefined ? null : { guid: stableGuid('underplan-viewpoint', commentGuid), snapshot } }
  })
  return {
    folder: guid, guid, type, status, title, priority, labels, creationDate: date, creationAuthor: author, description: `${sentence}\n${frame}`,
    ...(assignedTo && { assignedTo }), ...(dueDate && { dueDate: `${dueDate}T00:00:00Z` }),
    snippets: [],
    ...(model && { headerFiles: [{ ifcProject: model.projectGuid, ifcSpatialStructureElement: model.siteGuid, isExternal: 'true', filename: model.file, date, reference: model.file }] }),
    comments: [
      { guid: sentenceGuid(guid), date, author, text: sentence, viewpointGuid },
      ...said.map(({ comment, commentGuid, shown }) => ({ guid: commentGuid, date: comment.date, author: comment.author || author, text: comment.text, ...(shown && { viewpointGuid: shown.guid }) })),
    ],
    viewpoints: [{ guid: viewpointGuid, viewFile: 'viewpoint.bcfv', snapshot: 'snapshot.png', view: viewOf(finding, viewpointGuid, spot, reachM, project.id) }, ...said.flatMap(({ shown }) => shown ?? [])],
  }
}

function viewOf(finding: Finding, guid: string, spot: Vec3, reachM: number, projectId: string): BcfView {
  const [a, b] = [finding.a, finding.b].map(ids => ids.map(id => componentOf(id, projectId)))
  const { viewPoint, direction, up } = cameraOf(finding, spot, reachM)
  return {
    guid,
    components: {
      selection: [...a!, ...b!],
      visibility: { isDefault: 'true', hints: { SpacesVisible: 'false', SpaceBoundariesVisible: 'false', OpeningsVisible: 'false' } },
      colouring: [{ colour: SIDE_COLOURS.a, components: a! }, ...(b!.length > 0 ? [{ colour: SIDE_COLOURS.b, components: b! }] : [])],
    },
    cameras: [{ projection: 'perspective', viewPoint: pointOf(viewPoint), direction: pointOf(direction), up: pointOf(up), extent: '60', aspectRatio: String(PLAN_ASPECT) }],
    lines: [{ start: pointOf(finding.at.a), end: pointOf(finding.at.b) }],
  }
}

/** The asset under the guid it has in our IFC files too; its own id for those who read it. */
function componentOf(id: string, projectId: string): BcfComponent {
  return { ifcGuid: assetIfcGuid(projectId, id), originatingSystem: SYSTEM, authoringToolId: id }
}

/** Guid of an asset wherever it leaves the project. */
export const assetIfcGuid = (projectId: string, assetId: string): string => ifcGuid(stableGuid('underplan-asset', projectId, assetId))

function middle({ at: { a, b } }: Finding): Vec3 {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
}

/** Half of what is shown, metres: the gap and some of both sides. */
function reachOf({ at: { a, b }, required, unit }: Finding): number {
  return Math.min(60, Math.max(5, 3 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), unit ? 0 : 3 * required))
}

/** From aside of the stretch, 35° above the level: neither along the pipe, where one hides the other, nor straight down, where levels cannot be told. */
function cameraOf({ stretch: { from, to } }: Finding, spot: Vec3, reachM: number): { viewPoint: Vec3; direction: Vec3; up: Vec3 } {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  // Of the two sides the southern one, so that north is ahead; a stretch of no length is seen from the south.
  const sign = dx < 0 ? -1 : 1
  const [sideX, sideY] = length < 1e-9 ? [0, -1] : [(sign * dy) / length, (sign * -dx) / length]
  const [level, rise] = [Math.cos((35 * Math.PI) / 180), Math.sin((35 * Math.PI) / 180)]
  const direction: Vec3 = [-sideX * level, -sideY * level, -rise]
  const distance = reachM * 1.8
  return {
    viewPoint: [spot[0] - direction[0] * distance, spot[1] - direction[1] * distance, spot[2] - direction[2] * distance],
    direction, up: [-sideX * rise, -sideY * rise, level],
  }
}

function linesOf({ a, b }: Finding, { assetOf }: FindingsExport): PlanLine[] {
  const lines = (ids: readonly string[], side: 'a' | 'b'): PlanLine[] => ids.flatMap(id => {
    const asset = assetOf(id)
    return asset ? [{ ...asset, side }] : []
  })
  return [...lines(a, 'a'), ...lines(b, 'b')]
}

/** Micrometres: no coordinate is known better, and the same check gives the same text. */
const figure = (value: number): string => String(Number(value.toFixed(6)))
const pointOf = ([x, y, z]: Vec3): BcfPoint => ({ x: figure(x), y: figure(y), z: figure(z) })
