import type { TFunction } from 'i18next'
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { chainagesOf, placeAt } from '#shared/geometry/section-line.ts'
import { figure, size } from '../../i18n/format.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { decimalsOf, ticks, tickStep } from '../cut/chart.ts'
import { CutOutline } from '../cut/cut-shape.tsx'
import { DigOutline } from '../cut/dig-outline.tsx'
import { boresAlong, cutShapes, shifted } from '../cut/dig-shapes.ts'
import { halfHeightM } from '#shared/profile/cut-world.ts'
import { selectAt, setCursor, type Cut } from '../cut/use-cut.ts'
import { SnapGuides } from '../cut/snap-guides.tsx'
import { useSize } from '../cut/use-size.ts'
import { CoverBands } from './cover-bands.tsx'
import { LimitZones } from './limit-zones.tsx'
import { gapWords, CrossingLabels } from './crossing-labels.tsx'
import { DataBand } from './data-band.tsx'
import { MARGIN, panned, profileFrame, zoomed, type Exaggeration, type ProfileFrame, type Window } from './profile-frame.ts'
import { profileOf } from '#shared/profile/profile-model.ts'
import { VertexHandles } from './vertex-handles.tsx'

interface ProfileChartProps {
  readonly cut: Cut
  readonly exaggeration: Exaggeration
  /** Null: the whole line. */
  readonly window: Window | null
  readonly onWindow: (window: Window | null) => void
  readonly svgRef: RefObject<SVGSVGElement | null>
}

const KEY_STEP_M = 0.5
/** Kept for the words that tell how far a vertex in hand has come. */
const WORDS_PX = 36

