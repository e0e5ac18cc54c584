import type { TFunction } from 'i18next'
import type { TwinEdit } from '#shared/ledger/twin-edit.ts'

/** What an edit of the twin was, in a few words. */
export function editWords({ kind, detail }: Pick<TwinEdit, 'kind' | 'detail'>, t: TFunction): string {
  const words = (key: string, list: unknown) => String(list ?? '').split(' ').filter(name => name !== '').map(name => t(`ledger:${key}.${name}`)).join(t('ledger:and'))
  switch (kind) {
    case 'fields': return t('ledger:edit.fields', { fields: words('field', detail['fields']) })
    case 'fix': return t('ledger:edit.fix', { fixes: words('fixName', detail['fixes']) })
    case 'import': return t('ledger:edit.import', { files: detail['files'] ?? '' })
    case 'survey': return t('ledger:edit.survey', { files: detail['files'] ?? '' })
    case 'blocks': return t('ledger:edit.blocks', { blocks: detail['blocks'] ?? '' })
    case 'levels': return t('ledger:edit.levels', { method: t(`ledger:levels.word_${detail['method'] === 'cover' ? 'cover' : 'between'}`, { m: detail['coverM'] ?? '' }) })
    case 'as_built': return t('ledger:edit.as_built', { scheme: detail['scheme'] ?? '' })
  }
}
