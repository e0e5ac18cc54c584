import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportOutcome } from '../../actions/files/import-actions.ts'
import { count } from '../../i18n/format.ts'
import { IssueList } from './issue-list.tsx'

/** What would be imported and what was assumed or is missing, before anything is written. */
export function ReviewStep({ outcome, survey }: { readonly outcome: ImportOutcome; readonly survey: ReactNode }) {
  const { t } = useTranslation(['import-wizard', 'kinds'])
  const kinds = Object.entries(outcome.assets.byKind).filter(([, number]) => number > 0).sort((a, b) => b[1] - a[1])
  return (
    <div className="import-review">
      <section>
        <h3>{t('import-wizard:review.gives')}</h3>
        <dl className="import-totals">
          <div><dt>{t('import-wizard:review.assets')}</dt><dd>{count(outcome.assets.total)}</dd></div>
          <div><dt>{t('import-wizard:review.nodes')}</dt><dd>{count(outcome.nodes)}</dd></div>
          {outcome.proposals > 0 && <div><dt>{t('import-wizard:review.proposals')}</dt><dd>{count(outcome.proposals)}</dd></div>}
          {outcome.surfaces > 0 && <div><dt>{t('import-wizard:review.surfaces')}</dt><dd>{count(outcome.surfaces)}</dd></div>}
          {outcome.boreholes > 0 && <div><dt>{t('import-wizard:review.boreholes')}</dt><dd>{count(outcome.boreholes)}</dd></div>}
          {outcome.alignments > 0 && <div><dt>{t('import-wizard:review.alignments')}</dt><dd>{count(outcome.alignments)}</dd></div>}
          {outcome.catchments > 0 && <div><dt>{t('import-wizard:review.catchments')}</dt><dd>{count(outcome.catchments)}</dd></div>}
          {outcome.blocks > 0 && <div><dt>{t('import-wizard:review.blocks')}</dt><dd>{count(outcome.blocks)}</dd></div>}
        </dl>
        <ul className="import-kinds">
          {kinds.map(([kind, number]) => (
            <li key={kind}><span>{t(`kinds:kind.${kind}`)}</span><span>{count(number)}</span></li>
          ))}
        </ul>
        <p className="soft">{outcome.crs ?? t('import-wizard:crs.local')}</p>
        {survey}
      </section>
      <section>
        <h3>{t('import-wizard:review.issues')}</h3>
        {outcome.issues.length > 0 ? <IssueList issues={outcome.issues} /> : (
          <p className="import-review__clean"><CircleCheck size={14} />{t('import-wizard:review.clean')}</p>
        )}
      </section>
    </div>
  )
}
