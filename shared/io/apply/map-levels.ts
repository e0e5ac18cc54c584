import { ASSUMED, type Attributes, type Vec3 } from '../../twin/asset.ts'
import type { GroundSampler } from '../../twin/ground.ts'
import type { IssueLog } from '../issue-log.ts'
import type { LayerMapping } from '../mapping.ts'
import { METRES_PER } from '../length-units.ts'
import { metresOf } from './field-values.ts'
import type { MappedSection } from './map-section.ts'

type LevelMapping = LayerMapping['level']
type Position = readonly number[]

/** Where ground levels come from, best first: the surface, the ends' own fields, what the import knows nearby. */
export interface GroundSources {
  readonly surface: GroundSampler | null
  readonly nearby: (x: number, y: number) => number | null
}

/** A value that varies along the line; `u` is 0 at its start, 1 at its end. */
type Profile = (u: number, x: number, y: number) => number

/**
 * Axis of a line whose plan is in the project CRS.
 * @param chains positions [x, y, z?] of the line's stretches, in order.
 * @returns the axes and the ASSUMED flags; null where no level can be had and the mapping forbids assuming one.
 */
export function mapLevels(
  chains: readonly (readonly Position[])[], properties: Attributes, section: MappedSection, mapping: LevelMapping, ground: GroundSources, ref: string, log: IssueLog,
): { axes: Vec3[][]; assumed: number } | null {
  const surveyed = surveyedAxis(chains, properties, section, mapping, ground, ref, log)
  if (surveyed) return surveyed
  const coverM = mapping.fallbackCoverM
  if (coverM === null) {
    if (mapping.source === 'cover') log.add('level_missing', 'error', ref)
    return null
  }
  const surface = groundProfile(chains, properties, mapping, ground)
  log.add('cover_assumed', surface.assumed === 0 ? 'info' : 'warning', ref, { coverM, ground: surface.from })
  const downM = coverM + section.axisToCrownM
  return { axes: along(chains, (u, x, y) => surface.levelAt(u, x, y) - downM), assumed: ASSUMED.level | surface.assumed }
}

/** The axis as the source gives it, or null (told) where its levels are missing or stand for unknown. */
function surveyedAxis(
  chains: readonly (readonly Position[])[], properties: Attributes, section: MappedSection, mapping: LevelMapping, ground: GroundSources, ref: string, log: IssueLog,
): { axes: Vec3[][]; assumed: number } | null {
  if (mapping.source === 'cover') return null
  const given = mapping.source === 'geometry' ? geometryLevels(chains, mapping, ref, log) : fieldLevels(properties, mapping, ref, log)
  if (!given) return null
  if (!isDepth(mapping)) {
    const toAxisM = mapping.reference === 'crown' ? -section.axisToCrownM : mapping.reference === 'invert' ? section.axisToInvertM : 0
    return { axes: along(chains, (u, _x, _y, z) => given.at(u, z) + toAxisM), assumed: given.assumed }
  }
  const surface = groundProfile(chains, properties, mapping, ground)
  if (surface.assumed !== 0) log.add('surface_assumed', 'warning', ref, { ground: surface.from })
  const toAxisM = mapping.reference === 'depth_to_crown' ? -section.axisToCrownM : mapping.reference === 'depth_to_invert' ? section.axisToInvertM : 0
  return { axes: along(chains, (u, x, y, z) => surface.levelAt(u, x, y) - given.at(u, z) + toAxisM), assumed: given.assumed | surface.assumed }
}

const isDepth = (mapping: LevelMapping): boolean => mapping.reference.startsWith('depth_')

interface GivenLevels {
  /** Level or depth at u of the line, given the vertex's own z. */
  readonly at: (u: number, z: number) => number
  readonly assumed: number
}

function geometryLevels(chains: readonly (readonly Position[])[], mapping: LevelMapping, ref: string, log: IssueLog): GivenLevels | null {
  const levels = chains.flatMap(chain => chain.map(position => position[2]))
  if (levels.some(z => z === undefined)) {
    log.add('level_missing', 'warning', ref)
    return null
  }
  if (mapping.zeroIsUnknown && levels.every(z => z === 0)) {
    log.add('level_zero_unknown', 'warning', ref)
    return null
  }
  const scale = METRES_PER[mapping.unit]
  return { at: (_u, z) => z * scale, assumed: 0 }
}

