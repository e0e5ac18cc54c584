import type { SavedView } from '../register/saved-view.ts'
import { ASSET_KINDS } from '../twin/kinds.ts'
import { packedString } from '../core/packed-strings.ts'
import { size } from '../twin/section-size.ts'
import { assetSection } from '../twin/asset-columns.ts'
import { segmentsInBox } from '../twin/segments-near.ts'
import type { ReportData } from './report-data.ts'
import { findingText } from './report-words.ts'
import { ruleFigure } from './rule-figure.ts'

/** What the one-file scene shows. Local frame around `centre`, metres, z up; coordinates in whole centimetres. */
export interface SceneData {
  readonly language: string
  readonly title: string
  readonly subtitle: string
  readonly notes: readonly string[]
  readonly texts: Readonly<Record<string, string>>
  readonly kinds: readonly { readonly id: string; readonly name: string; readonly colour: string }[]
  readonly lines: readonly SceneLine[]
  /** Half extent of what is planned (else of what was found) about the centre, metres. */
  readonly focus: { readonly halfX: number; readonly halfY: number }
  readonly ground: { readonly cols: number; readonly rows: number; readonly x0: number; readonly y0: number; readonly stepM: number; readonly z: readonly (number | null)[] } | null
  readonly buildings: readonly { readonly ring: readonly number[]; readonly z: number; readonly h: number }[]
  readonly findings: readonly { readonly number: number; readonly title: string; readonly text: string; readonly isMandatory: boolean; readonly severity: string; readonly status: string; /** Found and needed, as the figure at the gap. */ readonly gap: string; readonly at: readonly number[]; readonly a: readonly number[]; readonly b: readonly number[]; readonly along: readonly number[]; readonly ids: readonly string[] }[]
  readonly views: readonly { readonly name: string; readonly note: string; readonly position: readonly number[]; readonly target: readonly number[] }[]
}

/** A tube or box along an axis; half-sizes in centimetres. */
interface SceneLine {
  readonly id: string
  readonly kind: number
  readonly name: string
  readonly isBox: boolean
  readonly w: number
  readonly h: number
  readonly isProposal: boolean
  readonly xyz: readonly number[]
}

/** Around what matters: proposals where there are any, else the findings. */
const REACH_M = 150
const MOST_LINES = 15_000
/** What lies this near a finding belongs to it, wherever it is. */
const NEAR_FINDING_M = 20
const MOST_FINDINGS = 500
const GROUND_CELLS = 120

/** Gathers what a one-file scene shows; what is left out for size is said in `notes`. */
export function sceneData(data: ReportData, views: readonly SavedView[]): SceneData {
  const { network, words, findings, language, project, scheme, pack: { pack }, kindColour } = data
  const { columns } = network
  const box = focusOf(data)
  const centre = [Math.round((box.minX + box.maxX) / 2), Math.round((box.minY + box.maxY) / 2), Math.round(box.z)] as const
  const cm = (value: number): number => Math.round(value * 100)
  const local = ([x, y, z]: readonly [number, number, number]): number[] => [cm(x - columns.origin[0] - centre[0]), cm(y - columns.origin[1] - centre[1]), cm(z - columns.origin[2] - centre[2])]
  const found = linesShown(data, box)
  const wanted = [...found].slice(0, MOST_LINES)
  const kinds = ASSET_KINDS.map(id => ({ id, name: words(`kinds:kind.${id}`), colour: kindColour(id) }))
  const lines = wanted.map((i): SceneLine => {
    const id = packedString(columns.ids, i)
    const xyz: number[] = []
    for (let v = columns.vertexStart[i]!; v < columns.vertexStart[i + 1]!; v++) xyz.push(cm(columns.xyz[3 * v]! - centre[0]), cm(columns.xyz[3 * v + 1]! - centre[1]), cm(columns.xyz[3 * v + 2]! - centre[2]))
    const owner = columns.owners[columns.owner[i]!] ?? ''
    return { id, kind: columns.kind[i]!, name: `${kinds[columns.kind[i]!]!.name} ${network.assetOf(id)?.label ?? id} · ${size(assetSection(columns, i))}${owner && ` · ${owner}`}`, isBox: columns.shape[i] === 1, w: cm(columns.halfWidthM[i]!), h: cm(columns.halfHeightM[i]!), isProposal: network.isProposal(id), xyz }
  })
  return {
    language, lines, kinds, focus: { halfX: (box.maxX - box.minX) / 2 - REACH_M, halfY: (box.maxY - box.minY) / 2 - REACH_M }, title: project.replace(/\.gpkg$/i, ''), subtitle: [scheme?.name, `${pack.title[language]} (${pack.id})`, data.today].filter(Boolean).join(' · '),
    notes: [
      ...(data.isSynthetic ? [words('report:cover.synthetic')] : []),
      ...(found.size > wanted.length ? [words('report:scene.cut', { count: wanted.length, total: found.size })] : []),
      ...(findings.length > MOST_FINDINGS ? [words('report:scene.cutFindings', { count: MOST_FINDINGS, total: findings.length })] : []),
    ],
    texts: Object.fromEntries(['findings', 'views', 'all', 'previous', 'next', 'ground', 'buildings', 'layers', 'hint', 'noWebgl', 'noFindings', 'section'].map(name => [name, words(`report:scene.${name}`)])),
    ground: groundOf(data, box, centre), buildings: buildingsOf(data, box, centre),
    findings: findings.slice(0, MOST_FINDINGS).map(row => {
      const { finding, number } = row
      const text = findingText(data, row)
      const { from, to } = finding.stretch
      return { number, title: `${text.rule}: ${text.a} – ${text.b}`, text: [text.sentence, text.yields].filter(Boolean).join(' '), severity: text.severity, status: text.status, gap: words('report:scene.gap', { found: ruleFigure(finding.rule, finding.found), required: ruleFigure(finding.rule, finding.required) }), isMandatory: finding.mandatory, at: local([(finding.at.a[0] + finding.at.b[0]) / 2, (finding.at.a[1] + finding.at.b[1]) / 2, (finding.at.a[2] + finding.at.b[2]) / 2]), a: local(finding.at.a), b: local(finding.at.b), along: [to[0] - from[0], to[1] - from[1]].map(value => Math.round(value * 1000) / 1000), ids: [...finding.a, ...finding.b] }
    }),
    views: views.map(({ name, note, camera }) => ({ name, note, position: local([...camera.position]), target: local([...camera.target]) })),
  }
}

