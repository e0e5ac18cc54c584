import { PenLine } from 'lucide-react'
import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { FreeSlot, SlotEnd } from '#shared/routing/free-slots.ts'
import { findSlots, layInSlot, setSlotOptions } from '../../actions/scheme/slot-actions.ts'
import { figure, metres, size } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { slotStore } from '../../state/scheme/slot-store.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/display.tsx'
import { Field, NumberInput } from '../../ui/fields.tsx'
import type { Cut } from '../cut/use-cut.ts'

/** The section rests so long before free places are looked for. */
const REST_MS = 350
const MOST_ROWS = 6

interface SlotBarProps {
  readonly cut: Cut
  readonly chosen: number | null
  readonly onChoose: (slot: number | null) => void
}

/** Free places under the section: where they are, how wide, how far they stay open and what closes them. */
export function SlotBar({ cut, chosen, onChoose }: SlotBarProps) {
  const { t } = useTranslation('planning')
  const { options, shown } = useStore(slotStore)
  const template = useStore(sessionStore, state => state.template)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const revision = useStore(scenarioStore, state => activeScenario(state)?.revision ?? 0)
  const { line, chainageM } = cut
  useEffect(() => {
    const timer = setTimeout(() => findSlots(line.item.id, line.axis, line.lengthM, chainageM), REST_MS)
    return () => clearTimeout(timer)
  }, [line, chainageM, options, template, revision])
  const answer = shown?.lineId === line.item.id ? shown.answer : null
  return (
    <div className="slot-bar">
      <div className="slot-bar__options">
        <span className="strong">{t('slots.for', { kind: t(`kinds:kind.${template.kind}`), size: size(template.section) })}</span>
        <Field label={t('slots.length')} inline><NumberInput aria-label={t('slots.length')} className="pipeline-options__small" value={options.lengthM} decimals={0} min={2} max={200} unit="m" onCommit={lengthM => setSlotOptions({ lengthM })} /></Field>
        <Field label={t('slots.reach')} inline><NumberInput aria-label={t('slots.reach')} className="pipeline-options__small" value={options.reachM} decimals={0} min={1} max={30} unit="m" onCommit={reachM => setSlotOptions({ reachM })} /></Field>
      </div>
      {!answer && <ProgressBar fraction={null} label={t('job.slots')} />}
      {answer && answer.slots.length === 0 && <p className="soft">{t('slots.none', { length: figure(options.lengthM, 0) })}</p>}
      <ul>
        {(answer?.slots ?? []).map((slot, k) => ({ slot, k })).sort((p, q) => q.slot.widthM - p.slot.widthM).slice(0, MOST_ROWS).map(({ slot, k }) => (
          <li key={k} className={k === chosen ? 'slot-bar__chosen' : ''} onPointerEnter={() => onChoose(k)} onPointerLeave={() => onChoose(null)}>
            <span>{slotWords(t, slot)}<br /><span className="soft">{openWords(t, slot)}</span></span>
            <Button icon={<PenLine size={12} />} disabled={isReadOnly} onClick={() => void layInSlot(slot, line.axis)}>{t('slots.lay')}</Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function slotWords(t: TFunction, { at, rows, widthM }: FreeSlot): string {
  const covers = rows.map(({ coverM }) => coverM)
  const side = t(at.rightM < -0.005 ? 'planning:slots.left' : 'planning:slots.right', { by: metres(Math.abs(at.rightM), 2) })
  return t('planning:slots.place', { side, width: metres(widthM, 2), cover: metres(at.coverM, 1), from: figure(Math.min(...covers), 1), to: figure(Math.max(...covers), 1) })
}

const openWords = (t: TFunction, { open }: FreeSlot): string =>
  t('planning:slots.open', { from: figure(open.from.chainageM, 1), to: figure(open.to.chainageM, 1), before: endWords(t, open.from), after: endWords(t, open.to) })

const endWords = (t: TFunction, { reason, asset, rule }: SlotEnd): string =>
  reason === 'limit' ? t('planning:slots.end.limit', { other: asset ?? t('planning:theGround'), rule: t(`findings:rule.${rule}`) }) : t(`planning:slots.end.${reason}`)
