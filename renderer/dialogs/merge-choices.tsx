import { useTranslation } from 'react-i18next'
import { MERGE_CHOICES, type MergeChoice, type MergePlan } from '#shared/review/merge-schemes.ts'
import { Segmented } from '../ui/segmented.tsx'

interface MergeChoicesProps {
  readonly plan: MergePlan
  readonly baseName: string
  readonly otherName: string
  readonly choices: Readonly<Record<string, MergeChoice>>
  readonly onChoose: (id: string, choice: MergeChoice) => void
}

/** What would come in with a merge, and what becomes of ids that both schemes have for different things. */
export function MergeChoices({ plan: { missing, removals, conflicts }, baseName, otherName, choices, onChoose }: MergeChoicesProps) {
  const { t } = useTranslation('planning')
  return (
    <>
      <h3>{t('compare.mergeTitle', { name: otherName, base: baseName })}</h3>
      <p className="soft">{missing.length + removals.length === 0 ? t('compare.mergeNothing') : t('compare.mergeMissing', { names: [...missing.map(({ id, name }) => name || id), ...removals.map(id => t('compare.mergeRemoval', { id }))].join(t('overview.join')) })}</p>
      {conflicts.length > 0 && (
        <ul className="compare__merge" aria-label={t('compare.mergeConflicts')}>
          {conflicts.map(({ id, own, other, usual }) => (
            <li key={id}>
              <span className="truncate">{t('compare.mergeBoth', { own: own.name || id, other: other.name || id })}</span>
              <Segmented label={t('compare.mergeChoice', { name: own.name || id })} value={choices[id] ?? usual} onChange={choice => onChoose(id, choice)} options={MERGE_CHOICES.map(value => ({ value, label: t(`compare.choice.${value}`) }))} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
