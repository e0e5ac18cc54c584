import { useTranslation } from 'react-i18next'
import { IN_PICTURE } from '#renderer/ui/paint-overlay.ts'
import { Swatch } from '#renderer/ui/display.tsx'
import { count } from '#renderer/i18n/format.ts'
import type { HeatClass } from './heat-scale.ts'
import type { ShownHeat } from './use-map-heat.ts'

/** What the squares of the heat map say, and how many there are of each. */
export function HeatLegend({ shown: { heat, grid, classes } }: { readonly shown: ShownHeat }) {
  const { t } = useTranslation('plan')
  const rows = classes.filter(({ cells }) => cells > 0)
  return (
    <section className="legend map-legend" {...IN_PICTURE} aria-label={t('heat.title')}>
      <p className="strong small">{t(`heat.${heat}.what`)}</p>
      {rows.length === 0 ? <p className="legend__note">{t('heat.nothing')}</p> : (
        <ul className="legend__rows">
          {rows.map(row => (
            <li key={row.from} className="legend__row">
              <Swatch colour={row.colour} /><span>{t(`heat.${heat}.${form(row)}`, { from: figureOf(heat, row.from), to: figureOf(heat, row.to) })}</span>
              <span className="legend__figure">{t('heat.cells', { cells: count(row.cells) })}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="legend__note">{t('heat.square', { size: grid.cellM })}</p>
    </section>
  )
}

const form = ({ from, to }: HeatClass): 'below' | 'between' | 'from' => (from === -Infinity ? 'below' : to === Infinity ? 'from' : 'between')

const figureOf = (heat: ShownHeat['heat'], value: number): string =>
  !Number.isFinite(value) ? '' : heat === 'missing' ? String(Math.round(100 * value)) : heat === 'depth' ? value.toFixed(1) : String(value)
