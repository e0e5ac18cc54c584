import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { figure, size } from '../../i18n/format.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { slotStore } from '../../state/scheme/slot-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { VERTEX_STEP_M } from '../../tools/edit-proposal/edit-steps.ts'
import { decimalsOf, ticks, tickStep } from '../cut/chart.ts'
import { CutOutline } from '../cut/cut-shape.tsx'
import { DigOutline } from '../cut/dig-outline.tsx'
import { boreShapes, cutShapes, shifted } from '../cut/dig-shapes.ts'
import { selectAt, setCursor, type Cut } from '../cut/use-cut.ts'
import { useSize } from '../cut/use-size.ts'
import { cutPart, type CutShape } from '#shared/geometry/section-shape.ts'
import { bankSection, ductsOf, type DuctBank } from '#shared/twin/duct-bank.ts'
import { halfHeightM, solidPart } from '#shared/profile/cut-world.ts'
import { bandBox, SlotBands, slotBands } from './slot-bands.tsx'
import { moveOwn } from './move-grip.ts'
import { movedInSection, sectionGrips, type SectionGrip } from './section-grips.ts'
import { SectionHandles } from './section-handles.tsx'
import { SectionLabels } from './section-labels.tsx'
import { sectionOf, sectionPlane, type Section } from './section-model.ts'
import { SpacingRow } from './spacing-row.tsx'

/** Half of the width shown, and what stands in the middle; metres. `lowM` null: levels as they fit. */
export interface SectionWindow {
  readonly halfSpanM: number
  readonly middleM: number
  readonly liftM: number
}

export const WHOLE_SECTION: SectionWindow = { halfSpanM: 8, middleM: 0, liftM: 0 }
const [LEAST_SPAN_M, MOST_SPAN_M] = [1, 60]
const KEY_STEP_M = 0.5
/** Of the line where it is cut, with Alt: aside to the right and up, metres. */
const MOVE_STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-VERTEX_STEP_M.plan, 0], ArrowRight: [VERTEX_STEP_M.plan, 0], ArrowUp: [0, VERTEX_STEP_M.level], ArrowDown: [0, -VERTEX_STEP_M.level] }
/** Kept for the words that tell how far a line in hand has come. */
const WORDS_PX = 36
const MARGIN = { left: 52, right: 12, top: 8, bottom: 44 } as const

interface SectionChartProps {
  readonly cut: Cut
  readonly window: SectionWindow
  readonly onWindow: (window: SectionWindow) => void
  readonly svgRef: RefObject<SVGSVGElement | null>
  /** Free place pointed at in the list. */
  readonly chosenSlot: number | null
}

/** The section as it was when a line was taken hold of in it. */
interface Held {
  readonly grip: SectionGrip
  readonly grips: readonly SectionGrip[]
  readonly line: Cut['line']
  readonly chainageM: number
  readonly middleLevel: number
  /** What is moved, where it lay. */
  readonly before: readonly (readonly (readonly [number, number])[])[]
}

