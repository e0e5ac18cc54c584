import type { JobControl } from '../../../core/job.ts'
import type { AttributeValue } from '../../../twin/asset.ts'
import { canonicalFeature } from '../../canonical/canonical-feature.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { layersOf } from '../../source-layers.ts'
import { toUtf8 } from '../../text-encoding.ts'

/** An entity as its group codes, in their order (DXF reference, "Group codes"). */
interface Entity {
  readonly type: string
  readonly groups: readonly (readonly [number, string])[]
}

const PROGRESS_EVERY = 1 << 16
const DRAWN = new Set(['LINE', 'LWPOLYLINE', 'POLYLINE', 'POINT', 'INSERT', 'CIRCLE', 'ARC', 'SPLINE', 'ELLIPSE', 'TEXT', 'MTEXT', 'HATCH', '3DFACE', 'SOLID', 'DIMENSION', 'LEADER'])
/** What `$INSUNITS` says the drawing is in, metres; 0 (unitless) and 6 are metres. */
const UNITS_M: Readonly<Record<number, number>> = { 1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1, 7: 1000, 21: 1200 / 3937 }
const POLYLINE_3D = 8
const POLYLINE_MESH = 16 | 64

/**
 * Reads an ASCII DXF: lines and polylines, 3D ones with their levels, per drawing layer; points and block inserts as
 * points. Read by group codes, streaming, since a drawing holds far more than networks and none of it may stop the import.
 * @throws SourceRefused binary, cut off, or no DXF.
 */
export function readDxf(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/\.[^.]*$/, '')
  if (new TextDecoder('latin1').decode(file.bytes.subarray(0, 20)).startsWith('AutoCAD Binary DXF')) throw new SourceRefused('feature_unsupported', { problem: 'binary_dxf' })
  const { entities, insertUnits } = readEntities(drawingText(file, log), limits, job)
  const metres = drawingUnit(insertUnits, entities, file.name, log)
  if (insertUnits !== 0 && UNITS_M[insertUnits] === undefined) log.add('unit_suspect', 'warning', file.name, { insunits: insertUnits })
  const byLayer = new Map<string, SourceFeature[]>()
  const leftOut = new Map<string, number>()
  let number = 0
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i]!
    if (!DRAWN.has(entity.type)) continue
    const ref = `${name}#${++number}`
    const vertices: Entity[] = []
    if (entity.type === 'POLYLINE') while (entities[i + 1]?.type === 'VERTEX') vertices.push(entities[++i]!)
    const shape = shapeOf(entity, vertices, metres)
    if (shape === 'unsupported') {
      leftOut.set(entity.type, (leftOut.get(entity.type) ?? 0) + 1)
      continue
    }
    if (!shape || shape.positions.some(position => position.some(value => !(Math.abs(value) <= 1e9)))) {
      log.add('coordinates_invalid', 'error', ref, { type: entity.type })
      continue
    }
    const layer = textOf(entity, 8) ?? '0'
    const own = canonicalFeature({ id: null, ref, geometry: shape.geometry, parts: [shape.positions] }, ownProperties(entity))
    const feature: SourceFeature = own ?? { id: textOf(entity, 5) ?? null, ref, geometry: shape.geometry, parts: [shape.positions], properties: { layer, entity: entity.type, ...(entity.type === 'INSERT' && { block: textOf(entity, 2) ?? '' }) } }
    // Our own drawings say everything of an entity beside it: their layers are for the eye.
    const source = own ? name : layer
    const known = byLayer.get(source)
    if (known) known.push(feature)
    else byLayer.set(source, [feature])
  }
  for (const [type, count] of leftOut) log.add('feature_unsupported', 'info', file.name, { type, count })
  if (byLayer.size === 0) log.add('schema_invalid', 'warning', file.name, { problem: 'no_features' })
  return { value: { format: 'dxf', layers: [...byLayer].flatMap(([layer, features]) => layersOf(layer, features, null)), grounds: [] }, issues: log.issues }
}

/** Chinese drawings before R2007 say their code page, and mean it; others are known by their bytes. `\U+4E2D` is a letter. */
function drawingText(file: SourceFile, log: IssueLog): string {
  const head = new TextDecoder('latin1').decode(file.bytes.subarray(0, 4000))
  const isGbk = /\$ACADVER\s+1\s+AC10(09|1[0-8])\s/.test(head) && /\$DWGCODEPAGE\s+3\s+ANSI_936\s/.test(head)
  const { bytes, encoding } = isGbk ? { bytes: file.bytes, encoding: 'gb18030' as const } : toUtf8(file.bytes)
  if (encoding !== 'utf-8' && !isGbk) log.add('encoding', 'info', file.name, { encoding })
  return new TextDecoder(isGbk ? 'gb18030' : 'utf-8').decode(bytes).replaceAll(/\\U\+([0-9A-Fa-f]{4})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))
}

/** Inches or feet are what templates say; coordinates beyond this are those of a map in metres. */
const MAP_COORDINATE = 1e5

function drawingUnit(insertUnits: number, entities: readonly Entity[], name: string, log: IssueLog): number {
  const metres = insertUnits === 0 ? 1 : (UNITS_M[insertUnits] ?? 1)
  const isImperial = insertUnits === 1 || insertUnits === 2 || insertUnits === 21
  if (!isImperial || !entities.some(entity => Math.abs(numberOf(entity, 20) ?? 0) > MAP_COORDINATE)) return metres
  log.add('unit_suspect', 'warning', name, { insunits: insertUnits, read: 'm' })
  return 1
}