function fieldLevels(properties: Attributes, mapping: LevelMapping, ref: string, log: IssueLog): GivenLevels | null {
  let zeros = 0
  const read = (field: string | null): number | null => {
    const value = metresOf(properties, field, mapping.unit)
    if (value !== 0 || !mapping.zeroIsUnknown) return value
    zeros++
    return null
  }
  const start = read(mapping.startField)
  // One field for the whole line is no assumption; a second one left empty is.
  const end = mapping.endField === null ? start : read(mapping.endField)
  if (zeros > 0) log.add('level_zero_unknown', 'warning', ref, { field: mapping.startField ?? mapping.endField ?? '' })
  if (start === null && end === null) {
    if (zeros === 0) log.add('level_missing', 'warning', ref)
    return null
  }
  if (start !== null && end !== null) return { at: u => start + u * (end - start), assumed: 0 }
  const one = (start ?? end)!
  log.add('level_assumed', 'warning', ref, { known: start === null ? 'end' : 'start' })
  return { at: () => one, assumed: ASSUMED.level }
}

interface GroundProfile {
  readonly levelAt: Profile
  readonly from: 'surface' | 'ends' | 'nearby' | 'zero'
  readonly assumed: number
}

function groundProfile(chains: readonly (readonly Position[])[], properties: Attributes, mapping: LevelMapping, ground: GroundSources): GroundProfile {
  const { start, end } = endGrounds(properties, mapping)
  if (ground.surface && chains.every(chain => chain.every(([x, y]) => ground.surface!(x!, y!) !== null)) && start === null && end === null) {
    return { levelAt: (_u, x, y) => ground.surface!(x, y)!, from: 'surface', assumed: 0 }
  }
  if (start !== null && end !== null) return { levelAt: u => start + u * (end - start), from: 'ends', assumed: 0 }
  const sample = (x: number, y: number) => ground.surface?.(x, y) ?? ground.nearby(x, y)
  if (start !== null || end !== null) return { levelAt: () => (start ?? end)!, from: 'ends', assumed: ASSUMED.ground }
  if (chains.some(chain => chain.some(([x, y]) => sample(x!, y!) !== null))) {
    // Where part of a line is out of reach, the level of the nearest vertex in reach holds.
    let last = chains.flatMap(chain => chain.map(([x, y]) => sample(x!, y!))).find(z => z !== null)!
    return { levelAt: (_u, x, y) => (last = sample(x, y) ?? last), from: 'nearby', assumed: ASSUMED.ground }
  }
  return { levelAt: () => 0, from: 'zero', assumed: ASSUMED.ground }
}

/** Ground levels a feature states for its ends, metres; zero stands for unknown where the mapping says so. */
export function endGrounds(properties: Attributes, mapping: LevelMapping): { start: number | null; end: number | null } {
  const read = (field: string | null): number | null => {
    const value = metresOf(properties, field, mapping.unit)
    return value === 0 && mapping.zeroIsUnknown ? null : value
  }
  const start = read(mapping.groundStartField)
  return { start, end: mapping.groundEndField === null ? start : read(mapping.groundEndField) }
}

/** Axes whose level is a function of the share of the plan length walked, and of place. */
function along(chains: readonly (readonly Position[])[], levelAt: (u: number, x: number, y: number, z: number) => number): Vec3[][] {
  const totalM = chains.reduce((sum, chain) => sum + chain.reduce((length, position, i) => length + (i === 0 ? 0 : planDistance(chain[i - 1]!, position)), 0), 0)
  let walkedM = 0
  return chains.map(chain =>
    chain.map((position, i): Vec3 => {
      if (i > 0) walkedM += planDistance(chain[i - 1]!, position)
      const [x, y] = [position[0]!, position[1]!]
      return [x, y, levelAt(totalM === 0 ? 0 : walkedM / totalM, x, y, position[2] ?? 0)]
    }))
}

const planDistance = (a: Position, b: Position): number => Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)
