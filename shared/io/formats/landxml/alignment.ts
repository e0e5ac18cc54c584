import type { IssueLog } from '../../issue-log.ts'
import { childOf, childText, numberOr, numbersIn, type XmlNode } from '../../xml/read-xml.ts'

/** A polyline keeps this close to the arc or spiral it stands for, metres. */
const CHORD_ERROR_M = 0.005
/** One piece becomes no more chords than this, whatever its radius says. */
const MOST_CHORDS = 720
/** Ends of pieces and computed ends of curves that are further apart than this do not meet, metres. */
const MISCLOSURE_M = 0.1

type Plan = readonly [number, number]

interface Alignment {
  readonly name: string
  /** Easting and northing in the document's linear unit. */
  readonly points: readonly Plan[]
}

/**
 * The plan line of an `Alignment`: straight pieces, arcs and spirals one after the other, curves as chords. A piece that
 * does not fit its own figures is drawn straight from end to end, and told; what has no ends at all is left out, and told.
 * Levels (`Profile`) are not read: the line lies on the ground.
 * @param unitM metres of the document's linear unit.
 */
export function readAlignment(node: XmlNode, unitM: number, ref: string, log: IssueLog): Alignment | null {
  const name = node.attributes['name'] ?? ''
  const told = `${name} (${ref})`
  const points: Plan[] = []
  for (const piece of childOf(node, 'CoordGeom')?.children ?? []) {
    const ends = piece.name === 'IrregularLine' ? listOf(piece) : endsOf(piece)
    if (!ends) {
      if (PIECES.has(piece.name)) log.add('geometry_null', 'warning', told, { type: piece.name })
      continue
    }
    const [start, end] = [ends[0]!, ends.at(-1)!]
    const curve = piece.name === 'Curve' ? arc(piece, start, end, unitM) : piece.name === 'Spiral' ? spiral(piece, start, end, unitM) : ends
    if (!curve) log.add('geometry_mismatch', 'warning', told, { type: piece.name })
    const last = points.at(-1)
    if (last && apart(last, start) * unitM > MISCLOSURE_M) log.add('geometry_mismatch', 'warning', told, { gapM: Math.round(apart(last, start) * unitM * 1000) / 1000 })
    for (const point of curve ?? [start, end]) if (points.length === 0 || apart(points.at(-1)!, point) * unitM > 1e-4) points.push(point)
  }
  if (points.length >= 2) return { name, points }
  log.add('geometry_null', 'warning', told)
  return null
}

const PIECES: ReadonlySet<string> = new Set(['Line', 'Curve', 'Spiral', 'IrregularLine'])

function endsOf(piece: XmlNode): Plan[] | null {
  const [start, end] = [placeOf(piece, 'Start'), placeOf(piece, 'End')]
  return start && end ? [start, end] : null
}

/** `PntList2D` and `PntList3D`; the ends where there is neither. */
function listOf(piece: XmlNode): Plan[] | null {
  for (const [name, width] of [['PntList2D', 2], ['PntList3D', 3]] as const) {
    const numbers = numbersIn(childText(piece, name)) ?? []
    const points = Array.from({ length: Math.floor(numbers.length / width) }, (_, i): Plan => [numbers[width * i + 1]!, numbers[width * i]!])
    if (points.length >= 2) return points
  }
  return endsOf(piece)
}

/** Northing stands first. */
function placeOf(piece: XmlNode, name: string): Plan | null {
  const [north, east] = numbersIn(childText(piece, name)) ?? []
  return north === undefined || east === undefined ? null : [east, north]
}

/** A circular arc about its centre, turning as `rot` says; null where the ends do not lie on one circle. */
function arc(piece: XmlNode, start: Plan, end: Plan, unitM: number): Plan[] | null {
  const centre = placeOf(piece, 'Center')
  const turn = turnOf(piece)
  if (!centre || turn === 0) return null
  const radius = apart(start, centre)
  if (radius === 0 || Math.abs(radius - apart(end, centre)) * unitM > MISCLOSURE_M) return null
  const from = Math.atan2(start[1] - centre[1], start[0] - centre[0])
  const to = Math.atan2(end[1] - centre[1], end[0] - centre[0])
  const full = 2 * Math.PI
  const sweep = turn * ((((to - from) * turn) % full + full) % full)
  const step = 2 * Math.acos(Math.max(-1, 1 - CHORD_ERROR_M / (radius * unitM)))
  const chords = chordCount(Math.abs(sweep) / step)
  const middle = Array.from({ length: chords - 1 }, (_, k): Plan => {
    const angle = from + (sweep * (k + 1)) / chords
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)]
  })
  return [start, ...middle, end]
}

/**
 * A clothoid: curvature goes evenly from that of `radiusStart` to that of `radiusEnd`, from the start towards `PI`.
 * Null where that does not end at the end.
 */
function spiral(piece: XmlNode, start: Plan, end: Plan, unitM: number): Plan[] | null {
  const aim = placeOf(piece, 'PI')
  const length = numberOr(piece.attributes['length'])
  const turn = turnOf(piece)
  if (!aim || length === null || !(length > 0) || turn === 0 || apart(start, aim) === 0) return null
  const [fromCurvature, toCurvature] = [curvatureOf(piece, 'radiusStart'), curvatureOf(piece, 'radiusEnd')]
  if (fromCurvature === null || toCurvature === null) return null
  const sharpest = Math.max(fromCurvature, toCurvature)
  const chords = chordCount(length / Math.sqrt((8 * CHORD_ERROR_M) / unitM / Math.max(sharpest, 1e-9)))
  const heading = Math.atan2(aim[1] - start[1], aim[0] - start[0])
  const headingAt = (s: number): number => heading + turn * (fromCurvature * s + ((toCurvature - fromCurvature) * s * s) / (2 * length))
  const points: Plan[] = [start]
  let [east, north] = start
  for (let k = 0; k < chords; k++) {
    const [s0, s1] = [(length * k) / chords, (length * (k + 1)) / chords]
    const [a, b, c] = [headingAt(s0), headingAt((s0 + s1) / 2), headingAt(s1)]
    // Simpson's rule: far below the chord error at this step.
    east += ((s1 - s0) / 6) * (Math.cos(a) + 4 * Math.cos(b) + Math.cos(c))
    north += ((s1 - s0) / 6) * (Math.sin(a) + 4 * Math.sin(b) + Math.sin(c))
    points.push([east, north])
  }
  if (apart([east, north], end) * unitM > MISCLOSURE_M) return null
  // What rounding left between the computed end and the stated one is spread along.
  const [restEast, restNorth] = [end[0] - east, end[1] - north]
  return points.map(([x, y], k): Plan => [x + (restEast * k) / chords, y + (restNorth * k) / chords])
}

/** 1 to the left, −1 to the right, 0 where it does not say. */
function turnOf({ attributes }: XmlNode): -1 | 0 | 1 {
  return attributes['rot'] === 'ccw' ? 1 : attributes['rot'] === 'cw' ? -1 : 0
}

/** A straight piece has the radius `INF`. */
function curvatureOf({ attributes }: XmlNode, name: string): number | null {
  if (/^inf/i.test(attributes[name] ?? '')) return 0
  const radius = numberOr(attributes[name])
  return radius !== null && radius > 0 ? 1 / radius : null
}

const chordCount = (wanted: number): number => Math.min(MOST_CHORDS, Math.max(1, Math.ceil(wanted)))
const apart = (a: Plan, b: Plan): number => Math.hypot(a[0] - b[0], a[1] - b[1])
