import { ChevronDown, ChevronUp } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { setColourBy } from '../actions/viewing/colour-actions.ts'
import { count, networkLength } from '../i18n/format.ts'
import { attributeStore, roleOf } from '../state/colouring/attribute-store.ts'
import { COLOUR_BY, type ClassLabel } from '../state/colouring/colour-classes.ts'
import { legendRows } from '../state/colouring/colouring.ts'
import { useColouring } from '../state/colouring/use-colouring.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { IconButton } from '../ui/button.tsx'
import { Swatch } from '../ui/display.tsx'
import { Select } from '../ui/fields.tsx'
import { IN_PICTURE } from '../ui/paint-overlay.ts'
import './colour-legend.css'

/** What the colours of the lines say, with how much of each is shown now. */
export function ColourLegend() {
  const { t } = useTranslation('colouring')
  const by = useStore(viewStore, view => view.colourBy)
  const isEmpty = useStore(projectStore, project => !project.columns || project.columns.count === 0)
  // By kind the tree of layers is the legend; opened here it goes into pictures too.
  const [chosen, setOpen] = useState<boolean | null>(null)
  const isOpen = chosen ?? by !== 'kind'
  if (isEmpty) return null
  return (
    <section className="legend" {...IN_PICTURE} aria-label={t('title')}>
      <header className="legend__head">
        <label className="legend__by"><span className="soft">{t('title')}</span>
          <Select value={by} onChange={setColourBy} options={COLOUR_BY.map(value => ({ value, label: t(`by.${value}`) }))} />
        </label>
        <IconButton size="small" label={t(isOpen ? 'hide' : 'show')} aria-expanded={isOpen} icon={isOpen ? <ChevronUp size={14} /> : <ChevronDown size={14} />} onClick={() => setOpen(!isOpen)} />
      </header>
      {isOpen && <Rows />}
    </section>
  )
}

function Rows() {
  const { t } = useTranslation()
  const columns = useStore(projectStore, project => project.columns)
  const by = useStore(viewStore, view => view.colourBy)
  const hiddenKinds = useStore(viewStore, view => view.hiddenKinds)
  const hiddenOwners = useStore(viewStore, view => view.hiddenOwners)
  const role = roleOf(by)
  const attribute = useStore(attributeStore, state => (role ? state[role] : undefined))
  const colouring = useColouring()
  const rows = useMemo(
    () => (columns && colouring ? legendRows(columns, colouring, (kind, owner) => !hiddenKinds.has(kind) && !hiddenOwners.has(owner)) : []),
    [columns, colouring, hiddenKinds, hiddenOwners],
  )
  if (role && !attribute?.column) return <p className="legend__note" role="status">{t('colouring:reading')}</p>
  const names = attribute?.column?.names.slice(0, 2).join(', ') ?? ''
  const note = role && names === '' ? t(`colouring:${by}.none`) : by === 'owner' || by === 'status' || by === 'kind' ? null : t(`colouring:${by}.note`, { names })
  return (
    <>
      <ul className="legend__rows">
        {rows.map(row => (
          <li key={row.id} className="legend__row">
            <Swatch colour={row.colour} />
            <span className="truncate" title={words(t, row.label)}>{words(t, row.label)}</span>
            <span className="legend__figure">{t('colouring:figures', { lines: count(row.count), length: networkLength(row.lengthM) })}</span>
          </li>
        ))}
      </ul>
      {note && <p className="legend__note">{note}</p>}
    </>
  )
}

const words = (t: ReturnType<typeof useTranslation>['t'], label: ClassLabel): string => ('text' in label ? label.text : t(label.key, { ...label.values }))
