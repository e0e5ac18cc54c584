export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language to speak when nobody chose one: Chinese where the browser's first choice is Chinese, else English. */
export const browserLanguage = (preferred: readonly string[]): Language => (/^zh\b/i.test(preferred[0] ?? '') ? 'zh-CN' : 'en')
