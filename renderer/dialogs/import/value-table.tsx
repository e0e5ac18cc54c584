import { useTranslation } from 'react-i18next'
import type { InspectedLayer } from '../../actions/files/import-actions.ts'
import { Select } from '../../ui/fields.tsx'

interface ValueTableProps<T extends string> {
  readonly layer: InspectedLayer
  readonly field: string | null
  readonly values: Readonly<Record<string, T>>
  readonly options: readonly { readonly value: T; readonly label: string }[]
  /** What values not listed become; null: they say nothing. */
  readonly fallback: T | null
  readonly onChange: (values: Record<string, T>) => void
}

const AS_FALLBACK = ''

/** What each value of the chosen field means; the source's most frequent values are listed. */
export function ValueTable<T extends string>({ layer, field, values, options, fallback, onChange }: ValueTableProps<T>) {
  const { t } = useTranslation('import-wizard')
  const samples = layer.fields.find(candidate => candidate.name === field)?.samples ?? []
  if (field === null || samples.length === 0) return null
  const fallbackLabel = options.find(option => option.value === fallback)?.label
  const choices: { readonly value: T | ''; readonly label: string }[] = [{ value: AS_FALLBACK, label: fallbackLabel ? t('asElse', { kind: fallbackLabel }) : t('noMeaning') }, ...options]
  const set = (value: string, meaning: T | '') => {
    const others = Object.entries(values).filter(([key]) => key !== value)
    onChange(Object.fromEntries(meaning === AS_FALLBACK ? others : [...others, [value, meaning]]))
  }
  return (
    <table className="import-values">
      <tbody>
        {samples.map(sample => (
          <tr key={sample.value}>
            <th scope="row" className="truncate" title={sample.value}>{sample.value === '' ? t('emptyValue') : sample.value}</th>
            <td className="import-values__count">{sample.count}</td>
            <td><Select<T | ''> aria-label={sample.value} value={values[sample.value] ?? AS_FALLBACK} options={choices} onChange={meaning => set(sample.value, meaning)} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
