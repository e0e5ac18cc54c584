import { Trash2, Wand2 } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { selfMeeting } from '#shared/routing/lines/self-meeting.ts'
import { coverRange } from '#shared/twin/cover-range.ts'
import { proposeFix } from '../../actions/scheme/planning-actions.ts'
import { executeCommand } from '../../actions/scheme/scenario-actions.ts'
import { axisOf } from '../../actions/viewing/selection-actions.ts'
import { metres, size } from '../../i18n/format.ts'
import { groundOf } from '../../state/twin/ground-levels.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { Badge, Properties, Property, Section } from '../../ui/display.tsx'
import { NumberInput, Select, TextInput } from '../../ui/fields.tsx'
import { MaterialList } from '../material-list.tsx'
import { DuctBankFields } from '../duct-bank-fields.tsx'
import { SectionFields } from '../section-fields.tsx'
import { HangingSection } from './hanging-section.tsx'
import { LevelsTable } from './levels-table.tsx'
import { LineEdits } from './line-edits.tsx'
import { Title } from './title.tsx'
import { VertexTable } from './vertex-table.tsx'

type Changes = Extract<ScenarioCommand, { op: 'proposal.setProperties' }>['properties']

/** A proposed line: every property and every vertex can be set in figures; each change is one step of undo. */
export function ProposalDetails({ proposal, vertex }: { readonly proposal: Proposal; readonly vertex: number | null }) {
  const { t } = useTranslation('app')
  const ground = useStore(projectStore, state => state.context?.ground ?? null)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const owners = useStore(projectStore, state => state.columns?.owners ?? null)
  const set = (properties: Changes) => executeCommand({ op: 'proposal.setProperties', id: proposal.id, properties })
  const { section, axis } = proposal
  const halfHeightM = (section.shape === 'circle' ? section.diameterM : section.heightM) / 2
  const lengthM = axis.reduce((sum, p, i) => (i === 0 ? 0 : sum + Math.hypot(p[0] - axis[i - 1]![0], p[1] - axis[i - 1]![1], p[2] - axis[i - 1]![2])), 0)
  // axisOf reads the proposal as the store has it, which is the one given here.
  const cover = useMemo(() => coverRange(axisOf(proposal.id) ?? [], halfHeightM, groundOf(ground)), [proposal, halfHeightM, ground])
  const meeting = useMemo(() => selfMeeting(axis, section), [axis, section])
  const none = { value: '', label: t('inspector.none') } as const
  return (
    <>
      <Title kind={proposal.kind} title={proposal.name || proposal.id} subtitle={`${t(`kinds:kind.${proposal.kind}`)} · ${size(section)}`} flyTo={proposal.id} badge={<Badge tone="accent">{t('inspector.proposed')}</Badge>} />
      <HangingSection of={({ diversion }) => diversion === proposal.id} />
      <Section title={t('inspector.line')}>
        <Row label={t('field.name')}><TextInput aria-label={t('field.name')} value={proposal.name} placeholder={proposal.id} maxLength={200} disabled={isReadOnly} onCommit={name => set({ name })} /></Row>
        <Row label={t('field.kind')}><Select aria-label={t('field.kind')} value={proposal.kind} disabled={isReadOnly} onChange={kind => set({ kind })} options={ASSET_KINDS.map(value => ({ value, label: t(`kinds:kind.${value}`) }))} /></Row>
        <Row label={t('field.owner')}>
          <TextInput aria-label={t('field.owner')} value={proposal.owner} maxLength={200} disabled={isReadOnly} list="inspector-owners" placeholder={t('field.ownerNone')} onCommit={owner => set({ owner: owner.trim() })} />
          <datalist id="inspector-owners">{owners?.slice(0, 500).map(name => <option key={name} value={name} />)}</datalist>
        </Row>
        <Row label={t('field.sizeOuter')}><SectionFields section={section} disabled={isReadOnly} onChange={next => set({ section: next, ...(proposal.ductBank && { ductBank: null }) })} /></Row>
        {(proposal.laying === 'duct' || proposal.ductBank) && <Row label={t('bank.title')}><DuctBankFields bank={proposal.ductBank ?? null} disabled={isReadOnly} onChange={(ductBank, outside) => set({ ductBank, section: outside })} /></Row>}
        <Row label={t('field.laying')}>
          <Select aria-label={t('field.laying')} value={proposal.laying ?? ''} disabled={isReadOnly} onChange={laying => set({ laying: laying === '' ? null : laying })} options={[none, ...LAYINGS.map(value => ({ value, label: t(`kinds:laying.${value}`) }))]} />
        </Row>
        {(proposal.kind === 'gas' || proposal.pressureClass) && (
          <Row label={t('field.pressure')}>
            <Select aria-label={t('field.pressure')} value={proposal.pressureClass ?? ''} disabled={isReadOnly} onChange={pressureClass => set({ pressureClass: pressureClass === '' ? null : pressureClass })} options={[none, ...PRESSURE_CLASSES.map(value => ({ value, label: t(`kinds:pressureClass.${value}`) }))]} />
          </Row>
        )}
        {(proposal.kind === 'power' || proposal.voltageKv !== undefined) && (
          <Row label={t('field.voltage')}><NumberInput aria-label={t('field.voltage')} value={proposal.voltageKv ?? null} decimals={1} min={0.1} max={2000} unit="kV" disabled={isReadOnly} onCommit={voltageKv => set({ voltageKv })} /></Row>
        )}
        <Row label={t('field.material')}>
          <TextInput aria-label={t('field.material')} value={proposal.material ?? ''} maxLength={100} disabled={isReadOnly} list="known-materials" onCommit={material => set({ material: material.trim() === '' ? null : material.trim() })} />
          <MaterialList />
        </Row>
        <Row label={t('field.bendRadius')}><NumberInput aria-label={t('field.bendRadius')} value={proposal.bendRadiusM ?? null} decimals={1} min={0.1} max={10_000} unit="m" disabled={isReadOnly} onCommit={bendRadiusM => set({ bendRadiusM })} onClear={() => set({ bendRadiusM: null })} /></Row>
        <Properties><Property name={t('field.length')}>{metres(lengthM, 2)}</Property></Properties>
        {meeting && <p className="inspector__trouble" role="alert">{t('inspector.meetsItself', { first: metres(meeting.firstM, 2), again: metres(meeting.againM, 2), by: metres(-meeting.clearM, 2) })}</p>}
      </Section>
      <Section title={t('levels.title')}>
        <LevelsTable startM={axis[0]![2]} endM={axis.at(-1)![2]} halfHeightM={halfHeightM} cover={cover} />
      </Section>
      <LineEdits proposal={proposal} vertex={vertex} isReadOnly={isReadOnly} />
      <VertexTable proposal={proposal} vertex={vertex} halfHeightM={halfHeightM} isReadOnly={isReadOnly} />
      <div className="section">
        <Button icon={<Wand2 size={14} />} disabled={isReadOnly} onClick={() => proposeFix({ type: 'line', id: proposal.id })}>{t('planning:proposeLine')}</Button>
      </div>
      <div className="section">
        <Button
          look="danger" icon={<Trash2 size={14} />} disabled={isReadOnly}
          onClick={() => executeCommand({ op: 'proposal.remove', id: proposal.id }).ok && sessionStore.setState({ selection: null })}
        >{t('inspector.delete')}</Button>
      </div>
    </>
  )
}

const Row = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <label className="form-row"><span className="truncate">{label}</span><span className="form-row__controls">{children}</span></label>
)
