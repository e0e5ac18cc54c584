import { z } from 'zod'
import { unattendedJob, type JobControl } from '../../core/job.ts'
import { buildBoxGrid, queryBoxGrid } from '../../geometry/box-grid.ts'
import { ASSUMED, type AssetRecord } from '../../twin/asset.ts'
import { axisDistance, type AxisDistance } from './axis-distance.ts'
import { linePieces } from './line-pieces.ts'
import { boxAround, OUTSIDE_SCOPE, surveyScope, type OutsideScope } from './survey-scope.ts'
import { changedFields, SURVEY_FIELDS, updatedAsset } from './updated-asset.ts'

/** How a newer survey stands to what is known: what it adds, misses, has elsewhere, says otherwise, or confirms. */
export const SURVEY_GROUPS = ['new', 'gone', 'moved', 'changed', 'same'] as const
export type SurveyGroup = (typeof SURVEY_GROUPS)[number]

export const surveyOptionsSchema = z.strictObject({
  /** Moves up to these are the survey's own inaccuracy. Metres. */
  planToleranceM: z.number().min(0).max(100), levelToleranceM: z.number().min(0).max(100),
  /** Lines of one kind as near as this in plan are one and the same, whatever they are called. Metres. */
  searchM: z.number().positive().max(100),
})
export type SurveyOptions = z.infer<typeof surveyOptionsSchema>
export const USUAL_SURVEY_OPTIONS: SurveyOptions = { planToleranceM: 0.05, levelToleranceM: 0.05, searchM: 1 }

/** One difference between the survey and what is known. */
export const surveyEntrySchema = z.strictObject({
  group: z.enum(SURVEY_GROUPS),
  /** Id of what is known; null for what is new. */
  id: z.string().nullable(),
  /** Place in the survey; null for what it misses. */
  survey: z.int().nullable(),
  matchedBy: z.enum(['id', 'place']).nullable(),
  planM: z.number().nullable(), levelM: z.number().nullable(),
  fields: z.array(z.enum(SURVEY_FIELDS)),
  /** Of what is gone: why the survey may not have gone over it at all; absent where it did. */
  outside: z.enum(OUTSIDE_SCOPE).optional(),
  /** Of what is new in an update of the twin: the known line it is a piece of, which all its pieces together cover. */
  pieceOf: z.string().optional(),
  /** Of what is gone: in how many pieces the survey has it, all of them new. */
  pieces: z.int().optional(),
})
export type SurveyEntry = z.infer<typeof surveyEntrySchema>

interface SurveyComparison {
  /** By group, then id. */
  readonly entries: readonly SurveyEntry[]
}

/** What a survey is held against: the twin, of which it may show a part; or a scheme, all of which it should show. */
type SurveySubject = 'twin' | 'scheme'

/** One id in two surveys is one line only where the two lie as near as this: numbers begin anew in many surveys. Metres. */
const SAME_ID_WITHIN_M = 50
const EVERY = 512

/**
 * Compares a newer survey with what is known of the place.
 * @param known In the same CRS as the survey, metres. Those outside the survey's outline, or of kinds it has none of, are never called gone; those it may
 * not have gone over (`surveyScope`) are told apart.
 * @throws CancelledError
 */
export function compareSurvey(known: readonly AssetRecord[], survey: readonly AssetRecord[], options: SurveyOptions, subject: SurveySubject = 'twin', job: JobControl = unattendedJob): SurveyComparison {
  const matches = matched(known, survey, options, job)
  // A scheme is taken over as it was measured, in pieces if that is how; a line of the twin would be lost for one of its pieces.
  const whole = new Set([...matches.values()].map(match => match.known))
  const pieces = linePieces(known, survey, i => !matches.has(i), k => !whole.has(k), options.searchM)
  if (subject === 'scheme') for (const piece of pieces) matches.set(piece.survey, { known: piece.known, by: 'place', distance: piece.distance })
  const pieceOf = new Map(pieces.map(piece => [piece.survey, known[piece.known]!.id]))
  const pieceCount = new Map([...Map.groupBy(pieces, piece => piece.known)].map(([k, list]) => [k, list.length]))
  const entries: SurveyEntry[] = []
  survey.forEach((fresh, i) => {
    const match = matches.get(i)
    if (!match) return void entries.push({ group: 'new', id: null, survey: i, matchedBy: null, planM: null, levelM: null, fields: [], ...(pieceOf.has(i) && { pieceOf: pieceOf.get(i)! }) })
    const old = known[match.known]!
    // A level that was assumed from what lay about says nothing about where the line is.
    const saysLevel = (fresh.assumed & (ASSUMED.level | ASSUMED.ground)) === 0
    const isMoved = match.distance.planM > options.planToleranceM || (saysLevel && match.distance.levelM > options.levelToleranceM)
    const updated = updatedAsset(old, fresh, isMoved)
    const fields = changedFields(old, updated).filter(field => subject === 'twin' || isAgainstDesign(field, old, updated))
    entries.push({ group: isMoved ? 'moved' : fields.length > 0 ? 'changed' : 'same', id: old.id, survey: i, matchedBy: match.by, planM: match.distance.planM, levelM: saysLevel ? match.distance.levelM : null, fields: [...fields] })
  })
  const isMatched = new Set([...matches.values()].map(match => match.known))
  for (const { k, outside } of missed(known, survey, isMatched, subject)) entries.push({ group: 'gone', id: known[k]!.id, survey: null, matchedBy: null, planM: null, levelM: null, fields: [], ...(outside && { outside }), ...(pieceCount.has(k) && { pieces: pieceCount.get(k)! }) })
  const name = (entry: SurveyEntry) => entry.id ?? survey[entry.survey!]!.id
  return { entries: entries.sort((a, b) => SURVEY_GROUPS.indexOf(a.group) - SURVEY_GROUPS.indexOf(b.group) || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0)) }
}

