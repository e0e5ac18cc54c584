import { Scissors, Shuffle, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { keepAfterAll } from '../actions/scheme/removal-actions.ts'
import { selectAndFly } from '../actions/viewing/selection-actions.ts'
import { kindColour } from '../state/view/kind-colours.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { removalsOf } from '../state/scheme/removals.ts'
import { activeScenario, scenarioStore } from '../state/scheme/scenario-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { subjectOf } from '../state/twin/subjects.ts'
import { viewStore } from '../state/view/view-store.ts'
import { IconButton } from '../ui/button.tsx'
import { Swatch } from '../ui/display.tsx'
import './lists.css'

/** Rows in sight; of more removals the rest is counted. */
const MOST_ROWS = 200

/** Lines the active scheme proposes, and lines it takes out of the ground, struck through. */
export function SchemeContents() {
  const { t } = useTranslation('planning')
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const columns = useStore(projectStore, state => state.columns)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const selectedId = useStore(sessionStore, state => state.selection?.id ?? null)
  const palette = useStore(viewStore, state => state.colours)
  const removals = [...removalsOf(document)]
  const proposals = Object.values(document?.proposals ?? {})
  if (proposals.length + removals.length === 0) return null
  return (
    <ul aria-label={t('contents.title')} className="scheme-contents">
      {proposals.map(({ id, name, kind, replaces }) => (
        <li key={id} className={`list-row ${id === selectedId ? 'list-row--active' : ''}`}>
          <button type="button" className="list-row__main" onClick={() => selectAndFly(id)}>
            <Swatch colour={kindColour(kind, palette)} /><span className="truncate">{name || id}</span>
          </button>
          {replaces && <Shuffle size={12} className="faint" aria-label={t('contents.diversion')} />}
        </li>
      ))}
      {removals.slice(0, MOST_ROWS).map(([id, { reason, replacedBy }]) => {
        const subject = subjectOf(id, columns, null)
        return (
          <li key={id} className={`list-row ${id === selectedId ? 'list-row--active' : ''}`} title={reason || undefined}>
            <button type="button" className="list-row__main" onClick={() => selectAndFly(id)}>
              <Scissors size={12} /><span className="truncate struck-through">{subject ? `${t(`kinds:kind.${subject.kind}`)} ${id}` : id}</span>
              {!subject && <span className="list-row__note">{t('contents.gone')}</span>}
            </button>
            <IconButton size="small" label={replacedBy === null ? t('removal.keep') : t('removal.keepReplaced')} icon={<Undo2 size={12} />} disabled={isReadOnly} onClick={() => keepAfterAll(id)} />
          </li>
        )
      })}
      {removals.length > MOST_ROWS && <li className="list-row faint">{t('contents.more', { count: removals.length - MOST_ROWS })}</li>}
    </ul>
  )
}
