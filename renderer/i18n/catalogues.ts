import type { Resource, ResourceKey } from 'i18next'

/** Both languages' texts, bundled: one JSON file per namespace, key `namespace:path.to.text`. The command line's too: its stages of work are shown here as well. */
const files = import.meta.glob<ResourceKey>('../../assets/locales/*/*.json', { eager: true, import: 'default' })

/** `{ en: { common: {…}, … }, 'zh-CN': {…} }` */
export function catalogues(): Resource {
  const resources: Resource = {}
  for (const [path, texts] of Object.entries(files)) {
    const [, language, namespace] = /([^/]+)\/([^/]+)\.json$/.exec(path) ?? []
    if (language && namespace) (resources[language] ??= {})[namespace] = texts
  }
  return resources
}