function readEntities(text: string, limits: ImportLimits, job: JobControl): { entities: Entity[]; insertUnits: number } {
  const entities: Entity[] = []
  let groups: [number, string][] | null = null
  let [section, variable, insertUnits, lines, at, ended] = ['', '', 0, 0, 0, false]
  const nextLine = (): string | null => {
    if (at >= text.length) return null
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    at = end < 0 ? text.length : end + 1
    return line.trim()
  }
  for (;;) {
    const codeText = nextLine()
    if (codeText === null) break
    const value = nextLine()
    const code = Number(codeText)
    if (codeText === '' && value === null) break
    if (value === null || !Number.isInteger(code) || codeText === '') throw new SourceRefused('schema_invalid', { problem: lines === 0 ? 'not_dxf' : 'dxf_group', line: 2 * lines + 1 })
    if (++lines % PROGRESS_EVERY === 0) {
      job.progress(at / text.length, 'import:stage.reading')
      job.throwIfCancelled()
    }
    if (code === 9) variable = value
    if (code === 70 && variable === '$INSUNITS') insertUnits = Number(value) || 0
    if (code === 0) {
      groups = null
      variable = ''
      if (value === 'EOF') {
        ended = true
        break
      }
      if (value === 'SECTION' || value === 'ENDSEC') section = ''
      else if (section === 'ENTITIES') {
        if (entities.length >= limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
        groups = []
        entities.push({ type: value, groups })
      }
    } else if (code === 2 && section === '' && groups === null) section = value
    else groups?.push([code, value])
  }
  if (lines === 0) throw new SourceRefused('schema_invalid', { problem: 'empty' })
  if (!ended) throw new SourceRefused('schema_invalid', { problem: 'truncated' })
  return { entities, insertUnits }
}

const textOf = ({ groups }: Entity, code: number): string | undefined => groups.find(group => group[0] === code)?.[1]
/** Extended data under our name: `key=JSON`, one text each (`writeDxf`). */
function ownProperties({ groups }: Entity): Record<string, AttributeValue> {
  const start = groups.findIndex(([code, value]) => code === 1001 && value === 'UNDERPLAN')
  if (start < 0) return {}
  const end = groups.findIndex(([code], i) => i > start && code !== 1000)
  const entries = groups.slice(start + 1, end < 0 ? undefined : end).flatMap(([, text]): [string, AttributeValue][] => {
    const equals = text.indexOf('=')
    const value = equals < 1 ? undefined : plainValue(text.slice(equals + 1))
    return value === undefined || text.startsWith('__proto__') ? [] : [[text.slice(0, equals), value]]
  })
  return Object.fromEntries(entries)
}

function plainValue(json: string): AttributeValue | undefined {
  try {
    const value = JSON.parse(json) as unknown
    return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
  } catch {
    return undefined
  }
}

const numberOf = (entity: Entity, code: number): number | null => {
  const value = Number(textOf(entity, code) ?? NaN)
  return Number.isFinite(value) ? value : null
}

type Shape = { readonly geometry: 'line' | 'point'; readonly positions: number[][] }

/** @returns null where a coordinate is missing. */
function shapeOf(entity: Entity, vertices: readonly Entity[], metres: number): Shape | 'unsupported' | null {
  const position = (source: Entity, offset = 0): number[] | null => {
    const [x, y, z] = [numberOf(source, 10 + offset), numberOf(source, 20 + offset), numberOf(source, 30 + offset)]
    return x === null || y === null ? null : [x, y, z ?? 0].map(value => value * metres)
  }
  const line = (positions: readonly (number[] | null)[], isClosed: boolean): Shape | null => {
    const known = positions.filter(place => place !== null)
    if (known.length < positions.length || known.length < 2) return null
    return { geometry: 'line', positions: isClosed ? [...known, known[0]!] : known }
  }
  const flags = numberOf(entity, 70) ?? 0
  switch (entity.type) {
    case 'LINE': return line([position(entity), position(entity, 1)], false)
    case 'POINT':
    case 'INSERT': {
      const at = position(entity)
      return at && { geometry: 'point', positions: [at] }
    }
    case 'POLYLINE': {
      if (flags & POLYLINE_MESH) return 'unsupported'
      const level = numberOf(entity, 30) ?? 0
      const positions = vertices.map(vertex => position(vertex)).map(place => (place && !(flags & POLYLINE_3D) ? [place[0]!, place[1]!, level * metres] : place))
      return line(positions, (flags & 1) !== 0)
    }
    case 'LWPOLYLINE': {
      const level = (numberOf(entity, 38) ?? 0) * metres
      const positions: number[][] = []
      for (const [code, value] of entity.groups) {
        if (code === 10) positions.push([Number(value) * metres, NaN, level])
        else if (code === 20 && positions.length > 0) positions.at(-1)![1] = Number(value) * metres
      }
      return positions.some(place => !place.every(Number.isFinite)) ? null : line(positions, (flags & 1) !== 0)
    }
    default: return 'unsupported'
  }
}

/** True for the first groups of a DXF. */
export const isDxf = (bytes: Uint8Array): boolean => /^\s*(999\s+[^\n]*\s+)*0\s+SECTION\b/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 400))) || new TextDecoder('latin1').decode(bytes.subarray(0, 18)) === 'AutoCAD Binary DXF'
