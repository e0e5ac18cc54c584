import { ClipboardCopy, Grid3x3, ListChecks, Pencil, PenTool, Table2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { EVERYTHING } from '#shared/ledger/asset-query.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { copyText } from '../actions/files/clipboard-actions.ts'
import { showFindingsOf } from '../actions/check/finding-actions.ts'
import { showInLedger } from '../actions/ledger/ledger-actions.ts'
import { colourBlocks, flyToPlan, toggleSwitch } from '../actions/viewing/view-actions.ts'
import { count, networkLength } from '../i18n/format.ts'
import { BLOCK_FIGURES, figureOf, type BlockFigure, type BlockFigures } from '../state/twin/block-figures.ts'
import type { BlockLines } from '../state/twin/block-facts.ts'
import { kindColour } from '../state/view/kind-colours.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { useBlockFigures } from '../state/twin/use-block-figures.ts'
import { viewStore } from '../state/view/view-store.ts'
import { IconButton } from '../ui/button.tsx'
import { Badge, EmptyState } from '../ui/display.tsx'
import { Select } from '../ui/fields.tsx'
import { FilterBox } from '../ui/filter-box.tsx'
import { percent } from '../ui/percent.ts'
import { ActionButton } from './action-button.tsx'
import './blocks-panel.css'
import './lists.css'

type T = ReturnType<typeof useTranslation<'app'>>['t']

/** Blocks of responsibility on one map: who answers for which part of town, what lies in it, what there is to settle, to renew and to find out. */
export function BlocksPanel() {
  const { t, i18n } = useTranslation('app')
  const blocks = useStore(projectStore, state => state.context?.blocks ?? null)
  const colouredBy = useStore(viewStore, state => state.blockFigure)
  const figures = useBlockFigures()
  const [filter, setFilter] = useState('')
  const shown = useMemo(() => arranged(blocks ?? [], figures, filter, colouredBy, i18n.language), [blocks, figures, filter, colouredBy, i18n.language])
  if (!blocks) return null
  if (blocks.length === 0) return <EmptyState icon={<Grid3x3 size={24} />} title={t('blocks.empty.title')} text={t('blocks.empty.text')}><ActionButton id="ledger.drawBlock" icon={<PenTool size={14} />} look="primary" /><ActionButton id="ledger.blockGrid" icon={<Grid3x3 size={14} />} /></EmptyState>
  const longestM = Math.max(...figures.map(({ lines }) => lines.lengthM))
  const isAssessed = figures.some(({ gaps }) => gaps !== null)
  return (
    <div className="panel">
      <div className="panel__bar"><FilterBox value={filter} placeholder={t('blocks.filter')} clearLabel={t('common:clear')} onChange={setFilter} /><ActionButton id="ledger.drawBlock" icon={<PenTool size={14} />} iconOnly /><ActionButton id="ledger.blockGrid" icon={<Grid3x3 size={14} />} iconOnly /><IconButton label={t('common:copyTable')} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(sheetOf(shown, t), 'app:toast.tableCopied', { count: shown.length })} /></div>
      <div className="panel__bar blocks__colour">
        <label className="check-row">{t('blocks.colour')}<Select<BlockFigure | 'none'> value={colouredBy ?? 'none'} options={[{ value: 'none', label: t('blocks.figure.none') }, ...BLOCK_FIGURES.map(value => ({ value, label: t(`blocks.figure.${value}`) }))]} onChange={value => colourBlocks(value === 'none' ? null : value)} /></label>
        {!isAssessed && colouredBy === 'gaps' && <ActionButton id="ledger.assess" icon={null} />}
      </div>
      <ul className="panel__scroll" aria-label={t('panel.blocks')}>
        {shown.map(({ block, figures: of }) => <BlockRow key={block.id} block={block} figures={of} longestM={longestM} />)}
      </ul>
    </div>
  )
}

interface ListedBlock {
  readonly block: Block
  readonly figures: BlockFigures
}

