import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { hasVolumes } from '#shared/excavation/excavate.ts'
import { deepestInRock } from '#shared/excavation/rock.ts'
import { BORE_ENVELOPE } from '#shared/excavation/safe-dig.ts'
import { count, figure, metres } from '../../i18n/format.ts'
import { excavationStore, type CutResult } from '../../state/scheme/excavation-store.ts'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { refusalText } from './refusal-text.ts'
import { MARK_OF, type EffectName } from './effects.ts'

/** The consequences in figures, kept up while a corner is dragged. */
export function DigFigures({ result }: { readonly result: CutResult }) {
  const { t } = useTranslation('excavation')
  const isIndexed = useStore(excavationStore, state => state.isIndexed)
  const { refusal, cut, bored } = result
  if (refusal) return <p className="dig-figures__refusal" role="alert"><SeverityMark mandatory verdict="certain" /> {refusalText(refusal, t)}</p>
  const figures: { readonly name: EffectName | null; readonly label: string; readonly value: string; readonly isZero: boolean }[] = []
  if (cut) {
    const { assets, volumes } = cut
    const span = assets.reduce((sum, asset) => sum + asset.exposedSpanM, 0)
    const number = (name: EffectName, label: string, of: number) => figures.push({ name, label, value: count(of), isZero: of === 0 })
    if (hasVolumes(cut)) figures.push({ name: null, label: t('figure.cut'), value: `${count(volumes.cutM3)} m³`, isZero: false })
    number('struck', t('figure.struck'), assets.filter(asset => asset.struck).length)
    figures.push({ name: 'exposed', label: t('figure.exposed'), value: metres(span, 2), isZero: span === 0 })
    number('undermined', t('figure.undermined'), assets.filter(asset => asset.undermined).length)
    number('withinSafeDig', t('figure.safeDig'), assets.filter(asset => asset.withinSafeDig && !asset.struck).length)
  }
  if (bored) {
    const most = bored.reduce((worst, asset) => Math.max(worst, asset.settlementM), 0)
    const struck = bored.filter(asset => asset.struck).length
    const near = bored.filter(asset => asset.withinEnvelope && !asset.struck).length
    figures.push({ name: 'struck', label: t('figure.struck'), value: count(struck), isZero: struck === 0 })
    figures.push({ name: 'envelope', label: t('figure.near', { distance: figure(BORE_ENVELOPE.distanceM, 1) }), value: count(near), isZero: near === 0 })
    figures.push({ name: 'settles', label: t('figure.settlement'), value: `${figure(1000 * most, 1)} mm`, isZero: most === 0 })
  }
  if (result.rock.length > 0) figures.push({ name: null, label: t('rock.figure'), value: metres(deepestInRock(result.rock), 2), isZero: false })
  return (
    <div className="dig-figures" role="status">
      {figures.map(({ name, label, value, isZero }) => (
        <span key={label} className={`dig-figures__item ${isZero ? 'dig-figures__item--none' : ''}`}>
          {name && !isZero && <SeverityMark {...MARK_OF[name]} />}
          <span className="dig-figures__label">{label}</span>
          <strong>{value}</strong>
        </span>
      ))}
      {!isIndexed && <span className="faint">{t('figure.indexing')}</span>}
    </div>
  )
}
