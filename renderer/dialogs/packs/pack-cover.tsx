import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isMandatory, type RulePack } from '#shared/rules/rule-pack.ts'
import { SURFACE_CLASSES } from '#shared/twin/kinds.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view-store.ts'
import { EmptyState } from '../../ui/display.tsx'

/** Least (and most) cover by class and use of the ground. */
export function PackCover({ pack }: { readonly pack: RulePack }) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const classes = pack.classes.filter(({ id }) => pack.cover.some(cell => cell.class === id))
  if (classes.length === 0) return <EmptyState icon={null} title={t('noCells.title')} />
  return (
    <div className="pack-matrix__scroll">
      <table className="pack-cover">
        <thead><tr><th scope="col">{t('class')}</th>{SURFACE_CLASSES.map(surface => <th key={surface} scope="col">{t(`kinds:surface.${surface}`)}</th>)}<th scope="col">{t('field.clause')}</th></tr></thead>
        <tbody>
          {classes.map(({ id, title }) => {
            const cells = pack.cover.filter(cell => cell.class === id)
            return (
              <tr key={id}>
                <th scope="row">{title?.[language] ?? id}</th>
                {SURFACE_CLASSES.map(surface => {
                  const cell = cells.find(candidate => candidate.surface === surface)
                  return (
                    <td key={surface} className={cell ? (isMandatory(cell.basis) ? 'pack-cell--mandatory' : 'pack-cell--advisory') : ''} title={cell && t(`findings:basis.${cell.basis}`)}>
                      {cell ? `${cell.minM === undefined ? '' : figure(cell.minM, 2)}${cell.maxM === undefined ? '' : ` … ${figure(cell.maxM, 2)}`}` : ''}
                    </td>
                  )
                })}
                <td className="soft">{[...new Set(cells.map(({ clause }) => clause))].join(', ')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
