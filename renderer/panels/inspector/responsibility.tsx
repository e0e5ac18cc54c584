import { useTranslation } from 'react-i18next'
import { reachOf } from '#shared/report/owner-reach.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { useBlocksOf, useOwners } from '../../state/twin/use-responsibility.ts'
import { Property } from '../../ui/display.tsx'

/** Who owns it, under the registered name and with how to reach them; leads to the register. */
export function OwnerProperty({ name, owner }: { readonly name: string; readonly owner: string }) {
  const { t } = useTranslation('owners')
  const owners = useOwners()
  const body = owners.find(owner)
  const open = () => sessionStore.setState({ dialog: { type: 'owners' } })
  return (
    <Property name={name}>
      {owner === '' ? <span className="faint">{t('app:inspector.unknown')}</span> : (
        <button type="button" className="button--link" title={body && body.name !== owner ? owner : t('title')} onClick={open}>{owners.nameOf(owner)}</button>
      )}
      {reachOf(body, t).map(line => <div key={line} className="faint small">{line}</div>)}
    </Property>
  )
}

/** The blocks of responsibility it lies in, with who answers for them; nothing where there are no blocks there. */
export function BlockProperty({ path }: { readonly path: readonly (readonly number[])[] }) {
  const { t } = useTranslation('owners')
  const blocks = useBlocksOf(path)
  if (blocks.length === 0) return null
  return (
    <Property name={t('field.block')}>
      {blocks.map(({ id, name, responsible }) => <div key={id}>{name || id}{responsible && <span className="faint"> · {responsible}</span>}</div>)}
    </Property>
  )
}
