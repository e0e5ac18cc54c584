import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { findingGap } from '#renderer/scene/finding/finding-layer.tsx'
import { useOpenFinding } from '#renderer/scene/focus.ts'
import { SceneLabels, type SceneLabel } from '#renderer/scene/overlay/scene-labels.tsx'
import { useScene } from '#renderer/scene/scene-context.ts'
import { crsToView, localToView, viewToLocal } from '#renderer/scene/scene-frame.ts'
import { figure } from '#renderer/i18n/format.ts'
import { unitOf } from '#shared/clearance/findings/finding.ts'
import { againstWords } from '#shared/report/finding-words.ts'
import { ruleFigure } from '#shared/report/rule-figure.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore, weightOf, type LiveShortfall } from '#renderer/state/app/session-store.ts'
import { firstMovingSegment, movingRoute, pointsAlong } from './live-clearance/moving-route.ts'

/** At most this many figures beside the pointer: the panel lists the rest. */
const MOST_LABELS = 4

/** Millimetres, but where less than half of one is lacking: nothing is short by 0.000. */
const decimalsFor = ({ shortfall }: LiveShortfall): number => (shortfall < 5e-4 ? 5 : 3)

/** In metres also how much is lacking; angles, falls and velocities say so by themselves. */
function figuresOf(row: LiveShortfall, t: TFunction<'tools'>): string {
  const { rule, found, required, shortfall } = row
  if (unitOf(rule) !== 'm') return t('live.figuresOf', { found: ruleFigure(rule, found), required: ruleFigure(rule, required) })
  const decimals = decimalsFor(row)
  return t('live.figures', { found: figure(found, decimals), required: figure(required, decimals), short: figure(shortfall, decimals) })
}

/** Figures in the picture: the shortfalls of the moving stretch, or the gap of the open finding. */
export function LiveLabels() {
  const { t } = useTranslation('tools')
  const { model } = useScene()
  const live = useStore(sessionStore, session => session.live)
  const finding = useOpenFinding()
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const firstMoving = useStore(sessionStore, session => firstMovingSegment(session.interaction))
  const interaction = useStore(sessionStore, session => session.interaction)
  const template = useStore(sessionStore, session => session.template)
  const clear = useMemo(() => {
    const moving = movingRoute(interaction, template, document?.proposals ?? {}, point => viewToLocal(model.frame, crsToView(model.frame, point)))
    return moving ? pointsAlong(moving.route.axis).map(point => localToView(model.frame, point)) : []
  }, [interaction, template, document, model])
  const labels = useMemo((): SceneLabel[] => {
    if (live && live.shortfalls.length > 0) {
      return worstPerOther(live.shortfalls.filter(row => row.segment >= firstMoving)).slice(0, MOST_LABELS).map((row): SceneLabel => ({
        id: `${row.otherId}:${row.rule}`,
        at: localToView(model.frame, [(row.at.a[0] + row.at.b[0]) / 2, (row.at.a[1] + row.at.b[1]) / 2, (row.at.a[2] + row.at.b[2]) / 2]),
        tone: row.mandatory ? 'mandatory' : 'advisory',
        priority: weightOf(row),
        content: (
          <>
            <span className="scene-label-head">
              <span aria-hidden="true">{row.mandatory ? '■' : '▲'}</span> {t(`findings:rule.${row.rule}`)}{row.otherId !== '' && ` · ${againstWords(t, { rule: row.rule, b: [row.otherId], ...(row.against && { against: row.against }) }, row.otherKind && { label: row.otherId, kind: row.otherKind })}`}
            </span>
            <span>{figuresOf(row, t)}</span>
            <span className="faint">{t(row.mandatory ? 'live.mandatory' : 'live.advisory')}{row.clause && ` · ${row.clause}`}</span>
          </>
        ),
      }))
    }
    if (!finding) return []
    return [{
      id: finding.id, at: findingGap(finding, model, document).labelAt, tone: finding.mandatory ? 'mandatory' : 'advisory', priority: 1,
      content: <span className="scene-label-gap">{t('live.gap', { found: ruleFigure(finding.rule, finding.found), required: ruleFigure(finding.rule, finding.required) })}</span>,
    }]
  }, [live, firstMoving, finding, document, model, t])
  return <SceneLabels labels={labels} clear={clear} isDrawing={live !== null} />
}

/** The greatest shortfall against each other line: one conflict, one label. What a line is short of by itself, each by itself. */
function worstPerOther(shortfalls: readonly LiveShortfall[]): LiveShortfall[] {
  const worst = new Map<string, LiveShortfall>()
  for (const row of shortfalls) {
    const key = row.otherId || row.rule
    const known = worst.get(key)
    if (!known || weightOf(row) > weightOf(known)) worst.set(key, row)
  }
  return [...worst.values()].sort((a, b) => weightOf(b) - weightOf(a) || (a.otherId < b.otherId ? -1 : 1))
}
