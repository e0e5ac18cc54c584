import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { catalogues } from './catalogues.ts'
import type { Language } from './language.ts'

export async function setUpTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: catalogues(),
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
    // A text that is missing is a defect: it is told where defects are looked for, and fails every end-to-end test it is met in.
    saveMissing: true,
    missingKeyHandler: (_, namespace, key, fallback) => {
      // eslint-disable-next-line no-console -- the console is where defects are looked for
      if (fallback === key) console.error(`no text for ${namespace}:${key}`)
    },
  })
  markPage(language)
}

/** Switches every text on the page at once. */
export async function speak(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  markPage(language)
}

/** Readers, hyphenation and the choice of glyphs go by the page's language. */
function markPage(language: Language): void {
  document.documentElement.lang = language
}
