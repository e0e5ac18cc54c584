import { CircleHelp } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { assetId, assetRecord, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { coverRange } from '#shared/twin/cover-range.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { surveyedWay } from '#shared/twin/flow-direction.ts'
import { attributesOf, type AssetAttributes } from '../../actions/ledger/attribute-actions.ts'
import { axisOf } from '../../actions/viewing/selection-actions.ts'
import { attributeName, attributeValue } from '../../i18n/attribute-words.ts'
import { figure, metres, size } from '../../i18n/format.ts'
import { axisFacts } from '../../state/twin/asset-facts.ts'
import { groundOf } from '../../state/twin/ground-levels.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { Properties, Property, Section } from '../../ui/display.tsx'
import { AssetHistory } from './asset-history.tsx'
import { LevelsTable } from './levels-table.tsx'
import { BlockProperty, OwnerProperty } from './responsibility.tsx'
import { RemovalSection } from './removal-section.tsx'
import { Title } from './title.tsx'

const ASSUMPTIONS = Object.entries(ASSUMED)

/** A line of the baseline, and what happened to it; it is changed in the ledger or by a survey. */
export function AssetDetails({ columns, index }: { readonly columns: AssetColumns; readonly index: number }) {
  const { t } = useTranslation('app')
  const ground = useStore(projectStore, state => state.context?.ground ?? null)
  const asset = useMemo(() => assetRecord(columns, index), [columns, index])
  const facts = axisFacts(columns)
  const halfHeightM = columns.halfHeightM[index]!
  const cover = useMemo(() => coverRange(axisOf(assetId(columns, index)) ?? [], halfHeightM, groundOf(ground)), [columns, index, halfHeightM, ground])
  const source = useAttributes(asset.id)
  const way = surveyedWay(source?.attributes ?? null)
  const kind = t(`kinds:kind.${asset.kind}`)
  const unknown = <span className="faint">{t('inspector.unknown')}</span>
  const accuracy = (limitM: number | undefined) => (limitM === undefined ? unknown : `± ${metres(limitM, 2)}`)
  const assumptions = ASSUMPTIONS.filter(([, flag]) => (asset.assumed & flag) !== 0)
  return (
    <>
      <Title kind={asset.kind} title={asset.id} subtitle={asset.owner ? `${kind} · ${asset.owner}` : kind} flyTo={asset.id} />
      <Section title={t('inspector.line')}>
        <Properties>
          <OwnerProperty name={t('field.owner')} owner={asset.owner} />
          <BlockProperty path={asset.axis} />
          <Property name={t('field.sizeOuter')}>{size(asset.section)}</Property>
          <Property name={t('field.length')}>{metres(facts.lengthM[index], 2)}</Property>
          <Property name={t('field.laying')}>{asset.laying ? t(`kinds:laying.${asset.laying}`) : unknown}</Property>
          {(asset.kind === 'gas' || asset.pressureClass) && <Property name={t('field.pressure')}>{asset.pressureClass ? t(`kinds:pressureClass.${asset.pressureClass}`) : unknown}</Property>}
          {(asset.kind === 'power' || asset.voltageKv !== undefined) && <Property name={t('field.voltage')}>{asset.voltageKv === undefined ? unknown : `${figure(asset.voltageKv, asset.voltageKv % 1 === 0 ? 0 : 1)} kV`}</Property>}
          {way !== 0 && <Property name={t('field.flow')}>{t(`kinds:flowDirection.${way > 0 ? 'with' : 'against'}`)}</Property>}
          <Property name={t('field.status')}>{t(`kinds:status.${asset.status}`)}</Property>
        </Properties>
      </Section>
      <Section title={t('levels.title')}>
        <LevelsTable startM={facts.startLevelM[index]!} endM={facts.endLevelM[index]!} halfHeightM={halfHeightM} cover={cover} />
        {source?.levelReference && <p className="soft small">{t('levels.given', { reference: t(`kinds:levelReference.${source.levelReference}`) })}</p>}
      </Section>
      <Section title={t('inspector.trust')}>
        <Properties>
          <Property name={t('field.accuracyPlan')}>{accuracy(asset.accuracyPlanM)}</Property>
          <Property name={t('field.accuracyLevel')}>{accuracy(asset.accuracyLevelM)}</Property>
        </Properties>
        {assumptions.map(([name]) => <p key={name} className="inspector__note"><CircleHelp size={14} />{t(`assumed.${name}`)}</p>)}
        {assumptions.length === 0 && <p className="soft">{t('assumed.nothing')}</p>}
      </Section>
      <RemovalSection id={asset.id} />
      <AttributeSection source={source} />
      <AssetHistory id={asset.id} importedFrom={source?.importedFrom ?? null} />
    </>
  )
}

function AttributeSection({ source }: { readonly source: AssetAttributes | null }) {
  const { t } = useTranslation('app')
  const rows = Object.entries(source?.attributes ?? {})
  if (!source || (rows.length === 0 && !source.importedFrom)) return null
  return (
    <Section title={t('inspector.attributes')}>
      <Properties>
        {rows.map(([name, value]) => <Property key={name} name={attributeName(name, t)}>{value === null || value === '' ? <span className="faint">–</span> : attributeValue(name, value, t)}</Property>)}
        {source.importedFrom && <Property name={t('inspector.importedFrom')}>{source.importedFrom}</Property>}
      </Properties>
    </Section>
  )
}

/** Attributes live in the project file: fetched when a line is looked at. */
function useAttributes(id: string): AssetAttributes | null {
  const [known, setKnown] = useState<{ readonly id: string; readonly source: AssetAttributes | null } | null>(null)
  useEffect(() => {
    let isWanted = true
    void attributesOf(id).then(source => {
      if (isWanted) setKnown({ id, source })
    })
    return () => {
      isWanted = false
    }
  }, [id])
  return known?.id === id ? known.source : null
}
