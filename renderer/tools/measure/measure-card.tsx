import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { figure } from '#renderer/i18n/format.ts'
import { useScene } from '#renderer/scene/scene-context.ts'
import { IN_PICTURE } from '#renderer/ui/paint-overlay.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { measure, type MeasuredFigures, type MeasuredPoint } from './measure-figures.ts'
import { measureStore } from './measure-store.ts'

/** The figures of the measurement, at the foot of the picture. */
export function MeasureCard() {
  const { t } = useTranslation('viewing')
  const { model } = useScene()
  const isMeasuring = useStore(sessionStore, session => session.interaction.type === 'measuring')
  const { first, second, cursor } = useStore(measureStore)
  if (!isMeasuring) return null
  // Where the pointer still rests on the first point there is nothing between yet.
  const to = second ?? (cursor && first && isSamePlace(cursor, first) ? null : cursor)
  const name = (point: MeasuredPoint) => point.label || t('measure.ground')
  return (
    <div className="scene-measure" role="status" {...IN_PICTURE}>
      <strong>{first && to ? t('measure.between', { a: name(first), b: name(to) }) : t('measure.title')}</strong>
      {first && to && (
        <dl className="selectable">
          {figureRows(measure(model.columns, model.groundAt, first, to), first, to).map(({ key, id, text }) => <div key={key}><dt>{t(`measure.${key.replace(/\d$/, '')}`, { id })}</dt><dd>{text(t)}</dd></div>)}
        </dl>
      )}
      <p className="faint small">{t(!first ? 'measure.first' : second ? 'measure.again' : 'measure.second')}</p>
    </div>
  )
}

const isSamePlace = (a: MeasuredPoint, b: MeasuredPoint): boolean => a.at.every((value, c) => value === b.at[c])

interface Row {
  readonly key: string
  readonly id?: string
  readonly text: (t: ReturnType<typeof useTranslation>['t']) => string
}

function figureRows({ clear, straightM, planM, levelM, slopeRatio, cover }: MeasuredFigures, first: MeasuredPoint, second: MeasuredPoint): Row[] {
  const metres = (value: number) => (t: Parameters<Row['text']>[0]) => t('viewing:measure.figure', { value: figure(value, 3) })
  const rows: Row[] = []
  if (clear) rows.push({ key: 'clear', text: t => t(clear.distanceM < 0 ? 'viewing:measure.overlap' : 'viewing:measure.figure', { value: figure(clear.distanceM, 3) }) })
  rows.push({ key: 'straight', text: metres(straightM) }, { key: 'plan', text: metres(planM) }, { key: 'level', text: metres(levelM) })
  if (clear?.angleDeg != null) rows.push({ key: 'angle', text: () => `${figure(clear.angleDeg, 1)}°` })
  else if (slopeRatio !== null) rows.push({ key: 'slope', text: () => `${figure(1000 * slopeRatio, 1)} ‰` })
  for (const [i, point] of [first, second].entries()) {
    const value = cover[i]
    if (value != null) rows.push({ key: `cover${i}`, id: point.label, text: metres(value) })
  }
  return rows
}