/** Assets to draw, what matters most first: the sides of the findings listed, what is near them, then all around what is planned. */
function linesShown({ network: { columns, isProposal }, findings }: ReportData, box: Box): ReadonlySet<number> {
  const listed = findings.slice(0, MOST_FINDINGS)
  const sides = new Set(listed.flatMap(({ finding }) => [...finding.a, ...finding.b]))
  const shown = new Set<number>()
  for (let i = 0; i < columns.count; i++) {
    const id = packedString(columns.ids, i)
    if (sides.has(id) || isProposal(id)) shown.add(i)
  }
  const near = (x: number, y: number) => segmentsInBox(columns, x - NEAR_FINDING_M, y - NEAR_FINDING_M, x + NEAR_FINDING_M, y + NEAR_FINDING_M)
  for (const { finding: { at } } of listed) for (const { asset } of near((at.a[0] + at.b[0]) / 2 - columns.origin[0], (at.a[1] + at.b[1]) / 2 - columns.origin[1])) shown.add(asset)
  for (const { asset } of segmentsInBox(columns, box.minX, box.minY, box.maxX, box.maxY)) shown.add(asset)
  return shown
}

interface Box { minX: number; minY: number; maxX: number; maxY: number; z: number }

/** Local frame. */
function focusOf({ network: { columns, isProposal }, findings }: ReportData): Box {
  const points: number[][] = []
  for (let i = columns.count - 1; i >= 0 && isProposal(packedString(columns.ids, i)); i--) {
    for (let v = columns.vertexStart[i]!; v < columns.vertexStart[i + 1]!; v++) points.push([columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 2]!])
  }
  if (points.length === 0) for (const { finding: { at } } of findings.slice(0, MOST_FINDINGS)) points.push([0, 1, 2].map(k => at.a[k as 0 | 1 | 2] - columns.origin[k as 0 | 1 | 2]))
  if (points.length === 0) for (let v = 0; v < columns.vertexStart[columns.count]!; v++) points.push([columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 2]!])
  const box = points.reduce((sum, [x, y, z]) => ({ minX: Math.min(sum.minX, x!), minY: Math.min(sum.minY, y!), maxX: Math.max(sum.maxX, x!), maxY: Math.max(sum.maxY, y!), z: sum.z + z! / points.length }), { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity, z: 0 })
  return points.length === 0 ? { minX: 0, minY: 0, maxX: 0, maxY: 0, z: 0 } : { minX: box.minX - REACH_M, minY: box.minY - REACH_M, maxX: box.maxX + REACH_M, maxY: box.maxY + REACH_M, z: box.z }
}

function groundOf({ network }: ReportData, { minX, minY, maxX, maxY }: Box, centre: readonly [number, number, number]): SceneData['ground'] {
  if (!network.ground) return null
  const stepM = Math.max(2, Math.max(maxX - minX, maxY - minY) / GROUND_CELLS)
  const [cols, rows] = [Math.ceil((maxX - minX) / stepM) + 1, Math.ceil((maxY - minY) / stepM) + 1]
  const z: (number | null)[] = []
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) {
    const level = network.groundAt(minX + c * stepM, minY + r * stepM)
    z.push(level === null ? null : Math.round((level - centre[2]) * 100))
  }
  return { cols, rows, x0: Math.round((minX - centre[0]) * 100), y0: Math.round((minY - centre[1]) * 100), stepM, z }
}

function buildingsOf({ network: { surfaceFeatures, columns: { origin }, groundAt } }: ReportData, { minX, minY, maxX, maxY }: Box, centre: readonly [number, number, number]): SceneData['buildings'] {
  return surfaceFeatures.flatMap(({ type, points, heightM }) => {
    const ring = points.map(([e, n]): [number, number] => [e - origin[0], n - origin[1]])
    if (type !== 'building' || ring.length < 3 || !ring.every(([x, y]) => x >= minX && x <= maxX && y >= minY && y <= maxY)) return []
    const base = Math.min(...ring.map(([x, y]) => groundAt(x, y) ?? centre[2]))
    return [{ ring: ring.flatMap(([x, y]) => [Math.round((x - centre[0]) * 100), Math.round((y - centre[1]) * 100)]), z: Math.round((base - centre[2]) * 100), h: Math.round((heightM ?? 6) * 100) }]
  })
}
