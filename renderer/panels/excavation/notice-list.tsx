import { ClipboardCopy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../actions/clipboard-actions.ts'
import { IconButton } from '../../ui/button.tsx'
import { Section } from '../../ui/display.tsx'

interface NoticeListProps {
  readonly notices: readonly { readonly owner: string; readonly assets: readonly string[] }[]
}

/** Whom to tell, and about which lines; one sheet row per line, as a letter needs them. */
export function NoticeList({ notices }: NoticeListProps) {
  const { t } = useTranslation('excavation')
  const name = (owner: string) => owner || t('ownerUnknown')
  const rows = notices.flatMap(({ owner, assets }) => assets.map(id => `${name(owner)}\t${id}`))
  const copy = () => void copyText([`${t('column.owner')}\t${t('column.id')}`, ...rows].join('\n'), 'excavation:copied', { count: rows.length })
  return (
    <Section title={t('section.notices')} action={rows.length > 0 && <IconButton size="small" label={t('copySheet')} icon={<ClipboardCopy size={14} />} onClick={copy} />}>
      {notices.length === 0 ? <p className="soft">{t('none.notices')}</p> : (
        <div className="notices selectable">
          {notices.map(({ owner, assets }) => (
            <div key={owner}>
              <div className="notices__row"><span className="strong">{name(owner)}</span><span className="faint">{t('noticeLines', { count: assets.length })}</span></div>
              <div className="notices__ids">{assets.slice(0, 40).join(' · ')}{assets.length > 40 ? ' …' : ''}</div>
            </div>
          ))}
        </div>
      )}
    </Section>
  )
}
