import type { TFunction } from 'i18next'
import { figure } from '../i18n/format.ts'
import type { DraftSnap } from './draft-store.ts'

/** What the point in hand is tied or led to, in words. */
export const snapWords = (t: TFunction, { also, ...snap }: DraftSnap): string =>
  [snap, ...(also ? [also] : [])].map(({ target, label, distanceM }) => t(`tools:snap.${target}`, { id: label, distance: figure(distanceM ?? null, 2) })).join(' · ')