/** The block that asks for most first, where the map is coloured by something; else by name. */
function arranged(blocks: readonly Block[], figures: readonly BlockFigures[], filter: string, by: BlockFigure | null, language: string): ListedBlock[] {
  const wanted = filter.trim().toLowerCase()
  const collator = new Intl.Collator(language, { numeric: true })
  return blocks
    .flatMap((block, i) => (figures[i] && `${block.name} ${block.responsible}`.toLowerCase().includes(wanted) ? [{ block, figures: figures[i] }] : []))
    .sort((a, b) => (by === null ? 0 : (figureOf(b.figures, by) ?? -1) - (figureOf(a.figures, by) ?? -1)) || collator.compare(a.block.name, b.block.name))
}

function BlockRow({ block, figures, longestM }: ListedBlock & { readonly longestM: number }) {
  const { t } = useTranslation('app')
  const info = useStore(projectStore, state => state.info)
  const { lines, findings, mandatory, exceptions, gaps, score, works } = figures
  const visit = () => {
    if (!info) return
    const [z0, z1] = info.extent ? [info.extent[2] - info.origin[2], info.extent[5] - info.origin[2]] : [0, 0]
    if (!viewStore.getState().showBlocks) toggleSwitch('showBlocks')
    flyToPlan(block.ring.map(([x, y]) => [x - info.origin[0], y - info.origin[1]]), [z0, z1])
  }
  return (
    <li className="block">
      <span className="block__edit"><IconButton size="small" label={t('blocks.edit', { name: block.name || block.id })} disabled={info?.readOnly !== null} icon={<Pencil size={12} />} onClick={() => sessionStore.setState({ dialog: { type: 'block', id: block.id, ring: null } })} /></span>
      <button type="button" className="block__open" onClick={visit}>
        <span className="truncate strong">{block.name || block.id}</span>
        <span className="truncate list-row__note">{block.responsible || t('blocks.nobody')}</span>
        <BlockBar lines={lines} longestM={longestM} />
      </button>
      <div className="block__figures list-row__note">
        <button type="button" className="block__link" title={t('blocks.toLedger')} onClick={() => showInLedger({ ...EVERYTHING, blocks: [block.id] })}><Table2 size={12} />{t('blocks.lines', { count: lines.count, length: networkLength(lines.lengthM) })}</button>
        {lines.count === 0 && <span className="soft">{t('blocks.onlyCrossed')}</span>}
        {findings > 0 && <button type="button" title={t('blocks.toFindings')} onClick={() => showFindingsOf(block.id)}><Badge tone={mandatory > 0 ? 'danger' : 'warning'} icon={<ListChecks size={12} />}>{t('blocks.findings', { count: findings })}</Badge></button>}
        {exceptions > 0 && <Badge tone="warning">{t('blocks.exceptions', { count: exceptions })}</Badge>}
        {gaps !== null && gaps > 0 && <span title={score === null ? '' : t('blocks.complete', { share: percent(score) })}>{t('blocks.gaps', { count: gaps, shown: count(gaps) })}</span>}
        {works.length > 0 && <Badge tone="accent"><span title={works.join(' · ')}>{t('blocks.works', { count: works.length })}</span></Badge>}
      </div>
    </li>
  )
}

/** The figures as a sheet, for a report or a mail. */
function sheetOf(rows: readonly ListedBlock[], t: T): string {
  const head = [t('panel.blocks'), t('blocks.responsible'), t('ledger.column.length'), ...BLOCK_FIGURES.filter(figure => figure !== 'length').map(figure => t(`blocks.figure.${figure}`))]
  const cells = rows.map(({ block, figures }) => [block.name || block.id, block.responsible, figures.lines.lengthM.toFixed(1), ...BLOCK_FIGURES.filter(figure => figure !== 'length').map(figure => String(figureOf(figures, figure) ?? ''))])
  return [head, ...cells].map(line => line.map(cell => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
}

/** Length in the block, by kind, on one scale for all blocks. */
function BlockBar({ lines, longestM }: { readonly lines: BlockLines; readonly longestM: number }) {
  const palette = useStore(viewStore, state => state.colours)
  return (
    <span className="block__bar" aria-hidden>
      {lines.kinds.map(({ kind, lengthM }) => <span key={kind} style={{ width: `${(100 * lengthM) / (longestM || 1)}%`, background: kindColour(kind, palette) }} />)}
    </span>
  )
}
