import { CornerDownLeft } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { figure } from '../i18n/format.ts'
import { planningStore } from '../state/scheme/planning-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { sessionStore, type Interaction } from '../state/app/session-store.ts'
import { draftStore } from '../tools/draft-store.ts'
import { ENTRY_MODES, polarOf, typedPoint, type EntryMode } from '../tools/typed-point.ts'
import { Button } from '../ui/button.tsx'
import { parseFigure } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { Vec3 } from '#shared/twin/asset.ts'
import './numeric-entry.css'

const FIELDS: Readonly<Record<EntryMode, readonly [string, string, string]>> = { polar: ['length', 'bearing', 'dz'], offset: ['dx', 'dy', 'dz'], absolute: ['x', 'y', 'z'] }
const EMPTY: readonly [string, string, string] = ['', '', '']

/** The points laid so far, and the one under the pointer; null while nothing is laid out. */
function pointsOf(interaction: Interaction): { readonly last: Vec3 | null; readonly cursor: Vec3 | null } | null {
  switch (interaction.type) {
    case 'drawing': return { last: interaction.vertices.at(-1) ?? null, cursor: interaction.cursor }
    case 'digging': return { last: interaction.points.at(-1) ?? null, cursor: interaction.cursor }
    case 'outlining': return { last: interaction.points.at(-1) ?? null, cursor: interaction.cursor }
    case 'routing': return { last: (interaction.area ?? interaction.points).at(-1) ?? null, cursor: interaction.cursor }
    default: return null
  }
}

/** Figures in place of the pointer while something is laid out: a digit goes here, Tab to the next field, Enter places the point. */
export function NumericEntry() {
  const { t } = useTranslation('tools')
  const interaction = useStore(sessionStore, state => state.interaction)
  const { placeTyped: place, finishTyped: finish } = useStore(draftStore)
  const origin = useStore(projectStore, state => state.info?.origin ?? null)
  const [chosen, setChosen] = useState<EntryMode>('polar')
  const [texts, setTexts] = useState(EMPTY)
  const first = useRef<HTMLInputElement>(null)
  // What was found stands in its place; a further point is clicked.
  const hasRoutes = useStore(planningStore, ({ route }) => route !== null)
  const points = hasRoutes ? null : pointsOf(interaction)
  const isOn = points !== null

  useEffect(() => {
    if (!isOn) return undefined
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !/^[\d.-]$/.test(event.key) || sessionStore.getState().dialog !== null) return
      event.preventDefault()
      event.stopPropagation()
      setTexts([event.key, '', ''])
      first.current?.focus()
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [isOn])

  if (!points || !origin) return null
  const { last, cursor } = points
  // Without a point before there is nothing to count from.
  const mode = last ? chosen : 'absolute'
  const withLevel = interaction.type === 'drawing'
  const [a, b, c] = texts.map(parseFigure) as [number | null, number | null, number | null]
  const point = typedPoint({ mode, first: a, second: b, third: withLevel ? c : null }, last, origin)
  const live = last && cursor ? polarOf(last, cursor) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!point || !place) return
    place(point)
    setTexts(EMPTY)
    first.current?.focus()
  }
  const shownNow = (k: number): string => {
    if (!cursor) return ''
    if (mode === 'polar') return live ? [figure(live.lengthM, 2), figure(live.bearingDeg, 1), ''][k]! : ''
    const from = mode === 'offset' ? last! : ([-origin[0], -origin[1], -origin[2]] as const)
    return k === 2 && !withLevel ? '' : figure(cursor[k]! - from[k]!, 2)
  }
  return (
    <form className="pipeline-options numeric-entry" aria-label={t('entry.title')} onSubmit={submit}>
      {last && <Segmented label={t('entry.mode')} value={mode} onChange={setChosen} options={ENTRY_MODES.map(value => ({ value, label: t(`entry.modes.${value}`) }))} />}
      {FIELDS[mode].slice(0, withLevel ? 3 : 2).map((name, k) => (
        <label key={name} className="field field--inline">
          <span className="field__label">{t(`entry.field.${name}`)}</span>
          <input
            ref={k === 0 ? first : undefined} className="input input--figure" inputMode="decimal" placeholder={shownNow(k)} value={texts[k]}
            aria-invalid={texts[k] !== '' && parseFigure(texts[k]!) === null}
            onChange={event => setTexts(known => known.with(k, event.target.value) as unknown as typeof EMPTY)}
            onKeyDown={event => {
              // With nothing typed Enter is that of the picture; the form does not submit then.
              if (event.key === 'Enter' && texts.every(text => text === '')) finish?.()
              if (event.key !== 'Escape') return
              event.stopPropagation()
              setTexts(EMPTY)
              event.currentTarget.blur()
            }}
          />
        </label>
      ))}
      <Button type="submit" icon={<CornerDownLeft size={14} />} disabled={!point}>{t('entry.place')}</Button>
    </form>
  )
}
