import type { ResourceLanguage } from 'i18next'
import type { Language } from './language.ts'

const READ: Readonly<Record<Language, () => Promise<{ readonly texts: ResourceLanguage }>>> = {
  en: () => import('./texts-en.ts'),
  'zh-CN': () => import('./texts-zh-cn.ts'),
}

/** A language's texts by namespace, key `namespace:path.to.text`: read when they are first wanted, for most people read one language. */
export const catalogueOf = async (language: Language): Promise<ResourceLanguage> => (await READ[language]()).texts
