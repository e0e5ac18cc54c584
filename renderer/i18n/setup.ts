import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { catalogueOf } from './catalogues.ts'
import { LANGUAGES, type Language } from './language.ts'

export async function setUpTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false, // every text is there in every language
    defaultNS: 'common',
    resources: { [language]: await catalogueOf(language) },
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
  await learn(language)
  await i18next.changeLanguage(language)
  markPage(language)
}

/** For what speaks several languages at once: search, and names of what is made. */
export const learnAll = (): Promise<unknown> => Promise.all(LANGUAGES.map(learn))

async function learn(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'common')) return
  for (const [namespace, texts] of Object.entries(await catalogueOf(language))) i18next.addResourceBundle(language, namespace, texts)
}

/** Readers, hyphenation and the choice of glyphs go by the page's language. */
function markPage(language: Language): void {
  document.documentElement.lang = language
}
