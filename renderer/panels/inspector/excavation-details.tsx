import { Crosshair, Info, Trash2, TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { BORE_DEFAULTS } from '#shared/excavation/bore-effects.ts'
import { boreFigures } from '#shared/excavation/bore-axis.ts'
import { rockWords } from '#shared/excavation/rock.ts'
import { summariseIssues } from '#shared/core/issues.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import { hasVolumes } from '#shared/excavation/excavate.ts'
import { assumedSoil, findSoil } from '#shared/twin/soils.ts'
import { goToExcavation, removeExcavation } from '../../actions/scheme/excavation-actions.ts'
import { count, figure, metres, volume } from '../../i18n/format.ts'
import { excavationStore, type CutResult } from '../../state/scheme/excavation-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { useBlocksOf } from '../../state/twin/use-responsibility.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Badge, Properties, Property, Section } from '../../ui/display.tsx'
import { AffectedByBore, AffectedByCut } from '../excavation/affected-list.tsx'
import { DigFigures } from '../excavation/dig-figures.tsx'
import { NoticeList } from '../excavation/notice-list.tsx'
import { BlockProperty } from './responsibility.tsx'
import { ShapeFields, StageFields } from './excavation-fields.tsx'
import '../excavation/excavation.css'

/** A pit, trench or bore: every figure can be set, and what follows from it is below. */
export function ExcavationDetails({ excavation }: { readonly excavation: Excavation }) {
  const { t } = useTranslation('excavation')
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const result = useStore(excavationStore, state => (state.draft?.excavation.id === excavation.id ? state.draft : state.results.get(excavation.id)))
  return (
    <>
      <div className="inspector__title">
        <h2 className="selectable">{excavation.name || excavation.id}<span className="inspector__subtitle">{t(`type.${excavation.shape.type}`)}</span></h2>
        <Badge tone="accent">{t('badge')}</Badge>
        <IconButton label={t('flyTo')} icon={<Crosshair size={16} />} onClick={() => goToExcavation(excavation.id)} />
      </div>
      <BlocksOf excavation={excavation} />
      <ShapeFields excavation={excavation} isReadOnly={isReadOnly} />
      {result?.refusal && <div className="section"><DigFigures result={result} /></div>}
      {result?.cut && <Earthwork excavation={excavation} cut={result.cut} />}
      {result && result.rock.length > 0 && <RockSection rock={result.rock} />}
      {result?.cut && <AffectedByCut assets={result.cut.assets} />}
      {result?.bored && <BoreSection excavation={excavation} />}
      {result?.bored && <AffectedByBore assets={result.bored} />}
      {result && !result.refusal && <NoticeList notices={result.cut?.notices ?? noticesOfBore(result)} />}
      <StageFields excavation={excavation} isReadOnly={isReadOnly} />
      <div className="section">
        <Button look="danger" icon={<Trash2 size={14} />} disabled={isReadOnly} onClick={() => removeExcavation(excavation.id)}>{t('delete')}</Button>
      </div>
    </>
  )
}

/** Blocks in which it is dug. */
function BlocksOf({ excavation: { shape } }: { readonly excavation: Excavation }) {
  const path = useMemo(() => (shape.type === 'pit' ? [...shape.outline, ...shape.outline.slice(0, 1)] : shape.type === 'trench' ? shape.line : shape.axis), [shape])
  const blocks = useBlocksOf(path)
  return blocks.length === 0 ? null : <div className="section"><Properties><BlockProperty path={path} /></Properties></div>
}

