import { ASSUMED, type AssetRecord, type Attributes, type Vec3 } from '../../twin/asset.ts'
import { isSameSection } from '../asset-fields.ts'

/** What a survey may say otherwise of a line. `attributes` stands for everything the source said beside. */
export const SURVEY_FIELDS = ['kind', 'owner', 'size', 'status', 'laying', 'pressureClass', 'voltageKv', 'accuracy', 'attributes'] as const
type SurveyField = (typeof SURVEY_FIELDS)[number]

/**
 * A known line as the survey has it. What the survey does not know stays as it was: an assumed size or level never takes
 * the place of a known one, an empty field never that of a filled one. The id stays.
 * @param isMoved The survey's geometry counts.
 */
export function updatedAsset(known: AssetRecord, survey: AssetRecord, isMoved: boolean): AssetRecord {
  const isLess = (flag: number) => (survey.assumed & flag) !== 0 && (known.assumed & flag) === 0
  const keepsLevels = isLess(ASSUMED.level) || isLess(ASSUMED.ground)
  const keepsSize = isLess(ASSUMED.size) || isLess(ASSUMED.wall)
  const keepsKind = survey.kind === 'unknown' || isLess(ASSUMED.kind)
  const bits = (takes: boolean, flags: number) => (takes ? survey.assumed : known.assumed) & flags
  return {
    ...known,
    ...defined({
      laying: survey.laying, pressureClass: survey.pressureClass, voltageKv: survey.voltageKv,
      // How well a line is placed goes with whose place it is, or with a survey that confirms it.
      accuracyPlanM: survey.accuracyPlanM, ...(!keepsLevels && { accuracyLevelM: survey.accuracyLevelM }),
    }),
    kind: keepsKind ? known.kind : survey.kind,
    owner: survey.owner.trim() === '' ? known.owner : survey.owner,
    section: keepsSize || isSameSection(known.section, survey.section) ? known.section : survey.section,
    status: survey.status,
    axis: !isMoved ? known.axis : keepsLevels ? withLevelsOf(known.axis, survey.axis) : survey.axis,
    assumed: bits(!keepsKind, ASSUMED.kind) | bits(!keepsSize, ASSUMED.size | ASSUMED.wall) | bits(!keepsLevels, ASSUMED.level | ASSUMED.ground),
    attributes: joined(known.attributes, survey.attributes),
  }
}

/** A line's new place in plan with the levels it had: those at the same share of its length in plan. */
function withLevelsOf(known: readonly Vec3[], plan: readonly Vec3[]): readonly Vec3[] {
  const [first, last] = [plan[0]!, plan.at(-1)!]
  const apart = (a: Vec3, b: Vec3) => Math.hypot(a[0] - b[0], a[1] - b[1])
  const isTurned = apart(first, known.at(-1)!) + apart(last, known[0]!) < apart(first, known[0]!) + apart(last, known.at(-1)!)
  const from = isTurned ? known.toReversed() : known
  const [old, fresh] = [shares(from), shares(plan)]
  return plan.map(([x, y], i): Vec3 => {
    const at = Math.max(1, old.findIndex((share, k) => k > 0 && share >= fresh[i]!))
    const span = old[at]! - old[at - 1]!
    const t = span === 0 ? 0 : (fresh[i]! - old[at - 1]!) / span
    return [x, y, from[at - 1]![2] + t * (from[at]![2] - from[at - 1]![2])]
  })
}

/** Share of the length in plan at each vertex, 0 … 1. */
function shares(axis: readonly Vec3[]): number[] {
  let walked = 0
  const lengths = axis.map((point, i) => (walked += i === 0 ? 0 : Math.hypot(point[0] - axis[i - 1]![0], point[1] - axis[i - 1]![1])))
  return lengths.map((length, i) => (i === lengths.length - 1 ? 1 : walked === 0 ? 0 : length / walked))
}

export function changedFields(a: AssetRecord, b: AssetRecord): readonly SurveyField[] {
  const differs: Readonly<Record<SurveyField, boolean>> = {
    kind: a.kind !== b.kind, owner: a.owner !== b.owner, size: !isSameSection(a.section, b.section), status: a.status !== b.status, laying: a.laying !== b.laying,
    pressureClass: a.pressureClass !== b.pressureClass, voltageKv: a.voltageKv !== b.voltageKv, accuracy: a.accuracyPlanM !== b.accuracyPlanM || a.accuracyLevelM !== b.accuracyLevelM,
    attributes: a.attributes !== b.attributes,
  }
  return SURVEY_FIELDS.filter(field => differs[field])
}

/** The same object where the survey says nothing new. */
function joined(known: Attributes, survey: Attributes): Attributes {
  const news = Object.entries(survey).filter(([name, value]) => value !== null && value !== '' && known[name] !== value)
  return news.length === 0 ? known : { ...known, ...Object.fromEntries(news) }
}

const defined = <T extends object>(fields: T): Partial<T> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
