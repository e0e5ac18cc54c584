import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { count } from '#renderer/i18n/format.ts'
import { assumedLevels } from '#renderer/state/twin/asset-facts.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { IN_PICTURE } from '#renderer/ui/paint-overlay.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'

/** Says why lines are hatched: nobody surveyed how deep they lie. */
export function AssumedNote() {
  const { t } = useTranslation('scene')
  const columns = useStore(projectStore, project => project.columns)
  // A tool's own panel stands where the note does.
  const isIdle = useStore(sessionStore, session => session.interaction.type === 'idle')
  const assumed = columns ? assumedLevels(columns) : 0
  if (!columns || assumed === 0 || !isIdle) return null
  return <p className="scene-assumed small" {...IN_PICTURE} title={t('assumed.why')}><span aria-hidden="true" />{t(assumed === columns.count ? 'assumed.all' : 'assumed.some', { lines: count(assumed), all: count(columns.count) })}</p>
}