/** True shapes at one scale both ways; the ground above, the distances between neighbours below. */
export function SectionChart({ cut: current, window, onWindow, svgRef, chosenSlot }: SectionChartProps) {
  const { t } = useTranslation('views')
  const drag = useStore(sessionStore, ({ interaction }) => (interaction.type === 'draggingVertex' ? interaction : null))
  const [taken, setHeld] = useState<Held | null>(null)
  const held = drag && taken?.grip.proposalId === drag.proposalId ? taken : null
  // While a line is moved from here the section stands still: it would follow the line, and the pointer would lose it.
  const cut: Cut = held ? { ...current, line: held.line, chainageM: held.chainageM } : current
  const { world, line, chainageM, surface, groundAt, findings, isShown, origin } = cut
  const box = useRef<HTMLDivElement | null>(null)
  const { width, height } = useSize(box)
  const palette = useStore(viewStore, view => view.colours)
  const slots = useStore(slotStore, state => (state.isOn ? state.shown : null))
  const template = useStore(sessionStore, session => session.template)
  const hoverId = useStore(sessionStore, session => session.hover?.id ?? null)
  const selectedId = useStore(sessionStore, session => session.selection?.id ?? null)
  const reachM = window.halfSpanM + Math.abs(window.middleM)
  const digs = useMemo(() => {
    const { plane } = sectionPlane(line, chainageM)
    const point = (u: number) => [plane.x + u * plane.dirX, plane.y + u * plane.dirY] as const
    const cuts = cutShapes(cut.digs, point(-reachM), point(reachM), surface && groundAt).map(shape => shifted(shape, -reachM))
    return [...cuts, ...boreShapes(cut.digs, plane, reachM, origin)]
  }, [cut.digs, line, chainageM, reachM, surface, groundAt, origin])
  const ghosts = useMemo(() => {
    const { plane } = sectionPlane(line, chainageM)
    return cut.ghosts.flatMap(({ axis, section: outer, label }) => axis.slice(1).flatMap((b, i) => {
      const shape = cutPart(plane, solidPart(axis[i]!, b, outer), i === axis.length - 2)
      return shape && shape.maxU >= -reachM && shape.minU <= reachM ? [{ label, points: shape.outline }] : []
    }))
  }, [cut.ghosts, line, chainageM, reachM])
  const section = useMemo(() => sectionOf(world, line, chainageM, reachM, surface, groundAt, findings, isShown), [world, line, chainageM, reachM, surface, groundAt, findings, isShown])
  const pan = useRef<{ readonly window: SectionWindow; readonly px: number; readonly py: number } | null>(null)
  const plotBottom = Math.max(MARGIN.top + 20, height - MARGIN.bottom)
  const pxPerM = Math.max(1, width - MARGIN.left - MARGIN.right) / (2 * window.halfSpanM)
  const middleLevel = held?.middleLevel ?? levelInMiddle(section, (plotBottom - MARGIN.top) / pxPerM) + window.liftM
  const grips = held?.grips ?? sectionGrips(section, world, line, chainageM)
  const [centreX, centreY] = [(MARGIN.left + width - MARGIN.right) / 2, (MARGIN.top + plotBottom) / 2]
  const x = (u: number) => centreX + (u - window.middleM) * pxPerM
  const y = (level: number) => centreY - (level - middleLevel) * pxPerM

  useEffect(() => {
    const svg = svgRef.current
    if (!svg) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const halfSpanM = Math.min(Math.max(window.halfSpanM * Math.exp(event.deltaY * 0.0015), LEAST_SPAN_M), MOST_SPAN_M)
      const about = window.middleM + (event.clientX - svg.getBoundingClientRect().left - centreX) / pxPerM
      onWindow({ ...window, halfSpanM, middleM: about + (window.middleM - about) * (halfSpanM / window.halfSpanM) })
    }
    svg.addEventListener('wheel', onWheel, { passive: false })
    return () => svg.removeEventListener('wheel', onWheel)
  })
  const step = tickStep(pxPerM, 44)
  const datum = origin[2]
  const marks = ticks(middleLevel + datum - (plotBottom - centreY) / pxPerM, middleLevel + datum + (centreY - MARGIN.top) / pxPerM, step)
  const bands = slots?.answer && slots.lineId === line.item.id ? slotBands({ answer: slots.answer, plane: section.plane, groundAt, levelM: section.at[2], halfHeightM: halfHeightM(template.section), x, y }) : []
  return (
    <div className="cut-view__chart" ref={box}>
      <svg
        ref={svgRef} className="cut-chart" width={width} height={height} tabIndex={0} data-moves-vertices role="img" aria-label={t('section.label', { name: line.item.label, chainage: figure(chainageM, 2) })}
        onPointerDown={event => {
          if (event.button !== 0 || (event.target as Element).closest('.cut-item')) return
          event.currentTarget.setPointerCapture(event.pointerId)
          pan.current = { window, px: event.clientX, py: event.clientY }
        }}
        onPointerMove={event => {
          const from = pan.current
          if (from) onWindow({ ...from.window, middleM: from.window.middleM - (event.clientX - from.px) / pxPerM, liftM: from.window.liftM + (event.clientY - from.py) / pxPerM })
        }}
        onPointerUp={() => (pan.current = null)}
        onPointerCancel={() => (pan.current = null)}
        onDoubleClick={() => onWindow(WHOLE_SECTION)}
        onKeyDown={event => {
          if (event.altKey) {
            const [step, own] = [MOVE_STEPS[event.key], grips.find(({ isOwn }) => isOwn)]
            if (!step || !own || !canEdit()) return
            event.preventDefault()
            moveOwn(cut, own, movedInSection(own, section.plane, ...step, false, datum))
            return
          }
          const sign = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
          if (sign === undefined) return
          event.preventDefault()
          setCursor(line, chainageM + sign * (event.shiftKey ? 10 : 1) * KEY_STEP_M)
        }}
      >
        <clipPath id="section-plot"><rect x={MARGIN.left} y={MARGIN.top} width={Math.max(0, width - MARGIN.left - MARGIN.right)} height={plotBottom - MARGIN.top} /></clipPath>
        {marks.map(level => (
          <g key={level}>
            <line className="cut-grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(level - datum)} y2={y(level - datum)} />
            <text x={MARGIN.left - 6} y={y(level - datum)} textAnchor="end" dominantBaseline="central">{figure(level, decimalsOf(step))}</text>
          </g>
        ))}
        <g clipPath="url(#section-plot)">
          {section.ground.map(stretch => (
            <g key={stretch[0]![0]}>
              <polygon className="cut-earth" points={[...stretch.map(([u, z]) => `${x(u)},${y(z)}`), `${x(stretch.at(-1)![0])},${plotBottom}`, `${x(stretch[0]![0])},${plotBottom}`].join(' ')} />
              <polyline className="cut-ground" points={stretch.map(([u, z]) => `${x(u)},${y(z)}`).join(' ')} />
            </g>
          ))}
          <SlotBands bands={bands} chosen={chosenSlot} />
          {digs.map((shape, i) => <DigOutline key={i} shape={shape} x={x} y={y} isSelected={selectedId === shape.id} title={shape.label} />)}
          {ghosts.map((outline, i) => <polygon key={i} className="cut-ghost" points={outline.points.map(([u, z]) => `${x(u)},${y(z)}`).join(' ')}><title>{outline.label}</title></polygon>)}
          <line className="cut-cursor" strokeDasharray="4 4" x1={x(0)} x2={x(0)} y1={MARGIN.top} y2={plotBottom} />
          {section.cuts.map((each, i) => (
            <CutOutline
              key={i} item={each.item} outline={each.shape.outline} x={x} y={y} palette={palette} isOwn={each.isOwn} isHovered={hoverId === each.item.id}
              title={`${t(`kinds:kind.${each.item.kind}`)} ${each.item.label} · ${size(each.item.section)}\n${t('section.levels', { crown: figure(each.crownM + datum, 3), cover: figure(each.coverM, 2) })}`}
              onClick={() => selectAt(each.item, [section.plane.x + each.shape.u * section.plane.dirX, section.plane.y + each.shape.u * section.plane.dirY])}
            />
          ))}
        </g>
        <g clipPath="url(#section-plot)" pointerEvents="none">
          {section.cuts.flatMap(({ item: { ductBank }, shape }, i) => (!ductBank || shape.isAlong ? [] : ductsOf(ductBank).map(([right, up], k) => (
            <ellipse key={`${i} ${k}`} className="cut-duct" cx={x(shape.u + right * widening(shape, ductBank))} cy={y(shape.z + up)} rx={(pxPerM * widening(shape, ductBank) * ductBank.ductM) / 2} ry={(pxPerM * ductBank.ductM) / 2} />
          ))))}
        </g>
        <SpacingRow section={section} x={x} y={y} top={plotBottom} left={MARGIN.left} right={width - MARGIN.right} />
        {/* Words over the lines of the dimensions, never under them. */}
        <g clipPath="url(#section-plot)">
          <SectionLabels section={section} spared={bands.map(bandBox)} x={x} y={y} area={{ x: MARGIN.left, y: MARGIN.top + (held ? WORDS_PX : 0), width: width - MARGIN.left - MARGIN.right, height: plotBottom - MARGIN.top - (held ? WORDS_PX : 0) }} levelOriginM={datum} />
        </g>
        <g clipPath="url(#section-plot)">
          {held?.before.map((outline, i) => <polygon key={i} className="cut-ghost" points={outline.map(([u, z]) => `${x(u)},${y(z)}`).join(' ')} />)}
          <SectionHandles
            cut={cut} section={section} grips={grips} drag={held && drag} halfSpanM={reachM} pxPerM={pxPerM} x={x} y={y} words={[MARGIN.left + 8, MARGIN.top + 16]}
            onHold={grip => setHeld(grip && {
              grip, grips, line, middleLevel, chainageM: grip.isOwn ? grip.chainageM : chainageM,
              before: section.cuts.filter(({ item }) => item.id === grip.proposalId).map(({ shape }) => shape.outline),
            })}
          />
        </g>
        <rect className="cut-frame" x={MARGIN.left} y={MARGIN.top} width={Math.max(0, width - MARGIN.left - MARGIN.right)} height={plotBottom - MARGIN.top} />
      </svg>
    </div>
  )
}

/** By how much a bank cut aslant is wider than it is. */
const widening = ({ minU, maxU }: CutShape, bank: DuctBank): number => (maxU - minU) / bankSection(bank).widthM

/** Ground and shapes fit if they can; else the ground stays in the picture, for it is what depths are counted from. */
function levelInMiddle({ cuts, ground, at }: Section, shownM: number): number {
  const corners = cuts.flatMap(({ shape }) => shape.outline.map(([, z]) => z))
  const levels = ground.flat().map(([, z]) => z)
  const here = ground.flat().reduce<readonly [number, number] | null>((best, point) => (!best || Math.abs(point[0]) < Math.abs(best[0]) ? point : best), null)
  const [low, high] = [Math.min(at[2], ...corners, ...levels), Math.max(at[2], ...corners, ...levels)]
  if (high - low <= shownM * 0.92) return (low + high) / 2
  return here ? here[1] - shownM * 0.3 : at[2]
}
