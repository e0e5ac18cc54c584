import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { excavationStore } from '#renderer/state/scheme/excavation-store.ts'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { draftStore } from './draft-store.ts'
import { snapWords } from './snap-words.ts'

/** One line at the foot of the picture: what the pointer and the keys do now. */
export function ToolHint() {
  const { t } = useTranslation('tools')
  const interaction = useStore(sessionStore, session => session.interaction)
  const selection = useStore(sessionStore, session => session.selection)
  const type = useStore(excavationStore, state => state.template.type)
  const snap = useStore(draftStore, draft => draft.snap)
  const hasGround = useStore(draftStore, draft => draft.hasGround)
  const isFindingOpen = useStore(sessionStore, session => session.findingId !== null)
  // A card at the foot says what to do next; at a swipe the schemes' names stand there.
  const hasCard = useStore(planningStore, ({ fix, route, swipe }) => fix !== null || route !== null || swipe !== null)
  const key = isFindingOpen || hasCard ? null : hintKey(interaction, selection, type)
  if (!key) return null
  return (
    <div className="scene-hint" role="status">
      {snap && <span className="strong">{snapWords(t, snap)}</span>}
      <span>{t(key)}</span>
      {!hasGround && interaction.type === 'drawing' && <span className="scene-hint-warning">{t('draw.noGround')}</span>}
    </div>
  )
}

function hintKey(interaction: ReturnType<typeof sessionStore.getState>['interaction'], selection: ReturnType<typeof sessionStore.getState>['selection'], type: string): string | null {
  if (interaction.type === 'drawing') return interaction.vertices.length === 0 ? 'hint.drawStart' : interaction.vertices.length === 1 ? 'hint.drawNext' : 'hint.drawMore'
  if (interaction.type === 'draggingVertex') return `hint.drag.${interaction.way}`
  if (interaction.type === 'digging') return `excavation:hint.${type}${interaction.points.length === 0 ? 'Start' : 'More'}`
  if (interaction.type === 'routing') return interaction.area ? 'planning:hint.area' : interaction.points.length < 2 ? 'planning:hint.points' : 'planning:hint.find'
  if (interaction.type === 'outlining') return interaction.points.length === 0 ? (interaction.purpose === 'catchment' ? 'analyses:catchment.hintStart' : 'hint.outlineStart') : interaction.points.length < 3 ? 'hint.outlineNext' : 'hint.outlineMore'
  if (interaction.type === 'draggingCorner') return 'excavation:hint.dragging'
  if (selection?.type === 'excavation') return selection.id.startsWith('bore-') ? 'excavation:hint.selectedBore' : 'excavation:hint.selected'
  if (selection?.type === 'proposal') return selection.vertex === null ? 'hint.proposal' : 'hint.vertex'
  return null
}
