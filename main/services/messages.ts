import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type TFunction } from 'i18next'
import { assetsFolder } from './host/assets-folder.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language to speak when nobody chose one: Chinese where the system's is, else English. */
export function systemLanguage(locale: string | undefined): Language {
  return /^zh/i.test(locale ?? '') ? 'zh-CN' : 'en'
}

/** Translator over the catalogues in assets/locales: one JSON file per namespace and language, key `namespace:path.to.text`. */
export async function loadMessages(language: Language): Promise<TFunction> {
  const instance = i18next.createInstance()
  const folder = join(assetsFolder(), 'locales')
  const catalogue = (lang: Language) =>
    Object.fromEntries(
      readdirSync(join(folder, lang))
        .filter(file => file.endsWith('.json'))
        .map(file => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, lang, file), 'utf8')) as object]),
    )
  await instance.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: catalogue('en'), 'zh-CN': catalogue('zh-CN') },
    interpolation: { escapeValue: false },
  })
  return instance.t
}
