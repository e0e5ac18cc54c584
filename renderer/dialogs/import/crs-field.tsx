import { TriangleAlert } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchCrs } from '../../actions/files/import-actions.ts'
import { Field, TextInput } from '../../ui/fields.tsx'

interface CrsFieldProps {
  /** Coordinate system everything is brought into; null is a local frame in metres. */
  readonly crs: string | null
  /** What the open layer's file says of itself. */
  readonly declared: string | null
  readonly onChange: (crs: string | null) => void
}

/** The project's coordinate system, by EPSG code or found by name. */
export function CrsField({ crs, declared, onChange }: CrsFieldProps) {
  const { t } = useTranslation('import-wizard')
  const listId = useId()
  const [matches, setMatches] = useState<readonly { readonly code: string; readonly name: string }[]>([])
  const [name, setName] = useState('')
  useEffect(() => {
    let isCurrent = true
    if (crs) void searchCrs(crs).then(found => isCurrent && setName(found.find(match => match.code === crs)?.name ?? ''))
    return () => {
      isCurrent = false
    }
  }, [crs])
  const commit = (text: string) => {
    const code = /(\d{4,6})/.exec(text)?.[1]
    onChange(code ? `EPSG:${code}` : null)
  }
  return (
    <div className="import-crs">
      <Field label={t('crs.label')}>
        <TextInput
          value={crs ?? ''}
          placeholder={t('crs.placeholder')}
          list={listId}
          spellCheck={false}
          onInput={event => void searchCrs(event.currentTarget.value).then(setMatches)}
          onCommit={commit}
        />
      </Field>
      <datalist id={listId}>{matches.map(match => <option key={match.code} value={match.code}>{match.name}</option>)}</datalist>
      <p className="soft">
        {crs === null ? t('crs.local') : (name || crs)}
        {crs !== null && declared === crs && ` · ${t('crs.declared')}`}
      </p>
      {declared === null && <p className="import-crs__warning"><TriangleAlert size={14} />{t('crs.undeclared')}</p>}
      {declared !== null && crs !== null && declared !== crs && <p className="soft">{t('crs.converted', { from: declared, to: crs })}</p>}
    </div>
  )
}
