import { ClipboardCopy } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { mergedByOwner } from '#shared/register/owner.ts'
import { reachOf } from '#shared/report/owner-reach.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { useOwners } from '../../state/twin/use-responsibility.ts'
import { IconButton } from '../../ui/button.tsx'
import { Section } from '../../ui/display.tsx'

interface NoticeListProps {
  readonly notices: readonly { readonly owner: string; readonly assets: readonly string[] }[]
}

/** Whom to tell, and about which lines; one sheet row per line, as a letter needs them. */
export function NoticeList({ notices: written }: NoticeListProps) {
  const { t } = useTranslation('excavation')
  const owners = useOwners()
  const notices = useMemo(() => mergedByOwner(written, owners), [written, owners])
  const proposals = useStore(scenarioStore, state => activeScenario(state)?.document.proposals)
  // A proposed line by what the planner called it.
  const label = (id: string) => proposals?.[id]?.name || id
  const name = (owner: string) => owner || t('ownerUnknown')
  const reach = (owner: string) => reachOf(owners.find(owner), t)
  const rows = notices.flatMap(({ owner, assets }) => assets.map(id => [name(owner), reach(owner).join(' · '), label(id)].join('\t')))
  const copy = () => void copyText([[t('column.owner'), t('owners:field.reach'), t('column.id')].join('\t'), ...rows].join('\n'), 'excavation:copied', { count: rows.length })
  return (
    <Section title={t('section.notices')} action={rows.length > 0 && <IconButton size="small" label={t('copySheet')} icon={<ClipboardCopy size={14} />} onClick={copy} />}>
      {notices.length === 0 ? <p className="soft">{t('none.notices')}</p> : (
        <div className="notices selectable">
          {notices.map(({ owner, assets }) => (
            <div key={owner}>
              <div className="notices__row"><span className="strong">{name(owner)}</span><span className="faint">{t('noticeLines', { count: assets.length })}</span></div>
              {reach(owner).map(line => <div key={line} className="soft small">{line}</div>)}
              <div className="notices__ids">{assets.slice(0, 40).map(label).join(' · ')}{assets.length > 40 ? ' …' : ''}</div>
            </div>
          ))}
        </div>
      )}
    </Section>
  )
}
