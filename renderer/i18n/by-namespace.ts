import type { ResourceKey, ResourceLanguage } from 'i18next'

/** Texts of a language out of its files, one JSON file a namespace. */
export const byNamespace = (files: Readonly<Record<string, ResourceKey>>): ResourceLanguage =>
  Object.fromEntries(Object.entries(files).map(([path, texts]) => [/([^/]+)\.json$/.exec(path)![1]!, texts]))
