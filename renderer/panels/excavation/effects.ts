import type { ExcavatedAsset } from '#shared/excavation/excavate.ts'
import type { BoredAsset } from '#shared/excavation/scheme-digs.ts'

/** What can happen to a line, heaviest first. */
export const EFFECT_NAMES = ['struck', 'exposed', 'undermined', 'envelope', 'withinSafeDig', 'settles', 'handDig'] as const
export type EffectName = (typeof EFFECT_NAMES)[number]

/** Shape and fill by weight, as for findings: octagon for harm, triangle for care. */
export const MARK_OF: Readonly<Record<EffectName, { readonly mandatory: boolean; readonly verdict: 'certain' | 'possible' | 'clear' }>> = {
  struck: { mandatory: true, verdict: 'certain' }, exposed: { mandatory: true, verdict: 'possible' }, undermined: { mandatory: false, verdict: 'certain' },
  envelope: { mandatory: true, verdict: 'possible' }, withinSafeDig: { mandatory: false, verdict: 'possible' }, settles: { mandatory: false, verdict: 'possible' }, handDig: { mandatory: false, verdict: 'clear' },
}

/** Which of them hold, heaviest first; what a heavier one implies is left out. */
export function effectsOn(asset: ExcavatedAsset): EffectName[] {
  const names: EffectName[] = []
  if (asset.struck) names.push('struck')
  if (asset.exposed) names.push('exposed')
  if (asset.undermined) names.push('undermined')
  if (!asset.struck && asset.withinSafeDig) names.push('withinSafeDig')
  if (!asset.struck && asset.handDig) names.push('handDig')
  return names
}

export const boreEffectsOn = (asset: BoredAsset): EffectName[] =>
  [...(asset.struck ? ['struck' as const] : asset.withinEnvelope ? ['envelope' as const] : []), ...(asset.settlementM > 0.001 ? ['settles' as const] : [])]

/** A span that hangs free, and a line whose ground can give way, are held while the cut is open. */
export const needsSupport = (asset: ExcavatedAsset): boolean => asset.exposed || asset.undermined

const weight = (names: readonly EffectName[]): number => (names.length === 0 ? EFFECT_NAMES.length : EFFECT_NAMES.indexOf(names[0]!))

/** Heaviest first, then nearest. */
export const byWeight = <T extends { readonly clearanceM: number }>(namesOf: (asset: T) => readonly EffectName[]) => (p: T, q: T): number =>
  weight(namesOf(p)) - weight(namesOf(q)) || p.clearanceM - q.clearanceM
