import { GRAVITY_KINDS, type LevelReference } from '../../twin/kinds.ts'
import { ASSUMED_COVER_M } from '../assumptions.ts'
import { METRES_PER, unitOfName } from '../length-units.ts'
import type { LayerMapping } from '../mapping.ts'
import type { SourceField, SourceLayer } from '../source.ts'
import { holdsNumbers, levelRole, type LevelRole, type LineEnd } from './field-role.ts'

type LevelMapping = LayerMapping['level']

/** A field for both ends, or one per end. */
interface LevelFields {
  readonly start: SourceField
  readonly end: SourceField | null
}

/**
 * Where a layer's levels are: surveyed levels at the ends before depths below ground, both before the coordinates' z;
 * where there are none of these, an assumed cover below whatever ground is known.
 * @param lengthUnit the unit the layer's lengths were found to be in; null where they do not tell.
 */
export function proposeLevels(layer: SourceLayer, kinds: LayerMapping['kind'], lengthUnit: 'm' | 'ft' | null): LevelMapping {
  const find = (...roles: LevelRole[]) => roles.map(role => pairOf(layer.fields, role)).find(pair => pair !== null) ?? null
  const kind = kinds.fallback
  const gravity = GRAVITY_KINDS.has(kind)
  const isMixed = kinds.field !== null && new Set(Object.values(kinds.values).map(value => GRAVITY_KINDS.has(value))).size > 1
  const depths = find('cover', 'depth_invert', 'depth_axis', 'depth')
  const statedGround = find('ground')
  const plainLevels = find('level')
  // A level beside a depth, with no other ground: the level is the ground the depth hangs from. Sewers give inverts.
  const levelsAreGround = !statedGround && plainLevels !== null && depths !== null && !gravity
  // A node's one level is where it stands: the ground or its cover.
  const isNodeLevel = layer.geometry === 'point' && !statedGround
  const ground = statedGround ?? (levelsAreGround || isNodeLevel ? plainLevels : null)
  const levels = find('invert', 'crown', 'axis') ?? (ground === plainLevels ? null : plainLevels)
  const base = {
    groundStartField: ground?.start.name ?? null, groundEndField: ground?.end?.name ?? null,
    zeroIsUnknown: true, fallbackCoverM: ASSUMED_COVER_M[kind],
  }
  const chosen = levels ?? depths
  const unit = (field: SourceField) => levelUnit(field, lengthUnit)
  if (chosen) {
    const { role } = levelRole(chosen.start.name)!
    const [ofSewers, ofOthers] = [referenceOf(role, true), referenceOf(role, false)]
    return {
      ...base, source: 'fields', reference: isMixed || !gravity ? ofOthers : ofSewers, gravityReference: isMixed && ofSewers !== ofOthers ? ofSewers : null,
      startField: chosen.start.name, endField: chosen.end?.name ?? null, unit: unit(chosen.start),
      // Where levels lie on both sides of the datum, 0 is a level like any other.
      zeroIsUnknown: !((chosen.start.min ?? 0) < 0 || (chosen.end?.min ?? 0) < 0),
    }
  }
  const none = { gravityReference: null, startField: null, endField: null, unit: ground ? unit(ground.start) : (lengthUnit ?? 'm') }
  return layer.hasZ && layer.geometry !== 'point' && hasLevels(layer)
    ? { ...base, ...none, source: 'geometry', reference: 'axis' }
    : { ...base, ...none, source: 'cover', reference: 'depth_to_crown' }
}

/** Sewers are surveyed at the inside bottom, everything else at the top of the outside (CJJ 61-2017 §4.2). */
function referenceOf(role: LevelRole, gravity: boolean): LevelReference {
  switch (role) {
    case 'invert': return 'invert'
    case 'crown': return 'crown'
    case 'axis': return 'axis'
    case 'cover': return 'depth_to_crown'
    case 'depth_invert': return 'depth_to_invert'
    case 'depth_axis': return 'depth_to_axis'
    case 'depth': return gravity ? 'depth_to_invert' : 'depth_to_crown'
    default: return gravity ? 'invert' : 'crown'
  }
}

function pairOf(fields: readonly SourceField[], role: LevelRole): LevelFields | null {
  const of = (end: LineEnd) => fields.find(field => {
    const found = holdsNumbers(field) ? levelRole(field.name) : null
    return found !== null && found.role === role && found.end === end
  })
  const [start, end, both] = [of('start'), of('end'), of(null)]
  if (start && end) return { start, end }
  const one = both ?? start ?? end
  return one ? { start: one, end: null } : null
}

function levelUnit(field: SourceField, lengthUnit: 'm' | 'ft' | null): LevelMapping['unit'] {
  const named = unitOfName(field.name) ?? lengthUnit
  // No street lies beyond 9 km: figures that large are millimetres whatever the name says.
  return (field.max ?? 0) * METRES_PER[named ?? 'm'] > 9000 ? 'mm' : (named ?? 'm')
}

/** Z everywhere zero is a flat drawing, not a survey. */
const hasLevels = (layer: SourceLayer): boolean => layer.features.some(feature => feature.parts.some(part => part.some(position => position[2] !== 0)))
