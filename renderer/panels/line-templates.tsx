import { LayoutTemplate, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { keepTemplate, lineTemplates, removeTemplate, takeTemplate } from '../actions/scheme/template-actions.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { kindColour } from '../state/view/kind-colours.ts'
import { viewStore } from '../state/view/view-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Swatch } from '../ui/display.tsx'
import { Popover, PopoverClose } from '../ui/popover.tsx'

/** What lines are when they are drawn, kept in the project: take one, keep the present one under a name, remove. */
export function LineTemplates() {
  const { t } = useTranslation('app')
  const records = useStore(registerStore, state => state.lineTemplates)
  const palette = useStore(viewStore, state => state.colours)
  const kind = useStore(sessionStore, state => state.template.kind)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const [name, setName] = useState('')
  const suggested = t(`kinds:kind.${kind}`)
  const templates = lineTemplates(records)
  return (
    <Popover trigger={<IconButton label={t('template.title')} icon={<LayoutTemplate size={16} />} />}>
      <section className="line-templates" aria-label={t('template.title')}>
        <h3>{t('template.title')}</h3>
        {templates.length === 0 && <p className="soft small">{t('template.none')}</p>}
        {templates.map(({ id, ...template }) => (
          <div key={id} className="line-templates__row">
            <PopoverClose><Button look="quiet" className="line-templates__take" onClick={() => takeTemplate(template)}><Swatch colour={kindColour(template.kind, palette)} />{template.name}</Button></PopoverClose>
            <IconButton size="small" label={t('template.remove', { name: template.name })} icon={<Trash2 size={14} />} disabled={isReadOnly} onClick={() => void removeTemplate(id)} />
          </div>
        ))}
        {!isReadOnly && (
          <form
            className="line-templates__new"
            onSubmit={event => {
              event.preventDefault()
              void keepTemplate(name.trim() || suggested).then(isKept => isKept && setName(''))
            }}
          >
            <input className="input" value={name} placeholder={suggested} aria-label={t('template.name')} maxLength={200} onChange={event => setName(event.target.value)} />
            <Button type="submit" look="primary">{t('template.keep')}</Button>
          </form>
        )}
      </section>
    </Popover>
  )
}
