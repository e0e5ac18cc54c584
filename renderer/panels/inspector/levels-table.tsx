import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { figure } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'

interface LevelsTableProps {
  /** Axis levels of both ends, project datum, metres. */
  readonly startM: number
  readonly endM: number
  readonly halfHeightM: number
  readonly cover: { readonly minM: number; readonly maxM: number } | null
}

/** Top, axis and bottom of the outside at both ends; under them the datum they count from. */
export function LevelsTable({ startM, endM, halfHeightM, cover }: LevelsTableProps) {
  const { t } = useTranslation('app')
  const crs = useStore(projectStore, state => state.info?.crsName ?? '')
  const rows = [['crown', halfHeightM], ['axis', 0], ['bottom', -halfHeightM]] as const
  return (
    <table className="levels-table">
      <caption>{crs ? t('levels.datum', { crs }) : t('levels.datumLocal')}</caption>
      <thead><tr><td /><th scope="col">{t('levels.start')}</th><th scope="col">{t('levels.end')}</th></tr></thead>
      <tbody className="selectable">
        {rows.map(([name, offsetM]) => (
          <tr key={name}><th scope="row">{t(`levels.${name}`)}</th><td>{figure(startM + offsetM, 3)} m</td><td>{figure(endM + offsetM, 3)} m</td></tr>
        ))}
        <tr>
          <th scope="row">{t('levels.cover')}</th>
          <td colSpan={2}>{cover ? t('levels.coverRange', { min: figure(cover.minM, 2), max: figure(cover.maxM, 2) }) : <span className="faint">{t('levels.noGround')}</span>}</td>
        </tr>
      </tbody>
    </table>
  )
}