export function ProfileChart({ cut, exaggeration, window, onWindow, svgRef }: ProfileChartProps) {
  const { t } = useTranslation('views')
  const { world, line, surface, groundAt, findings, isShown, origin } = cut
  const box = useRef<HTMLDivElement | null>(null)
  const { width, height } = useSize(box)
  const palette = useStore(viewStore, view => view.colours)
  const hoverId = useStore(sessionStore, session => session.hover?.id ?? null)
  const selectedId = useStore(sessionStore, session => session.selection?.id ?? null)
  const digs = useMemo(() => line.axis.slice(1).flatMap((to, i) => {
    const from = line.axis[i]!
    return [...cutShapes(cut.digs, [from[0], from[1]], [to[0], to[1]], surface && groundAt), ...boresAlong(cut.digs, from, to, origin)].map(shape => shifted(shape, line.chainages[i]!))
  }), [cut.digs, line, surface, groundAt, origin])
  const profile = useMemo(() => profileOf(world, line, surface, groundAt, findings, isShown), [world, line, surface, groundAt, findings, isShown])
  const [taken, setTaken] = useState<{ readonly frame: ProfileFrame; readonly axis: Cut['line']['axis'] } | null>(null)
  const drag = useStore(sessionStore, ({ interaction }) => (interaction.type === 'draggingVertex' && interaction.proposalId === line.item.id ? interaction : null))
  const held = drag && taken
  // While a vertex is held the scale stands still: it would follow the levels, and the pointer would lose it.
  const frame = held ? held.frame : profileFrame(profile, window, exaggeration, width, height)
  const { x, y, plotBottom } = frame
  const pan = useRef<{ readonly window: Window; readonly px: number; readonly py: number } | null>(null)

  useEffect(() => {
    const svg = svgRef.current
    if (!svg) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      onWindow(zoomed(frame.window, frame.chainageAt(event.clientX - svg.getBoundingClientRect().left), Math.exp(event.deltaY * 0.0015), line.lengthM))
    }
    svg.addEventListener('wheel', onWheel, { passive: false })
    return () => svg.removeEventListener('wheel', onWheel)
  })

  const onMove = (event: React.PointerEvent<SVGSVGElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect()
    const [px, py] = [event.clientX - bounds.left, event.clientY - bounds.top]
    if (pan.current) {
      const { window: from, px: px0, py: py0 } = pan.current
      onWindow(panned(from, (px0 - px) / frame.pxPerM, (py - py0) / (frame.pxPerM * frame.exaggeration)))
    } else if (px >= MARGIN.left && sessionStore.getState().interaction.type === 'idle') setCursor(line, frame.chainageAt(px))
  }
  const levelStep = tickStep(frame.pxPerM * frame.exaggeration, 34)
  const chainageStep = tickStep(frame.pxPerM, 90)
  const levelMarks = ticks(frame.levelAt(plotBottom) + origin[2], frame.levelAt(MARGIN.top) + origin[2], levelStep)
  const read = `${useMemo(() => readOut(cut, t), [cut, t])} · ${t('profile.scale', { ratio: frame.exaggeration })}`
  return (
    <div className="cut-view__chart" ref={box}>
      <svg
        ref={svgRef} className="cut-chart" width={width} height={height} tabIndex={0} role="img" aria-label={t('profile.label', { name: line.item.label })}
        onPointerDown={event => {
          if (event.button !== 0 || event.target !== event.currentTarget && (event.target as Element).closest('.cut-item, .cut-handle')) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const bounds = event.currentTarget.getBoundingClientRect()
          pan.current = { window: frame.window, px: event.clientX - bounds.left, py: event.clientY - bounds.top }
        }}
        onPointerMove={onMove}
        onPointerUp={() => (pan.current = null)}
        onPointerCancel={() => (pan.current = null)}
        onDoubleClick={() => onWindow(null)}
        onKeyDown={event => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
          if (step === undefined) return
          event.preventDefault()
          setCursor(line, cut.chainageM + step * (event.shiftKey ? 10 : 1) * KEY_STEP_M)
        }}
      >
        <clipPath id="profile-plot"><rect x={MARGIN.left} y={MARGIN.top} width={Math.max(0, width - MARGIN.left - MARGIN.right)} height={plotBottom - MARGIN.top} /></clipPath>
        {levelMarks.map(level => (
          <g key={level}>
            <line className="cut-grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(level - origin[2])} y2={y(level - origin[2])} />
            <text x={MARGIN.left - 6} y={y(level - origin[2])} textAnchor="end" dominantBaseline="central">{figure(level, decimalsOf(levelStep))}</text>
          </g>
        ))}
        {ticks(Math.max(0, frame.window.fromM), Math.min(line.lengthM, frame.window.toM), chainageStep).map(mark => <line key={mark} className="cut-grid" x1={x(mark)} x2={x(mark)} y1={MARGIN.top} y2={plotBottom} />)}
        <g clipPath="url(#profile-plot)">
          {profile.ground.map(stretch => (
            <g key={stretch[0]![0]}>
              <polygon className="cut-earth" points={[...stretch.map(([s, z]) => `${x(s)},${y(z)}`), `${x(stretch.at(-1)![0])},${plotBottom}`, `${x(stretch[0]![0])},${plotBottom}`].join(' ')} />
              <polyline className="cut-ground" points={stretch.map(([s, z]) => `${x(s)},${y(z)}`).join(' ')} />
            </g>
          ))}
          <CoverBands cut={cut} x={x} y={y} />
          <LimitZones profile={profile} cut={cut} x={x} y={y} />
          {digs.map((shape, i) => <DigOutline key={i} shape={shape} x={x} y={y} isSelected={selectedId === shape.id} title={shape.label} />)}
          {line.parts.map((part, i) => {
            const [a, b] = [line.axis[i]!, line.axis[i + 1]!]
            const [xa, xb, half] = [x(line.chainages[i]!), x(line.chainages[i + 1]!), halfHeightM(part.section)]
            const isAsked = part.id === line.item.id
            return (
              <g key={i}>
                <polygon fill={kindColour(part.kind, palette)} fillOpacity={isAsked ? 0.5 : 0.28} points={`${xa},${y(a[2] + half)} ${xb},${y(b[2] + half)} ${xb},${y(b[2] - half)} ${xa},${y(a[2] - half)}`} />
                {[half, -half].map(d => <line key={d} stroke={kindColour(part.kind, palette)} strokeWidth={isAsked ? 2 : 1.25} x1={xa} x2={xb} y1={y(a[2] + d)} y2={y(b[2] + d)} />)}
              </g>
            )
          })}
          {profile.crossings.map((crossing, i) => {
            const words = `${t(`kinds:kind.${crossing.item.kind}`)} ${crossing.item.label} · ${size(crossing.item.section)}\n${gapWords(t, crossing)}`
            return <CutOutline key={i} item={crossing.item} outline={crossing.shape.outline} x={x} y={y} palette={palette} title={words} isOwn={false} isHovered={hoverId === crossing.item.id} onClick={() => selectAt(crossing.item, plan(cut, crossing.chainageM))} />
          })}
          {cut.ghosts.filter(({ id }) => id === line.item.id).map(({ id, axis, section: outer, label }) => {
            const [along, half] = [chainagesOf(axis), halfHeightM(outer)]
            const edge = (d: number) => axis.map((p, k) => `${x(along[k]!)},${y(p[2] + d)}`)
            return <polygon key={id} className="cut-ghost" points={[...edge(half), ...edge(-half).reverse()].join(' ')}><title>{label}</title></polygon>
          })}
          <line className="cut-cursor" x1={x(cut.chainageM)} x2={x(cut.chainageM)} y1={MARGIN.top} y2={plotBottom} />
          <VertexHandles cut={cut} frame={frame} onHold={isHeld => setTaken(isHeld ? { frame, axis: line.axis } : null)} />
          <CrossingLabels profile={profile} frame={frame} width={width} spared={held ? WORDS_PX : 0} />
          {held && <SnapGuides px={x(line.chainages[drag.index]!)} py={y(drag.to[2])} words={[MARGIN.left + 8, MARGIN.top + 16]} moved={movedWords(t, drag.to[2], held.axis[drag.index]![2], origin[2])} />}
        </g>
        <rect className="cut-frame" x={MARGIN.left} y={MARGIN.top} width={Math.max(0, width - MARGIN.left - MARGIN.right)} height={plotBottom - MARGIN.top} />
        <DataBand profile={profile} frame={frame} width={width} levelOriginM={origin[2]} />
        <text x={6} y={MARGIN.top + 8}>{t('band.level')}</text>
        <text x={width - MARGIN.right} y={MARGIN.top - 7} textAnchor="end">{read}</text>
      </svg>
    </div>
  )
}

const movedWords = (t: TFunction<'views'>, level: number, before: number, originZ: number): string =>
  t('profile.moved', { level: figure(level + originZ, 2), lift: `${level < before ? '' : '+'}${figure(level - before, 2)}` })

const plan = ({ line }: Cut, chainageM: number): [number, number] => {
  const { at } = placeAt(line.axis, line.chainages, chainageM)
  return [at[0], at[1]]
}

/** Figures at the cursor. */
function readOut({ line, chainageM, groundAt, origin }: Cut, t: TFunction<'views'>): string {
  const { at, segment } = placeAt(line.axis, line.chainages, chainageM)
  const crownM = at[2] + halfHeightM(line.parts[segment]!.section)
  const groundM = groundAt(at[0], at[1])
  const [chainage, crown] = [figure(chainageM, 2), figure(crownM + origin[2], 2)]
  if (groundM === null) return t('profile.cursorNoGround', { chainage, crown })
  return t('profile.cursor', { chainage, crown, ground: figure(groundM + origin[2], 2), cover: figure(groundM - crownM, 2) })
}
