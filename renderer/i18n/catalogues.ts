import type { Resource, ResourceKey } from 'i18next'

/** Both languages' texts, bundled: one JSON file per namespace, key `namespace:path.to.text`. */
const files = import.meta.glob<ResourceKey>('../../assets/locales/*/*.json', { eager: true, import: 'default' })

/** Namespaces that only the command line, the start and the desktop menu speak stay out of the interface. */
const isForInterface = (namespace: string) => !/^(cli|launch|menu)/.test(namespace)

/** `{ en: { common: {…}, … }, 'zh-CN': {…} }` */
export function catalogues(): Resource {
  const resources: Resource = {}
  for (const [path, texts] of Object.entries(files)) {
    const [, language, namespace] = /([^/]+)\/([^/]+)\.json$/.exec(path) ?? []
    if (language && namespace && isForInterface(namespace)) (resources[language] ??= {})[namespace] = texts
  }
  return resources
}
