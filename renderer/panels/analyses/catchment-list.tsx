import { Minus, Pencil, Plus, Redo2, Trash2, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import { mixedCoefficient } from '#shared/hazards/overflow/drawn-catchment.ts'
import { changeCatchment, removeCatchment, reshapeCatchment, stepCatchments } from '../../actions/scheme/catchment-actions.ts'
import { startOutline } from '../../actions/scheme/outline-actions.ts'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { figure } from '../../i18n/format.ts'
import { analysisStore } from '../../state/findings/analysis-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, NumberInput, parseFigure, TextInput } from '../../ui/fields.tsx'

/** Catchments drawn by hand, each with the manhole it drains to; the rest of the ground goes to the nearest one. */
export function CatchmentList() {
  const { t } = useTranslation('analyses')
  const records = useStore(registerStore, state => state.catchments)
  const isDrawing = useStore(sessionStore, session => session.interaction.type === 'outlining' && session.interaction.purpose === 'catchment')
  const steps = useStore(analysisStore, state => state.catchmentSteps)
  const dragged = useStore(analysisStore, state => state.catchmentDraft)
  const drawn = Object.values(records).sort((a, b) => a.body.name.localeCompare(b.body.name, undefined, { numeric: true }))
  return (
    <section className="catchments" aria-label={t('catchment.title')}>
      <header>
        <span className="strong">{t('catchment.title')}</span>
        <span className="catchments__steps">
          <IconButton size="small" label={t('catchment.undo')} icon={<Undo2 size={14} />} disabled={steps.past.length === 0 || !canEdit()} onClick={() => void stepCatchments('undo')} />
          <IconButton size="small" label={t('catchment.redo')} icon={<Redo2 size={14} />} disabled={steps.next.length === 0 || !canEdit()} onClick={() => void stepCatchments('redo')} />
        </span>
        <Button look="quiet" icon={<Pencil size={14} />} pressed={isDrawing} disabled={!canEdit()} onClick={startOutline('catchment')}>{t('catchment.draw')}</Button>
      </header>
      {drawn.length === 0 && <p className="soft small">{t('catchment.none')}</p>}
      <ul>
        {drawn.map(({ id, body: { name, ring, node, runoffCoefficient, areaM2, imperviousPercent } }) => (
          <li key={id}>
            <div className="catchments__head">
              <span className="truncate strong">{name}</span>
              <span className="faint">{figure((dragged?.id === id ? areaOf(dragged.ring) : (areaM2 ?? areaOf(ring))) / 10_000, 3)} ha{imperviousPercent !== undefined && ` · ${t('catchment.impervious', { percent: figure(imperviousPercent, 0) })}`}</span>
              <IconButton size="small" label={t('catchment.remove', { name })} icon={<Trash2 size={14} />} disabled={!canEdit()} onClick={() => void removeCatchment(id)} />
            </div>
            <div className="catchments__fields">
              <Field label={t('catchment.node')}><TextInput value={node ?? ''} placeholder={t('catchment.nearest')} onCommit={text => void changeCatchment(id, { node: text.trim() === '' ? null : text.trim() })} /></Field>
              <Field label={t('field.runoffCoefficient')}><TextInput className="input--figure" inputMode="decimal" value={runoffCoefficient === null ? '' : figure(runoffCoefficient, 2)} placeholder={imperviousPercent === undefined ? t('catchment.asAll') : figure(mixedCoefficient(imperviousPercent), 2)} onCommit={text => setRunoff(id, text)} /></Field>
            </div>
            <Corners id={id} ring={ring} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const areaOf = (ring: CornersProps['ring']): number => Math.abs(ringArea(ring.flat()))

interface CornersProps {
  readonly id: string
  readonly ring: readonly (readonly [number, number])[]
}

/** The outline in figures, project coordinates: corners can be moved, added half-way to the next, and taken out. */
function Corners({ id, ring }: CornersProps) {
  const { t } = useTranslation('analyses')
  const isReadOnly = !canEdit()
  const put = (index: number, corner: readonly [number, number]) => void reshapeCatchment(id, ring.map((one, k) => (k === index ? corner : one)))
  const split = (index: number) => {
    const [[x, y], [nextX, nextY]] = [ring[index]!, ring[(index + 1) % ring.length]!]
    void reshapeCatchment(id, [...ring.slice(0, index + 1), [(x + nextX) / 2, (y + nextY) / 2], ...ring.slice(index + 1)])
  }
  return (
    <details className="catchments__corners">
      <summary className="small">{t('catchment.corners', { count: ring.length })}</summary>
      <ol>
        {ring.map(([x, y], index) => (
          <li key={`${index}.${x}.${y}`}>
            <NumberInput aria-label={t('catchment.cornerX', { serial: index + 1 })} value={x} decimals={2} min={-1e9} max={1e9} disabled={isReadOnly} onCommit={value => put(index, [value, y])} />
            <NumberInput aria-label={t('catchment.cornerY', { serial: index + 1 })} value={y} decimals={2} min={-1e9} max={1e9} disabled={isReadOnly} onCommit={value => put(index, [x, value])} />
            <IconButton size="small" label={t('catchment.addCorner')} icon={<Plus size={14} />} disabled={isReadOnly} onClick={() => split(index)} />
            <IconButton size="small" label={t('catchment.removeCorner')} icon={<Minus size={14} />} disabled={isReadOnly || ring.length <= 3} onClick={() => void reshapeCatchment(id, ring.filter((_, k) => k !== index))} />
          </li>
        ))}
      </ol>
    </details>
  )
}

function setRunoff(id: string, text: string): void {
  const value = parseFigure(text)
  if (text.trim() === '') void changeCatchment(id, { runoffCoefficient: null })
  else if (value !== null && value >= 0 && value <= 1) void changeCatchment(id, { runoffCoefficient: value })
}
