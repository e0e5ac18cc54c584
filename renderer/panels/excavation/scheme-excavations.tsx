import { Shovel } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { deepestInRock } from '#shared/excavation/rock.ts'
import { hasVolumes } from '#shared/excavation/excavate.ts'
import { goToExcavation, showStage } from '../../actions/scheme/excavation-actions.ts'
import { count, metres } from '../../i18n/format.ts'
import { excavationStore, isOpenAt } from '../../state/scheme/excavation-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import './excavation.css'

/** The active scheme's excavations below the schemes, and, where they come in stages, up to which stage they are shown. */
export function SchemeExcavations() {
  const { t } = useTranslation('excavation')
  const excavations = useStore(scenarioStore, state => activeScenario(state)?.document.excavations)
  const selectedId = useStore(sessionStore, state => (state.selection?.type === 'excavation' ? state.selection.id : null))
  const { results, stage } = useStore(excavationStore)
  const list = Object.values(excavations ?? {})
  if (list.length === 0) return null
  const last = Math.max(0, ...list.map(excavation => excavation.stage?.order ?? 0))
  return (
    <>
      <ul aria-label={t('list')}>
        {list.map(excavation => {
          const result = results.get(excavation.id)
          const struck = result?.cut?.assets.filter(asset => asset.struck).length ?? result?.bored?.filter(asset => asset.struck).length ?? 0
          return (
            <li key={excavation.id} className={`scheme ${excavation.id === selectedId ? 'scheme--active' : ''} ${isOpenAt(excavation, stage) ? '' : 'list-row--off'}`}>
              <span className="scheme__marker"><Shovel size={14} aria-hidden /></span>
              <button type="button" className="scheme__open" onClick={() => goToExcavation(excavation.id)}>
                <span className="truncate scheme__name">{excavation.name || excavation.id}</span>
                <span className="truncate list-row__note">{t(`type.${excavation.shape.type}`)}{result?.cut && hasVolumes(result.cut) && ` · ${count(result.cut.volumes.cutM3)} m³`}{struck > 0 && ` · ${t('figure.struck')} ${struck}`}{result && result.rock.length > 0 && ` · ${t('rock.figure')} ${metres(deepestInRock(result.rock), 1)}`}{result?.refusal && <span className="scheme-excavations__uncut"> · {t('notComputed')}</span>}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {last > 0 && (
        <label className="stage-slider">
          <span className="soft">{stage === null ? t('stageAll') : t('stageUpTo', { stage })}</span>
          <input type="range" min={0} max={last} step={1} value={stage ?? last} aria-label={t('stageSlider')} onChange={event => showStage(Number(event.target.value) >= last ? null : Number(event.target.value))} />
        </label>
      )}
    </>
  )
}
