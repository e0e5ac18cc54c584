import { useTranslation } from 'react-i18next'
import type { PackProblem } from '#shared/rules/parse-rule-pack.ts'

const MOST_SHOWN = 6

/** What is wrong with a pack, cell by cell. */
export function ProblemList({ problems }: { readonly problems: readonly PackProblem[] }) {
  const { t } = useTranslation('packs')
  return (
    <div className="notice notice--danger" role="alert">
      <ul className="notice__text">
        {problems.slice(0, MOST_SHOWN).map(({ cell, code, detail }, i) => <li key={i}>{cell && <b>{cell}: </b>}{t(`cli-check:packProblem.${code}`, { detail })}</li>)}
        {problems.length > MOST_SHOWN && <li>{t('moreProblems', { count: problems.length - MOST_SHOWN })}</li>}
      </ul>
    </div>
  )
}
