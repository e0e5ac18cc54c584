import { ChevronDown, ChevronRight, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { hideKinds, setGroundOpacity, showEverything, toggleKind, toggleOwner, toggleSwitch } from '../actions/viewing/view-actions.ts'
import { setColours, setShade } from '../actions/viewing/preference-actions.ts'
import { count, networkLength } from '../i18n/format.ts'
import { kindCounts, type KindCount } from '../state/twin/asset-facts.ts'
import { kindColour } from '../state/view/kind-colours.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { EmptyState, Section, Swatch } from '../ui/display.tsx'
import { FilterBox } from '../ui/filter-box.tsx'
import { Select } from '../ui/fields.tsx'
import { ActionButton } from './action-button.tsx'
import { Layers } from 'lucide-react'
import './lists.css'

/** The inventory by kind and, within, by owner: how much there is, its colour, and whether it is shown. */
export function LayersPanel() {
  const { t } = useTranslation('app')
  const columns = useStore(projectStore, state => state.columns)
  const [filter, setFilter] = useState('')
  if (!columns) return null
  if (columns.count === 0) {
    return <EmptyState icon={<Layers size={24} />} title={t('layers.empty.title')} text={t('layers.empty.text')}><ActionButton id="file.import" icon={null} look="primary" /></EmptyState>
  }
  const kinds = kindCounts(columns)
  return (
    <div className="panel">
      <div className="panel__bar">
        <FilterBox value={filter} placeholder={t('layers.filter')} clearLabel={t('common:clear')} onChange={setFilter} />
        <Button look="quiet" onClick={showEverything}>{t('layers.all')}</Button>
        <Button look="quiet" onClick={() => hideKinds(kinds.map(row => row.kind))}>{t('layers.none')}</Button>
      </div>
      <div className="panel__scroll">
        <ul role="tree" aria-label={t('panel.layers')}>
          {kinds.map(row => <KindRow key={row.kind} row={row} filter={filter.trim().toLowerCase()} />)}
        </ul>
        <Surroundings />
      </div>
    </div>
  )
}

function KindRow({ row, filter }: { readonly row: KindCount; readonly filter: string }) {
  const { t } = useTranslation()
  const palette = useStore(viewStore, state => state.colours)
  const hidden = useStore(viewStore, state => state.hiddenKinds.has(row.kind))
  const [isOpen, setOpen] = useState(false)
  const name = t(`kinds:kind.${row.kind}`)
  const nameMatches = name.toLowerCase().includes(filter)
  const owners = filter === '' || nameMatches ? row.owners : row.owners.filter(({ owner }) => owner.toLowerCase().includes(filter))
  if (filter !== '' && !nameMatches && owners.length === 0) return null
  const showsOwners = isOpen || (filter !== '' && !nameMatches)
  return (
    <li role="treeitem" aria-expanded={showsOwners} aria-selected={false}>
      <div className={`list-row ${hidden ? 'list-row--off' : ''}`}>
        <button type="button" className="list-row__main" onClick={() => setOpen(!isOpen)}>
          {showsOwners ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
          <Swatch colour={kindColour(row.kind, palette)} />
          <span className="truncate">{name}</span>
        </button>
        <span className="list-row__figure" title={networkLength(row.lengthM)}>{count(row.count)}</span>
        <EyeButton hidden={hidden} name={name} onToggle={() => toggleKind(row.kind)} />
      </div>
      {showsOwners && (
        <ul role="group">
          {owners.map(({ owner, count: lines, lengthM }) => <OwnerRow key={owner} owner={owner} lines={lines} lengthM={lengthM} isKindHidden={hidden} />)}
        </ul>
      )}
    </li>
  )
}

function OwnerRow({ owner, lines, lengthM, isKindHidden }: { readonly owner: string; readonly lines: number; readonly lengthM: number; readonly isKindHidden: boolean }) {
  const { t } = useTranslation('app')
  const hidden = useStore(viewStore, state => state.hiddenOwners.has(owner))
  const name = owner || t('layers.ownerUnknown')
  return (
    <li role="treeitem" aria-selected={false} className={`list-row list-row--child ${hidden || isKindHidden ? 'list-row--off' : ''}`}>
      <span className="list-row__main truncate" title={name}>{name}</span>
      <span className="list-row__figure" title={networkLength(lengthM)}>{count(lines)}</span>
      <EyeButton hidden={hidden} name={t('layers.ownerEverywhere', { owner: name })} onToggle={() => toggleOwner(owner)} />
    </li>
  )
}

function EyeButton({ hidden, name, onToggle }: { readonly hidden: boolean; readonly name: string; readonly onToggle: () => void }) {
  const { t } = useTranslation('app')
  return (
    <IconButton
      size="small" className={hidden ? '' : 'list-row__eye'} label={t(hidden ? 'layers.show' : 'layers.hide', { name })} aria-pressed={!hidden}
      icon={hidden ? <EyeOff size={14} /> : <Eye size={14} />} onClick={onToggle}
    />
  )
}

/** What is drawn around the lines, and in which colours they are. */
function Surroundings() {
  const { t } = useTranslation('app')
  const view = useStore(viewStore)
  const switches = [['showGround', 'ground'], ['showBuildings', 'buildings'], ['showNodes', 'nodes'], ['showBlocks', 'blocks'], ['showFindings', 'findings']] as const
  return (
    <Section title={t('layers.surroundings')}>
      {switches.map(([name, key]) => (
        <label key={name} className="check-row">
          <input type="checkbox" checked={view[name]} onChange={() => toggleSwitch(name)} />
          <span>{t(`layers.${key}`)}</span>
          {name === 'showGround' && (
            <input
              type="range" min={0.05} max={1} step={0.05} value={view.groundOpacity} disabled={!view.showGround}
              aria-label={t('layers.groundOpacity')} onChange={event => setGroundOpacity(Number(event.target.value))}
            />
          )}
        </label>
      ))}
      <label className="check-row check-row--select">
        <span>{t('layers.colours')}</span>
        <Select
          value={view.colours} onChange={setColours}
          options={(['standard', 'colour_blind'] as const).map(value => ({ value, label: t(`layers.palette.${value}`) }))}
        />
      </label>
      <label className="check-row check-row--select" title={t('layers.shadeNote')}>
        <span>{t('layers.shade')}</span>
        <Select value={view.shade} onChange={setShade} options={(['auto', 'on', 'off'] as const).map(value => ({ value, label: t(`layers.shadeChoice.${value}`) }))} />
      </label>
    </Section>
  )
}