/** Whether a change contradicts a design: what a survey adds that the design leaves open does not, nor what the surveyor calls the line. */
function isAgainstDesign(field: SurveyEntry['fields'][number], designed: AssetRecord, built: AssetRecord): boolean {
  switch (field) {
    case 'accuracy': return false
    case 'owner': return designed.owner !== ''
    case 'laying': case 'pressureClass': case 'voltageKv': return designed[field] !== undefined
    case 'attributes': return Object.keys(designed.attributes).some(name => name !== 'name' && designed.attributes[name] !== built.attributes[name])
    default: return true
  }
}

interface Match {
  readonly known: number
  readonly by: 'id' | 'place'
  readonly distance: AxisDistance
}

/** Which known line each surveyed one is: by id where both lie near each other, else the nearest of its kind; each at most once. */
function matched(known: readonly AssetRecord[], survey: readonly AssetRecord[], { searchM }: SurveyOptions, job: JobControl): Map<number, Match> {
  const index = new Map(known.map((asset, i) => [asset.id, i]))
  const matches = new Map<number, Match>()
  const taken = new Set<number>()
  survey.forEach((fresh, i) => {
    const k = index.get(fresh.id)
    if (k === undefined || taken.has(k)) return
    const distance = axisDistance(known[k]!.axis, fresh.axis)
    if (distance.planM > SAME_ID_WITHIN_M) return
    matches.set(i, { known: k, by: 'id', distance })
    taken.add(k)
  })
  const grid = buildBoxGrid(Float64Array.from(known.flatMap(({ axis }) => boxAround(axis, 0))))
  const pairs: { readonly i: number; readonly k: number; readonly distance: AxisDistance }[] = []
  survey.forEach((fresh, i) => {
    if (i % EVERY === 0) {
      job.progress(i / Math.max(1, survey.length), 'ledger:stage.matching')
      job.throwIfCancelled()
    }
    if (matches.has(i)) return
    const [x0, y0, x1, y1] = boxAround(fresh.axis, searchM)
    for (const k of queryBoxGrid(grid, x0, y0, x1, y1)) {
      if (taken.has(k) || known[k]!.kind !== fresh.kind) continue
      const distance = axisDistance(known[k]!.axis, fresh.axis)
      if (distance.planM <= searchM) pairs.push({ i, k, distance })
    }
  })
  pairs.sort((a, b) => a.distance.planM - b.distance.planM || a.distance.levelM - b.distance.levelM || a.i - b.i || a.k - b.k)
  for (const { i, k, distance } of pairs) {
    if (matches.has(i) || taken.has(k)) continue
    matches.set(i, { known: k, by: 'place', distance })
    taken.add(k)
  }
  return matches
}

/** Known lines a survey should have met and did not, or may not have gone over. */
function missed(known: readonly AssetRecord[], survey: readonly AssetRecord[], isMatched: ReadonlySet<number>, subject: SurveySubject): { readonly k: number; readonly outside: OutsideScope | null }[] {
  if (subject === 'scheme') return known.flatMap((_, k) => (isMatched.has(k) ? [] : [{ k, outside: null }]))
  const outsideOf = surveyScope(survey)
  return known.flatMap((asset, k) => {
    const outside = isMatched.has(k) ? undefined : outsideOf(asset)
    return outside === undefined ? [] : [{ k, outside }]
  })
}
