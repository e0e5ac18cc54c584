import { useTranslation } from 'react-i18next'
import { figure, sizeFigure } from '../../i18n/format.ts'
import { LabelRoom, shortName, textAt, textWidth, type Rect } from '../cut/chart.ts'
import { Unlabelled, unlabelledRoom } from '../cut/unlabelled.tsx'
import type { Section } from './section-model.ts'

const LINE = 13
const GAP = 5

interface SectionLabelsProps {
  readonly section: Section
  /** Kept free of words where there is room elsewhere. */
  readonly spared: readonly Rect[]
  readonly x: (u: number) => number
  readonly y: (z: number) => number
  readonly area: Rect
  readonly levelOriginM: number
}

/** Name, size, level and cover at each shape; the line itself first. What finds no room is left to the tip, and counted. */
export function SectionLabels({ section, spared, x, y, area, levelOriginM }: SectionLabelsProps) {
  const { t } = useTranslation('views')
  const room = new LabelRoom(area)
  const boxes = new Map(section.cuts.map(cut => {
    const ys = cut.shape.outline.map(([, z]) => y(z))
    const box: Rect = { x: x(cut.shape.minU), y: Math.min(...ys), width: x(cut.shape.maxU) - x(cut.shape.minU), height: Math.max(...ys) - Math.min(...ys) }
    return [cut, box]
  }))
  room.block(unlabelledRoom(area.x + area.width, area.y + area.height))
  for (const box of boxes.values()) room.block(box)
  for (const rect of spared) room.spare(rect)
  for (const stretch of section.ground) room.blockLine(stretch.map(([u, z]) => [x(u), y(z)]))
  const order = [...section.cuts].sort((p, q) => Number(q.isOwn) - Number(p.isOwn) || q.crownM - p.crownM)
  const labels = order.map((cut, i) => {
    const box = boxes.get(cut)!
    const lines = [shortName(cut.item.label), `${t(`kinds:kind.${cut.item.kind}`)} ${sizeFigure(cut.item.section)}`, t('section.levels', { crown: figure(cut.crownM + levelOriginM, 2), cover: figure(cut.coverM, 2) }), ...(cut.item.isLevelAssumed ? [t('levelAssumed')] : [])]
    const [w, h] = [Math.max(...lines.map(textWidth)) + 4, lines.length * LINE]
    const [middleX, middleY] = [box.x + box.width / 2 - w / 2, box.y + box.height / 2 - h / 2]
    const place = room.take([
      { x: box.x + box.width + GAP, y: middleY, width: w, height: h }, { x: box.x - GAP - w, y: middleY, width: w, height: h },
      ...[0, 1, 2, 3, 4, 5].flatMap(step => [middleX, box.x + box.width / 2 - 6, box.x + box.width / 2 - w + 6].flatMap(left => [
        { x: left, y: box.y + box.height + GAP + 16 * step, width: w, height: h }, { x: left, y: box.y - GAP - h - 16 * step, width: w, height: h },
      ])),
    ])
    if (!place) return null
    const isApart = place.y > box.y + box.height + 2 * GAP || place.y + h < box.y - 2 * GAP
    return { key: i, lead: isApart && (
      <line className="cut-lead" x1={box.x + box.width / 2} x2={box.x + box.width / 2} y1={place.y > box.y ? box.y + box.height : box.y} y2={place.y > box.y ? place.y : place.y + h} />
    ), words: (
      <>
        <rect className="cut-plate" {...place} />
        {lines.map((text, k) => <text key={k} className={`cut-halo ${k === 0 ? 'cut-strong' : ''}`} {...textAt(place, box)} y={place.y + 10 + k * LINE}>{text}</text>)}
      </>
    ) }
  })
  const placed = labels.filter(label => label !== null)
  // All leads before all words: a lead may pass behind another label, not through it.
  return <g pointerEvents="none">{placed.map(({ key, lead }) => <g key={key}>{lead}</g>)}{placed.map(({ key, words }) => <g key={key}>{words}</g>)}<Unlabelled count={labels.length - placed.length} area={area} /></g>
}
