import { ClipboardCopy, ClipboardPaste, Minus, Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { copyText, readText } from '../../actions/files/clipboard-actions.ts'
import { pasteAxis } from '../../actions/scheme/line-actions.ts'
import { executeCommand } from '../../actions/scheme/scenario-actions.ts'
import { deleteVertex, moveVertex } from '../../actions/scheme/vertex-actions.ts'
import { groundOf } from '../../state/twin/ground-levels.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { verticesToSheet } from '../../state/scheme/vertex-sheet.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Section } from '../../ui/display.tsx'
import { NumberInput } from '../../ui/fields.tsx'
import { useRows } from '../../ui/use-rows.ts'

const COORDINATE = { decimals: 3, min: -1e9, max: 1e9 } as const

interface VertexTableProps {
  readonly proposal: Proposal
  readonly vertex: number | null
  readonly halfHeightM: number
  readonly isReadOnly: boolean
}

/** The axis in figures, project coordinates: x, y, level of the axis, and cover (setting it moves the level). */
export function VertexTable({ proposal, vertex, halfHeightM, isReadOnly }: VertexTableProps) {
  const { t } = useTranslation('app')
  const scrollRef = useRef<HTMLDivElement>(null)
  const { id, axis } = proposal
  const { inSight, heightPx, scrollTo } = useRows(scrollRef, axis.length)
  useEffect(() => {
    if (vertex !== null) scrollTo(vertex)
  }, [vertex, scrollTo])
  return (
    <Section title={t('vertices.title', { count: axis.length })} action={<VertexActions proposal={proposal} vertex={vertex} isReadOnly={isReadOnly} />}>
      <div
        className="vertex-table" ref={scrollRef} role="group" aria-label={t('vertices.title', { count: axis.length })}
        onPaste={event => {
          const text = event.clipboardData.getData('text/plain')
          // One figure goes into its field; rows are the whole line.
          if (isReadOnly || !/\n/.test(text.trim())) return
          event.preventDefault()
          pasteAxis(id, text)
        }}
      >
        <div className="vertex-table__row vertex-table__row--head" aria-hidden>
          <span /><span>X</span><span>Y</span><span title={t('field.level')}>{t('vertices.level')}</span><span>{t('vertices.cover')}</span>
        </div>
        <div style={{ height: heightPx, position: 'relative' }}>
          {inSight.map(({ index, top }) => (
            <VertexRow key={`${id}-${index}`} proposal={proposal} index={index} top={top} isActive={index === vertex} halfHeightM={halfHeightM} isReadOnly={isReadOnly} />
          ))}
        </div>
      </div>
    </Section>
  )
}

interface VertexRowProps {
  readonly proposal: Proposal
  readonly index: number
  readonly top: number
  readonly isActive: boolean
  readonly halfHeightM: number
  readonly isReadOnly: boolean
}

function VertexRow({ proposal, index, top, isActive, halfHeightM, isReadOnly }: VertexRowProps) {
  const { t } = useTranslation('app')
  const context = useStore(projectStore, state => state.context)
  const origin = useStore(projectStore, state => state.info?.origin)
  const { id, axis } = proposal
  const point = axis[index]!
  const [x, y, z] = point
  const ground = origin ? groundOf(context?.ground ?? null)(x - origin[0], y - origin[1]) : null
  const groundM = ground === null || !origin ? null : ground + origin[2]
  const move = (to: Vec3) => moveVertex(proposal, index, to)
  const n = index + 1
  const selectVertex = () => sessionStore.setState({ selection: { type: 'proposal', id, vertex: index } })
  return (
    <div role="group" aria-label={t('vertices.select', { n })} className={`vertex-table__row ${isActive ? 'vertex-table__row--active' : ''}`} style={{ position: 'absolute', insetInline: 0, top }} onFocus={isActive ? undefined : selectVertex}>
      <button type="button" className="vertex-table__number" aria-label={t('vertices.select', { n })} onClick={selectVertex}>{n}</button>
      <NumberInput {...COORDINATE} disabled={isReadOnly} aria-label={t('vertices.field', { n, name: 'X' })} value={x} onCommit={value => move([value, y, z])} />
      <NumberInput {...COORDINATE} disabled={isReadOnly} aria-label={t('vertices.field', { n, name: 'Y' })} value={y} onCommit={value => move([x, value, z])} />
      <NumberInput {...COORDINATE} disabled={isReadOnly} aria-label={t('vertices.field', { n, name: t('vertices.level') })} value={z} onCommit={value => move([x, y, value])} />
      <NumberInput
        decimals={2} min={-1000} max={1000} disabled={isReadOnly || groundM === null} aria-label={t('vertices.field', { n, name: t('vertices.cover') })}
        value={groundM === null ? null : groundM - z - halfHeightM}
        onCommit={coverM => groundM !== null && move([x, y, groundM - coverM - halfHeightM])}
      />
    </div>
  )
}

interface VertexActionsProps {
  readonly proposal: Proposal
  readonly vertex: number | null
  readonly isReadOnly: boolean
}

/** What can be done with the selected vertex. */
function VertexActions({ proposal, vertex, isReadOnly }: VertexActionsProps) {
  const { id, axis } = proposal
  const { t } = useTranslation('app')
  const isNone = isReadOnly || vertex === null || vertex >= axis.length
  const n = (vertex ?? 0) + 1
  return (
    <span>
      <IconButton size="small" label={t('vertices.copy')} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(verticesToSheet(axis, ['X', 'Y', t('vertices.level')]), 'planning:edit.verticesCopied', { count: axis.length })} />
      <IconButton size="small" disabled={isReadOnly} label={t('vertices.paste')} icon={<ClipboardPaste size={14} />} onClick={() => void readText().then(text => text !== null && pasteAxis(id, text))} />
      <IconButton size="small" disabled={isNone} label={t('vertices.insert', { n })} icon={<Plus size={14} />} onClick={() => executeCommand({ op: 'proposal.insertVertex', id, index: n, at: pointAfter(axis, n - 1) })} />
      <IconButton
        size="small" disabled={isNone || axis.length <= 2} label={t('vertices.delete', { n })} icon={<Minus size={14} />}
        onClick={() => deleteVertex(proposal, n - 1) && sessionStore.setState({ selection: { type: 'proposal', id, vertex: null } })}
      />
    </span>
  )
}

/** Half-way to the next vertex; beyond the last one, as far again as the part before it. */
function pointAfter(axis: readonly Vec3[], index: number): [number, number, number] {
  const p = axis[index]!
  const q = axis[index + 1]
  const before = axis[index - 1] ?? p
  const mix = (k: 0 | 1 | 2) => (q ? (p[k] + q[k]) / 2 : 2 * p[k] - before[k])
  return [mix(0), mix(1), mix(2)]
}
