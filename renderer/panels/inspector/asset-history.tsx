import { PencilLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { AssetEvent, FieldChange } from '#shared/ledger/twin-edit.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { historyOfAsset } from '../../actions/ledger/ledger-actions.ts'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { attributeName, attributeValue } from '../../i18n/attribute-words.ts'
import { dateTime, metres } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Section } from '../../ui/display.tsx'
import { editWords } from '../../state/scheme/edit-words.ts'

/** Everything that happened to a line since it came into the project, and the way to change it. */
export function AssetHistory({ id, importedFrom }: { readonly id: string; readonly importedFrom: string | null }) {
  const { t, i18n } = useTranslation('ledger')
  const twinHash = useStore(projectStore, state => state.info?.twinHash)
  const isReadOnly = useStore(projectStore, () => !canEdit())
  const events = useEvents(id, twinHash)
  const edit = () => {
    const { columns } = projectStore.getState()
    const index = columns ? assetIndexOf(columns, id) : null
    if (index !== null) sessionStore.setState({ dialog: { type: 'bulkEdit', assets: Uint32Array.of(index) } })
  }
  return (
    <Section title={t('history.title')} action={<IconButton size="small" label={t('history.edit')} disabled={isReadOnly} icon={<PencilLine size={14} />} onClick={edit} />}>
      <ol className="asset-history">
        <li>{importedFrom ? t('history.imported', { files: importedFrom }) : t('history.start')}</li>
        {events?.map((event, i) => (
          <li key={i}>
            <span>{event.what === 'changed' ? editWords(event.edit, t) : t(`history.${event.what}`, { what: editWords(event.edit, t) })}</span>
            <span className="faint small">{dateTime(event.edit.at, i18n.language)} · {event.edit.who || t('nobody')}{event.edit.why && <> · {event.edit.why}</>}</span>
            {event.fields.map(change => <FieldLine key={change.field} change={change} />)}
            {event.movedM !== null && <span className="asset-history__field">{t('history.moved', { by: metres(event.movedM, 3) })}</span>}
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** Names of the columns of the layer, as people call them; attributes keep the source's name. */
function FieldLine({ change: { field, before, after } }: { readonly change: FieldChange }) {
  const { t } = useTranslation('ledger')
  const word = (value: FieldChange['before']): string => {
    if (value === null || value === '') return t('unknown')
    const catalogue = { kind: 'kind', status: 'status', laying: 'laying', pressure_class: 'pressureClass', shape: 'shape' }[field]
    if (catalogue) return t(`kinds:${catalogue}.${String(value)}`)
    return typeof value === 'number' && /_m$/.test(field) ? metres(value, 3) : attributeValue(field, value, t)
  }
  return <span className="asset-history__field">{t('history.field', { field: t(`historyField.${field}`, { defaultValue: '' }) || attributeName(field, t) })}{word(before)} → <b>{word(after)}</b></span>
}

function useEvents(id: string, twinHash: string | undefined): readonly AssetEvent[] | null {
  const [known, setKnown] = useState<{ readonly id: string; readonly events: readonly AssetEvent[] | null } | null>(null)
  useEffect(() => {
    let isWanted = true
    void historyOfAsset(id).then(events => {
      if (isWanted) setKnown({ id, events })
    })
    return () => {
      isWanted = false
    }
  }, [id, twinHash])
  return known?.id === id ? known.events : null
}
