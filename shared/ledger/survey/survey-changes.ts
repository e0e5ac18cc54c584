import type { ScenarioDocument, Proposal } from '../../scenario/document.ts'
import type { AssetRecord } from '../../twin/asset.ts'
import type { TwinChange } from '../twin-edit.ts'
import type { SurveyEntry } from './compare-survey.ts'
import { updatedAsset } from './updated-asset.ts'

/** Ids that are taken, and the first free one like a given one. */
const freeId = (isTaken: (id: string) => boolean) => {
  const used = new Set<string>()
  return (wanted: string): string => {
    let id = wanted
    for (let n = 2; used.has(id) || isTaken(id); n++) id = `${wanted}~${n}`
    used.add(id)
    return id
  }
}

interface Twin {
  assetNamed(id: string): AssetRecord | null
}

/** The changes of the twin that taking these entries of a survey makes. */
export function* surveyChanges(entries: readonly SurveyEntry[], survey: readonly AssetRecord[], twin: Twin): Generator<TwinChange> {
  const free = freeId(id => twin.assetNamed(id) !== null)
  for (const { group, id, survey: at } of entries) {
    if (group === 'gone') yield { table: 'assets', id: id!, after: null }
    else if (group === 'new') {
      const fresh = survey[at!]!
      const newId = free(fresh.id)
      yield { table: 'assets', id: newId, after: { ...fresh, id: newId } }
    } else {
      const known = twin.assetNamed(id!)
      if (known) yield { table: 'assets', id: id!, after: updatedAsset(known, survey[at!]!, group === 'moved') }
    }
  }
}

/** A proposal as the line it will be. What nobody measured has no accuracy. */
export const designedAsset = ({ id, name, kind, owner, section, axis, laying, pressureClass, voltageKv, material }: Proposal): AssetRecord => ({
  id, kind, owner, section, axis, status: 'in_use', assumed: 0, attributes: { ...(name !== '' && { name }), ...(material !== undefined && { material }) },
  ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
})

const millimetres = (m: number): number => Math.round(m * 1000) / 1000

/**
 * The changes of the twin that a built scheme makes: its lines as surveyed (or as designed, where no survey shows them and
 * that is taken all the same), what it takes out of the ground gone.
 */
export function* asBuiltChanges(entries: readonly SurveyEntry[], survey: readonly AssetRecord[], scheme: ScenarioDocument, twin: Twin): Generator<TwinChange> {
  // The scheme keeps its own names: a line of the twin of the same name would be taken for the proposal.
  const free = freeId(id => twin.assetNamed(id) !== null || Object.hasOwn(scheme.proposals, id))
  for (const { group, id, survey: at, planM, levelM } of entries) {
    const proposal = id === null ? undefined : scheme.proposals[id]
    if (id !== null && !proposal) continue
    const designed = proposal && designedAsset(proposal)
    const built = at === null ? designed! : designed ? updatedAsset(designed, survey[at]!, true) : survey[at]!
    const newId = free(at === null ? built.id : survey[at]!.id)
    const origin = {
      scheme: scheme.name, ...(id !== null && { proposal: proposal?.name || id }), ...(group === 'gone' && { asBuilt: 'designed' }),
      ...(planM !== null && { deviationPlanM: millimetres(planM) }), ...(levelM !== null && { deviationLevelM: millimetres(levelM) }),
    }
    yield { table: 'assets', id: newId, after: { ...built, id: newId, status: 'in_use', attributes: { ...built.attributes, ...origin } } }
  }
  const taken = new Set(entries.flatMap(({ id }) => (id === null ? [] : [id])))
  const replaced = Object.values(scheme.proposals).flatMap(({ id, replaces }) => (taken.has(id) ? (replaces ?? []) : []))
  for (const id of new Set([...Object.keys(scheme.removals), ...replaced])) if (twin.assetNamed(id)) yield { table: 'assets', id, after: null }
}
