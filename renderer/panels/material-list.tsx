import { useTranslation } from 'react-i18next'

/** What lines are usually made of, offered while a material is typed. Fields name it by `list="known-materials"`. */
export function MaterialList() {
  const { t } = useTranslation('app')
  return <datalist id="known-materials">{t('materials').split('|').map(name => <option key={name} value={name} />)}</datalist>
}
