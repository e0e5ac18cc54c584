import type { TFunction } from 'i18next'
import type { Unresolved } from '#shared/routing/fix/fix-scheme.ts'
import { metres } from '../../i18n/format.ts'

/** Why no move clears a finding, in one sentence: each way tried and what closes it. */
export function unresolvedWords(t: TFunction, { asset, ways }: Unresolved, nameOf: (id: string) => string): string {
  if (asset === null) return t('planning:fix.nothingMoves')
  const name = nameOf(asset)
  if (ways.length === 0) return t('planning:fix.worseElsewhere', { name })
  const told = ways.map(({ kind, row, reason }) => t('planning:fix.way', {
    kind: t(`planning:fix.way_${kind}`),
    why: reason !== null ? t(`planning:fix.closed.${reason}`) : row === null ? t('planning:fix.closed.bounds') : t('planning:fix.closed.limit', {
      other: row.other ?? t('planning:theGround'), rule: t(`findings:rule.${row.rule}`), found: metres(row.found), required: metres(row.required),
    }),
  }))
  return t('planning:fix.noFix', { name, ways: told.join(t('planning:fix.join')) })
}