function Earthwork({ excavation, cut }: { readonly excavation: Excavation; readonly cut: NonNullable<CutResult['cut']> }) {
  const { t } = useTranslation('excavation')
  const language = useStore(viewStore, state => state.language)
  const originZ = useStore(projectStore, state => state.info?.origin[2] ?? 0)
  const soil = (excavation.soil === undefined ? null : findSoil(excavation.soil)) ?? assumedSoil
  const { solid, volumes } = cut
  // Nothing known is a dash, never a nought.
  const isKnown = hasVolumes(cut)
  const cubic = (value: number) => (isKnown ? volume(value) : '–')
  return (
    <Section title={t('section.figures')}>
      <Properties>
        <Property name={t('volume.bottom')}>{metres(solid.levelM + originZ, 2)}</Property>
        <Property name={t('volume.areaBottom')}>{figure(solid.areaBottomM2, 1)} m²</Property>
        <Property name={t('volume.areaTop')}>{isKnown ? `${figure(solid.areaTopM2, 1)} m²` : '–'}</Property>
        <Property name={t('volume.cut')}><strong>{cubic(volumes.cutM3)}</strong></Property>
        <Property name={t('volume.spoil')}>{cubic(volumes.spoilM3)}</Property>
        <Property name={t('volume.backfill')}>{cubic(volumes.backfillM3)}</Property>
        <Property name={t('volume.haul')}>{cubic(volumes.haulM3)}</Property>
      </Properties>
      <p className="excavation-note"><Info size={14} aria-hidden />{t('volume.bulking', { ratio: soil.bulkingRatio, soil: soil.title[language], basis: t(`basis.${soil.bulkingBasis}`) })}</p>
      {summariseIssues(cut.issues).map(issue => (
        <p key={issue.code} className="excavation-note"><Info size={14} aria-hidden />{t(`issues:${issue.code}`)}{issue.count > 1 ? ` (${count(issue.count)})` : ''}</p>
      ))}
    </Section>
  )
}

/** Boreholes told of one by one; the rest are counted. */
const HOLES_SHOWN = 3

function RockSection({ rock }: { readonly rock: CutResult['rock'] }) {
  const { t } = useTranslation('excavation')
  return (
    <Section title={t('rock.title')}>
      {rock.slice(0, HOLES_SHOWN).map(met => <p key={met.id} className="excavation-note"><TriangleAlert size={14} aria-hidden />{t('rock.met', rockWords(met))}</p>)}
      {rock.length > HOLES_SHOWN && <p className="excavation-note">{t('rock.more', { count: rock.length - HOLES_SHOWN })}</p>}
    </Section>
  )
}

function BoreSection({ excavation: { shape } }: { readonly excavation: Excavation }) {
  const { t } = useTranslation('excavation')
  if (shape.type !== 'bore') return null
  const { leastRadiusM, lengthM } = boreFigures(shape.axis)
  // An axis drawn in chords is a little tighter at its vertices than the arc it stands for.
  const isTight = shape.minRadiusM !== undefined && leastRadiusM < 0.98 * shape.minRadiusM
  return (
    <Section title={t('section.bore')}>
      <Properties>
        <Property name={t('bore.length')}>{metres(lengthM, 2)}</Property>
        <Property name={t('bore.radius')}>{Number.isFinite(leastRadiusM) ? metres(leastRadiusM, 0) : '–'}</Property>
      </Properties>
      {isTight && <p className="dig-figures__refusal">{t('bore.tooTight', { found: figure(leastRadiusM, 1), required: figure(shape.minRadiusM, 1) })}</p>}
      <p className="excavation-note"><Info size={14} aria-hidden />{t('bore.trough', { loss: figure(100 * BORE_DEFAULTS.volumeLossShare, 1), k: BORE_DEFAULTS.troughK })}</p>
    </Section>
  )
}

function noticesOfBore({ bored }: CutResult): { owner: string; assets: string[] }[] {
  const byOwner = new Map<string, string[]>()
  for (const { owner, id } of bored ?? []) byOwner.set(owner, [...(byOwner.get(owner) ?? []), id])
  return [...byOwner].sort(([p], [q]) => Number(p === '') - Number(q === '') || (p < q ? -1 : 1)).map(([owner, assets]) => ({ owner, assets }))
}
