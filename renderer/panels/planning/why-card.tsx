import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { againstWords } from '#shared/report/finding-words.ts'
import { ruleFigure } from '#shared/report/rule-figure.ts'
import type { OuterSection } from '#shared/twin/asset.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore, weightOf, type LiveShortfall } from '../../state/app/session-store.ts'
import { subjectOf } from '../../state/twin/subjects.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { gapSketch } from './gap-sketch.ts'
import './planning.css'

const [WIDTH, HEIGHT] = [208, 120]

/** While something is dragged or drawn: the limit that governs, and a section through the two nearest points with the gap there. */
export function WhyCard() {
  const { t } = useTranslation('planning')
  const live = useStore(sessionStore, state => state.live)
  const interaction = useStore(sessionStore, state => state.interaction)
  const template = useStore(sessionStore, state => state.template)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const columns = useStore(projectStore, state => state.columns)
  const palette = useStore(viewStore, state => state.colours)
  const governing = governingOf(live?.shortfalls ?? [])
  if (!governing || (interaction.type !== 'drawing' && interaction.type !== 'draggingVertex')) return null
  const own = interaction.type === 'draggingVertex' ? document?.proposals[interaction.proposalId] : template
  const other = governing.otherId === '' ? null : subjectOf(governing.otherId, columns, document)
  if (!own) return null
  const { against } = governing
  const isOfGround = governing.rule === 'cover' || governing.rule === 'cover_max'
  const sketch = gapSketch(governing, own.section, other?.section ?? null, WIDTH, HEIGHT)
  return (
    <aside className="why-card" aria-live="polite">
      <header className="why-card__head">
        <SeverityMark mandatory={governing.mandatory} verdict="certain" label={t(governing.mandatory ? 'findings:weight.mandatory' : 'findings:weight.advisory')} size={14} />
        <span className="strong truncate">{t(`findings:rule.${governing.rule}`)}</span>
        <span className="soft truncate">{other ? other.label : against ? againstWords(t, { rule: governing.rule, b: [governing.otherId], against }, null) : t(isOfGround ? 'theGround' : 'theLine')}</span>
      </header>
      {(other || isOfGround || governing.rule === 'surroundings') && <svg width={WIDTH} height={HEIGHT} role="img" aria-label={t('why.title')}>
        {sketch.wall !== null && <line x1={sketch.wall} x2={sketch.wall} y1={0} y2={HEIGHT} className="why-card__wall" />}
        {sketch.ground !== null && <line x1={0} x2={WIDTH} y1={sketch.ground} y2={sketch.ground} className="why-card__ground" />}
        <Outline section={own.section} at={sketch.own} scale={sketch.scale} colour={kindColour(own.kind, palette)} isOwn />
        {other && sketch.other && <Outline section={other.section} at={sketch.other} scale={sketch.scale} colour={kindColour(other.kind, palette)} isOwn={false} />}
        {sketch.gap && <line x1={sketch.gap[0][0]} y1={sketch.gap[0][1]} x2={sketch.gap[1][0]} y2={sketch.gap[1][1]} className="why-card__gap" />}
      </svg>}
      <p className="why-card__figures"><span>{t('why.found', { found: ruleFigure(governing.rule, governing.found) })}</span><span>{t('why.required', { required: ruleFigure(governing.rule, governing.required) })}</span></p>
      <p className="why-card__figures"><b className="strong">{t('why.short', { short: ruleFigure(governing.rule, governing.shortfall) })}</b><span className="soft">{governing.clause}</span></p>
    </aside>
  )
}

/** The mandatory one first, then the greatest shortfall. */
function governingOf(shortfalls: readonly LiveShortfall[]): LiveShortfall | null {
  return shortfalls.reduce<LiveShortfall | null>((worst, row) => (worst === null || weightOf(row) > weightOf(worst) ? row : worst), null)
}

interface OutlineProps {
  readonly section: OuterSection
  readonly at: readonly [number, number]
  readonly scale: number
  readonly colour: string
  readonly isOwn: boolean
}

function Outline({ section, at: [x, y], scale, colour, isOwn }: OutlineProps) {
  const look = { fill: colour, fillOpacity: isOwn ? 0.9 : 0.35, stroke: colour, strokeWidth: 1.5 }
  if (section.shape === 'circle') return <circle cx={x} cy={y} r={(section.diameterM / 2) * scale} {...look} />
  return <rect x={x - (section.widthM / 2) * scale} y={y - (section.heightM / 2) * scale} width={section.widthM * scale} height={section.heightM * scale} {...look} />
}
