import type { TFunction } from 'i18next'
import { OUTLINE_PROBLEMS } from '#shared/geometry/plan-outline.ts'
import { EXCAVATION_REJECTION_CODES } from '#shared/excavation/rejection.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import type { DigRefusal } from '../../state/scheme/excavation-store.ts'

/** Why there is no cut, in a sentence; levels in the project's datum. */
export function refusalText({ code, details }: DigRefusal, t: TFunction): string {
  const originZ = projectStore.getState().info?.origin[2] ?? 0
  const shown = Object.fromEntries(Object.entries(details).map(([name, value]) => [
    name, typeof value !== 'number' ? value : Math.round((name === 'level' || name === 'ground' ? value + originZ : value) * 100) / 100,
  ]))
  // What the command line says of its options is no help here.
  if (code.startsWith('bore_') || code === 'no_ground') return t(`excavation:refusal.${code}`, shown)
  const isEngines = EXCAVATION_REJECTION_CODES.some(known => known === code)
  // An outline is refused by both; the engine's words need no id, which a draft does not have.
  return isEngines || OUTLINE_PROBLEMS.some(known => known === code) ? t(`cli-excavate:rejection.${code}`, shown) : t(`scenario:rejection.${code}`, shown)
}
