import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { differencesOf, type PairCell } from '#shared/rules/edit-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { fetchPack } from '../../actions/pack-actions.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view-store.ts'
import { EmptyState } from '../../ui/display.tsx'
import { Field, Select } from '../../ui/fields.tsx'

interface PackCompareProps {
  readonly pack: RulePack
  readonly others: readonly { readonly id: string; readonly title: { readonly 'zh-CN': string; readonly en: string } }[]
}

/** Where two packs ask for different things. */
export function PackCompare({ pack, others }: PackCompareProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const [otherId, setOtherId] = useState(others[0]?.id ?? '')
  const [other, setOther] = useState<RulePack | null>(null)
  const isThere = others.some(({ id }) => id === otherId)
  useEffect(() => {
    let isWanted = true
    if (isThere) void fetchPack(otherId).then(fetched => isWanted && setOther(fetched))
    return () => { isWanted = false }
  }, [otherId, isThere])
  const title = (id: string) => [pack, other].map(known => known?.classes.find(ruleClass => ruleClass.id === id)?.title?.[language]).find(name => name !== undefined) ?? id
  const rows = other ? differencesOf(pack, other) : []
  const limit = (cell: PairCell | null) => (cell ? `${figure(cell.minM, 3)} m · ${cell.clause}` : <span className="faint">–</span>)
  return (
    <div className="pack-compare">
      <Field label={t('compareWith')}><Select value={otherId} onChange={setOtherId} options={others.map(({ id, title: name }) => ({ value: id, label: name[language] }))} /></Field>
      {other && rows.length === 0 ? <EmptyState icon={null} title={t('same')} /> : (
        <div className="pack-matrix__scroll">
          <table className="pack-cover">
            <thead><tr><th scope="col">{t('table')}</th><th scope="col">{t('between')}</th><th scope="col">{pack.title[language]}</th><th scope="col">{other?.title[language]}</th></tr></thead>
            <tbody>
              {rows.map(({ table, a, b, left, right }) => (
                <tr key={`${table} ${a} ${b}`}><td className="soft">{t(`tab.${table}`)}</td><th scope="row">{title(a)} – {title(b)}</th><td>{limit(left)}</td><td>{limit(right)}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
