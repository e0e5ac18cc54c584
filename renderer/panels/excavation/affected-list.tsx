import { ClipboardCopy, Shuffle } from 'lucide-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { ExcavatedAsset } from '#shared/excavation/excavate.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { divert } from '../../actions/scheme/removal-actions.ts'
import { selectAndFly } from '../../actions/viewing/selection-actions.ts'
import { figure, metres } from '../../i18n/format.ts'
import type { BoredAsset } from '#shared/excavation/scheme-digs.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { tableText, type TableColumn } from '../../ui/data-table.tsx'
import { Section, Swatch } from '../../ui/display.tsx'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { Tip } from '../../ui/tip.tsx'
import { boreEffectsOn, byWeight, effectsOn, MARK_OF, needsSupport, type EffectName } from './effects.ts'

/** Rows in sight; the sheet has them all. */
const MOST_ROWS = 200

/** Every line the cut strikes, bares, undermines or comes near, heaviest first. */
export function AffectedByCut({ assets }: { readonly assets: readonly ExcavatedAsset[] }) {
  const { t } = useTranslation('excavation')
  const rows = [...assets].sort(byWeight(effectsOn))
  const figures = (asset: ExcavatedAsset, name: EffectName) => (name === 'struck' ? metres(asset.struckLengthM, 2) : name === 'exposed' ? metres(asset.exposedSpanM, 2) : null)
  return <AffectedList rows={rows} namesOf={effectsOn} figureOf={figures} sheet={() => tableText(cutColumns(t), rows.length, i => rows[i]!)} extra={asset => (needsSupport(asset) ? t('effect.support') : null)} />
}

/** Every line a bore comes near or lets settle. */
export function AffectedByBore({ assets }: { readonly assets: readonly BoredAsset[] }) {
  const { t } = useTranslation('excavation')
  const rows = [...assets].sort(byWeight(boreEffectsOn))
  const figures = (asset: BoredAsset, name: EffectName) => (name === 'settles' ? `${figure(1000 * asset.settlementM, 1)} mm` : null)
  return <AffectedList rows={rows} namesOf={boreEffectsOn} figureOf={figures} sheet={() => tableText(boreColumns(t), rows.length, i => rows[i]!)} extra={() => null} />
}

interface Affected {
  readonly id: string
  readonly kind: ExcavatedAsset['kind']
  readonly owner: string
  readonly clearanceM: number
}

interface AffectedListProps<Row extends Affected> {
  readonly rows: readonly Row[]
  readonly namesOf: (asset: Row) => readonly EffectName[]
  readonly figureOf: (asset: Row, name: EffectName) => string | null
  readonly sheet: () => string
  readonly extra: (asset: Row) => string | null
}

function AffectedList<Row extends Affected>({ rows, namesOf, figureOf, sheet, extra }: AffectedListProps<Row>) {
  const { t } = useTranslation('excavation')
  const palette = viewStore.getState().colours
  const proposals = useStore(scenarioStore, state => activeScenario(state)?.document.proposals)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const copy = () => void copyText(sheet(), 'excavation:copied', { count: rows.length })
  return (
    <Section title={t('section.assets')} action={rows.length > 0 && <IconButton size="small" label={t('copySheet')} icon={<ClipboardCopy size={14} />} onClick={copy} />}>
      {rows.length === 0 ? <p className="soft">{t('none.assets')}</p> : (
        <div className="affected">
          {rows.slice(0, MOST_ROWS).map(asset => (
            <div key={asset.id} className="affected__item">
            <button type="button" className="affected__row" onClick={() => selectAndFly(asset.id)}>
              <span className="affected__name"><Swatch colour={kindColour(asset.kind, palette)} /><span className="strong truncate">{proposals?.[asset.id]?.name || asset.id}</span><span className="faint truncate">{t(`kinds:kind.${asset.kind}`)}</span></span>
              <span className="affected__figure faint">{asset.clearanceM > 0 ? metres(asset.clearanceM, 2) : ''}</span>
              <span className="affected__effects">
                {namesOf(asset).map(name => (
                  <Tip key={name} text={t(`effectTip.${name}`, { defaultValue: t(`effect.${name}`) })}>
                    <span className="affected__effect"><SeverityMark {...MARK_OF[name]} />{t(`effect.${name}`)}{figureOf(asset, name) !== null && <strong> {figureOf(asset, name)}</strong>}</span>
                  </Tip>
                ))}
                {extra(asset) !== null && <span className="affected__effect">▤ {extra(asset)}</span>}
              </span>
            </button>
            {namesOf(asset).includes('struck') && <IconButton size="small" label={t('planning:removal.divert')} icon={<Shuffle size={14} />} disabled={isReadOnly} onClick={() => void divert(asset.id)} />}
            </div>
          ))}
        </div>
      )}
    </Section>
  )
}

const common = (t: TFunction): readonly TableColumn<Affected>[] => [
  textColumn('id', t('column.id'), asset => asset.id), textColumn('kind', t('column.kind'), asset => t(`kinds:kind.${asset.kind}`)),
  textColumn('owner', t('column.owner'), asset => asset.owner), textColumn('clearance', t('column.clearance'), asset => asset.clearanceM.toFixed(3), 'm'),
]

function textColumn<Row>(id: string, title: string, text: (row: Row) => string, unit?: string): TableColumn<Row> {
  return { id, title, width: '1fr', text, render: text, ...(unit !== undefined && { unit }) }
}

function cutColumns(t: TFunction): readonly TableColumn<ExcavatedAsset>[] {
  const yesNo = (value: boolean) => t(value ? 'yes' : 'no')
  return [
    ...common(t), textColumn('struck', t('column.struckLength'), asset => asset.struckLengthM.toFixed(3), 'm'), textColumn('exposed', t('column.exposedSpan'), asset => asset.exposedSpanM.toFixed(3), 'm'),
    textColumn('undermined', t('effect.undermined'), asset => yesNo(asset.undermined)), textColumn('safeDig', t('effect.withinSafeDig'), asset => yesNo(asset.withinSafeDig)),
    textColumn('handDig', t('effect.handDig'), asset => yesNo(asset.handDig)), textColumn('support', t('column.support'), asset => yesNo(needsSupport(asset))),
  ]
}

const boreColumns = (t: TFunction): readonly TableColumn<BoredAsset>[] => [
  ...common(t), textColumn('settlement', t('column.settlement'), asset => (1000 * asset.settlementM).toFixed(1), 'mm'), textColumn('slope', t('column.slope'), asset => asset.slopeRatio.toFixed(5)),
]
