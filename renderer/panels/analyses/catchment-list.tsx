import { Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import { changeCatchment, removeCatchment } from '../../actions/catchment-actions.ts'
import { startOutline } from '../../actions/outline-actions.ts'
import { canEdit } from '../../actions/scenario-actions.ts'
import { figure } from '../../i18n/format.ts'
import { registerStore } from '../../state/register-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, parseFigure, TextInput } from '../../ui/fields.tsx'

/** Catchments drawn by hand, each with the manhole it drains to; the rest of the ground goes to the nearest one. */
export function CatchmentList() {
  const { t } = useTranslation('analyses')
  const records = useStore(registerStore, state => state.catchments)
  const isDrawing = useStore(sessionStore, session => session.interaction.type === 'outlining' && session.interaction.purpose === 'catchment')
  const drawn = Object.values(records).sort((a, b) => a.body.name.localeCompare(b.body.name, undefined, { numeric: true }))
  return (
    <section className="catchments" aria-label={t('catchment.title')}>
      <header><span className="strong">{t('catchment.title')}</span><Button look="quiet" icon={<Pencil size={14} />} pressed={isDrawing} disabled={!canEdit()} onClick={startOutline('catchment')}>{t('catchment.draw')}</Button></header>
      {drawn.length === 0 && <p className="soft small">{t('catchment.none')}</p>}
      <ul>
        {drawn.map(({ id, body: { name, ring, node, runoffCoefficient } }) => (
          <li key={id}>
            <div className="catchments__head">
              <span className="truncate strong">{name}</span>
              <span className="faint">{figure(Math.abs(ringArea(ring.flat())) / 10_000, 3)} ha</span>
              <IconButton size="small" label={t('catchment.remove', { name })} icon={<Trash2 size={14} />} disabled={!canEdit()} onClick={() => void removeCatchment(id)} />
            </div>
            <div className="catchments__fields">
              <Field label={t('catchment.node')}><TextInput value={node ?? ''} placeholder={t('catchment.nearest')} onCommit={text => void changeCatchment(id, { node: text.trim() === '' ? null : text.trim() })} /></Field>
              <Field label={t('field.runoffCoefficient')}><TextInput className="input--figure" inputMode="decimal" value={runoffCoefficient === null ? '' : figure(runoffCoefficient, 2)} placeholder={t('catchment.asAll')} onCommit={text => setRunoff(id, text)} /></Field>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function setRunoff(id: string, text: string): void {
  const value = parseFigure(text)
  if (text.trim() === '') void changeCatchment(id, { runoffCoefficient: null })
  else if (value !== null && value >= 0 && value <= 1) void changeCatchment(id, { runoffCoefficient: value })
}
