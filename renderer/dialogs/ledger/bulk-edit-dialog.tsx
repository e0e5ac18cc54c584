import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { HELD_LEVELS, type AssetFields, type HeldLevel } from '#shared/ledger/asset-fields.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { editAssets, previewEdit } from '../../actions/ledger/ledger-actions.ts'
import { count } from '../../i18n/format.ts'
import { attributeStore } from '../../state/colouring/attribute-store.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SectionFields } from '../../panels/section-fields.tsx'
import { SignedFields } from './signed-fields.tsx'
import '../dialogs.css'
import './ledger-dialogs.css'

/** What a field begins with once it is to be set. */
const FIRST: Required<AssetFields> = {
  kind: 'water', owner: '', status: 'in_use', laying: 'direct', pressureClass: 'low', voltageKv: 10, section: { shape: 'circle', diameterM: 0.3 },
  accuracyPlanM: 0.05, accuracyLevelM: 0.05, material: '', year: new Date().getFullYear(),
}
const FIELDS = Object.keys(FIRST) as (keyof AssetFields)[]

/** A pause in typing before the host is asked what would change. */
const PREVIEW_AFTER_MS = 250

/** Sets fields on many lines at once: what is ticked is set, the rest stays; how many lines that changes is said before. */
export function BulkEditDialog({ assets, onClose }: { readonly assets: Uint32Array; readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const [fields, setFields] = useState<AssetFields>({})
  const [held, setHeld] = useState<HeldLevel>('axis')
  const [why, setWhy] = useState('')
  const isChanging = useStore(ledgerStore, state => state.isChanging)
  const edit = useMemo(() => ({ assets, fields: cleaned(fields), held }), [assets, fields, held])
  const changes = useChanges(edit)
  const isSome = Object.keys(fields).length > 0
  const submit = () => {
    void editAssets(edit, { who: sessionStore.getState().person.trim(), why: why.trim() }).then(isMade => isMade && onClose())
  }
  return (
    <Dialog
      title={t('bulk.title', { count: assets.length, shown: count(assets.length) })} closeLabel={t('common:close')} onClose={onClose} width={600}
      footer={<>
        <span className="bulk__preview soft" role="status">{!isSome ? t('bulk.choose') : changes === null ? t('bulk.counting') : t('bulk.changes', { count: changes, shown: count(changes), total: count(assets.length) })}</span>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" disabled={!isSome || changes === null || changes === 0 || isChanging} onClick={submit}>{t('bulk.commit', { count: changes ?? 0, shown: count(changes ?? 0) })}</Button>
      </>}
    >
      <div className="form">
        <div className="bulk">
          {FIELDS.map(name => <FieldRow key={name} name={name} fields={fields} onChange={setFields} held={held} onHeld={setHeld} />)}
        </div>
        <SignedFields why={why} onWhy={setWhy} />
      </div>
    </Dialog>
  )
}

/** Texts as they are kept: an empty material is one that is not known. */
const cleaned = (fields: AssetFields): AssetFields => ({
  ...fields, ...(fields.owner !== undefined && { owner: fields.owner.trim() }), ...(typeof fields.material === 'string' && { material: fields.material.trim() || null }),
})

function useChanges(edit: Parameters<typeof previewEdit>[0]): number | null {
  const twinHash = useStore(projectStore, state => state.info?.twinHash)
  const [known, setKnown] = useState<{ readonly edit: object; readonly changes: number | null } | null>(null)
  useEffect(() => {
    if (Object.keys(edit.fields).length === 0) return undefined
    const controller = new AbortController()
    const timer = setTimeout(() => void previewEdit(edit, controller.signal).then(changes => {
      if (!controller.signal.aborted) setKnown({ edit, changes })
    }), PREVIEW_AFTER_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [edit, twinHash])
  return known?.edit === edit ? known.changes : null
}

interface FieldRowProps {
  readonly name: keyof AssetFields
  readonly fields: AssetFields
  readonly onChange: (fields: AssetFields) => void
}

interface HeldProps {
  readonly held: HeldLevel
  readonly onHeld: (held: HeldLevel) => void
}

function FieldRow({ name, fields, onChange, held, onHeld }: FieldRowProps & HeldProps) {
  const { t } = useTranslation('ledger')
  const isSet = fields[name] !== undefined
  const toggle = () => {
    const rest = { ...fields }
    delete rest[name]
    onChange(isSet ? rest : { ...rest, [name]: FIRST[name] })
  }
  return (
    <div className="bulk__row">
      <label className="bulk__label"><input type="checkbox" checked={isSet} onChange={toggle} />{t(`field.${name}`)}</label>
      <span className="bulk__control">{isSet ? <><Control name={name} fields={fields} onChange={onChange} />{name === 'section' && <HeldChoice held={held} onHeld={onHeld} />}</> : <span className="faint">{t('bulk.stays')}</span>}</span>
    </div>
  )
}

/** A larger pipe goes up, down or both ways. */
function HeldChoice({ held, onHeld }: HeldProps) {
  const { t } = useTranslation('ledger')
  return <><span className="soft small bulk__held">{t('bulk.held')}</span><Segmented label={t('bulk.held')} value={held} onChange={onHeld} options={HELD_LEVELS.map(value => ({ value, label: t(`held.${value}`) }))} /></>
}

function Control({ name, fields, onChange }: FieldRowProps) {
  const { t } = useTranslation('ledger')
  const owners = useStore(projectStore, state => state.columns?.owners ?? null)
  const materials = useStore(attributeStore, state => state.material?.column?.values ?? null)
  const set = (part: AssetFields) => onChange({ ...fields, ...part })
  const label = t(`field.${name}`)
  const unknown = { value: '', label: t('unknown') }
  const choice = <T extends string>(value: T | null, all: readonly T[], word: (value: T) => string, take: (value: T | null) => void, isKnown = false): ReactNode =>
    <Select<string> aria-label={label} value={value ?? ''} options={[...all.map(item => ({ value: item as string, label: word(item) })), ...(isKnown ? [] : [unknown])]} onChange={next => take(next === '' ? null : (next as T))} />
  const figures = (value: number | null, decimals: number, min: number, max: number, unit: string, take: (value: number) => void) =>
    <NumberInput aria-label={label} value={value} decimals={decimals} min={min} max={max} {...(unit !== '' && { unit })} onCommit={take} />
  const text = (value: string, known: readonly string[] | null, take: (value: string) => void) => <>
    <input className="input" aria-label={label} value={value} maxLength={200} list={`bulk-${name}`} placeholder={t('unknown')} onChange={event => take(event.target.value)} />
    <datalist id={`bulk-${name}`}>{known?.slice(0, 500).map(item => <option key={item} value={item} />)}</datalist>
  </>
  switch (name) {
    case 'kind': return choice(fields.kind!, ASSET_KINDS, kind => t(`kinds:kind.${kind}`), kind => set({ kind: kind! }), true)
    case 'status': return choice(fields.status!, ASSET_STATUSES, status => t(`kinds:status.${status}`), status => set({ status: status! }), true)
    case 'laying': return choice(fields.laying!, LAYINGS, laying => t(`kinds:laying.${laying}`), laying => set({ laying }))
    case 'pressureClass': return choice(fields.pressureClass!, PRESSURE_CLASSES, pressure => t(`kinds:pressureClass.${pressure}`), pressureClass => set({ pressureClass }))
    case 'owner': return text(fields.owner!, owners, owner => set({ owner }))
    case 'material': return text(fields.material ?? '', materials, material => set({ material }))
    case 'section': return <SectionFields section={fields.section!} onChange={section => set({ section })} />
    case 'voltageKv': return figures(fields.voltageKv!, 1, 0.1, 2000, 'kV', voltageKv => set({ voltageKv }))
    case 'year': return figures(fields.year!, 0, 1800, 2199, '', year => set({ year }))
    case 'accuracyPlanM': return figures(fields.accuracyPlanM!, 2, 0, 1000, 'm', accuracyPlanM => set({ accuracyPlanM }))
    case 'accuracyLevelM': return figures(fields.accuracyLevelM!, 2, 0, 1000, 'm', accuracyLevelM => set({ accuracyLevelM }))
  }
}
